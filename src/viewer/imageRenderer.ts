import {
  cache,
  Enums,
  eventTarget,
  getConfiguration,
  getShouldUseCPURendering,
  imageLoader,
  init,
  metaData,
  RenderingEngine,
  setUseCPURendering,
  type Types,
} from '@cornerstonejs/core'
import type { Volume } from '../core/image/volume.ts'
import { blendSlice, type SecondImage } from './blendSlice.ts'
import { extractSlice } from './extractSlice.ts'
import { checkGraphicsMemory } from './checkGraphicsMemory.ts'
import { createEngineKeeper, PictureError } from './engineKeeper.ts'
import { greyScaleOf, isInverted, type GreyWindow } from './greyWindow.ts'
import type { PixelSize, Placement } from './placement.ts'
import { planes, type Plane, type PlaneAxes } from './planes.ts'
import { whenDone } from './whenDone.ts'

export type Interpolation = 'nearest' | 'linear'

export interface ImageLook {
  readonly window: GreyWindow
  readonly interpolation: Interpolation
  /** Shown over the image; the same object as long as nothing about it changes. */
  readonly second: SecondImage | null
}

/**
 * The images of the three views, drawn by cornerstone3D: with `surfaceRenderer.ts` this file is all that the program knows of it.
 *
 * Each view gets the slice that it shows as an upright image of its own, and a camera over it. cornerstone's volume viewport
 * draws the same slices from a 3D texture by ray casting; measured, it leaves out the outer half of the border voxels, shows
 * nothing of a volume of one slice from the side, needs the volume a second time in the memory of the graphics card, and is slower.
 */
export interface ImageRenderer {
  /** Shows a slice, so placed in a view of that size, with the next frame. */
  draw(plane: Plane, volume: Volume, axes: PlaneAxes, placement: Placement, view: PixelSize, slice: number, look: ImageLook): void
  /** To be called when an element has another size; then every view is to be drawn again. */
  resize(): void
  dispose(): void
}

let engineCount = 0
let rendererCount = 0
let isProvided = false

/**
 * One engine a page, for all viewers: a browser has few WebGL contexts and gives them back late, and cornerstone would take
 * seven for each engine. One serves three views as well, since only one is drawn at a time.
 */
export const cornerstone = createEngineKeeper<RenderingEngine>({
  start,
  discard: (engine) => engine.destroy(),
  watch(engine, { onLost, onRestored }) {
    const stop = new AbortController()
    const listen = (name: string, told: () => void) =>
      eventTarget.addEventListener(name, (event: CustomEvent<{ renderingEngineId: string }>) => {
        if (!stop.signal.aborted && event.detail.renderingEngineId === engine.id) told()
      })
    listen(Enums.Events.WEBGL_CONTEXT_LOST, onLost)
    listen(Enums.Events.WEBGL_CONTEXT_RESTORED, onRestored)
    return () => stop.abort()
  },
})

/** @throws PictureError if the browser has no WebGL 2, or gives none now */
async function start(): Promise<RenderingEngine> {
  await nextTask()
  checkWebGl()
  init({ ...getConfiguration(), rendering: { ...getConfiguration().rendering, webGlContextCount: 1 } })
  // Without WebGL cornerstone draws by itself, but anisotropic slices at another scale: the mask would not lie on its voxels.
  if (getShouldUseCPURendering()) setUseCPURendering(false, false)
  // It asks for the series of every image; ours tell it only that there is nothing to scale.
  if (!isProvided) {
    metaData.addProvider((type: string, imageId: unknown) => {
      if (type !== Enums.MetadataModules.GENERAL_SERIES || typeof imageId !== 'string' || !imageId.startsWith('texel-'))
        return undefined
      return { modality: 'MR' }
    }, 9999)
    isProvided = true
  }
  await nextTask()
  return new RenderingEngine(`texel${++engineCount}`)
}

function checkWebGl(): void {
  const context = document.createElement('canvas').getContext('webgl2')
  if (context) {
    context.getExtension('WEBGL_lose_context')?.loseContext()
    return
  }
  if (engineCount > 0) {
    throw new PictureError({
      reason: 'The browser took the graphics of this page away (WebGL) and does not give them back.',
      remedy: 'Try again in a minute, or save the ROI and reload the page. What was drawn is kept.',
    })
  }
  throw new PictureError({
    reason: 'Images cannot be drawn: this browser has no WebGL 2.',
    remedy: 'Switch hardware acceleration on in the settings of the browser and restart it, or open Texel in another browser.',
  })
}

/** Each step takes long where graphics are drawn by software: in between, the page answers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

/**
 * @param engine that `cornerstone` has ready
 * @param onDrawn told when pixels of a slice are in a view
 * @param onFailed told of a view that could not be drawn, and why
 */
