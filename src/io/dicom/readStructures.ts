import { physicalToIndex, type Grid, type VolumeSource } from '../../core/image/volume.ts'
import { groupBy } from '../../core/numeric/groupBy.ts'
import { listPolygonVoxels } from '../../core/mask/edit/polygon.ts'
import type { DataSet } from 'dicom-parser'
import type { Message } from '../../core/messages/message.ts'
import type { ReadVolumes } from '../images/readImageFile.ts'
import type { SourceFile } from '../sourceFile.ts'
import { attributesOf } from './dicomHeader.ts'
import { itemsOf, numbersOf, parseDataSet, stringOf } from './dicomElements.ts'
import { layerLabels, type NamedRegion } from './labelLayers.ts'
import { refuse, tell } from './messages.ts'
import type { ReferenceImage } from './referenceImage.ts'

/** What a structure set tells of itself without the image: `inspect` lists it. */
export interface StructureSetDescription {
  readonly path: string
  readonly series?: string
  readonly phase?: never
  readonly structures: readonly {
    readonly number: number
    readonly name: string
    readonly contours: number
    readonly points: number
  }[]
  readonly warnings: readonly Message[]
}

interface Structure {
  readonly number: number
  readonly name: string
  /** Of the frame of reference that its contours are in. */
  readonly frameUid: string | undefined
  readonly contours: readonly Contour[]
}

interface Contour {
  readonly type: string
  /** LPS mm, three numbers a point; undefined where what stands there cannot be read so. */
  readonly pointsMm: readonly number[] | undefined
}

interface StructureSet {
  readonly structures: readonly Structure[]
  /** Frames of reference, each with the series in it that are drawn on. */
  readonly frames: readonly { readonly uid: string | undefined; readonly seriesUids: readonly string[] }[]
  readonly source: VolumeSource
  readonly warnings: readonly Message[]
}

/** A contour may lie this far from the plane of its slice, as a part of the distance of the slices. */
const planeTolerance = 0.1

/** The contours that enclose something. */
const closedTypes = ['CLOSED_PLANAR', 'CLOSEDPLANAR_XOR']

/** @throws DataError if the file is cut off or holds no structure */
export async function describeStructures(file: SourceFile): Promise<StructureSetDescription> {
  const { structures, source, warnings } = await parseStructures(file)
  return {
    path: file.path,
    ...(source.series !== undefined && { series: source.series }),
    structures: structures.map(({ number, name, contours }) => ({
      number,
      name,
      contours: contours.length,
      points: contours.reduce((sum, { pointsMm }) => sum + (pointsMm?.length ?? 0) / 3, 0),
    })),
    warnings,
  }
}

/**
 * Fills the contours of a DICOM structure set (RTSTRUCT) on the slices of the image that it is drawn on. A voxel is inside if
 * its centre is; several contours of a structure in one slice leave out what is enclosed twice (holes). A contour that stands there
 * twice counts once, and contours that cross are told, unless their type says that they exclude each other (CLOSEDPLANAR_XOR).
 * @param references the open images; of several volumes of the series, the first whose slices hold the contours is taken
 * @throws DataError if there are no contours, the series is not open, or no structure lies in its slices
 */
