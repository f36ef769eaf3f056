import { palette } from '../palette.ts'
import { createAnnotations, type Annotations } from './annotations.ts'
import { createEnhancementLayer, type EnhancementLayer } from './enhancementLayer.ts'
import { createMaskLayer, type MaskLayer } from './maskLayer.ts'
import { createOutlinesLayer, type OutlinesLayer } from './outlinesLayer.ts'
import type { PixelSize, Point } from './placement.ts'
import type { Plane } from './planes.ts'
import { drags, type DragAction } from './tools.ts'

/** The elements of one view: image below, mask above it, annotations on top; and the hands that come upon it. */
export interface PlaneView {
  /** Takes focus, keys and pointers. */
  readonly root: HTMLElement
  /** Where the image is drawn. */
  readonly stage: HTMLDivElement
  readonly enhancementLayer: EnhancementLayer
  /** Masks beside the one that is painted on, under it. */
  readonly outlinesLayer: OutlinesLayer
  readonly maskLayer: MaskLayer
  /** What a tool proposes, above the mask. */
  readonly previewLayer: MaskLayer
  readonly annotations: Annotations
  size(): PixelSize
  isVisible(): boolean
  pointOf(event: MouseEvent): Point
  /** Shows what the hand would do, or does; undefined without an image. */
  setPointer(action: DragAction | undefined): void
  setImageVisible(visible: boolean): void
  /** Covers picture, mask and annotations with what is said in their place, and with a button where something can be done; null uncovers. */
  setMessage(message: ViewMessage | null): void
  listen<Name extends keyof HTMLElementEventMap>(name: Name, listener: (event: HTMLElementEventMap[Name]) => void): void
  /** Calls back with the size before, after the element has got another one. */
  onResize(listener: (before: PixelSize) => void): void
  dispose(): void
}

/** Said in a view in place of its picture. */
export interface ViewMessage {
  readonly kind: 'wait' | 'failure'
  readonly text: string
  readonly remedy?: string
  readonly onRetry?: () => void
}

/** A crosshair whose middle is the hand's point, and beside it what the tool looks like, on a dark rim. */
function drawnPointer(sign: string): string {
  const cross = 'M8 1v5M8 10v5M1 8h5M10 8h5'
  const draw = (stroke: string, width: number) =>
    `<g fill='none' stroke='${stroke}' stroke-width='${width}'><path d='${cross}'/><path transform='translate(13 12) scale(.85)' d='${sign}'/></g>`
  const picture = `<svg xmlns='http://www.w3.org/2000/svg' width='32' height='32'>${draw('#000', 3.4)}${draw('#fff', 1.4)}</svg>`
  return `url("data:image/svg+xml,${encodeURIComponent(picture)}") 8 8, crosshair`
}

const pointers = Object.fromEntries(
  Object.entries(drags).map(([action, { pointer }]) => [
    action,
    typeof pointer === 'string' ? pointer : drawnPointer(pointer.sign),
  ]),
) as Readonly<Record<DragAction, string>>

const messageStyle =
  'position:absolute;inset:0;display:none;place-content:safe center;justify-items:center;gap:8px;padding:16px;overflow:auto;background:#000;' +
  'text-align:center;cursor:default;font:500 13px/18px "Inter Variable",Inter,system-ui,sans-serif'
const buttonStyle =
  'margin-top:4px;padding:5px 12px;border:1px solid #4a5462;border-radius:6px;background:#20262e;color:#e6e9ee;font:inherit;cursor:pointer'

export function createPlaneView(plane: Plane, parent: HTMLElement): PlaneView {
  const root = document.createElement('div')
  root.style.cssText = 'position:relative;width:100%;height:100%;overflow:hidden;background:#000;touch-action:none'
  root.tabIndex = 0
  root.setAttribute('role', 'application')
  root.setAttribute('aria-label', `${plane[0].toUpperCase()}${plane.slice(1)} view`)
  root.dataset.plane = plane
  const stage = document.createElement('div')
  stage.style.cssText = 'position:absolute;left:0;top:0;visibility:hidden'
  const enhancementLayer = createEnhancementLayer()
  const outlinesLayer = createOutlinesLayer()
  const maskLayer = createMaskLayer()
  const previewLayer = createMaskLayer()
  const annotations = createAnnotations()
  annotations.root.style.visibility = 'hidden'
  root.append(stage, enhancementLayer.canvas, outlinesLayer.root, maskLayer.canvas, previewLayer.canvas, annotations.root)
  const message = document.createElement('div')
  message.style.cssText = messageStyle
  message.dataset.part = 'message'
  // A hand on it is not one on the picture; the wheel goes through the slices all the same.
  for (const name of ['pointerdown', 'dblclick'] as const) message.addEventListener(name, (event) => event.stopPropagation())
  root.append(message)
  parent.append(root)

  // Whole pixels, so that image and mask agree on where a voxel ends.
  const measure = (): PixelSize => ({ width: Math.floor(root.clientWidth), height: Math.floor(root.clientHeight) })
  let current: PixelSize = { width: 0, height: 0 }
  let tellResize: ((before: PixelSize) => void) | undefined
  const adapt = () => {
    const next = measure()
    if (next.width === current.width && next.height === current.height) return
    const before = current
    current = next
    stage.style.width = `${next.width}px`
    stage.style.height = `${next.height}px`
    tellResize?.(before)
  }
  adapt()
  const observer = new ResizeObserver(adapt)
  observer.observe(root)
  const stopListening = new AbortController()

  return {
    root,
    stage,
    enhancementLayer,
    outlinesLayer,
    maskLayer,
    previewLayer,
    annotations,
    size: () => current,
    isVisible: () => current.width > 1 && current.height > 1,
    pointOf({ clientX, clientY }) {
      const { left, top } = root.getBoundingClientRect()
      return { x: clientX - left, y: clientY - top }
    },
    setPointer(action) {
      root.style.cursor = action ? pointers[action] : 'default'
    },
    setImageVisible(visible) {
      stage.style.visibility = annotations.root.style.visibility = visible ? 'visible' : 'hidden'
    },
    setMessage(next) {
      message.style.display = next ? 'grid' : 'none'
      message.replaceChildren()
      if (!next) return
      message.setAttribute('role', next.kind === 'failure' ? 'alert' : 'status')
      const line = (text: string, colour: string) => {
        const element = document.createElement('p')
        element.style.cssText = `margin:0;max-width:52ch;color:${colour}`
        element.textContent = text
        message.append(element)
      }
      line(next.text, palette.text)
      if (next.remedy) line(next.remedy, palette.dim)
      if (!next.onRetry) return
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = 'Try again'
      button.style.cssText = buttonStyle
      button.addEventListener('click', next.onRetry)
      message.append(button)
    },
    listen(name, listener) {
      root.addEventListener(name, listener, { signal: stopListening.signal, passive: false })
    },
    onResize(listener) {
      tellResize = listener
    },
    dispose() {
      observer.disconnect()
      stopListening.abort()
      root.remove()
    },
  }
}
