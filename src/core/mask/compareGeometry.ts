import { indexToPhysical, type Grid } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/** One way in which two grids differ; plain data. */
export interface GeometryDifference {
  readonly property: 'size' | 'spacing' | 'origin' | 'direction'
  readonly image: readonly number[]
  readonly mask: readonly number[]
  /** Largest absolute difference of an entry: voxels, mm, mm, or parts of a unit vector. */
  readonly difference: number
  /** What would have been let through, in the same unit. */
  readonly tolerance: number
}

/** SimpleITK's, in parts of a voxel. */
export const defaultGeometryTolerance = 1e-6

/** Headers hold single-precision numbers (NIfTI) or decimals of that precision; a quaternion passes through a few operations more. */
const roundings = 4
const singlePrecision = 1 / 0x800000
/** Whatever the numbers' size: no more than this part of a voxel is rounding. */
const mostOfAVoxel = 1e-3

/**
 * Whether two grids of equal size are one but for rounding in file headers: their corners are apart by at most 4 x 2^-23 of how far from
 * the origin of space the numbers reach (greatest |origin| + extent), and never by more than a thousandth of the smallest voxel side.
 * An oblique series and the mask that was drawn on it and written as NIfTI differ so.
 */
export function isSameGridButRounding(image: Grid, mask: Grid): boolean {
  if (image.size.some((count, axis) => count !== mask.size[axis])) return false
  const extentMm = Math.max(...image.size.map((count, axis) => count * image.spacingMm[axis]))
  const reachMm = Math.max(...image.originMm.map(Math.abs)) + extentMm
  const limitMm = Math.min(roundings * singlePrecision * reachMm, mostOfAVoxel * Math.min(...image.spacingMm))
  return greatestCornerDistanceMm(image, mask) <= limitMm
}

/** How far apart the corners of two grids of equal size lie at most, in mm; NaN where a number of theirs is none. */
export function greatestCornerDistanceMm(image: Grid, mask: Grid): number {
  return cornersOf(image)
    .map((corner) => distance(indexToPhysical(image, corner), indexToPhysical(mask, corner)))
    .reduce((greatest, mm) => (mm <= greatest ? greatest : mm), 0)
}

function distance(a: Triple, b: Triple): number {
  return Math.sqrt(a.reduce((sum, value, axis) => sum + (value - b[axis]) * (value - b[axis]), 0))
}

function cornersOf({ size }: Grid): Triple[] {
  const ends = size.map((count) => [0, count - 1])
  return ends[0].flatMap((x) => ends[1].flatMap((y) => ends[2].map((z): Triple => [x, y, z])))
}

/**
 * Compares the grids of an image and a mask: what differs by no more than rounding in headers is one grid (`isSameGridButRounding`);
 * else as SimpleITK does for a filter with two inputs: equal sizes; origin and spacing equal to `tolerance` times the image's spacing
 * along x; direction cosines equal to `tolerance`.
 *
 * @param tolerance in parts of a voxel along x, and of a unit vector
 * @returns the differences, none if mask and image may be used together
 */
export function compareGeometry(image: Grid, mask: Grid, tolerance = defaultGeometryTolerance): GeometryDifference[] {
  if (isSameGridButRounding(image, mask)) return []
  const lengthMm = Math.abs(tolerance * image.spacingMm[0])
  const differences = [
    compare('size', image.size, mask.size, 0),
    compare('spacing', image.spacingMm, mask.spacingMm, lengthMm),
    compare('origin', image.originMm, mask.originMm, lengthMm),
    compare('direction', image.direction, mask.direction, tolerance),
  ]
  return differences.filter((difference) => difference !== undefined)
}

function compare(
  property: GeometryDifference['property'],
  image: readonly number[],
  mask: readonly number[],
  tolerance: number,
): GeometryDifference | undefined {
  const distances = image.map((value, i) => Math.abs(value - mask[i]))
  if (distances.every((distance) => distance <= tolerance)) return undefined
  const difference = Math.max(...distances)
  return { property, image, mask, difference, tolerance }
}

/** What the profile calls what helps against grids that differ. */
export interface GeometryNames {
  readonly resampleMask: string
  readonly tolerance: string
}
