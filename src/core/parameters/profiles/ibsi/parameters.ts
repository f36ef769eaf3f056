import { aggregations, type Aggregation } from '../../../features/ibsi/aggregations.ts'
import { type IbsiFamily } from '../../../features/ibsi/definitions.ts'
import type { IbsiImageFilter } from '../../../image/filters/ibsiFilters.ts'
import type { SettingType } from '../pyradiomics/generalSettings.ts'

/** What an extraction by the IBSI's definitions is asked to compute; plain data. `io/records/ibsiParameterFile.ts` reads and writes the YAML. */
export interface IbsiParameters {
  readonly profile: 'IBSI'
  readonly settings: IbsiSettings
  /** What the image is made before it is measured, in the order of the file; `none` is the image itself. */
  readonly filters: readonly IbsiImageFilter[]
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
  readonly additionalInfo: boolean
}

/** Without a file's word: the whole region, levels by number, texture of the volume from one matrix. In the order of the file. */
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
  additionalInfo: true,
}

/** What a setting may be; several of some names, or `null`, where that turns something off. */
export interface IbsiSettingRow {
  readonly type: SettingType | { readonly kind: 'choices'; readonly choices: readonly string[] }
  readonly nullMeans: 'off' | 'refused'
}

export const ibsiSettingRows: Readonly<Record<keyof IbsiSettings, IbsiSettingRow>> = {
  label: { type: { kind: 'integer', minimum: 1 }, nullMeans: 'refused' },
  label_channel: { type: { kind: 'integer', minimum: 0 }, nullMeans: 'refused' },
  correctMask: { type: { kind: 'boolean' }, nullMeans: 'refused' },
  geometryTolerance: { type: { kind: 'number', above: 0 }, nullMeans: 'off' },
  spacing: { type: { kind: 'list', of: 'number', minimum: 0, lengths: [3] }, nullMeans: 'off' },
  interpolation: { type: { kind: 'choice', choices: ['linear', 'cubic'] }, nullMeans: 'refused' },
  roundIntensities: { type: { kind: 'boolean' }, nullMeans: 'refused' },
  range: { type: { kind: 'list', of: 'number', lengths: [2], infinite: true }, nullMeans: 'off' },
  outlierSd: { type: { kind: 'number', above: 0 }, nullMeans: 'off' },
  binWidth: { type: { kind: 'number', above: 0 }, nullMeans: 'off' },
  binCount: { type: { kind: 'integer', above: 0 }, nullMeans: 'off' },
  ivhBinWidth: { type: { kind: 'number', above: 0 }, nullMeans: 'off' },
  ivhBinCount: { type: { kind: 'integer', above: 0 }, nullMeans: 'off' },
  aggregations: { type: { kind: 'choices', choices: aggregations }, nullMeans: 'refused' },
  additionalInfo: { type: { kind: 'boolean' }, nullMeans: 'refused' },
}
