import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { moveGrid, movePoint } from '../../core/image/rigidMove.ts'
import { physicalToIndex, type Volume } from '../../core/image/volume.ts'
import { gridOfBox } from '../../core/mask/boundingBox.ts'
import type { BoundingBox, Mask } from '../../core/mask/mask.ts'
import { moveBetween } from '../../state/actions/align.ts'
import type { AlignmentState } from '../../state/alignments.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { createViewer, defaultViewerOptions, greyScaleOf, outsideColour, startWindow, type Viewer } from '../../viewer/index.ts'
import { BesideViews } from './BesideViews.tsx'
import { useSecondImage } from './useSecondImage.ts'
import { useSession } from '../shared/session.ts'

/** Of the speed image over the slice: enough of the image is left to know where one is. */
const speedShare = 0.7

/** The three planes of the open image with its region, or with the mask under review. */
export function Views() {
  const {
    alignmentStore,
    comparisonStore,
    contourStore,
    draftsStore,
    growthStore,
    handStore,
    maskOperationStore,
    maskReviewStore,
    roiStore,
    secondStore,
    seedsStore,
  } = useSession()
  const axial = useRef<HTMLDivElement>(null)
  const sagittal = useRef<HTMLDivElement>(null)
  const coronal = useRef<HTMLDivElement>(null)
  const [viewer, setViewer] = useState<Viewer | null>(null)
  const [drawn, setDrawn] = useState<Volume | null>(null)
  const open = useStore(roiStore, (state) => state.open)
  const image = open?.image
  const compared = useStore(comparisonStore, ({ run, shown }) =>
    run.status === 'done' && run.imageId === open?.imageId ? shown : null,
  )
  const place = useRef<KeptPlace | null>(null)
  const shownImage = useRef<Volume | null>(null)
  const wasReviewing = useRef(false)
  /** Of the region that outlines are drawn for now. */
  const draftKey = useRef<string | null>(null)
  const revision = useStore(roiStore, (state) => state.revision)
  const isReviewing = useStore(maskReviewStore, (state) => state.proposal !== null)
  const reviewed = useStore(maskReviewStore, (state) => state.proposal?.region ?? null)
  const isDrawingOutside = useStore(seedsStore, (state) => state.isDrawing)
  const outside = useStore(seedsStore, (state) => state.outside)
  const strokes = useStore(seedsStore, (state) => state.revision)
  const previewed = useStore(maskOperationStore, ({ run }) => (run.status === 'preview' ? run.result.voxels : null))
  const grown = useStore(growthStore, (state) => state.growth)
  const enlarged = useStore(handStore, (state) => state.settings?.maximised ?? null)
  const showsSpeed = useStore(contourStore, (state) => state.showsSpeed)
  const speed = useStore(maskOperationStore, ({ run }) =>
    showsSpeed && run.status === 'preview' && run.contour?.rounds === 0 ? run.contour.speed : null,
  )
  const { way, share, windows } = useStore(secondStore)
  const { second: chosen, move } = useSecondImage()
  const second = isReviewing ? undefined : chosen
  const isBeside = second !== undefined && way === 'beside'
  // Beside each other two images are seen in one plane.
  const maximised = enlarged ?? (isBeside ? 'axial' : null)

  useEffect(() => {
    const drawnStore = () => (seedsStore.getState().isDrawing ? seedsStore.getState() : roiStore.getState())
    let isOwn = false
    /** A change of the mask that comes from the viewer. @returns whether there was one */
    const asOwn = (change: () => void) => {
      const { revision: before } = drawnStore()
      isOwn = true
      change()
      isOwn = false
      return drawnStore().revision !== before
    }
    const made = createViewer(
      { axial: axial.current!, sagittal: sagittal.current!, coronal: coronal.current! },
      {
        preset: handStore.getState().preset,
        maskStyle: handStore.getState().maskStyle,
        takeBack: () => asOwn(() => drawnStore().undo()),
        mayEdit: () => seedsStore.getState().isDrawing || !roiStore.getState().refuseLocked(),
      },
    )
    const detach = handStore.getState().attachViewer(made)
    const stopStrokes = made.on('strokeEnd', ({ action, difference }) => {
      asOwn(() => drawnStore().recordStroke(action, difference))
    })
    // A filled polygon is changed by undoing its filling: not once something else has been done.
    const endOutline = (state: { readonly revision: number }, before: { readonly revision: number }) => {
      if (state.revision !== before.revision && !isOwn) made.endOutline()
    }
    const stopChanges = [roiStore.subscribe(endOutline), seedsStore.subscribe(endOutline)]
    const stopOutlines = made.on('outline', (outline) => {
      if (draftKey.current !== null) void draftsStore.getState().keep(draftKey.current, outline)
    })
    const stopPicks = made.on('pick', ({ plane, index }) => growthStore.getState().growFrom(index, plane))
    const stopDrawn = made.on('imageDrawn', ({ volume }) => setDrawn(volume))
    setViewer(made)
    return () => {
      stopPicks()
      stopStrokes()
      stopOutlines()
      stopChanges.forEach((stop) => stop())
      stopDrawn()
      detach()
      made.dispose()
    }
  }, [draftsStore, growthStore, handStore, roiStore, seedsStore])

  useEffect(() => {
    if (!viewer || !image) return
    growthStore.getState().discard()
    place.current = keepPlace(viewer, place.current, image, alignmentStore.getState().moves)
  }, [viewer, image, growthStore, alignmentStore])

  useEffect(() => {
    if (!viewer || !open) return
    growthStore.getState().discard()
    if (isReviewing) {
      viewer.setTool('cursor')
      viewer.showMask(maskOf(open.image, reviewed))
      viewer.showPreview(null)
    }
    // The cursor goes to a region when that comes into view, not when it is seen again in another way.
    const isNew = place.current?.positionMm === undefined && shownImage.current !== open.image
    const box = isReviewing ? maskReviewStore.getState().proposal?.regionBox : roiStore.getState().drawnBox
    if (box && (isNew || isReviewing || wasReviewing.current)) viewer.moveCursor({ index: middleOf(box) })
    shownImage.current = open.image
    wasReviewing.current = isReviewing
  }, [viewer, open, isReviewing, reviewed, growthStore, maskReviewStore, roiStore])

  // Where two readers differ is looked at alone, and not painted on. Else what a tool would make lies over the region, or strokes
  // outside do, unless they are what the brush draws.
  useEffect(() => {
    if (!viewer || !open || isReviewing) return
    if (previewed || compared) viewer.setTool('cursor')
    if (compared) {
      viewer.showMask(null)
      viewer.showPreview(maskOf(open.image, compared), defaultViewerOptions.colour, outsideColour)
      return
    }
    if (isDrawingOutside) viewer.showMask(outside, outsideColour)
    else viewer.showMask(open.mask)
    if (previewed) viewer.showPreview(maskOf(open.image, previewed))
    else if (grown) viewer.showPreview(grown.preview)
    else if (isDrawingOutside) viewer.showPreview(open.mask, defaultViewerOptions.colour)
    else viewer.showPreview(outside, outsideColour)
  }, [viewer, open, isReviewing, compared, previewed, grown, outside, isDrawingOutside])

  // An outline that was begun on this region lies there again, wherever the hand was meanwhile.
  useEffect(() => {
    if (!viewer || !open || isReviewing || compared) return
    const key = `${open.key}${isDrawingOutside ? ' outside' : ''}`
    draftKey.current = key
    let isOver = false
    void draftsStore
      .getState()
      .find(key)
      .then((outline) => {
        if (outline && !isOver && !viewer.getState().outline) viewer.showOutline(outline)
      })
    return () => {
      isOver = true
    }
  }, [viewer, open, isReviewing, compared, isDrawingOutside, draftsStore])

  const secondLook = useMemo(() => {
    if (!image || !second || way === 'beside') return null
    const { volume, id } = second
    return {
      voxels: volume.voxels,
      grid: move ? moveGrid(volume, move) : volume,
      window: greyScaleOf(volume, windows[id] ?? startWindow(volume)),
      way: way === 'fade' ? { kind: way, share } : { kind: way, squareMm: squareOf(image) },
    }
  }, [image, second, way, share, windows, move])
  // While a contour is set up: white is where it grows, black where it shrinks or stands.
  const speedLook = useMemo(() => {
    if (!image || !speed) return null
    const window = { ...(speed.kind === 'region' ? { centre: 0, width: 2 } : { centre: 0.5, width: 1 }), inverted: false }
    return { voxels: speed.speed, grid: gridOfBox(image, speed.box), window, way: { kind: 'fade', share: speedShare } as const }
  }, [image, speed])
  useEffect(() => viewer?.showSecond(speedLook ?? secondLook), [viewer, speedLook, secondLook])

  const box = grown && !previewed && !isReviewing ? grown.box : null
  useEffect(() => viewer?.showBox(box), [viewer, box])

  useEffect(() => {
    if (viewer && !isReviewing) viewer.refreshMask()
  }, [viewer, revision, strokes, isReviewing])

  return (
    <div
      className="views"
      data-maximised={maximised ?? undefined}
      data-shown={(open !== null && drawn === open.image) || undefined}
      data-beside={isBeside || undefined}
      data-testid="views"
      data-focus-home
      tabIndex={-1}
      role="group"
      aria-label="Views of the image"
    >
      <div ref={axial} className="axial" />
      <div ref={sagittal} className="sagittal" />
      <div ref={coronal} className="coronal" />
      {viewer && image && isBeside && (
        <div className="beside">
          <BesideViews first={viewer} firstVolume={image} second={second} move={move} />
        </div>
      )}
      {speedLook ? (
        <p className="imageNames">
          <span>{open?.imageName}</span>
          <span>Speed image: grows where white</span>
        </p>
      ) : (
        second && (
          <p className="imageNames">
            <span>{open?.imageName}</span>
            <span>{second.name}</span>
          </p>
        )
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

/** Side of the squares of a checkerboard: some ten over the longest side of the image. */
function squareOf({ size, spacingMm }: Volume): number {
  return Math.max(...size.map((count, axis) => count * spacingMm[axis])) / 10
}

/** Where a region is met when it comes into view. */
function middleOf({ lower, upper }: BoundingBox): Triple {
  return [Math.round((lower[0] + upper[0]) / 2), Math.round((lower[1] + upper[1]) / 2), Math.round((lower[2] + upper[2]) / 2)]
}

function maskOf({ size, spacingMm, originMm, direction }: Volume, voxels: Uint8Array<ArrayBuffer> | null): Mask | null {
  return voxels && { size, spacingMm, originMm, direction, voxels }
}
