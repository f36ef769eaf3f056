import { messagesOf } from '../messages/message.ts'
import type { Axis, Triple } from '../numeric/voxelArray.ts'
import type { Discretisation, FeatureOptionNames } from './featureOptions.ts'

export interface FeaturesMessages {
  'features-unknown': { readonly featureClass: string; readonly unknown: readonly string[]; readonly known: readonly string[] }
  'levels-below-first': { readonly minimum: number; readonly lower: number }
  /** Of grey values that are taken as levels as they are. */
  'levels-no-levels': { readonly minimum: number; readonly maximum: number }
  'levels-not-finite': { readonly minimum: number; readonly maximum: number }
  'ngtdm-sums': { readonly neighbours: number; readonly highestLevel: number; readonly names: FeatureOptionNames }
  'no-neighbour': {
    readonly size: Triple
    readonly distances: readonly number[]
    readonly acrossAxis: Axis | null
    readonly names: FeatureOptionNames
  }
  /** Of a file of features. */
  /** `setting` chooses the axis across the plane. */
  'plane-thick': { readonly axis: Axis; readonly voxels: number; readonly setting: string }
  'shape-of-nothing': Readonly<Record<never, never>>
  'too-many-levels': {
    readonly found: number
    readonly most: number
    readonly discretisation: Discretisation
    readonly names: FeatureOptionNames
  }
}

export const { refuse } = messagesOf<FeaturesMessages>('features')
