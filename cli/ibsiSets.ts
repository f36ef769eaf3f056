import { ibsiFamilies } from '../src/core/features/ibsi/definitions.ts'
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
