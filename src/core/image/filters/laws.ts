import type { Block, Kernels } from '../../kernels/kernels.ts'
import { voxelCount } from '../volume.ts'
import { boxFilters } from './mean.ts'
import { axisFilter, convolve, poolResponses, turnFilters, type Boundary, type Pooling } from './separable.ts'

type LawsFilter = 'L3' | 'L5' | 'E3' | 'E5' | 'S3' | 'S5' | 'W5' | 'R5'

/** Laws (1980), before they are scaled to a sum of squares of 1. */
const lawsFilters: Readonly<Record<LawsFilter, readonly number[]>> = {
  L3: [1, 2, 1],
  L5: [1, 4, 6, 4, 1],
  E3: [-1, 0, 1],
  E5: [-1, -2, 0, 2, 1],
  S3: [-1, 2, -1],
  S5: [-1, 0, 2, 0, -1],
  W5: [-1, 2, 0, -2, 1],
  R5: [1, -4, 6, -4, 1],
}

const names = Object.keys(lawsFilters)

/** All kernels of two and of three filters. */
export const lawsKernels: readonly string[] = [
  ...names.flatMap((x) => names.map((y) => x + y)),
  ...names.flatMap((x) => names.flatMap((y) => names.map((z) => x + y + z))),
]

function filtersOf(kernel: string): LawsFilter[] {
  return kernel.match(/../g) as LawsFilter[]
}

export interface LawsOptions {
  /** Filters along x, y and, if there are three, z, as they are written one after another: `L5E5E5`. */
  readonly kernel: string
  /** Chebyshev distance in voxels over which the absolute response is averaged; null: the response itself. */
  readonly energyDistance: number | null
  /** Responses of all right-angle turns become one by this; null: of one orientation. */
  readonly pooling: Pooling | null
  readonly boundary: Boundary
}

/** In voxels. */
export function lawsReach({ kernel, energyDistance }: LawsOptions): number {
  return Math.max(...filtersOf(kernel).map((name) => (lawsFilters[name].length - 1) / 2)) + (energyDistance ?? 0)
}

/** Response to Laws's filters, or its texture energy (IBSI 2, 3.3), turned and pooled first. @returns a new block in the caller's scope */
export function lawsImage(kernels: Kernels, image: Block, { kernel, energyDistance, pooling, boundary }: LawsOptions): Block {
  const set = filtersOf(kernel).map((name) => {
    const norm = Math.sqrt(lawsFilters[name].reduce((sum, weight) => sum + weight * weight, 0))
    return axisFilter(lawsFilters[name].map((weight) => weight / norm))
  })
  const turns = pooling === null ? [set] : turnFilters(set)
  const response = poolResponses(kernels, image, turns.length, pooling ?? 'mean', (k) =>
    convolve(kernels, image, turns[k], boundary),
  )
  if (energyDistance === null) return response
  const magnitudes = kernels.f64(response.pointer, voxelCount(image))
  for (let i = 0; i < magnitudes.length; i++) magnitudes[i] = Math.abs(magnitudes[i])
  return convolve(kernels, response, boxFilters(2 * energyDistance + 1, set.length === 2 ? 2 : 3), boundary)
}
