import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Grid, Volume } from '../core/image/volume.ts'
import {
  compareGeometry,
  greatestCornerDistanceMm,
  isSameGridButRounding,
  type GeometryDifference,
} from '../core/mask/compareGeometry.ts'
import { findEmptySlices, type EmptySlices } from '../core/mask/emptySlices.ts'
import type { Fractions, MaskContent } from '../core/mask/fractions.ts'
import { mostLabels, type Label } from '../core/mask/labels.ts'
import type { LabelChoice, LaidLabel } from '../core/mask/layLabel.ts'
import { compareIdentity } from '../core/mask/compareIdentity.ts'
import type { BoundingBox } from '../core/mask/mask.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { tell } from '../core/mask/messages.ts'
import { onGridOf } from './maskSegments.ts'

/** A mask whose labels are counted and laid elsewhere, so that the page stays awake; see `workers/openLabels.ts`. */
export interface OpenLabels {
  readonly list: MaskContent
  lay(choice: LabelChoice, target: Grid | null): Promise<LaidLabel>
  close(): void
}

/** A mask that somebody chose, as it would lie on the image; nothing is taken over before the user says so. */
export interface MaskProposal {
  readonly maskId: string
  readonly name: string
  readonly mask: Volume
  readonly image: Volume
  /** Its labels are being counted, or one of them is being laid on the image. */
  readonly isWorking: boolean
  /** Values other than 0; none where the mask is empty or no mask. */
  readonly labels: readonly Label[]
  readonly label: number | null
  /** The mask holds shares (probabilities, partial volume): what is inside is for the user to say. */
  readonly fractions: Fractions | null
  /** From which share on a voxel is inside, once that was chosen. */
  readonly threshold: number | null
  /** How the two grids differ, but for what geometryTolerance lets through; none if they are used as one. */
  readonly differences: readonly GeometryDifference[]
  /** The two grids are used as one and differ by no more than rounding does. */
  readonly isSameGrid: boolean
  /** How far apart the corners lie where the grids are one but for rounding in the headers; 0 where they are equal, or another grid. */
  readonly roundingMm: number
  /** Signs that the mask belongs to somebody else or to another examination. */
  readonly notices: readonly Message[]
  /** Why the file cannot serve as a mask. */
  readonly problem: Message | null
  /** The user asked to see the mask resampled onto the image. */
  readonly resampled: boolean
  /** The chosen label on the image's grid; null where it cannot be laid there as it is. */
  readonly region: Uint8Array<ArrayBuffer> | null
  readonly regionVoxels: number
  /** Part of the label, 0 to 1, that lies outside the image and is cut off. */
  readonly outsideFraction: number
  readonly regionBox: BoundingBox | null
  /** Slices inside the region's extent without a voxel of it, as where every second one was drawn. */
  readonly emptySlices: EmptySlices | null
}

export interface MaskReviewState {
  readonly proposal: MaskProposal | null
  /** Resolves when the first label, or the one asked for, lies on the image, or cannot. */
  propose(maskId: string, name: string, mask: Volume, image: Volume, label?: number): Promise<void>
  chooseLabel(value: number): Promise<void>
  /** Of a mask of shares: voxels of at least this one are inside. */
  chooseThreshold(share: number): Promise<void>
  /** Lays the mask on the image by its position in space, nearest voxel. */
  resample(): Promise<void>
  dismiss(): void
}

export type MaskReviewStore = StoreApi<MaskReviewState>

