import type { FeatureOptionNames, LevelRule } from '../../features/featureOptions.ts'
import type { IbsiOptions } from '../../features/ibsi/computeIbsiFamily.ts'
import { peakRadiusMm } from '../../features/ibsi/localIntensity.ts'
import type { VolumeHistogramAxis } from '../../features/ibsi/volumeHistogram.ts'
import { reachOf } from '../../image/filters/ibsiFilters.ts'
import { defaultGeometryTolerance, type GeometryNames } from '../../mask/compareGeometry.ts'
import type { RegionLimits } from '../../mask/checkRegion.ts'
import { tell } from '../messages.ts'
import type { ExtractionPlan, Resegmentation } from '../plan.ts'
import { familiesOf, nameIbsiImage } from './ibsi/filters.ts'
import type { IbsiParameters, IbsiSettings } from './ibsi/parameters.ts'

/*
 * The IBSI's definitions (reference manual, arXiv 1612.07003) as a profile, strictly: no step of PyRadiomics's is mixed in.
 */

export const ibsiOptionNames = {
  binSize: 'binWidth',
  binNumber: 'binCount',
  distances: 'distances',
  inPlane: 'aggregations',
  acrossAxis: 'aggregations',
} as const satisfies FeatureOptionNames

const geometryNames = { resampleMask: 'correctMask', tolerance: 'geometryTolerance' } as const satisfies GeometryNames

const regionNames: RegionLimits['names'] = {
  dimensions: 'region',
  voxels: 'region',
  newSpacing: 'spacing',
  ofFlatRegions: 'aggregations',
}

/** The plan of a parameter file of this profile. */
export function planIbsi(parameters: IbsiParameters): ExtractionPlan {
  const { settings, families, filters } = parameters
  const reaches = filters.map(reachOf)
  const options: IbsiOptions = {
    discretisation: planLevels(settings),
    volumeHistogram: planVolumeHistogram(settings),
    aggregations: settings.aggregations,
    names: ibsiOptionNames,
  }
  return {
    geometry: {
      tolerance: settings.geometryTolerance ?? defaultGeometryTolerance,
      resampleMask: settings.correctMask,
      // The consensus was made with the decimals that headers stand for.
      spacingDigits: 6,
      names: geometryNames,
    },
    greyValues: 'float64',
    normalisation: null,
    resampling: settings.spacing && {
      spacingMm: settings.spacing,
      interpolation: settings.interpolation === 'cubic' ? 'spline3' : 'linear',
      grid: 'commonCentre',
      mask: 'linear',
      wholeNumbers: settings.roundIntensities,
    },
    // Local peaks are looked for round the region, in what filters make of the image.
    surroundings: {
      padding: 1 + Math.max(...reaches.map(({ voxels }) => voxels)),
      paddingMm: peakRadiusMm + Math.max(...reaches.map(({ mm }) => mm)),
      forFiltersOnly: false,
      crop: true,
    },
    region: { dimensions: 1, voxels: null, names: regionNames },
    resegmentation: planResegmentation(settings),
    images: [],
    featureClasses: [],
    ibsi: filters.flatMap((filter) => {
      const own = familiesOf(filter, families)
      return own.length === 0 ? [] : [{ name: nameIbsiImage(filter), filter, families: own, options }]
    }),
    shape2D: null,
    diagnostics: settings.additionalInfo,
    configuration: [
      ['diagnostics_Configuration_Profile', 'IBSI'],
      ['diagnostics_Configuration_Settings', JSON.stringify(settings)],
      ['diagnostics_Configuration_Filters', JSON.stringify(filters)],
    ],
    notices: [],
    names: ibsiOptionNames,
    memoryAdvice: tell('ibsi-memory-advice', {}),
  }
}

function planLevels({ binWidth, binCount, range }: IbsiSettings): LevelRule {
  if (binCount !== null) return { method: 'equalBins', count: binCount }
  if (binWidth !== null) return { method: 'binsOfSize', size: binWidth, lower: finite(range?.[0]) }
  return { method: 'asTheyAre' }
}

function planVolumeHistogram({ ivhBinWidth, ivhBinCount, range }: IbsiSettings): VolumeHistogramAxis {
  if (ivhBinCount !== null) return { method: 'equalBins', count: ivhBinCount }
  if (ivhBinWidth !== null)
    return { method: 'binsOfSize', size: ivhBinWidth, lower: finite(range?.[0]), upper: finite(range?.[1]) }
  return { method: 'wholeSteps' }
}

/** A bound of the range; an infinite one is none. */
function finite(bound: number | undefined): number | null {
  return bound !== undefined && Number.isFinite(bound) ? bound : null
}

/** Range first, then what lies far from the mean of what is left. */
function planResegmentation({ range, outlierSd }: IbsiSettings): Resegmentation | null {
  const steps: Resegmentation['steps'] = [
    ...(range ? [{ range, mode: 'absolute', name: 'range' } as const] : []),
    ...(outlierSd === null ? [] : [{ range: [-outlierSd, outlierSd], mode: 'sigma', name: 'outlierSd' } as const]),
  ]
  return steps.length === 0 ? null : { steps, shape: 'drawn' }
}
