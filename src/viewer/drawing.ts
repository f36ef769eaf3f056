import { tell } from '../io/messages.ts'
import { programServer } from '../io/programServer.ts'
import type { Volume } from '../core/image/volume.ts'
import { describeFailure, type EngineState, type PictureFailure } from './engineKeeper.ts'
import { isInverted } from './greyWindow.ts'
import type { ImageRenderer } from './imageRenderer.ts'
import { isPainting } from './tools.ts'
import { planes, type Plane } from './planes.ts'
import { chooseScaleBar } from './scaleBar.ts'
import { boxOn, pointAt, sliceOf, type Scene } from './scene.ts'
import type { ViewMessage } from './planeView.ts'
import type { SketchTools } from './sketchTools.ts'

/** The hand rests when it has not moved for so long: the views beside it are drawn then. */
const restMs = 120
const noOthers: Scene['others'] = []
/** Pixels of the view, for the longest scale bar. */
const scaleBarShare = 0.3

export interface DrawingHost {
  readonly sketches: Pick<SketchTools, 'sketchOf'>
  /** What a brush on that view would do to the ROI now; undefined where no brush is to be shown. */
  brushOn(plane: Plane): 'paint' | 'erase' | undefined
  /** Whether a brush would leave voxels that it goes over as they are, by their grey level or whose they are. */
  paintsSome(): boolean
  /** The image that is shown is on the screen, in every view that has room, with all that lies over it. */
  onDrawn(volume: Volume): void
  /** Another picture can, or can not, be drawn on from now on. */
  onPictures(): void
}

export type Drawing = ReturnType<typeof createDrawing>

/**
 * When each view is drawn. Images: one view a frame, the one under the hand first. Mask and annotations: with the next frame,
 * once, however often they change before it, and never before their image.
 */
