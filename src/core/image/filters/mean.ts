import type { Block, Kernels } from '../../kernels/kernels.ts'
import { axisFilter, convolve, type Boundary, type FilterSet } from './separable.ts'

export interface MeanOptions {
  /** Voxels along each axis, an odd number. */
  readonly width: number
  /** 2: in slices. */
  readonly dimensions: 2 | 3
  readonly boundary: Boundary
}

/** The mean of a box of voxels round each (IBSI 2, 3.1). @returns a new block in the caller's scope */
export function meanImage(kernels: Kernels, image: Block, { width, dimensions, boundary }: MeanOptions): Block {
  return convolve(kernels, image, boxFilters(width, dimensions), boundary)
}

export function boxFilters(width: number, dimensions: 2 | 3): FilterSet {
  const box = axisFilter(Array.from({ length: width }, () => 1 / width))
  return Array.from({ length: dimensions }, () => box)
}
