import { listSeries } from '../src/io/dicom/readSeries.ts'
import type { Volume } from '../src/core/image/volume.ts'
import { DataError } from '../src/core/messages/message.ts'
import { expandToGrid } from '../src/core/mask/expandToGrid.ts'
import { compareIdentity } from '../src/core/mask/compareIdentity.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { ExtractionSettings } from '../src/core/parameters/profiles/pyradiomics/parameters.ts'
import { referenceOf } from '../src/io/dicom/referenceImage.ts'
import type { ReadingUnit } from '../src/io/importing/planReading.ts'
import { readPath } from '../workers/readFiles.node.ts'
import { chooseVolume, howToChoose, howToChooseMask, type Candidate, type VolumeChoice } from './chooseVolume.ts'
import { selectRegion } from './selectRegion.ts'
import { say, sayError } from '../src/messages/say.ts'

/** One region to be measured. */
export interface CaseRequest {
  /** A file, or the folder or zip of a DICOM series. */
  readonly imagePath: string
  readonly maskPath: string
  readonly label: number
  /** Which volume of the image's folder or file is meant. */
  readonly choice?: VolumeChoice
  /** Which volume of the mask's file is meant, as `VolumeChoice.phase`. */
  readonly maskPhase?: string
  /** From which value on a voxel of a mask of shares is inside; without it such a mask is refused. */
  readonly maskThreshold?: number
  /** Channel of a mask with several, from 0; without it that of the settings. */
  readonly labelChannel?: number
}

export interface ReadCase {
  readonly image: Volume
  /** On its own grid; whether that may differ from the image's is for the extraction to say. */
  readonly mask: Mask
  readonly warnings: readonly string[]
}

/**
 * @param signal ends the reading
 * @throws Error if one of the two cannot be used, or the mask does not have the label; the message begins with the file
 */
export async function readCase(
  { imagePath, maskPath, label, choice, maskPhase, maskThreshold, labelChannel }: CaseRequest,
  settings: Pick<ExtractionSettings, 'label_channel'>,
  signal?: AbortSignal,
): Promise<ReadCase> {
  const image = await naming(`Image ${imagePath}`, () =>
    choice ? readChosen(imagePath, choice, signal) : readOnly(imagePath, signal),
  )
  const { mask, source, warnings } = await naming(`Mask ${maskPath}`, async () => {
    const labels =
      maskPhase === undefined
        ? await readOnly(maskPath, signal, labelChannel ?? settings.label_channel, { label, image: image.volume })
        : await readMaskPhase(maskPath, maskPhase, signal)
    const { mask, warnings } = selectRegion(labels.volume, label, maskThreshold)
    return { mask, source: labels.volume.source, warnings: [...labels.warnings, ...warnings] }
  })
  return {
    image: image.volume,
    mask,
    warnings: [
      ...image.warnings.map((warning) => `Image ${imagePath}: ${warning}`),
      ...warnings.map((warning) => `Mask ${maskPath}: ${warning}`),
      ...compareIdentity(image.volume.source, source).map(say),
    ],
  }
}

/** Says which of the files an error is about. */
async function naming<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Error(`${name}: ${sayError(error)}`, { cause: error })
  }
}

interface ReadVolume {
  readonly volume: Volume
  readonly warnings: readonly string[]
}

/** What `readPath` finds, with its warnings as sentences. */
async function* readAll(...sent: Parameters<typeof readPath>) {
  for await (const outcome of readPath(...sent))
    yield 'error' in outcome ? outcome : { ...outcome, warnings: outcome.warnings.map(say) }
}

/** The volume that is meant among those of a folder or file. DICOM series are chosen by their headers: the others are not read. */
async function readChosen(path: string, choice: VolumeChoice, signal: AbortSignal | undefined): Promise<ReadVolume> {
  let chosenSeries: { readonly warnings: readonly string[] } | undefined
  const choose = (units: readonly ReadingUnit[]) => {
    const series = units.filter((unit) => unit.kind === 'series')
    if (series.length === 0) return units
    const candidates = series.map(({ plan }): Candidate => {
      const listed = listSeries(plan)
      const { source } = listed
      return { source, ...('grid' in listed && { listed: { ...listed.grid, source } }) }
    })
    const { index, warnings } = chooseVolume(candidates, choice)
    chosenSeries = { warnings }
    return [series[index]]
  }
  const found: ReadVolume[] = []
  for await (const outcome of readAll(path, { choose, signal })) {
    if ('error' in outcome ? outcome.isMask : outcome.volume.source.segments) continue
    if ('error' in outcome) throw new DataError(outcome.error)
    found.push(outcome)
  }
  if (found.length === 0) throw new Error('There is no image here. Check the path.')
  const { index, warnings } = chosenSeries
    ? { index: 0, ...chosenSeries }
    : chooseVolume(
        found.map(({ volume }) => ({ source: volume.source, listed: volume })),
        choice,
      )
  const chosen = found[index]
  return { volume: chosen.volume, warnings: [...warnings, ...chosen.warnings] }
}

