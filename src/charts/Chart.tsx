import * as Plotly from 'plotly.js-cartesian-dist-min'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { ownerOf, type Figure, type PointOwner } from './figure.ts'
import type { PlotArea } from './plotArea.ts'

/** The rectangle inside the axes, in pixels of the chart. */
export interface AxesBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface ChartProps {
  readonly figure: Figure
  /** What is read to those who cannot see it. */
  readonly label: string
  /** Pixels, or as high as the place it is in; without either it is as high as wide. */
  readonly height?: number | 'fill'
  /** Told of the patient or feature whose point was clicked. */
  readonly onPoint?: (owner: PointOwner) => void
  /** What lies above the figure and moves without it being drawn again. */
  readonly over?: { readonly area: PlotArea; readonly draw: (box: AxesBox) => ReactNode }
}

/** Draws a figure. */
export function Chart({ figure, label, height, onPoint, over }: ChartProps) {
  const element = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<{ readonly width: number; readonly height: number }>()
  /** What plotly is at: it does not stand being cleared away in the middle of it. */
  const drawing = useRef<Promise<unknown>>(Promise.resolve())
  const clicked = useRef(onPoint)
  useEffect(() => {
    clicked.current = onPoint
  })
  useEffect(() => {
    const target = element.current!
    const isFirst = target.firstChild === null
    drawing.current = Plotly.react(target, [...figure.data], figure.layout, { displayModeBar: false, responsive: true }).then(
      (drawn) => {
        if (!isFirst) return
        drawn.on('plotly_click', ({ points: [point] }) => {
          const owner = point && ownerOf(point.data, point.pointIndex)
          if (owner) clicked.current?.(owner)
        })
      },
    )
  }, [figure])
  useEffect(() => {
    const target = element.current!
    const seen = new ResizeObserver(
      ([
        {
          contentRect: { width, height },
        },
      ]) => {
        setSize({ width, height })
        // A place may change its size while the window keeps its own; a figure that was not drawn yet takes the size when it is.
        if (width > 0 && height > 0 && target.firstChild)
          drawing.current = Promise.all([drawing.current, Plotly.Plots.resize(target)])
      },
    )
    seen.observe(target)
    return () => {
      seen.disconnect()
      const last = drawing.current
      const clear = () => {
        if (drawing.current === last) Plotly.purge(target)
      }
      void last.then(clear, clear)
    }
  }, [])
  return (
    <div
      className={`chart${height === undefined ? ' square' : height === 'fill' ? ' fill' : ''}`}
      style={{ height: height === 'fill' ? undefined : height }}
    >
      <div ref={element} className="plot" role="img" aria-label={label} />
      {over && size && size.width > 0 && over.draw(boxOf(over.area, size))}
    </div>
  )
}

function boxOf({ margin }: PlotArea, { width, height }: { readonly width: number; readonly height: number }): AxesBox {
  return {
    left: margin.l,
    top: margin.t,
    width: Math.max(0, width - margin.l - margin.r),
    height: Math.max(0, height - margin.t - margin.b),
  }
}

/** A picture of a figure as a file's content. @param mm how wide it is printed @param dpi dots an inch, of a PNG */
export async function figureImage(figure: Figure, kind: 'svg' | 'png', mm: number, dpi: number, ratio: number): Promise<Blob> {
  // Letters keep their size in print: a CSS pixel is 1/96 inch.
  const width = Math.round((mm / 25.4) * 96)
  const options = { format: kind, width, height: Math.round(width * ratio), scale: kind === 'png' ? dpi / 96 : 1 }
  const url = await Plotly.toImage({ data: [...figure.data], layout: figure.layout }, options)
  const text = url.slice(url.indexOf(',') + 1)
  if (kind === 'svg') return new Blob([decodeURIComponent(text)], { type: 'image/svg+xml' })
  return new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type: 'image/png' })
}
