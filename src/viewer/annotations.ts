import type { EdgeLetters, Plane } from './planes.ts'
import type { PixelSize, Point } from './placement.ts'
import type { ScaleBar } from './scaleBar.ts'

/** What is written and drawn over a view. */
export interface Annotations {
  readonly root: HTMLElement
  setLetters(letters: EdgeLetters): void
  setSlice(plane: Plane, slice: number, count: number): void
  setWindow(text: string): void
  setScaleBar(bar: ScaleBar): void
  /** The linked cursor; null hides it. */
  setCrosshair(point: Point | null, view: PixelSize): void
  /** The outline of the brush; null hides it. */
  setBrush(circle: (Point & { radius: number; erases: boolean }) | null): void
  setTextVisible(visible: boolean): void
}

const inset = 10
const textStyle =
  'position:absolute;color:#e6e9ee;font:500 12px/16px "Inter Variable",Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums;' +
  'text-shadow:0 0 2px #000,0 0 3px #000,0 0 4px #000,0 1px 5px #000;white-space:pre'

const planeNames: Readonly<Record<Plane, string>> = { axial: 'Axial', sagittal: 'Sagittal', coronal: 'Coronal' }

export function createAnnotations(): Annotations {
  const root = document.createElement('div')
  root.style.cssText = 'position:absolute;inset:0;overflow:hidden;pointer-events:none;user-select:none'
  const drawing = svg('svg', { width: '100%', height: '100%' })
  drawing.style.cssText = 'position:absolute;inset:0;overflow:hidden'
  const texts = document.createElement('div')
  root.append(drawing, texts)
  const label = (style: string, part: string) => {
    const element = document.createElement('div')
    element.style.cssText = `${textStyle};${style}`
    element.dataset.part = part
    texts.append(element)
    return element
  }
  const slice = label(`left:${inset}px;top:${inset}px`, 'slice')
  const greyWindow = label(`right:${inset}px;bottom:${inset}px`, 'window')
  const letters = {
    left: label(`left:${inset}px;top:50%;transform:translateY(-50%)`, 'left'),
    right: label(`right:${inset}px;top:50%;transform:translateY(-50%)`, 'right'),
    top: label(`top:${inset}px;left:50%;transform:translateX(-50%)`, 'top'),
    bottom: label(`bottom:${inset}px;left:50%;transform:translateX(-50%)`, 'bottom'),
  }
  const bar = label(`left:${inset}px;bottom:${inset}px;padding-bottom:6px`, 'scale')
  const rule = document.createElement('div')
  rule.style.cssText = 'position:absolute;left:0;bottom:0;height:5px;border:1px solid #d3d7de;border-top:0;box-sizing:border-box'
  const length = document.createElement('span')
  bar.append(length, rule)
  const line = () => svg('line', { stroke: '#4cc3b5', 'stroke-opacity': '0.55', 'shape-rendering': 'crispEdges' })
  const [across, down] = [line(), line()]
  const brush = svg('circle', { fill: 'none', 'stroke-width': '1.25' })
  drawing.append(across, down, brush)
  for (const shape of [across, down, brush]) shape.style.display = 'none'

  return {
    root,
    setLetters(edges) {
      for (const edge of ['left', 'right', 'top', 'bottom'] as const) write(letters[edge], edges[edge])
    },
    setSlice(plane, number, count) {
      write(slice, `${planeNames[plane]}  ${number} / ${count}`)
    },
    setWindow(text) {
      write(greyWindow, text)
    },
    setScaleBar({ label: text, pixels }) {
      write(length, text)
      rule.style.width = `${pixels}px`
    },
    setCrosshair(point, { width, height }) {
      for (const shape of [across, down]) shape.style.display = point ? '' : 'none'
      if (!point) return
      setAttributes(across, { x1: 0, x2: width, y1: point.y, y2: point.y })
      setAttributes(down, { x1: point.x, x2: point.x, y1: 0, y2: height })
    },
    setBrush(circle) {
      brush.style.display = circle ? '' : 'none'
      if (!circle) return
      setAttributes(brush, { cx: circle.x, cy: circle.y, r: Math.max(1.5, circle.radius) })
      setAttributes(brush, { stroke: circle.erases ? '#ffffff' : '#ff8a47', 'stroke-dasharray': circle.erases ? '4 3' : 'none' })
    },
    setTextVisible(visible) {
      texts.style.display = visible ? '' : 'none'
    },
  }
}

/** A text that stays is not laid out again. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  setAttributes(element, attributes)
  return element
}

function setAttributes(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
}
