import { messagesOf } from '../messages/message.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { BoundingBox } from './mask.ts'

type Nothing = Readonly<Record<never, never>>

/** What was done to a region before it was looked at. */
export type RegionStep = 'resampling' | 'resegmentation'

interface After {
  readonly after: RegionStep | null
}

/** DICOM attributes that tell of whom and where an image is. */
export type Identifier = 'PatientID' | 'StudyInstanceUID' | 'FrameOfReferenceUID'

export interface MaskMessages {
  'all-zero': Nothing
  'box-outside': { readonly box: BoundingBox; readonly size: Triple }
  'brush-points': { readonly from: readonly number[]; readonly to: readonly number[] }
  'brush-radius': { readonly radiusMm: number }
  'bubbles-empty': Nothing
  'bubbles-outside-box': { readonly bubbles: number }
  'change-of-another-mask': { readonly voxel: number; readonly found: number; readonly expected: number }
  'click-outside': { readonly click: Triple; readonly size: Triple }
  'contour-range': { readonly low: number; readonly high: number }
  deviations: { readonly deviations: number }
  'gaussian-width': { readonly sigmaMm: number }
  'half-gradient': { readonly halfGradient: number }
  'identity-differs': { readonly identifier: Identifier }
  'kernel-width': { readonly kernelMm: number }
  'label-missing': {
    readonly label: number
    readonly labels: readonly { readonly value: number; readonly count: number }[]
    readonly truncated: boolean
  }
  'lengths-combined': { readonly a: number; readonly b: number }
  'lengths-compared': { readonly before: number; readonly after: number }
  'level-near-strokes': { readonly level: number }
  margin: { readonly marginMm: number }
  'no-bubble': Nothing
  'no-finite-level': { readonly seed: Triple }
  'no-label': Nothing
  'phases-differ': { readonly before: Triple; readonly after: Triple }
  'polygon-not-finite': Nothing
  'range-reversed': { readonly low: number; readonly high: number }
  'range-bounds': { readonly setting: string; readonly bounds: number }
  'range-leaves': {
    readonly setting: string
    readonly range: readonly number[]
    readonly mode: string
    /** In grey levels, ascending. */
    readonly thresholds: readonly number[]
    readonly retained: number
    readonly of: number
  }
  'region-dimensions': {
    readonly dimensions: number
    readonly extent: Triple
    readonly setting: string
    readonly fewest: number
  } & After
  /** `spacing` is the setting that helps a region which resampling lost. */
  'region-empty': { readonly spacing: string } & After
  'region-flat': { readonly extent: Triple; readonly settings: string } & After
  'region-one-voxel': After
  'region-outside': { readonly first: Triple; readonly last: Triple; readonly size: Triple }
  'region-small': { readonly voxels: number; readonly setting: string; readonly mostTooFew: number } & After
  'sample-empty': Nothing
  'sample-not-finite': { readonly level: number }
  'seed-outside': { readonly seed: Triple; readonly box: BoundingBox }
  'sizes-compared': { readonly a: Triple; readonly b: Triple }
  'smallest-volume': { readonly smallestMm3: number }
  softness: { readonly softness: number }
  /** Of strokes that do not hold an inside and an outside. */
  strokes: { readonly labels: readonly number[] }
  'too-many-labels': { readonly most: number }
  'threshold-unreached': { readonly threshold: number }
  tolerance: { readonly tolerance: number }
}

export const { refuse, tell } = messagesOf<MaskMessages>('mask')
