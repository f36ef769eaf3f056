import type { DataSet } from 'dicom-parser'
import { voxelCount, type Grid, type VolumeSource } from '../../core/image/volume.ts'
import type { Message } from '../../core/messages/message.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import type { ReadVolumes } from '../images/readImageFile.ts'
import type { Bytes, SourceFile } from '../sourceFile.ts'
import { attributesOf } from './dicomHeader.ts'
import { flattenGroups, itemsOf, numbersOf, parseDataSet, plainSyntaxes, stringOf } from './dicomElements.ts'
import { layerLabels } from './labelLayers.ts'
import { refuse, tell } from './messages.ts'
import { directionOf, positionAlong } from './sliceGeometry.ts'
import { nameNumbered } from '../../core/image/volumeNames.ts'

/** Frames may lie this far from the planes of an even stack, as a part of the distance of its slices. */
const planeTolerance = 0.1

interface SegmentFrame {
  readonly positionMm: Triple
  /** Undefined where the voxels themselves are segment numbers. */
  readonly segment: number | undefined
}

/**
 * Reads a DICOM segmentation: binary, fractional or label map. The grid spans the slices that the file has, which often leaves out
 * those without a segment. Segments that overlap are several volumes; of a fractional one each segment is a volume of shares, unless
 * all of them are 0 or 1.
 * @throws DataError if it is cut off, compressed, or its frames lie on no even grid
 */
export async function readSegmentation(file: SourceFile): Promise<ReadVolumes> {
  const dataSet = parseDataSet(await file.bytes())
  if (!dataSet) throw refuse('segmentation-damaged', {})
  const { elements } = dataSet
  const syntax = stringOf(dataSet, elements.x00020010) ?? plainSyntaxes[0]
  if (!plainSyntaxes.includes(syntax)) throw refuse('segmentation-syntax', { syntax })
  const described = itemsOf(dataSet, 'x00620002').map((item) => ({
    value: item.uint16('x00620004') ?? 0,
    name: stringOf(item, item.elements.x00620005) ?? nameSegment(item.uint16('x00620004') ?? 0),
  }))
  const bits = dataSet.uint16('x00280100') ?? 1
  if (bits !== 1 && bits !== 8 && bits !== 16) throw refuse('segmentation-bits', { bits })
  const isLabelMap = stringOf(dataSet, elements.x00620001) === 'LABELMAP'
  const [columns, rows] = [dataSet.uint16('x00280011') ?? 0, dataSet.uint16('x00280010') ?? 0]
  const { frames, grid, gaps } = arrangeFrames(dataSet, columns, rows, isLabelMap)
  const announced = numbersOf(dataSet, elements.x00280008)?.[0]
  if (announced !== undefined && announced !== frames.length)
    throw refuse('segmentation-frames', { announced, described: frames.length })
  refuseSharedPlaces(frames)
  const perFrame = columns * rows
  const pixels = elements.x7fe00010
  const expected = Math.ceil((perFrame * frames.length * bits) / 8)
  const present = pixels ? Math.max(0, Math.min(pixels.length, dataSet.byteArray.length - pixels.dataOffset)) : 0
  if (!pixels || present < expected) throw refuse('segmentation-cut-off', { presentBytes: present, expectedBytes: expected })
  const read = voxelReader(dataSet.byteArray as Bytes, pixels.dataOffset, bits)
  const used = isLabelMap ? valuesOf(read, frames.length * perFrame) : new Set(frames.map(({ frame }) => frame.segment ?? 0))
  const undescribed = [...used].filter((number) => number > 0 && described.every(({ value }) => value !== number))
  const named = [...described, ...undescribed.map((value) => ({ value, name: nameSegment(value) }))]
  const told = undescribed.map((number) => tell('segment-not-described', { number }))
  const source = {
    path: file.path,
    format: 'DICOM' as const,
    series: stringOf(dataSet, elements.x0008103e) ?? 'Segmentation',
    dicom: attributesOf(dataSet),
    ...(gaps && { gaps }),
  }
  const highest = dataSet.uint16('x0062000e') ?? 255
  const isFractional = stringOf(dataSet, elements.x00620001) === 'FRACTIONAL' && bits > 1
  if (isFractional && holdsShares(read, frames.length * perFrame, highest))
    return readShares({ named, frames, grid, source, told, shareAt: (at) => read(at) / highest })
  const regions = named.map(({ value, name }) => {
    const runs: number[] = []
    frames.forEach(({ frame, slice }, index) => {
      if (!isLabelMap && frame.segment !== value) return
      const isInside = isLabelMap ? (at: number) => read(at) === value : (at: number) => read(at) !== 0
      appendRuns(runs, perFrame, (at) => isInside(index * perFrame + at), slice * perFrame)
    })
    return { value, name, runs }
  })
  return {
    volumes: layerLabels(
      grid,
      regions.filter(({ value }) => value > 0),
      source,
    ),
    warnings: [...told, ...regions.filter(({ runs }) => runs.length === 0).map(({ name }) => tell('empty-segment', { name }))],
  }
}

