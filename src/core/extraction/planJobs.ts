import { waveletSubBands } from '../image/filters/waveletSubBands.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { ExtractionParameters, ExtractionSettings, ImageTypeName } from '../parameters/profiles/pyradiomics/parameters.ts'
import type { PreparedCase } from './case.ts'

/** Which image is to be made from the prepared one; plain data. */
export type ImageRecipe =
  | { readonly filter: 'original' | 'square' | 'squareroot' | 'logarithm' | 'exponential' | 'gradient' | 'lbp2D' }
  | { readonly filter: 'log'; readonly sigmaMm: number }
  | { readonly filter: 'wavelet'; readonly subBand: string }
  /** The values come from earlier jobs, part after part in the order of the ROI's voxels. */
  | { readonly filter: 'lbp3D'; readonly map: number }

export type Work =
  | { readonly kind: 'shape' | 'shape2D' }
  | { readonly kind: 'features'; readonly recipe: ImageRecipe }
  /** Only counts the levels of the image, see `greyLevels.ts`. */
  | { readonly kind: 'greyLevels'; readonly recipe: ImageRecipe }
  /** LBP-3D values of the ROI's voxels `from` to `to` (exclusive). */
  | { readonly kind: 'lbp3D'; readonly from: number; readonly to: number }

/** A piece of an extraction that one worker does alone. The pieces do not depend on how many workers there are. */
export interface Job {
  readonly id: string
  /** What the user sees while it runs. */
  readonly label: string
  /** PyRadiomics's name of the image, the first part of its features' names. */
  readonly imageName: string
  readonly settings: ExtractionSettings
  readonly work: Work
  /** Relative; long jobs start first. */
  readonly cost: number
  /** Jobs whose values this one needs. */
  readonly needs: readonly string[]
}

/** ROI voxels an LBP-3D job; large enough that the spline prefilter, which every job repeats, does not matter. */
const lbpVoxelsPerJob = 40_000

/** All jobs of a case, in the order in which PyRadiomics writes their features. */
export function planJobs(
  { grid, voxelCount }: Pick<PreparedCase, 'grid' | 'voxelCount'>,
  { imageTypes, featureClasses, settings }: ExtractionParameters,
): Job[] {
  const has = (name: string) => featureClasses.some((request) => request.name === name)
  const shapes = (['shape', 'shape2D'] as const)
    .filter((kind) => has(kind) && (kind === 'shape' || settings.force2D))
    .map((kind): Job => ({
      id: kind,
      label: kind,
      imageName: 'original',
      settings,
      work: { kind },
      cost: voxelCount * 2,
      needs: [],
    }))
  if (!featureClasses.some(({ name }) => name !== 'shape' && name !== 'shape2D')) return shapes
  return [
    ...shapes,
    ...imageTypes.flatMap(({ type, overrides }) => planImageType(type, { ...settings, ...overrides }, grid.size, voxelCount)),
  ]
}

function planImageType(type: ImageTypeName, settings: ExtractionSettings, size: Triple, voxelCount: number): Job[] {
  const image = (imageName: string, recipe: ImageRecipe, needs: readonly string[] = []): Job => ({
    id: imageName,
    label: imageName,
    imageName,
    settings,
    work: { kind: 'features', recipe },
    cost: voxelCount * 4 + size[0] * size[1] * size[2],
    needs,
  })
  switch (type) {
    case 'Original':
      return [image('original', { filter: 'original' })]
    case 'LoG':
      return settings.sigma.map(({ mm, label }) =>
        image(`log-sigma-${label.replace('.', '-')}-mm-3D`, { filter: 'log', sigmaMm: mm }),
      )
    case 'Wavelet':
      return waveletSubBands(settings).map((subBand) => image(subBand, { filter: 'wavelet', subBand }))
    case 'Square':
      return [image('square', { filter: 'square' })]
    case 'SquareRoot':
      return [image('squareroot', { filter: 'squareroot' })]
    case 'Logarithm':
      return [image('logarithm', { filter: 'logarithm' })]
    case 'Exponential':
      return [image('exponential', { filter: 'exponential' })]
    case 'Gradient':
      return [image('gradient', { filter: 'gradient' })]
    case 'LBP2D':
      return [image('lbp-2D', { filter: 'lbp2D' })]
    case 'LBP3D': {
      const parts = Math.max(1, Math.ceil(voxelCount / lbpVoxelsPerJob))
      const bound = (part: number) => Math.floor((voxelCount * part) / parts)
      const sampling = Array.from({ length: parts }, (_, part): Job => ({
        id: `lbp-3D part ${part + 1}`,
        label: `lbp-3D, part ${part + 1} of ${parts}`,
        imageName: 'lbp-3D',
        settings,
        work: { kind: 'lbp3D', from: bound(part), to: bound(part + 1) },
        cost: (bound(part + 1) - bound(part)) * 40 + size[0] * size[1] * size[2],
        needs: [],
      }))
      const names = [...Array.from({ length: settings.lbp3DLevels }, (_, level) => `lbp-3D-m${level + 1}`), 'lbp-3D-k']
      return [
        ...sampling,
        ...names.map((name, map) =>
          image(
            name,
            { filter: 'lbp3D', map },
            sampling.map(({ id }) => id),
          ),
        ),
      ]
    }
  }
}