export async function readStructures(file: SourceFile, references: readonly ReferenceImage[]): Promise<ReadVolumes> {
  const { structures, frames, source, warnings } = await parseStructures(file)
  const names = structures.map(({ name }) => name)
  const closed = structures.map((structure) => ({
    ...structure,
    contours: structure.contours.filter(
      ({ type, pointsMm }) => closedTypes.includes(type) && (pointsMm === undefined || pointsMm.length >= 9),
    ),
  }))
  if (closed.every(({ contours }) => contours.length === 0)) throw refuse('no-closed-contours', { structures: names })
  const open = references.filter(({ seriesUid }) => frames.some(({ seriesUids }) => seriesUids.includes(seriesUid)))
  if (open.length === 0)
    throw frames.every(({ seriesUids }) => seriesUids.length === 0)
      ? refuse('structures-without-series', {})
      : refuse('series-not-open', { structures: names })
  const tries = open.map(({ grid, seriesUid }) => {
    const [own, others] = [true, false].map((is) => frames.filter(({ seriesUids }) => seriesUids.includes(seriesUid) === is))
    const isElsewhere = ({ frameUid }: Structure) =>
      !own.some(({ uid }) => uid === frameUid) && others.some(({ uid }) => uid !== undefined && uid === frameUid)
    const filled = closed.map((structure) =>
      isElsewhere(structure) ? drawnElsewhere(structure) : fillStructure(structure, grid),
    )
    return { grid, filled, frameUid: own[0].uid }
  })
  const fewest = Math.min(...tries.map(({ filled }) => countRefused(filled)))
  const { grid, filled, frameUid } = tries.find((one) => countRefused(one.filled) === fewest)!
  const refusals = filled.flatMap(({ problem }) => problem ?? [])
  const usable = filled.filter(({ problem }) => problem === undefined)
  if (usable.every(({ runs }) => runs.length === 0))
    throw refusals.length > 0 ? refuse('structures-refused', { refusals }) : refuse('structures-outside', { structures: names })
  const left = structures.flatMap(({ name, contours }, i) => {
    const count = contours.length - closed[i].contours.length
    const types = [...new Set(contours.map(({ type }) => type))]
    return count === 0 ? [] : [tell('contours-open', { structure: name, contours: count, types })]
  })
  const empty = structures
    .filter(({ contours }) => contours.length === 0)
    .map(({ name }) => tell('no-contours', { structure: name }))
  return {
    volumes: layerLabels(grid, usable, {
      ...source,
      dicom: { ...source.dicom, ...(frameUid !== undefined && { FrameOfReferenceUID: frameUid }) },
    }),
    warnings: [...warnings, ...refusals, ...left, ...empty, ...filled.flatMap(({ warnings: told }) => told)],
  }
}

type FilledStructure = NamedRegion & { readonly problem?: Message; readonly warnings: readonly Message[] }

const countRefused = (filled: readonly FilledStructure[]) => filled.filter(({ problem }) => problem !== undefined).length

function refused({ number: value, name }: Structure, problem: Message): FilledStructure {
  return { value, name, runs: [], problem, warnings: [] }
}

const drawnElsewhere = (structure: Structure) => refused(structure, tell('structure-elsewhere', { structure: structure.name }))

/** A contour in its slice: its voxels, and what makes it the same as another. */
interface SliceContour {
  readonly voxels: readonly number[]
  readonly points: string
  readonly isXor: boolean
}

function fillStructure(structure: Structure, grid: Grid): FilledStructure {
  const { number: value, name, contours } = structure
  const [nx, ny, nz] = grid.size
  const slices = new Map<number, SliceContour[]>()
  let beyond = 0
  for (const [i, { pointsMm, type }] of contours.entries()) {
    if (!pointsMm) return refused(structure, tell('contour-unreadable', { structure: name, contour: i + 1 }))
    const points = Array.from({ length: pointsMm.length / 3 }, (_, i) =>
      physicalToIndex(grid, [pointsMm[3 * i], pointsMm[3 * i + 1], pointsMm[3 * i + 2]]),
    )
    const slice = Math.round(points.reduce((sum, [, , k]) => sum + k, 0) / points.length)
    const off = Math.max(...points.map(([, , k]) => Math.abs(k - slice)))
    if (!(off <= planeTolerance)) {
      const place = { offMm: off * grid.spacingMm[2], slice: slice + 1, slices: nz }
      return refused(structure, tell('contour-off-plane', { structure: name, ...place }))
    }
    if (slice < 0 || slice >= nz) {
      beyond++
      continue
    }
    const inSlice = slices.get(slice) ?? []
    slices.set(slice, inSlice)
    const polygon = { sliceAxis: 2, slice: 0, points: points.map(([i, j]) => [i, j] as const), rule: 'evenOdd' } as const
    inSlice.push({
      voxels: listPolygonVoxels([nx, ny, 1], polygon),
      points: namePoints(points),
      isXor: type === 'CLOSEDPLANAR_XOR',
    })
  }
  const combined = [...slices].map(([slice, drawn]) => ({ slice, ...combineContours(drawn) }))
  const repeated = combined.reduce((sum, one) => sum + one.repeated, 0)
  const crossing = combined.flatMap(({ slice, areCrossing }) => (areCrossing ? [slice + 1] : [])).sort((a, b) => a - b)
  return {
    value,
    name,
    runs: combined.flatMap(({ slice, inside }) => runsOf(inside, slice * nx * ny)),
    warnings: [
      ...(beyond > 0 ? [tell('contours-beyond', { structure: name, contours: beyond })] : []),
      ...(repeated > 0 ? [tell('contours-repeated', { structure: name, contours: repeated })] : []),
      ...(crossing.length > 0 ? [tell('contours-cross', { structure: name, slices: crossing })] : []),
    ],
  }
}