export function createImageRenderer(
  engine: RenderingEngine,
  elements: Readonly<Record<Plane, HTMLDivElement>>,
  onDrawn: (plane: Plane, volume: Volume, slice: number) => void,
  onFailed: (plane: Plane, error: unknown) => void,
): ImageRenderer {
  const name = `texel-${++rendererCount}`
  const idOf = (plane: Plane) => `${name}:${plane}`
  for (const plane of planes) {
    // A canvas that an engine before this one left may have lost its graphics as well.
    elements[plane].replaceChildren()
    engine.enableElement({
      viewportId: idOf(plane),
      type: Enums.ViewportType.STACK,
      element: elements[plane],
      defaultOptions: { background: [0, 0, 0] as Types.Point3 },
    })
  }
  const viewport = (plane: Plane) => engine.getViewport<Types.IStackViewport>(idOf(plane))
  /** What the image of a view holds: panning and zooming do not make it anew. */
  const held = new Map<Plane, { readonly volume: Volume; readonly slice: number; readonly content: readonly unknown[] }>()
  /** Views that were handed to cornerstone and not drawn yet. */
  const pending = new Set<Plane>()
  const graphics = () =>
    engine.getOffscreenMultiRenderWindow(idOf('axial')).getOpenGLRenderWindow().get3DContext() as WebGL2RenderingContext
  /** Views whose slice went to the graphics since memory was asked about. */
  const unchecked = new Set<Plane>()
  let thrown: unknown
  const stopListening = new AbortController()
  /** What is drawn without graphics is black or what was there before; the browser tells of the loss later. */
  const isLost = () => {
    if (!graphics().isContextLost()) return false
    cornerstone.lose(engine)
    return true
  }
  const check = whenDone(graphics, stopListening.signal, () => {
    const drawn = [...unchecked].filter((plane) => !pending.has(plane))
    drawn.forEach((plane) => unchecked.delete(plane))
    try {
      checkGraphicsMemory(graphics())
    } catch (error) {
      for (const plane of drawn) {
        held.delete(plane)
        onFailed(plane, error)
      }
    }
  })
  for (const plane of planes) {
    const tell = () => {
      const now = held.get(plane)
      if (isLost()) return
      pending.delete(plane)
      if (now) onDrawn(plane, now.volume, now.slice)
      if (unchecked.has(plane)) check()
    }
    elements[plane].addEventListener(Enums.Events.IMAGE_RENDERED, tell, { signal: stopListening.signal })
  }
  // cornerstone draws in frames of its own, where what goes wrong reaches nobody but the page.
  addEventListener('error', ({ error, message }) => (thrown = error ?? message), { signal: stopListening.signal })
  const expect = (plane: Plane) => {
    pending.add(plane)
    thrown = undefined
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (thrown === undefined || stopListening.signal.aborted || !pending.delete(plane)) return
        onFailed(plane, thrown)
      }),
    )
  }
  const checkSize = (columns: number, rows: number) => {
    const limit = graphics().getParameter(WebGL2RenderingContext.MAX_TEXTURE_SIZE) as number
    if (limit > 0 && Math.max(columns, rows) > limit) {
      throw new PictureError({
        reason: `This slice has ${columns} x ${rows} voxels; the graphics of this computer draw at most ${limit} x ${limit}.`,
        remedy: 'Resample or crop the image, or open it on another computer.',
      })
    }
  }

  const loadSlice = (plane: Plane, volume: Volume, axes: PlaneAxes, slice: number, { window, second }: ImageLook) => {
    const { across, down } = axes
    checkSize(volume.size[across.axis], volume.size[down.axis])
    const spacing: Types.Point2 = [volume.spacingMm[across.axis], volume.spacingMm[down.axis]]
    // The cache would keep every slice ever seen; one image a view is enough, and the volume is at hand anyway.
    if (cache.getImage(idOf(plane))) cache.removeImageLoadObject(idOf(plane), { force: true })
    const pixels = extractSlice(volume, axes, slice)
    const image = imageLoader.createAndCacheLocalImage(idOf(plane), {
      scalarData: second ? blendSlice(pixels, volume, axes, slice, greyScaleOf(volume, window), second) : pixels,
      dimensions: [volume.size[across.axis], volume.size[down.axis]],
      spacing,
      origin: [0, 0, 0],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      frameOfReferenceUID: idOf(plane),
    })
    viewport(plane).renderImageObject(image)
  }

  return {
    draw(plane, volume, axes, { centreMm, mmPerPixel }, view, slice, look) {
      if (isLost()) return
      const { interpolation, second } = look
      // Two images in one are made with their windows: what is drawn goes from black to white.
      const window = second ? { centre: 0.5, width: 1 } : look.window
      const content = [volume, slice, second, second && look.window]
      const before = held.get(plane)?.content
      if (!content.every((part, i) => part === before?.[i])) {
        loadSlice(plane, volume, axes, slice, look)
        held.set(plane, { volume, slice, content })
        unchecked.add(plane)
      }
      const { across, down } = axes
      const upright = (axis: number, sign: number, mm: number) =>
        sign > 0 ? mm : (volume.size[axis] - 1) * volume.spacingMm[axis] - mm
      const x = upright(across.axis, across.sign, centreMm[0])
      const y = upright(down.axis, down.sign, centreMm[1])
      viewport(plane).setProperties(
        {
          voiRange: { lower: window.centre - window.width / 2, upper: window.centre + window.width / 2 },
          invert: !second && isInverted(volume.source),
          interpolationType: interpolation === 'nearest' ? Enums.InterpolationType.NEAREST : Enums.InterpolationType.LINEAR,
        },
        true,
      )
      viewport(plane).setCamera({
        focalPoint: [x, y, 0],
        position: [x, y, -cameraDistanceMm],
        viewUp: [0, -1, 0],
        viewPlaneNormal: [0, 0, -1],
        parallelScale: (view.height / 2) * mmPerPixel,
      })
      viewport(plane).render()
      expect(plane)
    },
    resize: () => engine.resize(true, true),
    dispose() {
      stopListening.abort()
      held.clear()
      for (const plane of planes) engine.disableElement(idOf(plane))
      for (const plane of planes) if (cache.getImage(idOf(plane))) cache.removeImageLoadObject(idOf(plane), { force: true })
    },
  }
}

/** Any distance does: the projection is parallel. */
const cameraDistanceMm = 100
