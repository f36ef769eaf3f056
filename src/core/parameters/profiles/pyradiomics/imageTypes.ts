import type { LaplacianOfGaussianOptions } from '../../../image/filters/laplacianOfGaussian.ts'
import type { LocalBinaryPattern2DOptions } from '../../../image/filters/localBinaryPattern2D.ts'
import { waveletNames } from '../../../image/filters/waveletNames.ts'
import { waveletSubBands } from '../../../image/filters/waveletSubBands.ts'
import type { ImagePlan } from '../../plan.ts'
import { axisAcrossSlices, planeAxis, type GeneralSettings, type SettingRow } from './generalSettings.ts'
import type { Message } from '../../../messages/message.ts'
import { tell } from '../../messages.ts'

/**
 * All that PyRadiomics 3.0.1 knows of an image type: the settings that it alone reads, and which images come of it, by which
 * filter (`image/filters/filters.ts`). Its words for the reader stand in `messages/en/settings.ts`. Parameter files, the form, the plan and the names of features are made from it.
 */
interface ImageType<Own> {
  /** In the order of files and of the form; empty: it has none of its own. */
  readonly settings: Readonly<Record<keyof Own, SettingRow>>
  readonly defaults: Own
  /** In PyRadiomics's order of output. */
  images(settings: GeneralSettings & Own): readonly Pick<ImagePlan, 'name' | 'filter' | 'sampling'>[]
  /** Why no image comes of it, whatever the image, and what to do. */
  idle?(settings: GeneralSettings & Own): Message | undefined
  /** What may be meant otherwise. */
  notice?(settings: GeneralSettings & Own): Message | undefined
}

/** PyRadiomics names a LoG image by Python's str() of the number, which tells 1 from 1.0. */
export interface LoGSigma {
  readonly mm: number
  /** As Python prints it: `1` for an integer in the file, `1.0` for a float. */
  readonly label: string
}

function imageType<Own = object>(row: ImageType<Own>): ImageType<Own> {
  return row
}

/** Image types without settings of their own make one image. */
function plainImageType(image: Pick<ImagePlan, 'name' | 'filter'>): ImageType<object> {
  return { settings: {}, defaults: {}, images: () => [image] }
}

