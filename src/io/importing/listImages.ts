import type { ListedImage } from '../../core/cohort/proposal/listedImage.ts'
import type { ListedVolume } from '../../core/cohort/clusterPhases.ts'
import { nameNumbered } from '../../core/image/volumeNames.ts'
import { identityDirection, type VolumeSource } from '../../core/image/volume.ts'
import { DataError, type Message } from '../../core/messages/message.ts'
import { listSeries, referenceTo } from '../dicom/readSeries.ts'
import type { RawHeader } from '../headers/rawHeader.ts'
import { niftiTimeStep } from '../headers/niftiTimeStep.ts'
import { identifyFile, identifyFrames, identifyInFile } from '../images/identifyVolume.ts'
import { contentHead, recognisedBytes } from '../images/imageFormat.ts'
import { lookAtFile } from '../images/readImageFile.ts'
import { tell as tellOfImage } from '../images/messages.ts'
import { inFlight } from '../inFlight.ts'
import type { SourceFile } from '../sourceFile.ts'
import { filesOf, lookIntoFiles, type LeftOutPath, type PlannedFile, type PlanOptions, type ReadingUnit } from './planReading.ts' // prettier-ignore

/** An image, and what it is read from. */
export interface FoundImage extends ListedImage {
  /** Indices of the files given. */
  readonly files: readonly number[]
  readonly warnings: readonly Message[]
}

/** A mask in a file of its own. */
export interface ListedMask {
  readonly path: string
  /** Indices of the files given. */
  readonly files: readonly number[]
}

export interface Listing {
  readonly images: readonly FoundImage[]
  /** DICOM segmentations and structure sets. */
  readonly masks: readonly ListedMask[]
  /** No image, or none that can be used. */
  readonly leftOut: readonly LeftOutPath[]
}

const filesAtOnce = 8

/**
 * What there is, from headers alone: of DICOM files their start is read, other images are read for their identity and not decoded.
 * @param options.rootOf which of several folders a file comes from, each a centre
 */
export async function listImages(
  files: readonly PlannedFile[],
  { rootOf, ...options }: PlanOptions & { readonly rootOf?: (file: number) => string } = {},
): Promise<Listing> {
  const { units, leftOut } = await lookIntoFiles(files, options)
  const listed = await inFlight(units, filesAtOnce, (unit) => listUnit(unit, files))
  const withRoot = (image: FoundImage): FoundImage => ({ ...image, ...(rootOf && { root: rootOf(image.files[0]) }) })
  return {
    images: listed.flatMap((one) => ('images' in one ? one.images.map(withRoot) : [])),
    masks: units.flatMap((unit) => (unit.kind === 'segmentation' || unit.kind === 'structures' ? [{ path: unit.path, files: filesOf(unit) }] : [])), // prettier-ignore
    leftOut: [...leftOut, ...listed.flatMap((one) => ('reason' in one ? [one] : []))],
  }
}

async function listUnit(unit: ReadingUnit, files: readonly PlannedFile[]): Promise<{ images: FoundImage[] } | LeftOutPath> {
  if (unit.kind === 'unusable') return { path: unit.path, reason: unit.error }
  if (unit.kind === 'segmentation' || unit.kind === 'structures') return { images: [] }
  const own = filesOf(unit)
  if (unit.kind === 'series') {
    const listed = listSeries(unit.plan)
    if ('problem' in listed) return { path: unit.path, reason: listed.problem }
    const { plan } = unit
    const id = await identifyFrames(plan.frames.map(referenceTo), plan.rival)
    const disputed = plan.rival === undefined ? undefined : await identifyFrames(plan.frames.map(referenceTo))
    const volume = { ...listed.grid, source: listed.source }
    return { images: [{ id, volume, files: own, warnings: plan.warnings, ...(disputed !== undefined && { disputed }) }] }
  }
  try {
    const companions = unit.companions.map((index) => files[index].file)
    const { file, format, header } = await lookAtFile(files[unit.file].file, companions)
    if (!header) return { path: unit.path, reason: tellOfImage('no-image', { kind: 'unknown' }) }
    const volumes = await listVolumes(file, unit.path, format, header)
    const name = await identifyFile(file)
    const images = volumes.map(async (volume, i): Promise<FoundImage> => {
      const id = await identifyInFile(name, i, volumes.length)
      return { id, volume, files: own, warnings: [...unit.warnings, ...(header.warnings ?? [])] }
    })
    return { images: await Promise.all(images) }
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    return { path: unit.path, reason: error.told }
  }
}

/** Of formats whose place in space our own code does not read, size and spacing alone are told: they stand at the origin. */
async function listVolumes(
  file: SourceFile,
  path: string,
  format: VolumeSource['format'],
  header: RawHeader,
): Promise<ListedVolume[]> {
  const [x = 1, y = 1, z = 1, ...others] = header.size
  const [sx = 1, sy = 1, sz = 1] = header.spacingMm
  const place = header.grid ?? { spacingMm: [sx, sy, sz], originMm: [0, 0, 0], direction: identityDirection }
  const count = others.reduce((all, n) => all * n, 1)
  const stepS =
    format === 'NIfTI' && count > 1
      ? niftiTimeStep(contentHead(await file.bytes(0, Math.min(recognisedBytes, file.size))))
      : undefined
  return Array.from({ length: count }, (_, i): ListedVolume => ({
    size: [x, y, z],
    ...place,
    source: {
      path,
      format,
      ...(count > 1 && { phase: nameNumbered('phase', i + 1, count) }),
      ...(stepS !== undefined && { timing: { clocks: {}, offsetS: i * stepS } }),
    },
  }))
}
