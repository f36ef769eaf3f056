import { palette } from '../palette.ts'
import type { Colour } from './maskLayer.ts'
import type { EdgeLetters, Plane } from './planes.ts'
import type { PixelSize, Point } from './placement.ts'
import type { ScaleBar } from './scaleBar.ts'

/** Lines under way over a view, in its pixels. */
export interface Sketch {
  readonly line: readonly Point[]
  /** The way back to the start, dashed. */
  readonly closing: readonly Point[]
  readonly handles: readonly Point[]
  readonly label: (Point & { readonly text: string }) | null
  readonly erases: boolean
}

/** `choose` paints some of what it goes over. */
export type BrushLook = 'paint' | 'choose' | 'erase'

const brushLines: Readonly<Record<BrushLook, string>> = { paint: '1.25px solid', choose: '2px dotted', erase: '1.25px dashed' }

/** What is written and drawn over a view. */
export interface Annotations {
  readonly root: HTMLElement
  setLetters(letters: EdgeLetters): void
  setSlice(plane: Plane, slice: number, count: number): void
  setWindow(levels: string, isInverted: boolean): void
  setScaleBar(bar: ScaleBar): void
  /** The linked cursor; null hides it. */
  setCrosshair(point: Point | null): void
  /** The outline of the brush, by what it does and in the colour that it paints, and its size in words at its lower right; null hides it. */
  setBrush(circle: (Point & { radius: number; look: BrushLook; colour: Colour; size: string }) | null): void
  /** The border that growing does not cross, from its top left corner; null hides it. */
  setBox(box: (Point & PixelSize) | null): void
  /** Lines that a tool has drawn; null hides them. */
  setSketch(sketch: Sketch | null): void
  setTextVisible(visible: boolean): void
}

const inset = 10
const textStyle =
  'position:absolute;color:#e6e9ee;font:500 0.75rem/1rem "Inter Variable",Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums;' +
  // Blurred shadows would be most of the work of a scroll where there is no graphics card.
  'text-shadow:1px 1px #000,1px -1px #000,-1px 1px #000,-1px -1px #000,0 2px #000;white-space:pre'
/** Shapes that follow the hand are layers of their own, so that the browser moves them without drawing them anew. */
const movingStyle = 'position:absolute;left:0;top:0;box-sizing:border-box;will-change:transform;display:none'
const lineColour = `${palette.teal}8c`

const planeNames: Readonly<Record<Plane, string>> = { axial: 'Axial', sagittal: 'Sagittal', coronal: 'Coronal' }

