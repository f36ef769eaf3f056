import type { Block, Kernels } from '../../kernels/kernels.ts'
import { lawsImage, type LawsOptions } from './laws.ts'
import { meanImage, type MeanOptions } from './mean.ts'
import { sampledLaplacian, type SampledLaplacianOptions } from './sampledLaplacian.ts'
import { undecimatedWavelet, type UndecimatedWaveletOptions } from './undecimatedWavelet.ts'

/** A filter of IBSI 2 (arXiv 2006.05470); plain data. */
export type IbsiImageFilter =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'mean' } & MeanOptions)
  | ({ readonly kind: 'sampledLaplacian' } & SampledLaplacianOptions)
  | ({ readonly kind: 'laws' } & LawsOptions)
  | ({ readonly kind: 'undecimatedWavelet' } & UndecimatedWaveletOptions)

/** The response map of a filter, in the caller's scope. @throws with the reason */
export function applyIbsiFilter(kernels: Kernels, image: Block, filter: IbsiImageFilter): Block {
  switch (filter.kind) {
    case 'none':
      return image
    case 'mean':
      return meanImage(kernels, image, filter)
    case 'sampledLaplacian':
      return sampledLaplacian(kernels, image, filter)
    case 'laws':
      return lawsImage(kernels, image, filter)
    case 'undecimatedWavelet':
      return undecimatedWavelet(kernels, image, filter)
  }
}
