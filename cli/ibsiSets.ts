import { ibsiFamilies } from '../src/core/features/ibsi/definitions.ts'
import type { IbsiImageFilter } from '../src/core/image/filters/ibsiFilters.ts'
import { ibsiDefaults, type IbsiParameters, type IbsiSettings } from '../src/core/parameters/profiles/ibsi/parameters.ts'

/** Values on which the IBSI agreed for one image and one way of computing. Paths are relative to the folder of references. */
export interface IbsiSet {
  readonly name: string
  readonly values: string
  readonly image: string
  readonly mask: string
  readonly parameters: IbsiParameters
  /** Facts about image and masks at every step are among the values. */
  readonly diagnostics: boolean
}

const everything = (settings: Partial<IbsiSettings>): IbsiParameters => ({
  profile: 'IBSI',
  settings: { ...ibsiDefaults, ...settings },
  filters: [{ kind: 'none' }],
  families: ibsiFamilies,
})

const phantom = 'ibsi/ibsi_1_digital_phantom'
const ct = 'extraction/ibsi_ct'

function configuration(letter: string, settings: Partial<IbsiSettings>): IbsiSet {
  return {
    name: `configuration ${letter}`,
    values: `ibsi/ibsi_1_chest_config_${letter.toLowerCase()}.csv`,
    image: `${ct}/image.nii.gz`,
    mask: `${ct}/mask.nii.gz`,
    parameters: everything(settings),
    diagnostics: true,
  }
}

/** Whole Hounsfield units, before and after interpolation. */
const hounsfield = { roundIntensities: true, ivhBinCount: null } as const
const inSlices = { aggregations: ['2D_avg', '2D_comb', '2_5D_avg', '2_5D_comb'] } as const
const inVolume = { aggregations: ['3D_avg', '3D_comb'] } as const

/** IBSI 1: the digital phantom and the configurations A to E of the CT (reference manual, arXiv 1612.07003, 5). */
export const ibsiSets: readonly IbsiSet[] = [
  {
    name: 'digital phantom',
    values: 'ibsi/ibsi_1_dig_phantom.csv',
    image: `${phantom}/image.nii.gz`,
    mask: `${phantom}/mask.nii.gz`,
    parameters: everything({
      binCount: null,
      ivhBinCount: null,
      aggregations: [...inSlices.aggregations, ...inVolume.aggregations],
    }),
    diagnostics: false,
  },
  configuration('A', { ...hounsfield, ...inSlices, range: [-500, 400], binCount: null, binWidth: 25 }),
  configuration('B', { ...hounsfield, ...inSlices, spacing: [2, 2, 0], range: [-500, 400] }),
  configuration('C', { ...hounsfield, ...inVolume, spacing: [2, 2, 2], range: [-1000, 400], binCount: null, binWidth: 25, ivhBinWidth: 2.5 }),
  configuration('D', { ...hounsfield, ...inVolume, spacing: [2, 2, 2], outlierSd: 3 }),
  configuration('E', { ...hounsfield, ...inVolume, spacing: [2, 2, 2], interpolation: 'cubic', range: [-1000, 400], outlierSd: 3, ivhBinCount: 1000 }),
] // prettier-ignore

/** A response map of IBSI 2 (arXiv 2006.05470), phase 1: those whose reference is at hand. */
export interface IbsiMap {
  readonly name: string
  readonly phantom: string
  readonly reference: string
  readonly filter: IbsiImageFilter
}

