import type { LaplacianOfGaussianOptions } from '../../../image/filters/laplacianOfGaussian.ts'
import type { LocalBinaryPattern2DOptions } from '../../../image/filters/localBinaryPattern2D.ts'
import { waveletNames } from '../../../image/filters/waveletNames.ts'
import { waveletSubBands } from '../../../image/filters/waveletSubBands.ts'
import type { ImagePlan } from '../../plan.ts'
import { axisAcrossSlices, planeAxis, type GeneralSettings, type SettingHelp } from './generalSettings.ts'
import type { Message } from '../../../messages/message.ts'
import { tell } from '../../messages.ts'

/**
 * All that PyRadiomics 3.0.1 knows of an image type: its words for the reader, the settings that it alone reads, and which images come
 * of it, by which filter (`image/filters/filters.ts`). Parameter files, the form, the plan and the names of features are made from it.
 */
interface ImageType<Own> {
  readonly label: string
  readonly help: string
  /** In the order of files and of the form; empty: it has none of its own. */
  readonly settings: Readonly<Record<keyof Own, SettingHelp>>
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
function plainImageType(label: string, help: string, image: Pick<ImagePlan, 'name' | 'filter'>): ImageType<object> {
  return { label, help, settings: {}, defaults: {}, images: () => [image] }
}

/** One row each, in the order of PyRadiomics. */
export const imageTypes = {
  Original: plainImageType('Original', 'The image itself, normalised and resampled as asked.', {
    name: 'original',
    filter: { kind: 'none' },
  }),
  LoG: imageType<{ readonly sigma: readonly LoGSigma[] }>({
    label: 'Laplacian of Gaussian',
    help: 'Shows edges and blobs of a chosen width: one image for each sigma.',
    settings: {
      sigma: {
        label: 'Widths', unit: 'mm', type: { kind: 'list', of: 'number', above: 0 }, nullMeans: 'fails',
        help: 'One filtered image for each width: small ones show fine detail, large ones coarse. Widths that need more voxels than there are around the region give no image. Empty: no image.',
      },
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
    label: 'Wavelet',
    help: 'Splits the image into smooth (L) and detailed (H) parts along each axis: eight images a level, four with force2D.',
    settings: {
      wavelet: {
        label: 'Wavelet', type: { kind: 'choice', choices: waveletNames }, nullMeans: 'refused',
        help: 'Shape of the filter, by the names of PyWavelets (discrete ones).',
      },
      start_level: {
        label: 'First level', type: { kind: 'integer', minimum: 0 }, nullMeans: 'fails',
        help: 'How many times the image is smoothed by the filter’s low-pass half before the first level is given out.',
      },
      level: {
        label: 'Levels', type: { kind: 'integer', above: 0 }, nullMeans: 'fails',
        help: 'How many levels of detail are given out, each coarser than the one before.',
      },
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
  Square: plainImageType('Square', 'Squares grey values and scales them back to the same range: bright parts stand out.', {
    name: 'square',
    filter: { kind: 'square' },
  }),
  SquareRoot: plainImageType('Square root', 'Square root of grey values, scaled back to the same range: dark parts are spread.', {
    name: 'squareroot',
    filter: { kind: 'squareRoot' },
  }),
  Logarithm: plainImageType(
    'Logarithm',
    'Logarithm of grey values plus 1, scaled back to the same range: dark parts are spread strongly.',
    { name: 'logarithm', filter: { kind: 'logarithm' } },
  ),
  Exponential: plainImageType(
    'Exponential',
    'Exponential of grey values, scaled to the same maximum: bright parts stand out strongly.',
    { name: 'exponential', filter: { kind: 'exponential' } },
  ),
  Gradient: imageType<{ readonly gradientUseSpacing: boolean }>({
    label: 'Gradient',
    help: 'How fast grey values change around each voxel: edges are bright.',
    settings: {
      gradientUseSpacing: {
        label: 'Gradient for each mm', type: { kind: 'boolean' }, nullMeans: 'fails',
        help: 'On: change of grey value for each mm. Off: for each voxel.',
      },
    }, // prettier-ignore
    defaults: { gradientUseSpacing: true },
    images: ({ gradientUseSpacing }) => [{ name: 'gradient', filter: { kind: 'gradient', perMm: gradientUseSpacing } }],
  }),
  LBP2D: imageType<{
    readonly lbp2DRadius: number
    readonly lbp2DSamples: number
    readonly lbp2DMethod: LocalBinaryPattern2DOptions['method']
  }>({
    label: 'Local binary pattern 2D',
    help: 'Compares each voxel with a circle of samples in its slice: fine pattern, whatever the brightness.',
    settings: {
      lbp2DRadius: {
        label: 'Radius', unit: 'voxels', type: { kind: 'number', above: 0 }, nullMeans: 'fails',
        help: 'Radius of the circle of samples that each voxel is compared with.',
      },
      lbp2DSamples: {
        label: 'Samples', type: { kind: 'integer', minimum: 1 }, nullMeans: 'fails',
        help: 'Number of samples on that circle.',
      },
      lbp2DMethod: {
        label: 'Method', type: { kind: 'choice', choices: ['default', 'ror', 'uniform', 'var'] }, nullMeans: 'fails',
        help: 'How the comparisons become one number: default (as they are), ror (independent of rotation), uniform (independent of rotation, fewer patterns), var (variance of the samples).',
      },
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
    label: 'Local binary pattern 3D',
    help: 'Compares each voxel with a sphere of samples: fine pattern, whatever the brightness.',
    settings: {
      lbp3DLevels: {
        label: 'Levels', type: { kind: 'integer', minimum: 1 }, nullMeans: 'fails',
        help: 'Number of spherical harmonic levels; each gives one image, and the kurtosis of the samples one more.',
      },
      lbp3DIcosphereRadius: {
        label: 'Radius', unit: 'voxels', type: { kind: 'number', above: 0 }, nullMeans: 'fails',
        help: 'Radius of the sphere of samples that each voxel is compared with.',
      },
      lbp3DIcosphereSubdivision: {
        label: 'Subdivisions', type: { kind: 'integer', minimum: 0 }, nullMeans: 'fails',
        help: 'Fineness of that sphere: 0 has 12 samples, 1 has 42, 2 has 162.',
      },
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