export function createAnnotations(): Annotations {
  const root = document.createElement('div')
  // What is written goes by the room of its view, see app.css.
  root.style.cssText = 'position:absolute;inset:0;overflow:hidden;pointer-events:none;user-select:none;container-type:inline-size'
  const moving = (style: string, part: string) => {
    const element = document.createElement('div')
    element.style.cssText = `${movingStyle};${style}`
    element.dataset.part = part
    root.append(element)
    return element
  }
  const across = moving(`width:100%;height:1px;background:${lineColour}`, 'across')
  const down = moving(`width:1px;height:100%;background:${lineColour}`, 'down')
  const box = moving('border:1px dashed #8ce276;box-shadow:0 0 0 1px rgb(0 0 0 / 0.5)', 'box')
  const brush = moving('border-radius:50%', 'brush')
  const brushSize = moving(textStyle, 'brushSize')
  const sketching = createSketchDrawing()
  const texts = document.createElement('div')
  root.append(sketching.root, texts)
  const label = (style: string, part: string) => {
    const element = document.createElement('div')
    element.style.cssText = `${textStyle};${style}`
    element.dataset.part = part
    texts.append(element)
    return element
  }
  const slice = label(`left:${inset}px;top:${inset}px`, 'slice')
  const planeName = document.createElement('span')
  planeName.dataset.part = 'plane'
  const sliceNumber = document.createElement('span')
  slice.append(planeName, sliceNumber)
  const greyWindow = label(`right:${inset}px;bottom:${inset}px;text-align:right`, 'window')
  const inverted = document.createElement('span')
  const greyLevels = document.createElement('span')
  greyLevels.dataset.part = 'levels'
  greyWindow.append(inverted, greyLevels)
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
  const measure = document.createElement('div')
  measure.style.cssText = `${textStyle};left:0;top:0;display:none`
  measure.dataset.part = 'measure'
  root.append(measure)
  return {
    root,
    setLetters(edges) {
      for (const edge of ['left', 'right', 'top', 'bottom'] as const) write(letters[edge], edges[edge])
    },
    setSlice(plane, number, count) {
      write(planeName, `${planeNames[plane]}  `)
      write(sliceNumber, `${number} / ${count}`)
    },
    setWindow(levels, isInverted) {
      write(inverted, isInverted ? 'Inverted' : '')
      write(greyLevels, isInverted ? ` (MONOCHROME1)\n${levels}` : levels)
    },
    setScaleBar({ label: text, pixels }) {
      write(length, text)
      rule.style.width = `${pixels}px`
    },
    setCrosshair(point) {
      for (const shape of [across, down]) shape.style.display = point ? '' : 'none'
      if (!point) return
      across.style.transform = `translateY(${Math.round(point.y)}px)`
      down.style.transform = `translateX(${Math.round(point.x)}px)`
    },
    setBrush(circle) {
      brush.style.display = brushSize.style.display = circle ? '' : 'none'
      if (!circle) return
      const radius = Math.max(2, circle.radius)
      write(brushSize, circle.size)
      const corner = radius * Math.SQRT1_2 + 4
      brushSize.style.transform = `translate(${circle.x + corner}px, ${circle.y + corner}px)`
      brush.style.width = brush.style.height = `${2 * radius}px`
      brush.style.border = `${brushLines[circle.look]} ${circle.look === 'erase' ? '#fff' : `rgb(${circle.colour.join(' ')})`}`
      brush.style.transform = `translate(${circle.x - radius}px, ${circle.y - radius}px)`
    },
    setBox(place) {
      box.style.display = place ? '' : 'none'
      if (!place) return
      box.style.width = `${place.width}px`
      box.style.height = `${place.height}px`
      box.style.transform = `translate(${place.x}px, ${place.y}px)`
    },
    setSketch(sketch) {
      sketching.draw(sketch)
      measure.style.display = sketch?.label ? '' : 'none'
      if (!sketch?.label) return
      write(measure, sketch.label.text)
      measure.style.transform = `translate(${sketch.label.x + 10}px, ${sketch.label.y + 8}px)`
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

/** The lines of a sketch: a dark rim below each, so that it is seen on bright tissue too. */
function createSketchDrawing(): { root: SVGSVGElement; draw(sketch: Sketch | null): void } {
  const root = createShape('svg', { width: '100%', height: '100%' })
  root.style.cssText = 'position:absolute;inset:0;overflow:hidden;display:none'
  root.dataset.part = 'sketch'
  const rim = createShape('path', { fill: 'none', stroke: '#000', 'stroke-width': '3.5', 'stroke-opacity': '0.55' })
  const line = createShape('path', { fill: 'none', 'stroke-width': '1.5' })
  const closing = createShape('path', {
    fill: 'none',
    'stroke-width': '1.25',
    'stroke-dasharray': '4 4',
    'stroke-opacity': '0.85',
  })
  const handles = createShape('path', { stroke: '#000', 'stroke-width': '1' })
  root.append(rim, closing, line, handles)
  return {
    root,
    draw(sketch) {
      root.style.display = sketch ? '' : 'none'
      if (!sketch) return
      const colour = sketch.erases ? '#ffffff' : '#ffd166'
      const way = (points: readonly Point[]) => points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')
      rim.setAttribute('d', way(sketch.line))
      line.setAttribute('d', way(sketch.line))
      closing.setAttribute('d', way(sketch.closing))
      handles.setAttribute('d', sketch.handles.map(({ x, y }) => `M${x - 3.5} ${y - 3.5}h7v7h-7z`).join(''))
      for (const shape of [line, closing]) shape.setAttribute('stroke', colour)
      handles.setAttribute('fill', colour)
    },
  }
}

function createShape<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
  return element
}
