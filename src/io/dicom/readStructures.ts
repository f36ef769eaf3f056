import { physicalToIndex, type Grid, type VolumeSource } from '../../core/image/volume.ts'
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
  readonly contours: readonly Contour[]
}

interface Contour {
  readonly type: string
  /** LPS mm, three numbers a point. */
  readonly pointsMm: readonly number[]
}

interface StructureSet {
  readonly structures: readonly Structure[]
  /** Of the series it is drawn on. */
  readonly seriesUids: readonly string[]
  readonly source: VolumeSource
}

/** A contour may lie this far from the plane of its slice, as a part of the distance of the slices. */
const planeTolerance = 0.1

/** The contours that enclose something. */
const closedTypes = ['CLOSED_PLANAR', 'CLOSEDPLANAR_XOR']

/** @throws DataError if the file is cut off or holds no structure */
export async function describeStructures(file: SourceFile): Promise<StructureSetDescription> {
  const { structures, source } = await parseStructures(file)
  return {
    path: file.path,
    ...(source.series !== undefined && { series: source.series }),
    structures: structures.map(({ number, name, contours }) => ({
      number,
      name,
      contours: contours.length,
      points: contours.reduce((sum, { pointsMm }) => sum + pointsMm.length / 3, 0),
    })),
    warnings: [],
  }
}

/**
 * Fills the contours of a DICOM structure set (RTSTRUCT) on the slices of the image that it is drawn on. A voxel is inside if
 * its centre is; several contours of a structure in one slice leave out what is enclosed twice (holes).
 * @param references the open images; of several volumes of the series, the first whose slices hold the contours is taken
 * @throws DataError if there are no contours, the series is not open, or no structure lies in its slices
 */
export async function readStructures(file: SourceFile, references: readonly ReferenceImage[]): Promise<ReadVolumes> {
  const { structures, seriesUids, source } = await parseStructures(file)
  const names = structures.map(({ name }) => name)
  const closed = structures.map((structure) => ({
    ...structure,
    contours: structure.contours.filter(({ type, pointsMm }) => closedTypes.includes(type) && pointsMm.length >= 9),
  }))
  if (closed.every(({ contours }) => contours.length === 0)) throw refuse('no-closed-contours', { structures: names })
  const open = references.filter(({ seriesUid }) => seriesUids.includes(seriesUid))
  if (open.length === 0)
    throw seriesUids.length === 0 ? refuse('structures-without-series', {}) : refuse('series-not-open', { structures: names })
  const tries = open.map(({ grid }) => ({ grid, filled: closed.map((structure) => fillStructure(structure, grid)) }))
  const fewest = Math.min(...tries.map(({ filled }) => countRefused(filled)))
  const { grid, filled } = tries.find((one) => countRefused(one.filled) === fewest)!
  const refused = filled.flatMap(({ problem }) => problem ?? [])
  const usable = filled.filter(({ problem }) => problem === undefined)
  if (usable.every(({ runs }) => runs.length === 0))
    throw refused.length > 0
      ? refuse('structures-refused', { refusals: refused })
      : refuse('structures-outside', { structures: names })
  const left = structures.flatMap(({ name, contours }, i) => {
    const count = contours.length - closed[i].contours.length
    const types = [...new Set(contours.map(({ type }) => type))]
    return count === 0 ? [] : [tell('contours-open', { structure: name, contours: count, types })]
  })
  const empty = structures
    .filter(({ contours }) => contours.length === 0)
    .map(({ name }) => tell('no-contours', { structure: name }))
  return {
    volumes: layerLabels(grid, usable, source),
    warnings: [...refused, ...left, ...empty, ...filled.flatMap(({ warning }) => warning ?? [])],
  }
}

type FilledStructure = NamedRegion & { readonly problem?: Message; readonly warning?: Message }

const countRefused = (filled: readonly FilledStructure[]) => filled.filter(({ problem }) => problem !== undefined).length

function fillStructure({ number: value, name, contours }: Structure, grid: Grid): FilledStructure {
  const [nx, ny, nz] = grid.size
  const slices = new Map<number, Set<number>>()
  let beyond = 0
  for (const { pointsMm } of contours) {
    const points = Array.from({ length: pointsMm.length / 3 }, (_, i) =>
      physicalToIndex(grid, [pointsMm[3 * i], pointsMm[3 * i + 1], pointsMm[3 * i + 2]]),
    )
    const slice = Math.round(points.reduce((sum, [, , k]) => sum + k, 0) / points.length)
    const off = Math.max(...points.map(([, , k]) => Math.abs(k - slice)))
    if (!(off <= planeTolerance))
      return {
        value,
        name,
        runs: [],
        problem: tell('contour-off-plane', {
          structure: name,
          offMm: off * grid.spacingMm[2],
          slice: slice + 1,
          slices: nz,
        }),
      }
    if (slice < 0 || slice >= nz) {
      beyond++
      continue
    }
    const inSlice = slices.get(slice) ?? new Set<number>()
    slices.set(slice, inSlice)
    const polygon = { sliceAxis: 2, slice: 0, points: points.map(([i, j]) => [i, j] as const), rule: 'evenOdd' } as const
    for (const at of listPolygonVoxels([nx, ny, 1], polygon)) if (!inSlice.delete(at)) inSlice.add(at)
  }
  const runs = [...slices].flatMap(([slice, inside]) =>
    runsOf(
      [...inside].sort((a, b) => a - b),
      slice * nx * ny,
    ),
  )
  return {
    value,
    name,
    runs,
    ...(beyond > 0 && { warning: tell('contours-beyond', { structure: name, contours: beyond }) }),
  }
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
  }))
  if (named.length === 0) throw refuse('no-structures', {})
  const drawn = new Map(itemsOf(dataSet, 'x30060039').map((item) => [numbersOf(item, item.elements.x30060084)?.[0], item]))
  // The numbers become values of voxels; where they cannot, the order counts.
  const isUsable = new Set(named.map(({ roi }) => roi)).size === named.length && named.every(({ roi }) => roi > 0 && roi < 65536)
  const structures = named.map(({ roi, name }, i) => ({
    number: isUsable ? roi : i + 1,
    name: name ?? `Structure ${roi}`,
    contours: contoursOf(drawn.get(roi)),
  }))
  const frames = itemsOf(dataSet, 'x30060010')
  const seriesUids = frames
    .flatMap((frame) => itemsOf(frame, 'x30060012'))
    .flatMap((study) => itemsOf(study, 'x30060014'))
    .flatMap((series) => stringOf(series, series.elements.x0020000e) ?? [])
  const frameUid = frames.flatMap((frame) => stringOf(frame, frame.elements.x00200052) ?? [])[0]
  return {
    structures,
    seriesUids,
    source: {
      path: file.path,
      format: 'DICOM',
      series: stringOf(dataSet, dataSet.elements.x0008103e) ?? stringOf(dataSet, dataSet.elements.x30060002) ?? 'Structure set',
      dicom: { ...attributesOf(dataSet), ...(frameUid !== undefined && { FrameOfReferenceUID: frameUid }) },
    },
  }
}

function contoursOf(item: DataSet | undefined): Contour[] {
  return itemsOf(item, 'x30060040').map((contour) => ({
    type: stringOf(contour, contour.elements.x30060042) ?? 'CLOSED_PLANAR',
    pointsMm: numbersOf(contour, contour.elements.x30060050) ?? [],
  }))
}
