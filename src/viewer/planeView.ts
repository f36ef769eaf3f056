import { createAnnotations, type Annotations } from './annotations.ts'
import { createMaskLayer, type MaskLayer } from './maskLayer.ts'
import type { DragAction, Tool } from './mouse.ts'
import type { PixelSize, Point } from './placement.ts'
import type { Plane } from './planes.ts'

/** The elements of one view: image below, mask above it, annotations on top; and the hands that come upon it. */
export interface PlaneView {
  /** Takes focus, keys and pointers. */
  readonly root: HTMLElement
  /** Where the image is drawn. */
  readonly stage: HTMLDivElement
  readonly maskLayer: MaskLayer
  readonly previewLayer: MaskLayer
  readonly annotations: Annotations
  size(): PixelSize
  isVisible(): boolean
  pointOf(event: MouseEvent): Point
  /** Shows what the tool in hand looks like; undefined without an image. */
  setPointer(tool: Tool | DragAction | undefined): void
  setImageVisible(visible: boolean): void
  listen<Name extends keyof HTMLElementEventMap>(name: Name, listener: (event: HTMLElementEventMap[Name]) => void): void
  /** Calls back with the size before, after the element has got another one. */
  onResize(listener: (before: PixelSize) => void): void
  dispose(): void
}

const pointers: Readonly<Record<Tool | DragAction, string>> = {
  cursor: 'crosshair',
  window: 'ns-resize',
  pan: 'grab',
  zoom: 'zoom-in',
  // The outline of the brush is the pointer.
  brush: 'none',
  eraser: 'none',
  paint: 'none',
  erase: 'none',
}

export function createPlaneView(plane: Plane, parent: HTMLElement): PlaneView {
  const root = document.createElement('div')
  root.style.cssText = 'position:relative;width:100%;height:100%;overflow:hidden;background:#000;touch-action:none'
  root.tabIndex = 0
  root.setAttribute('role', 'application')
  root.setAttribute('aria-label', `${plane[0].toUpperCase()}${plane.slice(1)} view`)
  root.dataset.plane = plane
  const stage = document.createElement('div')
  stage.style.cssText = 'position:absolute;left:0;top:0;visibility:hidden'
  const maskLayer = createMaskLayer()
  const previewLayer = createMaskLayer()
  const annotations = createAnnotations()
  annotations.root.style.visibility = 'hidden'
  root.append(stage, maskLayer.canvas, previewLayer.canvas, annotations.root)
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
    maskLayer,
    previewLayer,
    annotations,
    size: () => current,
    isVisible: () => current.width > 1 && current.height > 1,
    pointOf({ clientX, clientY }) {
      const { left, top } = root.getBoundingClientRect()
      return { x: clientX - left, y: clientY - top }
    },
    setPointer(tool) {
      root.style.cursor = tool ? pointers[tool] : 'default'
    },
    setImageVisible(visible) {
      stage.style.visibility = annotations.root.style.visibility = visible ? 'visible' : 'hidden'
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
