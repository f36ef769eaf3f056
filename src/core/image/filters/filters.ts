import type { Block, Kernels, MaskBlock } from '../../kernels/kernels.ts'
import { gradient, type GradientOptions } from './gradient.ts'
import { laplacianOfGaussian, type LaplacianOfGaussianOptions } from './laplacianOfGaussian.ts'
import type { LeftOut } from './leftOut.ts'
import { localBinaryPattern2D, type LocalBinaryPattern2DOptions } from './localBinaryPattern2D.ts'
import { lbp3DSamples, localBinaryPattern3D, type LocalBinaryPattern3DOptions } from './localBinaryPattern3D.ts'
import { exponentialImage, logarithmImage, squareImage, squareRootImage } from './pointwise.ts'
import { waveletSubBand } from './wavelet.ts'
import type { WaveletOptions } from './waveletSubBands.ts'

/** An image ready to be filtered and the region that will be measured on it, of one size. */
interface FilterInput {
  readonly kernels: Kernels
  readonly image: Block
  readonly mask: MaskBlock
}

interface Filter<Options> {
  /**
   * Allocates in the caller's scope.
   * @param samples what `sample` gives for the whole region, part after part
   * @throws if the image cannot be made, with the reason
   */
  apply(input: FilterInput, options: Options, samples: readonly Float64Array[]): Block | LeftOut
  /** Costly values of the region's voxels `from` to `to` (exclusive), which workers share; the images of one sampling are made of them. */
  sample?(input: FilterInput, options: Options, from: number, to: number): Float64Array<ArrayBuffer>
}

/** Every filter there is: one row each. */
const filters = {
  none: { apply: ({ image }) => image },
  square: { apply: ({ kernels, image }) => squareImage(kernels, image) },
  squareRoot: { apply: ({ kernels, image }) => squareRootImage(kernels, image) },
  logarithm: { apply: ({ kernels, image }) => logarithmImage(kernels, image) },
  exponential: { apply: ({ kernels, image }) => exponentialImage(kernels, image) },
  gradient: { apply: ({ kernels, image }, options: GradientOptions) => gradient(kernels, image, options) },
  laplacianOfGaussian: {
    apply: ({ kernels, image }, options: LaplacianOfGaussianOptions) => laplacianOfGaussian(kernels, image, options),
  },
  wavelet: {
    apply: ({ kernels, image }, options: WaveletOptions & { readonly subBand: string }) =>
      waveletSubBand(kernels, image, options, options.subBand),
  },
  localBinaryPattern2D: {
    apply: ({ kernels, image }, options: LocalBinaryPattern2DOptions) => localBinaryPattern2D(kernels, image, options),
  },
  localBinaryPattern3D: {
    apply: ({ kernels, image, mask }, options: LocalBinaryPattern3DOptions, samples) =>
      localBinaryPattern3D(kernels, image, mask, options, samples),
    sample: ({ kernels, image, mask }, options: LocalBinaryPattern3DOptions, from, to) =>
      lbp3DSamples(kernels, image, mask, options, from, to),
  },
} satisfies Record<string, Filter<never>>

type Filters = typeof filters
type OptionsOf<Row> = Row extends { apply(input: FilterInput, options: infer Options, ...rest: never): unknown }
  ? unknown extends Options
    ? object
    : Options
  : never

/** Which image is to be made of the prepared one; plain data. */
export type ImageFilter = { [Kind in keyof Filters]: { readonly kind: Kind } & OptionsOf<Filters[Kind]> }[keyof Filters]

/** The image of a filter, in the caller's scope, or why there is none. @param samples as `Filter.apply` @throws with the reason */
export function applyFilter(input: FilterInput, filter: ImageFilter, samples: readonly Float64Array[]): Block | LeftOut {
  return filterOf(filter).apply(input, filter, samples)
}

/** @throws if the filter has no samples */
export function sampleFilter(input: FilterInput, filter: ImageFilter, from: number, to: number): Float64Array<ArrayBuffer> {
  const { sample } = filterOf(filter)
  if (!sample) throw new Error(`no samples of ${filter.kind}`)
  return sample(input, filter, from, to)
}

/** The row of a filter takes the options of that filter. */
function filterOf({ kind }: ImageFilter): Filter<ImageFilter> {
  return filters[kind] as Filter<ImageFilter>
}
