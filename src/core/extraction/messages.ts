import { messagesOf, type Message } from '../messages/message.ts'
import type { FeatureOptionNames } from '../features/featureOptions.ts'
import type { NonFiniteVoxels } from '../image/nonFinite.ts'
import type { GeometryDifference, GeometryNames } from '../mask/compareGeometry.ts'
import type { EmptySlices } from '../mask/emptySlices.ts'

type Nothing = Readonly<Record<never, never>>

/** What reads the grey levels that are no numbers: all that filters see, or the region alone. */
export type Reach = 'filters' | 'region'

/* Those that begin with roi are told before anything is computed. */
export interface ExtractionMessages {
  'step-job': { readonly name: string; readonly part: { readonly number: number; readonly of: number } | null }
  'grids-differ': { readonly differences: readonly GeometryDifference[]; readonly names: GeometryNames }
  /** `counts` of the images that have fewer or more than is usual. */
  'grey-levels': {
    readonly least: number
    readonly most: number
    readonly counts: readonly { readonly imageName: string; readonly count: number }[]
    readonly names: Pick<FeatureOptionNames, 'binSize' | 'binNumber'>
  }
  'image-left-out': { readonly imageName: string; readonly why: Message }
  'mask-empty': Nothing
  memory: { readonly short: Message; readonly advice: Message }
  'not-finite': { readonly found: NonFiniteVoxels; readonly reach: Reach }
  /** `found` in the image as it was given. */
  'not-finite-resampled': { readonly found: NonFiniteVoxels; readonly reach: Reach }
  'one-voxel': Nothing
  'roi-anisotropic': { readonly thickness: number; readonly setting: string }
  'roi-not-finite': { readonly found: NonFiniteVoxels }
  'roi-one-level': Nothing
  'roi-one-slice': Nothing
  'roi-one-voxel': Nothing
  'roi-slices-empty': { readonly empty: EmptySlices }
}

export const { refuse, tell } = messagesOf<ExtractionMessages>('extraction')
