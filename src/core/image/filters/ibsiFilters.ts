import type { Block, Kernels } from '../../kernels/kernels.ts'
import { gaborImage, gaborReachMm, type GaborOptions } from './gabor.ts'
import { lawsImage, lawsReach, type LawsOptions } from './laws.ts'
import { meanImage, type MeanOptions } from './mean.ts'
import { sampledLaplacian, type SampledLaplacianOptions } from './sampledLaplacian.ts'
import { simoncelliImage, type SimoncelliOptions } from './simoncelli.ts'
import { undecimatedWavelet, waveletReach, type UndecimatedWaveletOptions } from './undecimatedWavelet.ts'

/** A filter of IBSI 2 (arXiv 2006.05470); plain data. */
export type IbsiImageFilter =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'mean' } & MeanOptions)
  | ({ readonly kind: 'laplacianOfGaussian' } & SampledLaplacianOptions)
  | ({ readonly kind: 'laws' } & LawsOptions)
  | ({ readonly kind: 'gabor' } & GaborOptions)
  | ({ readonly kind: 'wavelet' } & UndecimatedWaveletOptions)
  | ({ readonly kind: 'simoncelli' } & SimoncelliOptions)

/** The response map of a filter, in the caller's scope. @throws with the reason */
export function applyIbsiFilter(kernels: Kernels, image: Block, filter: IbsiImageFilter): Block {
  switch (filter.kind) {
    case 'none':
      return image
    case 'mean':
      return meanImage(kernels, image, filter)
    case 'laplacianOfGaussian':
      return sampledLaplacian(kernels, image, filter)
    case 'laws':
      return lawsImage(kernels, image, filter)
    case 'gabor':
      return gaborImage(kernels, image, filter)
    case 'wavelet':
      return undecimatedWavelet(kernels, image, filter)
    case 'simoncelli':
      return simoncelliImage(kernels, image, filter)
  }
}

/** How far a filter looks round a voxel: the sum of both; infinitely, where the whole image goes into every voxel. */
export interface FilterReach {
  readonly voxels: number
  readonly mm: number
}

export function reachOf(filter: IbsiImageFilter): FilterReach {
  // What lies beyond one end of the image is at its other end.
  if ('boundary' in filter && filter.boundary === 'periodic') return { voxels: Infinity, mm: 0 }
  switch (filter.kind) {
    case 'none':
      return { voxels: 0, mm: 0 }
    case 'mean':
      return { voxels: (filter.width - 1) / 2, mm: 0 }
    case 'laplacianOfGaussian':
      return { voxels: 0, mm: filter.cutOff * filter.sigmaMm }
    case 'laws':
      return { voxels: lawsReach(filter), mm: 0 }
    case 'gabor':
      return { voxels: 0, mm: gaborReachMm(filter) }
    case 'wavelet':
      return { voxels: waveletReach(filter), mm: 0 }
    case 'simoncelli':
      return { voxels: Infinity, mm: 0 }
  }
}
