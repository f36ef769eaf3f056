import type { BinEdgesRule, DirectionMerging, FeatureOptionNames, FeatureOptions } from '../../features/featureOptions.ts'
import type { Shape2DPlane } from '../../features/shape2D.ts'
import type { Interpolation } from '../../image/resample.ts'
import { defaultGeometryTolerance, type GeometryNames } from '../../mask/compareGeometry.ts'
import type { RegionLimits } from '../../mask/checkRegion.ts'
import type { ExtractionPlan, ImagePlan } from '../plan.ts'
import { axisAcrossSlices, planeAxis, type GeneralSettings, type Interpolator } from './pyradiomics/generalSettings.ts'
import { findIdleRequests } from './pyradiomics/idleRequests.ts'
import { imageTypeOf } from './pyradiomics/imageTypes.ts'
import type { ExtractionParameters, ExtractionSettings } from './pyradiomics/parameters.ts'
import type { SettingName } from './pyradiomics/knownSettings.ts'
import type { Message } from '../../messages/message.ts'
import { tell } from '../messages.ts'

/*
 * PyRadiomics 3.0.1 as a profile: its settings become the plan that the steps know, and its names for them go along for messages.
 */

export const featureOptionNames = {
  binSize: 'binWidth',
  binNumber: 'binCount',
  distances: 'distances',
  inPlane: 'force2D',
  acrossAxis: 'force2Ddimension',
  energyShift: 'voxelArrayShift',
} as const satisfies Record<keyof FeatureOptionNames | 'energyShift', SettingName>

const geometryNames = {
  resampleMask: 'correctMask',
  tolerance: 'geometryTolerance',
} as const satisfies Record<keyof GeometryNames, SettingName>

const regionNames: RegionLimits['names'] = {
  dimensions: 'minimumROIDimensions',
  voxels: 'minimumROISize',
  newSpacing: 'resampledPixelSpacing',
  ofFlatRegions: 'force2D and shape2D',
}

/** The plan of a parameter file. */
export function planExtraction(parameters: ExtractionParameters): ExtractionPlan {
  const { settings, imageTypes, featureClasses } = parameters
  const { resampledPixelSpacing, interpolator, resegmentRange } = settings
  return {
    geometry: {
      tolerance: settings.geometryTolerance ?? defaultGeometryTolerance,
      resampleMask: settings.correctMask,
      spacingDigits: null,
      names: geometryNames,
    },
    greyValues: 'asImage',
    normalisation: settings.normalize
      ? { sd: settings.normalizeScale, limitSd: settings.removeOutliers, name: 'normalize' }
      : null,
    resampling:
      resampledPixelSpacing && interpolator
        ? {
            spacingMm: resampledPixelSpacing,
            interpolation: interpolations[interpolator],
            grid: 'sharedCorner',
            mask: 'nearest',
            wholeNumbers: false,
          }
        : null,
    surroundings: { padding: settings.padDistance, paddingMm: 0, forFiltersOnly: true, crop: settings.preCrop },
    region: { dimensions: settings.minimumROIDimensions, voxels: settings.minimumROISize, names: regionNames },
    resegmentation: resegmentRange && {
      steps: [{ range: resegmentRange, mode: settings.resegmentMode, name: 'resegmentRange' }],
      shape: settings.resegmentShape ? 'left' : 'drawnInBoxOfLeft',
    },
    images: imageTypes.flatMap(({ type, overrides }): ImagePlan[] => {
      const own = { ...settings, ...overrides }
      return imageTypeOf(type)
        .images(own)
        .map((image) => ({ ...image, features: planFeatures(own) }))
    }),
    featureClasses,
    ibsi: [],
    shape2D: settings.force2D ? planShape2D(settings) : null,
    diagnostics: settings.additionalInfo,
    configuration: [
      ['diagnostics_Versions_PyRadiomics', 'equal to 3.0.1'],
      ['diagnostics_Configuration_Settings', JSON.stringify(settings)],
      [
        'diagnostics_Configuration_EnabledImageTypes',
        JSON.stringify(Object.fromEntries(imageTypes.map(({ type, overrides }) => [type, overrides]))),
      ],
    ],
    notices: listNotices(parameters),
    names: featureOptionNames,
    memoryAdvice: tell('memory-advice', {}),
  }
}

/** How features of an image are computed for which these settings are in force. */
export function planFeatures(settings: GeneralSettings): FeatureOptions {
  return {
    discretisation: planDiscretisation(settings),
    neighbourhood: { distances: settings.distances, acrossAxis: planeAxis(settings), evenAlone: false },
    energyShift: settings.voxelArrayShift,
    symmetricPairs: settings.symmetricalGLCM,
    directions: mergings[settings.weightingNorm ?? 'none'],
    dependenceTolerance: settings.gldm_a,
    names: featureOptionNames,
  }
}

function planDiscretisation({ binWidth, binCount }: Pick<GeneralSettings, 'binWidth' | 'binCount'>): BinEdgesRule {
  return binCount === null ? { method: 'fixedBinSize', size: binWidth } : { method: 'fixedBinNumber', count: binCount }
}

/**
 * PyRadiomics leaves out regions that are one voxel thick along another axis than the one across the plane: its check reads sizes
 * as x, y, z although its dimension counts z, y, x. Kept as it is.
 */
export function planShape2D(settings: GeneralSettings): Shape2DPlane {
  const { force2Ddimension: dimension } = settings
  return {
    acrossAxis: axisAcrossSlices(settings),
    axisName: 'force2Ddimension',
    leftOut: {
      ifFlatAlong: dimension,
      reason: tell('shape2D-flat', { dimension }),
    },
  }
}

function listNotices(parameters: ExtractionParameters): Message[] {
  const { settings, featureClasses, imageTypes } = parameters
  return [
    ...(featureClasses.some(({ name }) => name === 'shape2D') && !settings.force2D ? [tell('shape2D-left-out', {})] : []),
    ...findIdleRequests(parameters).map(({ name, reason }) => tell('idle', { name, why: reason })),
    ...imageTypes
      .map(({ type, overrides }) => imageTypeOf(type).notice?.({ ...settings, ...overrides }))
      .filter((notice) => notice !== undefined),
  ]
}

const mergings: Readonly<Record<NonNullable<ExtractionSettings['weightingNorm']> | 'none', DirectionMerging>> = {
  none: null,
  no_weighting: 'unweighted',
  manhattan: 'manhattan',
  euclidean: 'euclidean',
  infinity: 'infinity',
}

/** SimpleITK's B-spline without a number is the cubic one. */
export const interpolations: Readonly<Record<Interpolator, Interpolation>> = {
  sitkNearestNeighbor: 'nearest',
  sitkLinear: 'linear',
  sitkBSpline: 'spline3',
  sitkBSpline1: 'spline1',
  sitkBSpline2: 'spline2',
  sitkBSpline3: 'spline3',
  sitkBSpline4: 'spline4',
  sitkBSpline5: 'spline5',
  sitkGaussian: 'gaussian',
  sitkLabelGaussian: 'labelGaussian',
  sitkHammingWindowedSinc: 'hammingSinc',
  sitkCosineWindowedSinc: 'cosineSinc',
  sitkWelchWindowedSinc: 'welchSinc',
  sitkLanczosWindowedSinc: 'lanczosSinc',
  sitkBlackmanWindowedSinc: 'blackmanSinc',
}
