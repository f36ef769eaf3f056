import type { IbsiFamily } from '../../../features/ibsi/definitions.ts'
import type { IbsiImageFilter } from '../../../image/filters/ibsiFilters.ts'
import { lawsKernels } from '../../../image/filters/laws.ts'
import { waveletNames } from '../../../image/filters/waveletNames.ts'
import type { Message } from '../../../messages/message.ts'
import { tell } from '../../messages.ts'
import type { SettingType } from '../pyradiomics/generalSettings.ts'
import type { IbsiSettingRow, IbsiSettings } from './parameters.ts'

export type IbsiFilterKind = IbsiImageFilter['kind']

type OptionsOf<Kind extends IbsiFilterKind> = Exclude<keyof Extract<IbsiImageFilter, { kind: Kind }>, 'kind'>

/** What an option may be, and what stands where a file says nothing; without that a file must say. */
export interface IbsiFilterOption extends IbsiSettingRow {
  readonly type: SettingType
  readonly default?: string | number | null
}

const positive = { type: { kind: 'number', above: 0 }, nullMeans: 'refused' } as const
const dimensions = { type: { kind: 'integer', minimum: 2, maximum: 3 }, nullMeans: 'refused', default: 3 } as const
const level = { type: { kind: 'integer', minimum: 1, maximum: 10 }, nullMeans: 'refused', default: 1 } as const
const poolings = { kind: 'choice', choices: ['mean', 'maximum'] } as const
const turned = { type: poolings, nullMeans: 'off', default: null } as const
const boundary = {
  type: { kind: 'choice', choices: ['mirror', 'nearest', 'zero', 'periodic'] },
  nullMeans: 'refused',
  default: 'mirror',
} as const
const subBands = [2, 3].flatMap((length) =>
  Array.from({ length: 1 << length }, (_, bits) =>
    Array.from({ length }, (_, axis) => ((bits >> (length - 1 - axis)) & 1 ? 'H' : 'L')).join(''),
  ),
)

/** The filters of IBSI 2 and their options, as parameter files name them. */
export const ibsiFilterRows: {
  readonly [Kind in IbsiFilterKind]: Readonly<Record<OptionsOf<Kind>, IbsiFilterOption>>
} = {
  none: {},
  mean: { width: { type: { kind: 'integer', minimum: 1 }, nullMeans: 'refused' }, dimensions, boundary },
  laplacianOfGaussian: { sigmaMm: positive, cutOff: { ...positive, default: 4 }, dimensions, boundary },
  laws: {
    kernel: { type: { kind: 'choice', choices: lawsKernels }, nullMeans: 'refused' },
    energyDistance: { type: { kind: 'integer', minimum: 1 }, nullMeans: 'off', default: null },
    pooling: turned,
    boundary,
  },
  gabor: {
    sigmaMm: positive,
    wavelengthMm: positive,
    aspectRatio: positive,
    angleDegrees: { type: { kind: 'number' }, nullMeans: 'refused', default: 0 },
    stepDegrees: { type: { kind: 'number', above: 0, maximum: 180 }, nullMeans: 'off', default: null },
    dimensions,
    pooling: { type: poolings, nullMeans: 'refused', default: 'mean' },
    boundary,
  },
  wavelet: {
    wavelet: { type: { kind: 'choice', choices: waveletNames }, nullMeans: 'refused' },
    subBand: { type: { kind: 'choice', choices: subBands }, nullMeans: 'refused' },
    level,
    pooling: turned,
    boundary,
  },
  simoncelli: { level, dimensions },
}

/** Why a filter cannot be as it is asked for, by the option that is to be changed; every option is what its row allows. */
export function whyNotFilter(filter: IbsiImageFilter): { readonly option: string; readonly problem: Message } | undefined {
  if (filter.kind === 'mean' && filter.width % 2 === 0)
    return { option: 'width', problem: tell('even-width', { width: filter.width }) }
  if (filter.kind === 'gabor' && filter.stepDegrees !== null) {
    const steps = 360 / filter.stepDegrees
    if (Math.abs(steps - Math.round(steps)) > 1e-9)
      return { option: 'stepDegrees', problem: tell('step-no-part', { degrees: filter.stepDegrees }) }
  }
  return undefined
}

const withLevels: readonly IbsiFamily[] = ['ih', 'cm', 'rlm', 'szm', 'dzm', 'ngt', 'ngl']

/** The families of an image: shape is the region's and is measured once, with the image itself. */
export function familiesOf(filter: IbsiImageFilter, families: readonly IbsiFamily[]): readonly IbsiFamily[] {
  return filter.kind === 'none' ? families : families.filter((family) => family !== 'morph')
}

/**
 * Why response maps cannot be measured with these settings, by the setting that is to be changed: bins of a size, and levels as they are,
 * are those of the image's own grey values, which a response has no more.
 */
export function whyNotResponses(
  settings: IbsiSettings,
  families: readonly IbsiFamily[],
): { readonly setting: keyof IbsiSettings; readonly problem: Message } | undefined {
  if (settings.binCount === null && families.some((family) => withLevels.includes(family)))
    return { setting: 'binCount', problem: tell('levels-of-responses', { count: 'binCount' }) }
  if (settings.ivhBinCount === null && families.includes('ivh'))
    return { setting: 'ivhBinCount', problem: tell('levels-of-responses', { count: 'ivhBinCount' }) }
  return undefined
}

/**
 * The first part of the names of an image's features: the profile, then the filter with all its options, so that two names are the same
 * for the same filter only.
 */
export function nameIbsiImage(filter: IbsiImageFilter): string {
  return ['ibsi', ...describe(filter)].join('-').replaceAll('.', '-')
}

function describe(filter: IbsiImageFilter): readonly (string | number)[] {
  switch (filter.kind) {
    case 'none':
      return []
    case 'mean':
      return ['mean', filter.width, `${filter.dimensions}D`, filter.boundary]
    case 'laplacianOfGaussian':
      return ['log', `${filter.sigmaMm}mm`, `${filter.cutOff}sd`, `${filter.dimensions}D`, filter.boundary]
    case 'laws':
      return [
        'laws',
        filter.kernel,
        ...optional('energy', filter.energyDistance),
        ...optional('', filter.pooling),
        filter.boundary,
      ]
    case 'gabor':
      return [
        'gabor', `${filter.sigmaMm}mm`, `${filter.wavelengthMm}mm`, filter.aspectRatio, `${filter.angleDegrees}deg`,
        ...optional('step', filter.stepDegrees), `${filter.dimensions}D`, filter.pooling, filter.boundary,
      ] // prettier-ignore
    case 'wavelet':
      return [filter.wavelet, filter.subBand, `level${filter.level}`, ...optional('', filter.pooling), filter.boundary]
    case 'simoncelli':
      return ['simoncelli', `level${filter.level}`, `${filter.dimensions}D`]
  }
}

function optional(word: string, value: string | number | null): string[] {
  return value === null ? [] : [`${word}${value}`]
}
