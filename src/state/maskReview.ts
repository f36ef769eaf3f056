import { createStore, type StoreApi } from 'zustand/vanilla'
import { resampleLabels } from '../core/image/resample.ts'
import type { Volume } from '../core/image/volume.ts'
import { compareGeometry, type GeometryDifference } from '../core/mask/compareGeometry.ts'
import { listLabels, mostLabels, selectLabel, type Label } from '../core/mask/labels.ts'
import { compareIdentity } from '../core/mask/compareIdentity.ts'

/** A mask that somebody chose, as it would lie on the image; nothing is taken over before the user says so. */
export interface MaskProposal {
  readonly maskId: string
  readonly name: string
  readonly mask: Volume
  readonly image: Volume
  /** Values other than 0; none where the mask is empty or no mask. */
  readonly labels: readonly Label[]
  readonly label: number | null
  /** How the two grids differ; none if they are the same. */
  readonly differences: readonly GeometryDifference[]
  /** Signs that the mask belongs to somebody else or to another examination. */
  readonly notices: readonly string[]
  /** Why the file cannot serve as a mask. */
  readonly problem: string | null
  /** The user asked to see the mask resampled onto the image. */
  readonly resampled: boolean
  /** The chosen label on the image's grid; null where it cannot be laid there as it is. */
  readonly region: Uint8Array<ArrayBuffer> | null
  readonly regionVoxels: number
}

export interface MaskReviewState {
  readonly proposal: MaskProposal | null
  propose(maskId: string, name: string, mask: Volume, image: Volume): MaskProposal
  chooseLabel(value: number): void
  /** Lays the mask on the image by its position in space, nearest voxel. */
  resample(): void
  dismiss(): void
}

export type MaskReviewStore = StoreApi<MaskReviewState>

export function createMaskReviewStore(): MaskReviewStore {
  return createStore<MaskReviewState>()((set, get) => {
    const change = (part: Pick<MaskProposal, 'label'> | Pick<MaskProposal, 'resampled'>) => {
      const { proposal } = get()
      if (proposal) set({ proposal: layOnImage({ ...proposal, ...part }) })
    }
    return {
      proposal: null,
      propose(maskId, name, mask, image) {
        const { labels, truncated } = listLabels(mask.voxels)
        const proposal = layOnImage({
          maskId,
          name,
          mask,
          image,
          labels,
          label: labels.length > 0 ? labels[0].value : null,
          differences: compareGeometry(image, mask),
          notices: compareIdentity(image.source, mask.source),
          problem: truncated
            ? `It has more than ${mostLabels} different values: this is an image, not a mask.`
            : labels.length === 0
              ? 'The mask is empty: every voxel is 0.'
              : null,
          resampled: false,
        })
        set({ proposal })
        return proposal
      },
      chooseLabel: (label) => change({ label }),
      resample: () => change({ resampled: true }),
      dismiss: () => set({ proposal: null }),
    }
  })
}

function layOnImage(proposal: Omit<MaskProposal, 'region' | 'regionVoxels'>): MaskProposal {
  const { mask, image, label, differences, resampled } = proposal
  if (label === null || (differences.length > 0 && !resampled)) return { ...proposal, region: null, regionVoxels: 0 }
  const selected = selectLabel(mask, label)
  const region = differences.length > 0 ? resampleLabels(selected, image) : selected.voxels
  return { ...proposal, region, regionVoxels: region.reduce((sum, inside) => sum + inside, 0) }
}