/** One row each, in the order of PyRadiomics. */
export const imageTypes = {
  Original: plainImageType({
    name: 'original',
    filter: { kind: 'none' },
  }),
  LoG: imageType<{ readonly sigma: readonly LoGSigma[] }>({
    settings: {
      sigma: { type: { kind: 'list', of: 'number', above: 0, mayBeEmpty: true }, nullMeans: 'fails' },
    }, // prettier-ignore
    defaults: { sigma: [] },
    images: ({ sigma }) =>
      sigma.map(({ mm, label }) => ({
        name: `log-sigma-${label.replace('.', '-')}-mm-3D`,
        filter: { kind: 'laplacianOfGaussian', sigmaMm: mm, names: logNames },
      })),
    idle: ({ sigma }) => (sigma.length === 0 ? tell('log-without-sigma', {}) : undefined),
  }),
  Wavelet: imageType<{ readonly start_level: number; readonly level: number; readonly wavelet: string }>({
    settings: {
      wavelet: { type: { kind: 'choice', choices: waveletNames }, nullMeans: 'refused' },
      start_level: { type: { kind: 'integer', minimum: 0 }, nullMeans: 'fails' },
      level: { type: { kind: 'integer', above: 0 }, nullMeans: 'fails' },
    }, // prettier-ignore
    defaults: { start_level: 0, level: 1, wavelet: 'coif1' },
    images: (settings) => {
      const options = {
        wavelet: settings.wavelet,
        levels: settings.level,
        levelsBefore: settings.start_level,
        acrossAxis: planeAxis(settings),
      }
      return waveletSubBands(options).map((subBand) => ({ name: subBand, filter: { kind: 'wavelet', ...options, subBand } }))
    },
  }),
  Square: plainImageType({
    name: 'square',
    filter: { kind: 'square' },
  }),
  SquareRoot: plainImageType({
    name: 'squareroot',
    filter: { kind: 'squareRoot' },
  }),
  Logarithm: plainImageType({ name: 'logarithm', filter: { kind: 'logarithm' } }),
  Exponential: plainImageType({ name: 'exponential', filter: { kind: 'exponential' } }),
  Gradient: imageType<{ readonly gradientUseSpacing: boolean }>({
    settings: {
      gradientUseSpacing: { type: { kind: 'boolean' }, nullMeans: 'fails' },
    }, // prettier-ignore
    defaults: { gradientUseSpacing: true },
    images: ({ gradientUseSpacing }) => [{ name: 'gradient', filter: { kind: 'gradient', perMm: gradientUseSpacing } }],
  }),
  LBP2D: imageType<{
    readonly lbp2DRadius: number
    readonly lbp2DSamples: number
    readonly lbp2DMethod: LocalBinaryPattern2DOptions['method']
  }>({
    settings: {
      lbp2DRadius: { type: { kind: 'number', above: 0 }, nullMeans: 'fails' },
      lbp2DSamples: { type: { kind: 'integer', minimum: 1 }, nullMeans: 'fails' },
      lbp2DMethod: { type: { kind: 'choice', choices: ['default', 'ror', 'uniform', 'var'] }, nullMeans: 'fails' },
    }, // prettier-ignore
    defaults: { lbp2DRadius: 1, lbp2DSamples: 8, lbp2DMethod: 'uniform' },
    // Slices, whether the rest is computed in slices or not.
    images: (settings) => [
      {
        name: 'lbp-2D',
        filter: {
          kind: 'localBinaryPattern2D',
          radius: settings.lbp2DRadius,
          samples: settings.lbp2DSamples,
          method: settings.lbp2DMethod,
          acrossAxis: axisAcrossSlices(settings),
        },
      },
    ],
    notice: ({ force2D }) => (force2D ? undefined : tell('lbp2D-in-3D', {})),
  }),
  LBP3D: imageType<{
    readonly lbp3DLevels: number
    readonly lbp3DIcosphereRadius: number
    readonly lbp3DIcosphereSubdivision: number
  }>({
    settings: {
      lbp3DLevels: { type: { kind: 'integer', minimum: 1 }, nullMeans: 'fails' },
      lbp3DIcosphereRadius: { type: { kind: 'number', above: 0 }, nullMeans: 'fails' },
      lbp3DIcosphereSubdivision: { type: { kind: 'integer', minimum: 0 }, nullMeans: 'fails' },
    }, // prettier-ignore
    defaults: { lbp3DLevels: 2, lbp3DIcosphereRadius: 1, lbp3DIcosphereSubdivision: 1 },
    images: ({ lbp3DLevels: levels, lbp3DIcosphereRadius: radius, lbp3DIcosphereSubdivision: subdivision }) =>
      [...Array.from({ length: levels }, (_, degree) => `lbp-3D-m${degree + 1}`), 'lbp-3D-k'].map((name, map) => ({
        name,
        filter: { kind: 'localBinaryPattern3D', levels, radius, subdivision, map },
        sampling: 'lbp-3D',
      })),
  }),
}

const logNames: LaplacianOfGaussianOptions['names'] = { sigma: 'sigma', padding: 'padDistance' }

export type ImageTypeName = keyof typeof imageTypes
export const imageTypeNames = Object.keys(imageTypes) as ImageTypeName[]

type DefaultsOf<Type> = Type extends { readonly defaults: infer Own } ? Own : never
type All<Union> = (Union extends unknown ? (part: Union) => void : never) extends (whole: infer Whole) => void ? Whole : never

/** The settings of all image types. */
export type ImageTypeSettings = All<DefaultsOf<(typeof imageTypes)[ImageTypeName]>>

/** The row of an image type, for all settings at once. */
export function imageTypeOf(name: ImageTypeName): ImageType<ImageTypeSettings> {
  return imageTypes[name] as ImageType<ImageTypeSettings>
}