export function createDrawing(scene: Scene, host: DrawingHost) {
  const { views } = scene
  const imagesDue = new Set<Plane>()
  const overlaysDue = new Set<Plane>()
  let renderer: ImageRenderer | undefined
  const drawnIn = new Map<Plane, Volume>()
  let toldOf: Volume | undefined
  let isLoading = false
  /** Views whose picture is not there: what they would show is covered, and no tool works on them. */
  const covered = new Set<Plane>()
  let stopFollowing: (() => void) | undefined
  let failView: (plane: Plane, error: unknown) => void = () => {}
  let isDisposed = false
  /** An image was handed to the renderer since the last frame. */
  let isDrawing = false
  let frame = 0
  let restTimer: ReturnType<typeof setTimeout> | undefined

  const coverAll = (message: ViewMessage | null) => {
    for (const plane of planes) {
      if (message) covered.add(plane)
      else covered.delete(plane)
      views[plane].setMessage(message)
    }
    host.onPictures()
  }
  const sayFailure = ({ reason, remedy }: PictureFailure, onRetry: () => void): ViewMessage => ({
    kind: 'failure',
    text: reason,
    remedy,
    onRetry,
  })
  /** cornerstone comes with the first image, not with the page. */
  const followRenderer = () => {
    if (isLoading) return
    isLoading = true
    loadRenderer()
      .catch(async (error: unknown) => {
        throw await programServer.describe(tell('not-loaded', { part: 'pictures', why: String(error) }))
      })
      .then(({ cornerstone, createImageRenderer }) => {
        if (isDisposed) return
        const follow = (state: EngineState<Parameters<typeof createImageRenderer>[0]> | undefined) => {
          // The engine before is going: nothing is drawn with it any more.
          if (state?.status !== 'ready') dropRenderer()
          if (state?.status === 'ready') {
            const stages = { axial: views.axial.stage, sagittal: views.sagittal.stage, coronal: views.coronal.stage }
            failView = (plane, error) => {
              covered.add(plane)
              views[plane].setMessage(sayFailure(describeFailure(error), cornerstone.renew))
              host.onPictures()
            }
            renderer = createImageRenderer(
              state.engine,
              stages,
              (plane, volume, slice) => {
                drawnIn.set(plane, volume)
                const { shown } = scene
                if (covered.has(plane) && shown && shown.volume === volume && sliceOf(shown, plane) === slice) {
                  drawOverlayNow(plane)
                  covered.delete(plane)
                  views[plane].setMessage(null)
                  host.onPictures()
                }
                if (volume !== toldOf) requestFrame()
              },
              (plane, error) => failView(plane, error),
            )
            planes.forEach(drawView)
          } else if (state?.status === 'rebuilding') coverAll({ kind: 'wait', text: 'The picture is being rebuilt …' })
          else if (state?.status === 'failed') coverAll(sayFailure(state, cornerstone.renew))
        }
        stopFollowing = cornerstone.subscribe(follow)
        cornerstone.want()
        const now = cornerstone.state()
        if (now?.status === 'ready' || now?.status === 'rebuilding') follow(now)
      })
      .catch((error: unknown) => {
        // A part of the program that did not arrive can be asked for again.
        isLoading = false
        coverAll(sayFailure(describeFailure(error), followRenderer))
      })
  }
  const dropRenderer = () => {
    imagesDue.clear()
    renderer?.dispose()
    renderer = undefined
  }
  /** A fast hand skips slices, and the views beside wait for it. */
  const drawImage = (plane: Plane) => {
    if (!renderer) return
    imagesDue.add(plane)
    if (!isDrawing) drawNextImage()
  }
  const drawNextImage = () => {
    const { shown, activePlane, interpolation, second } = scene
    for (const plane of imagesDue) if (!views[plane].isVisible()) imagesDue.delete(plane)
    const [first] = imagesDue
    const plane = imagesDue.has(activePlane) ? activePlane : first
    if (!shown || !renderer || !plane) return
    imagesDue.delete(plane)
    const { volume, axes, placements, window } = shown
    const picture = scene.picture?.plane === plane ? scene.picture.volume : null
    try {
      renderer.draw(plane, picture ?? volume, axes[plane], placements[plane], views[plane].size(), sliceOf(shown, plane), {
        window,
        interpolation,
        second: picture ? null : second,
      })
    } catch (error) {
      failView(plane, error)
    }
    isDrawing = true
    requestFrame()
  }
  const drawOverlay = (plane: Plane) => {
    overlaysDue.add(plane)
    requestFrame()
  }
  const requestFrame = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      isDrawing = false
      for (const plane of overlaysDue) {
        // Behind its image, but for a view without room, which gets none.
        if (imagesDue.has(plane) && views[plane].isVisible()) continue
        overlaysDue.delete(plane)
        drawOverlayNow(plane)
      }
      drawNextImage()
      tellWhenDrawn()
    })
  }
  const tellWhenDrawn = () => {
    const volume = scene.shown?.volume
    if (!volume || volume === toldOf || imagesDue.size > 0 || overlaysDue.size > 0) return
    if (planes.some((plane) => views[plane].isVisible() && drawnIn.get(plane) !== volume)) return
    toldOf = volume
    host.onDrawn(volume)
  }
  const drawOverlayNow = (plane: Plane) => {
    const { enhancementLayer, outlinesLayer, maskLayer, previewLayer, annotations } = views[plane]
    const { shown, mask, preview, maskVisible, crosshairVisible, opacity, maskStyle: style, maskRevision: revision } = scene
    if (!shown || !views[plane].isVisible()) return
    const { volume, cursor, window, start } = shown
    const [axes, placement, slice] = [shown.axes[plane], shown.placements[plane], sliceOf(shown, plane)]
    const size = views[plane].size()
    enhancementLayer.draw(scene.enhancement, axes, placement, size, slice)
    outlinesLayer.draw(maskVisible ? scene.others : noOthers, axes, placement, size, slice, { opacity, revision })
    maskLayer.draw(maskVisible ? mask : null, axes, placement, size, slice, {
      opacity,
      style,
      revision,
      colour: scene.maskColour,
    })
    previewLayer.draw(maskVisible ? preview : null, axes, placement, size, slice, {
      opacity,
      style,
      revision,
      colour: scene.previewColours[0],
      secondColour: scene.previewColours[1],
    })
    annotations.setSlice(plane, slice + 1, volume.size[axes.through.axis])
    annotations.setCrosshair(crosshairVisible ? pointAt(scene, shown, plane, cursor) : null)
    annotations.setScaleBar(chooseScaleBar(placement.mmPerPixel, Math.max(40, size.width * scaleBarShare)))
    const levels = `W ${writeGrey(window.width, start.width)}  L ${writeGrey(window.centre, start.width)}`
    annotations.setWindow(levels, isInverted(volume.source))
    annotations.setBox(boxOn(scene, shown, plane))
    drawHand(plane)
  }
  /** What follows the hand: the outline of the brush, and the lines under way. */
  const drawHand = (plane: Plane) => {
    const { shown, tool, brush } = scene
    const hover = scene.hover?.plane === plane ? scene.hover : undefined
    const action = hover && isPainting(tool) ? host.brushOn(plane) : undefined
    const { annotations } = views[plane]
    if (!shown || !hover || !action) annotations.setBrush(null)
    else {
      const radius = brush.radiusMm / shown.placements[plane].mmPerPixel
      const look = action === 'paint' && host.paintsSome() ? 'choose' : action
      annotations.setBrush({
        x: hover.x,
        y: hover.y,
        radius,
        look,
        colour: scene.maskColour,
        size: `r ${brush.radiusMm.toFixed(1)} mm`,
      })
    }
    annotations.setSketch(host.sketches.sketchOf(plane, hover))
  }
  const drawView = (plane: Plane) => {
    drawImage(plane)
    drawOverlay(plane)
  }

  return {
    followRenderer,
    /** Whether the picture of a view is not there, and says so. */
    isCovered: (plane: Plane) => covered.has(plane),
    /** Whether that is so for every view that has room. */
    isBlind() {
      const seen = planes.filter((plane) => views[plane].isVisible())
      return seen.length > 0 && seen.every((plane) => covered.has(plane))
    },
    drawImage,
    drawOverlay,
    drawOverlayNow,
    drawHand,
    /** Image and all that lies over it. */
    drawView,
    /** Draws the views beside the hand, when it rests. */
    drawAtRest() {
      clearTimeout(restTimer)
      restTimer = setTimeout(() => planes.forEach(drawOverlay), restMs)
    },
    resize() {
      renderer?.resize()
      planes.forEach(drawImage)
    },
    dispose() {
      isDisposed = true
      cancelAnimationFrame(frame)
      clearTimeout(restTimer)
      stopFollowing?.()
      dropRenderer()
    },
  }
}

/** Loads what draws images, which takes a tenth of a second of its own. */
export const loadRenderer = () => import('./imageRenderer.ts')

/** Loads and starts it: worth while as soon as an image is being read. A failure is told in the views. */
export async function startCornerstone(): Promise<void> {
  const { cornerstone } = await loadRenderer()
  if (cornerstone.state() === undefined) cornerstone.want()
}

/** A grey level with the digits that its range calls for, and a true minus. */
function writeGrey(value: number, range: number): string {
  const digits = range >= 100 ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(range))))
  return value.toFixed(digits).replace('-', '−')
}