const nameSegment = (number: number) => `Segment ${number}`

function valuesOf(read: (at: number) => number, count: number): Set<number> {
  const values = new Set<number>()
  for (let at = 0; at < count; at++) values.add(read(at))
  return values
}

/** Several times, or images, in one file. */
function refuseSharedPlaces(frames: readonly { readonly frame: SegmentFrame; readonly slice: number }[]): void {
  const firsts = new Map<string, number>()
  frames.forEach(({ frame: { segment }, slice }, i) => {
    const place = `${segment} ${slice}`
    const first = firsts.get(place)
    if (first !== undefined)
      throw refuse('frames-at-one-place', { frames: [first + 1, i + 1], ...(segment !== undefined && { segment }) })
    firsts.set(place, i)
  })
}

function holdsShares(read: (at: number) => number, count: number, highest: number): boolean {
  for (let at = 0; at < count; at++) if (read(at) !== 0 && read(at) !== highest) return true
  return false
}

/** Each segment of a fractional segmentation as a volume of shares: what is inside is for its user to say. */
function readShares({
  named,
  frames,
  grid,
  source,
  told,
  shareAt,
}: {
  named: readonly { readonly value: number; readonly name: string }[]
  frames: readonly { readonly frame: SegmentFrame; readonly slice: number }[]
  grid: Grid
  source: VolumeSource
  told: readonly Message[]
  shareAt: (at: number) => number
}): ReadVolumes {
  const perFrame = grid.size[0] * grid.size[1]
  const volumes = named.map(({ value, name }, i) => {
    const voxels = new Float32Array(voxelCount(grid))
    frames.forEach(({ frame, slice }, index) => {
      if (frame.segment !== value) return
      for (let at = 0; at < perFrame; at++) voxels[slice * perFrame + at] = shareAt(index * perFrame + at)
    })
    const segments = [{ value, name, voxelCount: voxels.reduce((count, share) => count + Number(share > 0), 0) }]
    const phase = nameNumbered('channel', i + 1, named.length, name)
    return { ...grid, voxels, source: { ...source, segments, fractions: true as const, ...(named.length > 1 && { phase }) } }
  })
  return { volumes, warnings: [...told, tell('fractional', {})] }
}

/** Value of the voxel at a position counted over all frames; single bits begin at the lowest of each byte. */
function voxelReader(bytes: Bytes, offset: number, bits: 1 | 8 | 16 | number): (at: number) => number {
  if (bits === 1) return (at) => (bytes[offset + (at >> 3)] >> (at & 7)) & 1
  if (bits === 8) return (at) => bytes[offset + at]
  return (at) => bytes[offset + 2 * at] | (bytes[offset + 2 * at + 1] << 8)
}

function appendRuns(runs: number[], length: number, isInside: (at: number) => boolean, offset: number): void {
  for (let at = 0; at < length; at++) {
    if (!isInside(at)) continue
    const first = at
    while (at + 1 < length && isInside(at + 1)) at++
    runs.push(offset + first, offset + at)
  }
}