/** The same for a contour that begins at another of its points, or goes round the other way. */
function namePoints(points: readonly (readonly number[])[]): string {
  return [...new Set(points.map(([i, j]) => `${i.toFixed(3)} ${j.toFixed(3)}`))].sort().join()
}

/** What the contours of a structure enclose in a slice, ascending. */
function combineContours(drawn: readonly SliceContour[]): {
  readonly inside: number[]
  readonly repeated: number
  readonly areCrossing: boolean
} {
  const kept = drawn.filter((one, i) => one.isXor || drawn.findIndex(({ points }) => points === one.points) === i)
  const planar = kept.filter(({ isXor }) => !isXor).map(({ voxels }) => new Set(voxels))
  const inside = new Set<number>()
  for (const { voxels } of kept) for (const at of voxels) if (!inside.delete(at)) inside.add(at)
  return {
    inside: [...inside].sort((a, b) => a - b),
    repeated: drawn.length - kept.length,
    areCrossing: planar.some((one, i) => planar.slice(i + 1).some((other) => areCrossing(one, other))),
  }
}

/** Neither apart nor one within the other. */
function areCrossing(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  const [fewer, more] = one.size <= other.size ? [one, other] : [other, one]
  let common = 0
  for (const at of fewer) if (more.has(at)) common++
  return common > 0 && common < fewer.size
}

function runsOf(sorted: readonly number[], offset: number): number[] {
  const runs: number[] = []
  for (const at of sorted) {
    if (runs.length > 0 && runs[runs.length - 1] === offset + at - 1) runs[runs.length - 1]++
    else runs.push(offset + at, offset + at)
  }
  return runs
}

async function parseStructures(file: SourceFile): Promise<StructureSet> {
  const dataSet = parseDataSet(await file.bytes())
  if (!dataSet) throw refuse('structures-damaged', {})
  const named = itemsOf(dataSet, 'x30060020').map((item) => ({
    roi: numbersOf(item, item.elements.x30060022)?.[0] ?? 0,
    name: stringOf(item, item.elements.x30060026),
    frameUid: stringOf(item, item.elements.x30060024),
  }))
  if (named.length === 0) throw refuse('no-structures', {})
  const drawn = groupBy(itemsOf(dataSet, 'x30060039'), (item) => String(numbersOf(item, item.elements.x30060084)?.[0]))
  const sharing = [...groupBy(named, ({ roi }) => String(roi)).values()].find(
    ([{ roi }, ...more]) => more.length > 0 && drawn.has(String(roi)),
  )
  if (sharing)
    throw refuse('structures-share-number', { number: sharing[0].roi, structures: sharing.map(({ name }) => name ?? '') })
  // The numbers become values of voxels; where they cannot, the order counts.
  const isUsable = new Set(named.map(({ roi }) => roi)).size === named.length && named.every(({ roi }) => roi > 0 && roi < 65536)
  const structures = named.map(({ roi, name, frameUid }, i) => ({
    number: isUsable ? roi : i + 1,
    name: name ?? `Structure ${roi}`,
    frameUid,
    contours: (drawn.get(String(roi)) ?? []).flatMap(contoursOf),
  }))
  const frames = itemsOf(dataSet, 'x30060010').map((frame) => ({
    uid: stringOf(frame, frame.elements.x00200052),
    seriesUids: itemsOf(frame, 'x30060012')
      .flatMap((study) => itemsOf(study, 'x30060014'))
      .flatMap((series) => stringOf(series, series.elements.x0020000e) ?? []),
  }))
  return {
    structures,
    frames,
    source: {
      path: file.path,
      format: 'DICOM',
      series: stringOf(dataSet, dataSet.elements.x0008103e) ?? stringOf(dataSet, dataSet.elements.x30060002) ?? 'Structure set',
      dicom: attributesOf(dataSet),
    },
    warnings: isUsable ? [] : [tell('structures-renumbered', { numbers: named.map(({ roi }) => roi) })],
  }
}

function contoursOf(item: DataSet): Contour[] {
  return itemsOf(item, 'x30060040').map((contour) => {
    const { x30060042: type, x30060050: data } = contour.elements
    const numbers = numbersOf(contour, data)
    const isWhole = numbers && numbers.length % 3 === 0
    return {
      type: stringOf(contour, type) ?? 'CLOSED_PLANAR',
      pointsMm: isWhole ? numbers : stringOf(contour, data) ? undefined : [],
    }
  })
}