/** @param geometryTolerance the parameters' own, null for PyRadiomics's default: what they let pass is not asked about */
export function createMaskReviewStore(
  openLabels: (mask: Volume, signal: AbortSignal) => Promise<OpenLabels>,
  geometryTolerance: () => number | null,
): MaskReviewStore {
  /** Ends the review in hand, with what works for it. */
  let review = new AbortController()
  let open: OpenLabels | undefined
  const end = () => {
    review.abort(new Error('The review was ended.'))
    open = undefined
  }

  return createStore<MaskReviewState>()((set, get) => {
    /** Changes the proposal unless its review was ended. */
    const change = (of: AbortSignal, part: Partial<MaskProposal>) => {
      const { proposal } = get()
      if (!of.aborted && proposal) set({ proposal: { ...proposal, ...part } })
    }
    /** A label that was chosen later overtakes one that is still being laid. */
    async function lay(of: AbortSignal) {
      const { proposal } = get()
      if (of.aborted || !proposal || !open) return
      const { label, threshold, differences, resampled, image } = proposal
      const choice = threshold === null ? label : { atLeast: threshold }
      if (choice === null || (differences.length > 0 && !resampled)) {
        change(of, { isWorking: false, ...noRegion })
        return
      }
      change(of, { isWorking: true })
      try {
        const { region, voxelCount, outsideVoxels, labelVoxels, boundingBox } = await open.lay(
          choice,
          differences.length > 0 ? image : null,
        )
        const now = get().proposal
        if (now?.label === label && now.threshold === threshold)
          change(of, {
            isWorking: false,
            region,
            regionVoxels: voxelCount,
            outsideFraction: outsideVoxels / labelVoxels,
            regionBox: boundingBox,
            emptySlices: (boundingBox && findEmptySlices(region, image.size, boundingBox)) ?? null,
          })
      } catch (error) {
        change(of, { isWorking: false, ...noRegion, problem: messageOf(error) })
      }
    }
    return {
      proposal: null,
      async propose(maskId, name, file, image, wanted) {
        end()
        const mask = onGridOf(file, image)
        review = new AbortController()
        const own = review.signal
        set({
          proposal: {
            maskId,
            name,
            mask,
            image,
            isWorking: true,
            labels: [],
            label: null,
            fractions: null,
            threshold: null,
            differences: compareGeometry(image, mask, geometryTolerance() ?? undefined),
            isSameGrid: compareGeometry(image, mask).length === 0,
            roundingMm: isSameGridButRounding(image, mask) ? greatestCornerDistanceMm(image, mask) : 0,
            notices: compareIdentity(image.source, mask.source),
            problem: null,
            resampled: false,
            ...noRegion,
          },
        })
        try {
          const opened = await openLabels(mask, own)
          if (own.aborted) return
          open = opened
          const { labels, truncated } = opened.list
          const fractions = fractionsOf(mask, opened.list)
          const label = fractions ? undefined : (labels.find(({ value }) => value === wanted) ?? labels[0])
          change(own, {
            labels,
            label: label?.value ?? null,
            fractions,
            problem: fractions ? null : problemOf(labels, truncated),
          })
          await lay(own)
        } catch (error) {
          change(own, { isWorking: false, problem: messageOf(error) })
        }
      },
      chooseLabel(label) {
        change(review.signal, { label, threshold: null, problem: null })
        return lay(review.signal)
      },
      chooseThreshold(threshold) {
        change(review.signal, { label: null, threshold, problem: null })
        return lay(review.signal)
      },
      resample() {
        change(review.signal, { resampled: true })
        return lay(review.signal)
      },
      dismiss() {
        end()
        set({ proposal: null })
      },
    }
  })
}

const noRegion = { region: null, regionVoxels: 0, outsideFraction: 0, regionBox: null, emptySlices: null }

function fractionsOf({ source }: Volume, { labels, fractions }: MaskContent): Fractions | null {
  if (fractions) return fractions
  const voxelCount = labels.reduce((sum, { count }) => sum + count, 0)
  return source.fractions && voxelCount > 0 ? { voxelCount, highest: 1 } : null
}

function problemOf(labels: readonly Label[], truncated: boolean): Message | null {
  if (truncated) return tell('too-many-labels', { most: mostLabels })
  return labels.length === 0 ? tell('all-zero', {}) : null
}