/** One of the volumes of a 4D mask. Their order in time is nothing to a mask: that in the file counts. */
async function readMaskPhase(path: string, phase: string, signal: AbortSignal | undefined): Promise<ReadVolume> {
  const found: ReadVolume[] = []
  for await (const outcome of readAll(path, { signal })) {
    if ('error' in outcome) throw new DataError(outcome.error)
    found.push(outcome)
  }
  const { index } = chooseVolume(found.map(({ volume: { source } }) => ({ source })), { phase }) // prettier-ignore
  return found[index]
}

/** Names of volumes to choose from that are told. */
const namesToTell = 8

/**
 * The only volume of a file or folder.
 * @param channel of a mask with several channels
 * @param wanted of a mask: segments that overlap are in several volumes, of which the one with the label is meant; one that covers
 *   some slices of the image comes on the image's grid
 */
export async function readOnly(
  path: string,
  signal: AbortSignal | undefined,
  channel?: number,
  wanted?: { readonly label: number; readonly image: Volume },
): Promise<ReadVolume> {
  const found: ReadVolume[] = []
  const names: string[] = []
  const segmented: ReadVolume[] = []
  const reference = wanted && referenceOf(wanted.image)
  for await (const outcome of readAll(path, {
    signal,
    channels: channel !== undefined,
    ...(reference && { references: [reference] }),
  })) {
    // Masks beside a series are no second image.
    if (!wanted && ('error' in outcome ? outcome.isMask : outcome.volume.source.segments)) continue
    if ('error' in outcome && names.length === 0) throw new DataError(outcome.error)
    if (wanted && 'volume' in outcome && outcome.volume.source.segments) {
      segmented.push(outcome)
      continue
    }
    const { series, phase } = 'volume' in outcome ? outcome.volume.source : outcome
    names.push([series, phase].filter(Boolean).join(', ') || ('volume' in outcome ? outcome.volume.source.path : outcome.path))
    if (channel !== undefined && phase?.startsWith('channel ') && 'volume' in outcome) found.push(outcome)
    else if (names.length === 1 && 'volume' in outcome) found[0] = outcome
    else if (names.length === namesToTell) break
  }
  if (wanted && segmented.length > 0) return chooseSegment(segmented, wanted, channel ?? 0)
  const [only] = found
  if (!only) throw new Error('There is no image here. Check the path.')
  if (only.volume.source.phase?.startsWith('channel ') && channel !== undefined) {
    const chosen = found[channel]
    if (!chosen)
      throw new Error(
        `The mask has ${found.length} channels; label_channel is ${channel}, counted from 0. Choose one that is there.`,
      )
    return chosen
  }
  if (names.length > 1)
    throw new Error(
      `There are several volumes here, one was expected: ${names.join('; ')}${names.length === namesToTell ? ' ...' : ''}. ${wanted ? howToChooseMask : howToChoose}`,
    )
  return only
}

/**
 * Numbers of segments are their own in DICOM; layers of 3D Slicer may use one twice.
 * @param layer label_channel; above 0 the segment must be in this layer of an NRRD file
 * @throws Error if no segment has the label; the message lists those there are
 */
function chooseSegment(
  channels: readonly ReadVolume[],
  { label, image }: { readonly label: number; readonly image: Volume },
  layer: number,
): ReadVolume {
  const files = [...new Set(channels.map(({ volume }) => volume.source.path))]
  if (files.length > 1)
    throw new Error(`There are several masks here, one was expected: ${files.join('; ')}. Give the file that is meant.`)
  const isLayered = channels.length > 1 && channels[0].volume.source.format === 'NRRD'
  const holding = channels.filter(({ volume }) => volume.source.segments?.some(({ value }) => value === label))
  const asked = isLayered && (layer > 0 || holding.length > 1) ? holding.find((one) => one === channels[layer]) : holding[0]
  if (!asked) {
    const listed = channels
      .flatMap(({ volume }, at) => (volume.source.segments ?? []).map((segment) => ({ ...segment, at })))
      .sort((a, b) => a.value - b.value)
      .map(({ value, name, voxelCount, at }) => `${value} "${name}" (${isLayered ? `channel ${at}, ` : ''}${voxelCount} voxels)`)
      .join(', ')
    const reasons = [...new Set(channels.flatMap(({ warnings }) => warnings))].map((warning) => ` ${warning}`).join('')
    const where = isLayered && (layer > 0 || holding.length > 1) ? ` in channel ${layer}` : ''
    throw new Error(
      `There is no segment ${label}${where}. The file has ${listed}: choose one of them with label${isLayered ? ' and label_channel' : ''}.${reasons}`,
    )
  }
  const { volume, warnings } = asked
  const others = holding.filter((one) => one !== asked).flatMap((one) => one.volume.source.segments ?? [])
  const same = others.filter(({ value }) => value === label).map(({ name }) => `"${name}"`)
  const chosen = volume.source.segments?.find(({ value }) => value === label)?.name
  const told =
    isLayered && same.length > 0
      ? [`Label ${label} is ${same.join(', ')} in another channel too: "${chosen}" of channel ${layer} is used (label_channel).`]
      : []
  return { warnings: [...warnings, ...told], volume: { ...volume, ...expandToGrid(volume, image, volume.source) } }
}
