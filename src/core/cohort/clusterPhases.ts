import type { Volume } from '../image/volume.ts'
import { dixonImage } from './dixonImage.ts'

/** What tells volumes of one dynamic series from others: grid and header. */
export type ListedVolume = Omit<Volume, 'voxels'>

/** Why a volume is no phase by itself; it can still be chosen. */
export type SetAside = 'fewSlices' | 'localizer' | 'derived' | 'described'

const fewestSlices = 8
const derivedKinds = /^(sub|subtraction|mip|mpr|projection|adc)/i
const setAsideWords = new Set([
  'sub', 'subs', 'subtr', 'subtraction', 'subtractions', 'subtracted', 'mip', 'mpr', 'loc', 'localizer', 'localiser', 'scout', 'adc', 'dwi',
  'dki', 'map', 'maps', 'screen',
]) // prettier-ignore

/** Why each volume is set aside, undefined for those that may be phases. @param volumes all that there are of a visit */
export function setAside(volumes: readonly ListedVolume[]): (SetAside | undefined)[] {
  const orientations = new Map<string, Set<string>>()
  for (const { source, direction } of volumes) {
    const series = source.dicom?.SeriesInstanceUID
    if (series === undefined) continue
    const known = orientations.get(series) ?? new Set()
    orientations.set(series, known.add(direction.map((cosine) => Math.round(10 * cosine) + 0).join(' ')))
  }
  return volumes.map(({ size, source }) => {
    const { ImageType = '', SeriesInstanceUID = '', SeriesDescription = '', ProtocolName = '' } = source.dicom ?? {}
    if ((orientations.get(SeriesInstanceUID)?.size ?? 0) >= 3) return 'localizer'
    const kinds = ImageType.split('\\').map((kind) => kind.trim())
    if (/^derived$/i.test(kinds[0]) && kinds.some((kind) => derivedKinds.test(kind))) return 'derived'
    const words = `${SeriesDescription} ${SeriesDescription === '' ? ProtocolName : ''}`.toLowerCase().match(/[a-z]+/g) ?? []
    if (words.some((word) => setAsideWords.has(word))) return 'described'
    // A file without a header of its kind tells nothing of what it is; a scanner's series does.
    return source.dicom && size[2] < fewestSlices ? 'fewSlices' : undefined
  })
}

/**
 * Volumes that were scanned alike: on one grid (orientation and spacing to 1e-3, first position to 1 mm), in one frame of reference, with
 * TR, TE and flip angle within 2 %; of a Dixon scan water with water only. Phases of a dynamic series, whether in one series, one file or many, come out as one group.
 * @returns indices; groups and their members in the order given
 */
export function clusterPhases(volumes: readonly ListedVolume[], reasons = setAside(volumes)): number[][] {
  const clusters: number[][] = []
  // Nearness does not carry over from one to the next: all are compared with the first of the group, in an order of their own.
  for (const at of inOwnOrder(volumes)) {
    const home = clusters.find(([first]) => reasons[first] === reasons[at] && areAlike(volumes[first], volumes[at]))
    if (home) home.push(at)
    else clusters.push([at])
  }
  return clusters.map((cluster) => cluster.sort((a, b) => a - b)).sort(([a], [b]) => a - b)
}

/** Whether corners of equal grids lie at the same places to 1 mm. */
export function gridsAgree(a: ListedVolume, b: ListedVolume): boolean {
  return (
    a.size.every((n, axis) => n === b.size[axis]) &&
    distanceMm(a.originMm, b.originMm) <= samePlaceMm &&
    distanceMm(farCorner(a), farCorner(b)) <= samePlaceMm
  )
}

/** Both unknown, or one, is no difference. */
export function agree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b
}

const samePlaceMm = 1

function areAlike(a: ListedVolume, b: ListedVolume): boolean {
  const [one, other] = [a.source.dicom, b.source.dicom]
  const near = (x: readonly number[], y: readonly number[]) => x.every((value, i) => Math.abs(value - y[i]) <= 1e-3)
  return (
    a.size.every((n, axis) => n === b.size[axis]) &&
    near(a.spacingMm, b.spacingMm) &&
    near(a.direction, b.direction) &&
    distanceMm(a.originMm, b.originMm) <= samePlaceMm &&
    agree(one?.Modality, other?.Modality) &&
    dixonImage(one ?? {}) === dixonImage(other ?? {}) &&
    agree(one?.FrameOfReferenceUID, other?.FrameOfReferenceUID) &&
    (['RepetitionTime', 'EchoTime', 'FlipAngle'] as const).every((keyword) => areClose(one?.[keyword], other?.[keyword]))
  )
}

function areClose(a: string | undefined, b: string | undefined): boolean {
  const [x, y] = [Number(a ?? NaN), Number(b ?? NaN)]
  return Number.isNaN(x) || Number.isNaN(y) || Math.abs(x - y) <= 0.02 * Math.max(Math.abs(x), Math.abs(y))
}

function inOwnOrder(volumes: readonly ListedVolume[]): number[] {
  const keys = volumes.map(({ source }) => source.timing?.uid ?? `${source.path} ${source.phase ?? ''}`)
  return keys.map((_, i) => i).sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b))
}

function farCorner({ size, spacingMm, originMm, direction }: ListedVolume): number[] {
  return originMm.map((origin, row) =>
    size.reduce((sum, n, axis) => sum + direction[3 * row + axis] * (n - 1) * spacingMm[axis], origin),
  )
}

function distanceMm(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) * (value - b[i]), 0))
}
