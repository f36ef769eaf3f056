import { movePoint } from '../../core/image/rigidMove.ts'
import { physicalToIndex, type Volume } from '../../core/image/volume.ts'
import { compareGeometry } from '../../core/mask/compareGeometry.ts'
import type { BoundingBox } from '../../core/mask/mask.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { planes, type Viewer } from '../../viewer/index.ts'
import { moveBetween, type AlignmentState } from '../alignments.ts'
import type { DraftsState } from '../drafts.ts'
import type { MaskReviewState } from '../maskReview.ts'
import type { Readable, Watched } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { SeedsState } from '../seeds.ts'
import type { MaskLayers, ShownLayers } from '../shownLayers.ts'

export interface ShowLayersServices {
  readonly roi: Watched<Pick<RoiState, 'open' | 'revision' | 'drawnBox'>>
  readonly seeds: Watched<Pick<SeedsState, 'revision'>>
  readonly maskReview: Watched<Pick<MaskReviewState, 'proposal'>>
  readonly alignments: Readable<Pick<AlignmentState, 'moves'>>
  readonly drafts: Readable<Pick<DraftsState, 'find'>>
  /** Whether both are phases of one dynamic series. */
  readonly arePhases: (one: Volume, other: Volume) => boolean
  readonly shownLayers: Watched<ShownLayers>
}

/** Brings the open image and what lies over it into the views, and again whenever that changes. */
export function createShowLayers({ roi, seeds, maskReview, alignments, drafts, arePhases, shownLayers }: ShowLayersServices) {
  /** @returns how to end it */
  return (viewer: Viewer): (() => void) => {
    let place: KeptPlace | null = null
    let before: ReturnType<typeof read> | null = null
    let isEnded = false

    const read = () => {
      const { open, revision } = roi.getState()
      const { proposal } = maskReview.getState()
      const drawn = `${revision} ${seeds.getState().revision}`
      return { open, ...shownLayers.getState(), isReviewing: proposal !== null, reviewed: proposal?.region ?? null, drawn }
    }

    const show = () => {
      if (isEnded) return
      const last = before
      const now = read()
      before = now
      const { open, masks, others, enhancement, over, box, isReviewing, reviewed, drawn } = now
      if (!open) return
      const isOtherImage = open.image !== last?.open?.image
      const isNew = isOtherImage || open !== last?.open
      if (isOtherImage) {
        const look = keepLook(viewer, last?.open?.image, open.image, arePhases)
        place = keepPlace(viewer, place, open.image, alignments.getState().moves)
        look()
      }
      // Another image took these away.
      if (isOtherImage || enhancement !== last?.enhancement) viewer.showEnhancement(enhancement)
      if (isNew || masks !== last?.masks) showMasks(masks)
      if (isOtherImage ? others.length > 0 : others !== last?.others) viewer.showOthers(others)
      if (isNew || isReviewing !== last?.isReviewing || reviewed !== last?.reviewed)
        meetRegion(isReviewing, (isOtherImage && place?.positionMm === undefined) || isReviewing || last?.isReviewing === true)
      if (isNew || masks.draftKey !== last?.masks.draftKey) void showDraft(masks.draftKey)
      if (isOtherImage || over !== last?.over) viewer.showSecond(over)
      if (isOtherImage || box !== last?.box) viewer.showBox(box)
      if (!isReviewing && (drawn !== last?.drawn || last?.isReviewing)) viewer.refreshMask()
    }

    const showMasks = ({ mask, preview, isLookedAt }: MaskLayers) => {
      if (isLookedAt) viewer.setTool('cursor')
      viewer.showMask(mask?.mask ?? null, mask?.colour)
      viewer.showPreview(preview?.mask ?? null, preview?.colour, preview?.secondColour)
    }
    /** The cursor goes to a region when that comes into view, not when it is seen again in another way. */
    const meetRegion = (isReviewing: boolean, isFirst: boolean) => {
      const box = isReviewing ? maskReview.getState().proposal?.regionBox : roi.getState().drawnBox
      if (box && isFirst) viewer.moveCursor({ index: middleOf(box) })
    }
    /** An outline that was begun on this region lies there again, wherever the hand was meanwhile. */
    const showDraft = async (key: string | null) => {
      if (key === null) return
      const outline = await drafts.getState().find(key)
      const isStill = !isEnded && shownLayers.getState().masks.draftKey === key
      if (outline && isStill && !viewer.getState().outline) viewer.showOutline(outline)
    }

    // What follows from one act is shown at once: between two stores a mask may lie on the image before.
    let isDue = false
    const showSoon = () => {
      if (isDue) return
      isDue = true
      queueMicrotask(() => {
        isDue = false
        show()
      })
    }
    show()
    const stops = [roi, seeds, maskReview, shownLayers].map((watched) => watched.subscribe(showSoon))
    return () => {
      isEnded = true
      stops.forEach((stop) => stop())
    }
  }
}

/** A point in the patient, as this image has it, that the cursor was brought to, and the voxel that it found there. */
interface KeptPlace {
  readonly image: Volume
  readonly positionMm?: Triple
  readonly index?: Triple
}

/**
 * Shows an image with the cursor at the same point of the patient as in the image before, as the two are aligned and as far as it has
 * that point. While the cursor rests the very point is kept, so that going to and fro between coarse and fine images does not move it.
 */
function keepPlace(viewer: Viewer, before: KeptPlace | null, image: Volume, moves: AlignmentState['moves']): KeptPlace {
  const cursor = viewer.getState().cursor
  const rested = before?.index !== undefined && before.index === cursor?.index
  const positionBeforeMm = before && (rested ? before.positionMm : cursor?.positionMm)
  viewer.showImage(image)
  if (!before || !positionBeforeMm) return { image }
  const move = moveBetween(moves, before.image, image)
  const positionMm = move ? movePoint(move, positionBeforeMm) : positionBeforeMm
  const frame = (volume: Volume) => volume.source.dicom?.FrameOfReferenceUID
  const sameFrame = move !== null || (frame(before.image) ?? frame(image)) === (frame(image) ?? frame(before.image))
  const isOnGrid = (point: Triple) =>
    physicalToIndex(image, point).every((index, axis) => index >= -0.5 && index <= image.size[axis] - 0.5)
  if (!sameFrame || !isOnGrid(positionMm)) return { image }
  viewer.moveCursor({ positionMm })
  const index = viewer.getState().cursor?.index
  return index ? { image, positionMm, index } : { image }
}

/**
 * Images of one grid are seen in the same cut-out, phases of one series through the same window too: what differs is then what enhanced.
 * @returns what makes the next image be seen as the one before it
 */
function keepLook(
  viewer: Viewer,
  before: Volume | undefined,
  image: Volume,
  arePhases: ShowLayersServices['arePhases'],
): () => void {
  const { views, window } = viewer.getState()
  if (!before || !views || compareGeometry(before, image).length > 0) return () => {}
  return () => {
    for (const plane of planes) viewer.placeView(plane, views[plane])
    if (window && arePhases(before, image)) viewer.setWindow(window)
  }
}

/** Where a region is met when it comes into view. */
function middleOf({ lower, upper }: BoundingBox): Triple {
  return [Math.round((lower[0] + upper[0]) / 2), Math.round((lower[1] + upper[1]) / 2), Math.round((lower[2] + upper[2]) / 2)]
}
