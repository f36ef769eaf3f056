import { copyBox, pasteBox, wholeBox } from '../boxVoxels.ts'
import { extentOf } from '../boundingBox.ts'
import type { Axis } from '../brush.ts'
import type { BoundingBox, Mask } from '../mask.ts'
import { thresholdBox, type GreyRange } from './threshold.ts'
import type { Volume } from '../../image/volume.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { refuse } from '../messages.ts'

export interface GrowRegionOptions {
  readonly range: GreyRange
  /** Growing stops at its faces; without it at the border of the volume. */
  readonly box?: BoundingBox
  /** Grow in the seed's slice across this axis only; without it in 3D. */
  readonly sliceAxis?: Axis
}

/**
 * Region growing from a click: the voxels that faces connect (6 neighbours; 4 in a slice) to the seed through grey levels in the
 * range, inside the box (Adams and Bischof 1994 with a fixed range). Nothing if the seed itself is out of range.
 * @returns voxels of the volume's grid, 0 or 1
 * @throws DataError if the seed is not a voxel of the box, or as `thresholdBox`
 */
export function growRegion(
  kernels: Kernels,
  volume: Volume,
  seed: Triple,
  { range, box, sliceAxis }: GrowRegionOptions,
): Uint8Array<ArrayBuffer> {
  const region = inSlice(box ?? wholeBox(volume.size), seed, sliceAxis)
  const { size } = volume
  const grown = new Uint8Array(size[0] * size[1] * size[2])
  const state = thresholdBox(volume, range, region)
  const at = placeInBox(seed, region)
  if (state[at] === 0) return grown
  state[at] = 2
  const reached = floodStates(kernels, state, extentOf(region))
  for (let i = 0; i < reached.length; i++) reached[i] = reached[i] === 2 ? 1 : 0
  pasteBox(reached, region, grown, size)
  return grown
}

export interface SeedRangeOptions {
  /** Half the width of the range, in grey levels. */
  readonly tolerance: number
  /** The centre of the range is the mean of the (2 n + 1)^3 voxels around the seed, so that one noisy voxel does not decide. */
  readonly radiusVoxels: number
}

export const defaultSeedRadiusVoxels = 1

/**
 * The range of grey levels around a click: mean of the seed's neighbourhood (cut off at the border, without NaN) plus and minus the tolerance.
 * @throws DataError if no voxel there has a finite grey level or the tolerance is not a number of at least 0
 */
export function rangeAroundSeed(
  { voxels, size }: Volume,
  seed: Triple,
  { tolerance, radiusVoxels }: SeedRangeOptions,
): GreyRange {
  if (!(tolerance >= 0)) throw refuse('tolerance', { tolerance })
  placeInBox(seed, wholeBox(size))
  const lower = seed.map((at) => Math.max(0, at - radiusVoxels)) as unknown as Triple
  const upper = seed.map((at, axis) => Math.min(size[axis] - 1, at + radiusVoxels)) as unknown as Triple
  const values = new Float64Array(extentOf({ lower, upper }).reduce((product, n) => product * n, 1))
  copyBox(voxels, size, { lower, upper }, values)
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) throw refuse('no-finite-level', { seed })
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length
  return { low: mean - tolerance, high: mean + tolerance }
}

/**
 * The paint bucket: the part of the mask that faces connect to the seed and that holds the seed's value gets another value.
 * @param sliceAxis only in the seed's slice across this axis; without it in 3D
 * @returns the new voxels
 * @throws DataError if the seed is not a voxel of the volume
 */
export function floodMask(
  kernels: Kernels,
  { voxels, size }: Mask,
  seed: Triple,
  value: number,
  sliceAxis?: Axis,
): Uint8Array<ArrayBuffer> {
  const region = inSlice(wholeBox(size), seed, sliceAxis)
  const extent = extentOf(region)
  const part = new Uint8Array(extent[0] * extent[1] * extent[2])
  copyBox(voxels, size, region, part)
  const at = placeInBox(seed, region)
  const old = part[at]
  const state = part.map((voxel) => (voxel === old ? 1 : 0))
  state[at] = 2
  const reached = floodStates(kernels, state, extent)
  for (let i = 0; i < part.length; i++) if (reached[i] === 2) part[i] = value
  const filled = voxels.slice()
  pasteBox(part, region, filled, size)
  return filled
}

/** Spreads 2 through 1 across faces. */
function floodStates(kernels: Kernels, state: Uint8Array, [nx, ny, nz]: Triple): Uint8Array {
  return kernels.scope(() => {
    const pointer = kernels.allocate(state.length)
    const stack = kernels.allocate(4 * state.length)
    kernels.u8(pointer, state.length).set(state)
    kernels.exports.flood(pointer, nx, ny, nz, 7, stack)
    return kernels.u8(pointer, state.length).slice()
  })
}

function inSlice({ lower, upper }: BoundingBox, seed: Triple, sliceAxis: Axis | undefined): BoundingBox {
  const only = (bound: Triple) => bound.map((at, axis) => (axis === sliceAxis ? seed[axis] : at)) as unknown as Triple
  return { lower: only(lower), upper: only(upper) }
}

function placeInBox(seed: Triple, box: BoundingBox): number {
  const inside = seed.every((at, axis) => Number.isInteger(at) && at >= box.lower[axis] && at <= box.upper[axis])
  if (!inside) {
    throw refuse('seed-outside', { seed, box })
  }
  const [mx, my] = extentOf(box)
  const [x, y, z] = box.lower
  return seed[0] - x + mx * (seed[1] - y + my * (seed[2] - z))
}
