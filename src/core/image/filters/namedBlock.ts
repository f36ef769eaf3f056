import type { Block } from '../../kernels/kernels.ts'

/** A filtered image under its name in PyRadiomics's output. */
export interface NamedBlock {
  readonly name: string
  readonly image: Block
}