const maps: Readonly<Record<string, readonly [phantom: string, filter: IbsiImageFilter]>> = {
  '1.a.1': ['checkerboard', { kind: 'mean', width: 15, dimensions: 3, boundary: 'zero' }],
  '2.a': ['impulse', { kind: 'laplacianOfGaussian', sigmaMm: 3, cutOff: 4, dimensions: 3, boundary: 'zero' }],
  '2.b': ['checkerboard', { kind: 'laplacianOfGaussian', sigmaMm: 5, cutOff: 4, dimensions: 3, boundary: 'mirror' }],
  '2.c': ['checkerboard', { kind: 'laplacianOfGaussian', sigmaMm: 5, cutOff: 4, dimensions: 2, boundary: 'mirror' }],
  '5.a.1': ['impulse', { kind: 'wavelet', wavelet: 'db2', subBand: 'LHL', level: 1, pooling: null, boundary: 'zero' }],
  '5.a.2': ['impulse', { kind: 'wavelet', wavelet: 'db2', subBand: 'LHL', level: 1, pooling: 'mean', boundary: 'zero' }],
  '6.a.1': ['sphere', { kind: 'wavelet', wavelet: 'coif1', subBand: 'HHL', level: 1, pooling: null, boundary: 'periodic' }],
  '6.a.2': ['sphere', { kind: 'wavelet', wavelet: 'coif1', subBand: 'HHL', level: 1, pooling: 'mean', boundary: 'periodic' }],
} // prettier-ignore

export const ibsiMaps: readonly IbsiMap[] = Object.entries(maps).map(([name, [phantom, filter]]) => ({
  name,
  phantom: `ibsi/ibsi_2/${phantom}.nii.gz`,
  reference: `ibsi/ibsi_2/${name.replaceAll('.', '_')}-ValidCRM.nii.gz`,
  filter,
}))

/** Phase 2: statistics of response maps of the CT, A in slices as they are, B in voxels of 1 mm. */
const phase2: Readonly<Record<string, (dimensions: 2 | 3) => IbsiImageFilter>> = {
  1: () => ({ kind: 'none' }),
  2: (dimensions) => ({ kind: 'mean', width: 5, dimensions, boundary: 'mirror' }),
  3: (dimensions) => ({ kind: 'laplacianOfGaussian', sigmaMm: 1.5, cutOff: 4, dimensions, boundary: 'mirror' }),
  4: (dimensions) => ({ kind: 'laws', kernel: dimensions === 2 ? 'L5E5' : 'L5E5E5', energyDistance: 7, pooling: 'maximum', boundary: 'mirror' }),
  5: (dimensions) => ({ kind: 'gabor', sigmaMm: 5, wavelengthMm: 2, aspectRatio: 1.5, angleDegrees: 0, stepDegrees: 22.5, dimensions, pooling: 'mean', boundary: 'mirror' }),
  6: (dimensions) => ({ kind: 'wavelet', wavelet: 'db3', subBand: dimensions === 2 ? 'LH' : 'LLH', level: 1, pooling: 'mean', boundary: 'mirror' }),
  7: (dimensions) => ({ kind: 'wavelet', wavelet: 'db3', subBand: dimensions === 2 ? 'HH' : 'HHH', level: 2, pooling: 'mean', boundary: 'mirror' }),
  8: (dimensions) => ({ kind: 'simoncelli', level: 1, dimensions }),
  9: (dimensions) => ({ kind: 'simoncelli', level: 2, dimensions }),
} // prettier-ignore

export interface IbsiFilterSet {
  /** As the table of values calls it, e.g. `3.B`. */
  readonly name: string
  readonly image: string
  readonly mask: string
  readonly parameters: IbsiParameters
}

export const ibsiFilterValues = 'ibsi/ibsi_2/ibsi_2_reference_feature_values.csv'

export const ibsiFilterSets: readonly IbsiFilterSet[] = Object.entries(phase2).flatMap(([id, filterOf]) =>
  (['A', 'B'] as const).map((way) => ({
    name: `${id}.${way}`,
    image: `${ct}/image.nii.gz`,
    mask: `${ct}/mask.nii.gz`,
    parameters: {
      profile: 'IBSI',
      settings: {
        ...ibsiDefaults,
        range: [-1000, 400],
        ...(way === 'B' && { spacing: [1, 1, 1], interpolation: 'cubic', roundIntensities: true }),
      },
      families: ['stat'],
      filters: [filterOf(way === 'A' ? 2 : 3)],
    },
  })),
)
