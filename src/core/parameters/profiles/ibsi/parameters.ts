import type { Aggregation, IbsiFamily } from '../../../features/ibsi/definitions.ts'

/** What an extraction by the IBSI's definitions is asked to compute; plain data. `io/records/ibsiParameterFile.ts` reads and writes the YAML. */
export interface IbsiParameters {
  readonly profile: 'IBSI'
  readonly settings: IbsiSettings
  /** In the order of the file. */
  readonly families: readonly IbsiFamily[]
}

export interface IbsiSettings {
  readonly label: number
  /** Channel of a mask with several, from 0. */
  readonly label_channel: number
  /** A mask on another grid is taken if the region lies in the image. */
  readonly correctMask: boolean
  /** Parts of a voxel by which the grids of image and mask may differ and count as one. */
  readonly geometryTolerance: number | null
  /** In mm along x, y, z; 0 keeps an axis. Null: no resampling. */
  readonly spacing: readonly [number, number, number] | null
  readonly interpolation: 'linear' | 'cubic'
  /** Interpolated grey values become whole numbers, as the Hounsfield units of a CT are. */
  readonly roundIntensities: boolean
  /** Grey values that are measured, both ends included; either may be infinite. Null: all. */
  readonly range: readonly [number, number] | null
  /** Of the grey values in the range: farther from their mean than so many standard deviations are left out. Null: none. */
  readonly outlierSd: number | null
  /** Levels: bins of a size from the lower end of the range on; or as many as `binCount`; both null: grey values are levels already. */
  readonly binWidth: number | null
  readonly binCount: number | null
  /** Intensity-volume histogram: bins of a size over the range; or as many as `ivhBinCount`; both null: whole grey values as they are. */
  readonly ivhBinWidth: number | null
  readonly ivhBinCount: number | null
  readonly aggregations: readonly Aggregation[]
  /** Facts about image and mask at every step. */
  readonly diagnostics: boolean
}

/** In the order of the file. */
export const ibsiDefaults: IbsiSettings = {
  label: 1,
  label_channel: 0,
  correctMask: false,
  geometryTolerance: null,
  spacing: null,
  interpolation: 'linear',
  roundIntensities: false,
  range: null,
  outlierSd: null,
  binWidth: null,
  binCount: 32,
  ivhBinWidth: null,
  ivhBinCount: 1000,
  aggregations: ['3D_comb'],
  diagnostics: true,
}
