import type { Axis } from '../../src/core/mask/brush.ts'
import type { Mask } from '../../src/core/mask/mask.ts'
import { computeSquaredDistances } from '../../src/core/mask/distances.ts'
import { copyBox } from '../../src/core/mask/boxVoxels.ts'
import { insideSeed, outsideSeed } from '../../src/core/mask/grow/growFromSeeds.ts'
import type { Kernels } from '../../src/core/kernels/kernels.ts'
import type { Triple } from '../../src/core/numeric/voxelArray.ts'

/**
 * Four strokes as a reader would draw them, by a rule that sees the truth only as coarsely as a hand does. In the slice with most
 * tumour across `axes[0]`, and in that across `axes[1]`: a scribble inside (the voxels deeper than half the greatest depth of their
 * part of the tumour in that slice), and one closed line outside (the ellipse around the tumour's bounding box in that slice, its
 * half axes a fifth longer and 3 mm more).
 */
export function drawFourStrokes(kernels: Kernels, truth: Mask, axes: readonly [Axis, Axis]): Uint8Array<ArrayBuffer> {
  const seeds = new Uint8Array(truth.voxels.length)
  for (const axis of axes) {
    const slice = fullestSlice(truth, axis)
    drawEllipse(truth, axis, slice, seeds)
    scribbleInside(kernels, truth, axis, slice, seeds)
  }
  return seeds
}

/** The slice across an axis with most voxels of a mask; the first of equals. */
export function fullestSlice({ voxels, size }: Mask, axis: Axis): number {
  const stride = [1, size[0], size[0] * size[1]][axis]
  const counts = new Array<number>(size[axis]).fill(0)
  voxels.forEach((voxel, i) => {
    if (voxel) counts[Math.floor(i / stride) % size[axis]]++
  })
  return counts.indexOf(Math.max(...counts))
}

function planeOf({ size }: Mask, axis: Axis, slice: number) {
  const [u, v] = ([0, 1, 2] as Axis[]).filter((other) => other !== axis) as [Axis, Axis]
  const strides = [1, size[0], size[0] * size[1]] as const
  return { u, v, place: (a: number, b: number) => slice * strides[axis] + a * strides[u] + b * strides[v] }
}

function scribbleInside(kernels: Kernels, truth: Mask, axis: Axis, slice: number, seeds: Uint8Array): void {
  const { size, spacingMm } = truth
  const { u, v, place } = planeOf(truth, axis, slice)
  const box = {
    lower: [0, 0, 0].map((low, a) => (a === axis ? slice : low)) as unknown as Triple,
    upper: size.map((n, a) => (a === axis ? slice : n - 1)) as unknown as Triple,
  }
  const [nu, nv] = [size[u], size[v]]
  kernels.scope(() => {
    const plane = kernels.allocate(nu * nv)
    copyBox(truth.voxels, size, box, kernels.u8(plane, nu * nv))
    const labels = kernels.allocate(4 * nu * nv)
    const parts = kernels.exports.labelComponents(plane, nu, nv, 1, 1, labels)
    const depths = kernels.f64(
      computeSquaredDistances(kernels, plane, 'outside', [nu, nv, 1], [spacingMm[u], spacingMm[v], 1]),
      nu * nv,
    )
    const part = kernels.i32(labels, nu * nv)
    const deepest = new Float64Array(parts + 1)
    depths.forEach((depth, i) => (deepest[part[i]] = Math.max(deepest[part[i]], depth)))
    depths.forEach((depth, i) => {
      // Half the depth is a quarter of its square.
      if (part[i] > 0 && depth >= 0.25 * deepest[part[i]]) seeds[place(i % nu, Math.floor(i / nu))] = insideSeed
    })
  })
}

function drawEllipse(truth: Mask, axis: Axis, slice: number, seeds: Uint8Array): void {
  const { u, v, place } = planeOf(truth, axis, slice)
  const [nu, nv] = [truth.size[u], truth.size[v]]
  let [lowU, highU, lowV, highV] = [nu, -1, nv, -1]
  for (let b = 0; b < nv; b++) {
    for (let a = 0; a < nu; a++) {
      if (!truth.voxels[place(a, b)]) continue
      ;[lowU, highU, lowV, highV] = [Math.min(lowU, a), Math.max(highU, a), Math.min(lowV, b), Math.max(highV, b)]
    }
  }
  const [su, sv] = [truth.spacingMm[u], truth.spacingMm[v]]
  const half = (low: number, high: number, mm: number) => (1.2 * (high - low + 1)) / 2 + Math.max(1, 3 / mm)
  const [hu, hv] = [half(lowU, highU, su), half(lowV, highV, sv)]
  const inside = (a: number, b: number) => ((a - (lowU + highU) / 2) / hu) ** 2 + ((b - (lowV + highV) / 2) / hv) ** 2 <= 1
  for (let b = 0; b < nv; b++) {
    for (let a = 0; a < nu; a++) {
      const onLine = inside(a, b) && !(inside(a - 1, b) && inside(a + 1, b) && inside(a, b - 1) && inside(a, b + 1))
      if (onLine && !truth.voxels[place(a, b)]) seeds[place(a, b)] = outsideSeed
    }
  }
}