/** Which slice each frame is, and the grid of the slices from the first to the last, present or not. */
function arrangeFrames(
  dataSet: DataSet,
  columns: number,
  rows: number,
  isLabelMap: boolean,
): { frames: { frame: SegmentFrame; slice: number }[]; grid: Grid; gaps?: true } {
  const { elements } = dataSet
  const shared = flattenGroups(elements.x52009229?.items?.[0])
  const perFrame = elements.x52009230?.items ?? []
  if (perFrame.length === 0) throw refuse('segmentation-without-frames', {})
  const lookups = perFrame.map((item) => ({ ...shared, ...flattenGroups(item) }))
  const [first] = lookups
  const orientation = numbersOf(dataSet, first.x00200037)
  const spacing = numbersOf(dataSet, first.x00280030)
  if (orientation?.length !== 6) throw refuse('segmentation-without-orientation', {})
  if (spacing?.length !== 2 || !spacing.every((mm) => mm > 0)) throw refuse('segmentation-without-spacing', {})
  const frames = lookups.map((lookup, i) => {
    const position = numbersOf(dataSet, lookup.x00200032)
    if (position?.length !== 3) throw refuse('frame-without-position', { frame: i + 1 })
    const turned = numbersOf(dataSet, lookup.x00200037)?.some((cosine, axis) => Math.abs(cosine - orientation[axis]) > 1e-4)
    if (turned) throw refuse('segmentation-turned', {})
    const number = lookup.x0062000b
      ? dataSet.byteArrayParser.readUint16(dataSet.byteArray, lookup.x0062000b.dataOffset)
      : undefined
    if (!isLabelMap && number === undefined) throw refuse('frame-without-segment', { frame: i + 1 })
    return { positionMm: [position[0], position[1], position[2]] as const, segment: number }
  })
  const direction = directionOf(orientation)
  const normal: Triple = [direction[2], direction[5], direction[8]]
  const along = frames.map(({ positionMm }) => positionAlong(positionMm, normal))
  const lowest = Math.min(...along)
  const origin = frames[along.indexOf(lowest)].positionMm
  const announced = numbersOf(dataSet, first.x00180088)?.[0]
  const thickness = numbersOf(dataSet, first.x00180050)?.[0]
  const sliceMm = distanceOfSlices(along, announced) ?? thickness ?? 1
  const isGuessed = announced === undefined || announced === 0
  const slices = along.map((mm, i) => {
    const slice = Math.round((mm - lowest) / sliceMm)
    const { positionMm } = frames[i]
    const off = Math.hypot(...positionMm.map((at, axis) => at - origin[axis] - slice * sliceMm * normal[axis]))
    if (off > planeTolerance * sliceMm) throw refuse('segmentation-uneven', { frame: i + 1, offMm: off })
    return slice
  })
  return {
    frames: frames.map((frame, i) => ({ frame, slice: slices[i] })),
    grid: {
      size: [columns, rows, Math.max(...slices) + 1],
      spacingMm: [spacing[1], spacing[0], sliceMm],
      originMm: origin,
      direction,
    },
    // Slices that are as thick as they are apart leave none out.
    ...(isGuessed && !(thickness !== undefined && Math.abs(thickness - sliceMm) < planeTolerance * sliceMm) && { gaps: true }),
  }
}

/** SpacingBetweenSlices where the positions are multiples of it, else the smallest distance of two of them; undefined for one slice. */
function distanceOfSlices(along: readonly number[], announced: number | undefined): number | undefined {
  const sorted = [...new Set(along)].sort((a, b) => a - b)
  const steps = sorted.slice(1).map((mm, i) => mm - sorted[i])
  const real = steps.filter((step) => step > 0.01)
  if (announced !== undefined && announced > 0) {
    const distance = Math.abs(announced)
    const isMultiple = (step: number) => Math.abs(step / distance - Math.round(step / distance)) < planeTolerance
    if (real.every(isMultiple)) return refine(real, distance)
  }
  return real.length === 0 ? undefined : refine(real, Math.min(...real))
}

/** The distance that positions far apart give is more exact than the one announced, which is rounded. */
function refine(steps: readonly number[], distance: number): number {
  const total = steps.reduce((sum, step) => sum + step, 0)
  return steps.length === 0 ? distance : total / steps.reduce((sum, step) => sum + Math.round(step / distance), 0)
}
