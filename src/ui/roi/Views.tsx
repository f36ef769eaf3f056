import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { movePoint } from '../../core/image/rigidMove.ts'
import { physicalToIndex, type Volume } from '../../core/image/volume.ts'
import type { BoundingBox } from '../../core/mask/mask.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { moveBetween, type AlignmentState } from '../../state/alignments.ts'
import { createViewer, type Viewer } from '../../viewer/index.ts'
import { useSession } from '../shared/session.ts'
import { BesideViews } from './BesideViews.tsx'
import { useSecondImage } from './useSecondImage.ts'

/** The three planes of the open image with its region, or with the mask under review: what is over what is in `shownLayers.ts`. */
export function Views() {
  const { alignmentStore, draftsStore, handStore, maskReviewStore, openViews, roiStore, seedsStore, shownLayersStore } =
    useSession()
  const axial = useRef<HTMLDivElement>(null)
  const sagittal = useRef<HTMLDivElement>(null)
  const coronal = useRef<HTMLDivElement>(null)
  const viewer = useStore(handStore, (state) => state.viewer)
  const drawn = useStore(handStore, (state) => state.drawn)
  const enlarged = useStore(handStore, (state) => state.settings?.maximised ?? null)
  const open = useStore(roiStore, (state) => state.open)
  const image = open?.image
  const revision = useStore(roiStore, (state) => state.revision)
  const strokes = useStore(seedsStore, (state) => state.revision)
  const isReviewing = useStore(maskReviewStore, (state) => state.proposal !== null)
  const reviewed = useStore(maskReviewStore, (state) => state.proposal?.region ?? null)
  const { masks, box, over, beside } = useStore(shownLayersStore)
  const { move } = useSecondImage()
  const place = useRef<KeptPlace | null>(null)
  const shownImage = useRef<Volume | null>(null)
  const wasReviewing = useRef(false)
  // Beside each other two images are seen in one plane.
  const maximised = enlarged ?? (beside ? 'axial' : null)

  useEffect(
    () => openViews(createViewer, { axial: axial.current!, sagittal: sagittal.current!, coronal: coronal.current! }),
    [openViews],
  )

  useEffect(() => {
    if (viewer && image) place.current = keepPlace(viewer, place.current, image, alignmentStore.getState().moves)
  }, [viewer, image, alignmentStore])

  useEffect(() => {
    if (!viewer || !open) return
    const { mask, preview, isLookedAt } = masks
    if (isLookedAt) viewer.setTool('cursor')
    viewer.showMask(mask?.mask ?? null, mask?.colour)
    viewer.showPreview(preview?.mask ?? null, preview?.colour, preview?.secondColour)
  }, [viewer, open, masks])

  useEffect(() => {
    if (!viewer || !open) return
    // The cursor goes to a region when that comes into view, not when it is seen again in another way.
    const isNew = place.current?.positionMm === undefined && shownImage.current !== open.image
    const shownBox = isReviewing ? maskReviewStore.getState().proposal?.regionBox : roiStore.getState().drawnBox
    if (shownBox && (isNew || isReviewing || wasReviewing.current)) viewer.moveCursor({ index: middleOf(shownBox) })
    shownImage.current = open.image
    wasReviewing.current = isReviewing
  }, [viewer, open, isReviewing, reviewed, maskReviewStore, roiStore])

  // An outline that was begun on this region lies there again, wherever the hand was meanwhile.
  const { draftKey } = masks
  useEffect(() => {
    if (!viewer || !open || draftKey === null) return
    let isOver = false
    void draftsStore
      .getState()
      .find(draftKey)
      .then((outline) => {
        if (outline && !isOver && !viewer.getState().outline) viewer.showOutline(outline)
      })
    return () => {
      isOver = true
    }
  }, [viewer, open, draftKey, draftsStore])

  useEffect(() => viewer?.showSecond(over), [viewer, over])
  useEffect(() => viewer?.showBox(box), [viewer, box])
  useEffect(() => {
    if (viewer && !isReviewing) viewer.refreshMask()
  }, [viewer, revision, strokes, isReviewing])

  const secondName = over ? (over.name ?? 'Speed image: grows where white') : beside?.name
  return (
    <div
      className="views"
      data-maximised={maximised ?? undefined}
      data-shown={(open !== null && drawn === open.image) || undefined}
      data-beside={beside !== null || undefined}
      data-testid="views"
      data-focus-home
      tabIndex={-1}
      role="group"
      aria-label="Views of the image"
    >
      <div ref={axial} className="axial" />
      <div ref={sagittal} className="sagittal" />
      <div ref={coronal} className="coronal" />
      {viewer && image && beside && (
        <div className="beside">
          <BesideViews first={viewer} firstVolume={image} second={beside} move={move} />
        </div>
      )}
      {secondName !== undefined && (
        <p className="imageNames">
          <span>{open?.imageName}</span>
          <span>{secondName}</span>
        </p>
      )}
    </div>
  )
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

/** Where a region is met when it comes into view. */
function middleOf({ lower, upper }: BoundingBox): Triple {
  return [Math.round((lower[0] + upper[0]) / 2), Math.round((lower[1] + upper[1]) / 2), Math.round((lower[2] + upper[2]) / 2)]
}
