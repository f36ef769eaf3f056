import * as Plotly from 'plotly.js-cartesian-dist-min'
import { useEffect, useRef } from 'react'
import type { Figure } from './figure.ts'

/** Draws a figure; it is read to those who cannot see it as `label`. */
export function Chart({ figure, label, height }: { figure: Figure; label: string; height: number }) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const target = element.current!
    void Plotly.react(target, [...figure.data], figure.layout, { displayModeBar: false, responsive: true })
  }, [figure])
  useEffect(() => {
    const target = element.current!
    return () => Plotly.purge(target)
  }, [])
  return <div ref={element} role="img" aria-label={label} style={{ height, minWidth: 0 }} />
}
