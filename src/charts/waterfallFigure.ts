import { ownedBy, type Figure } from './figure.ts'
import { layoutOf, usualMargin } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** Bars are seen one by one up to so many patients. */
const mostApart = 300

export interface ScoredPatient {
  readonly id: string
  readonly score: number
  readonly isPositive: boolean
}

/** Every patient's score, ascending, as a bar from the cut-off: up is called positive, the colour says what was true. */
export function waterfallFigure(patients: readonly ScoredPatient[], cutoff: number, theme: ChartTheme): Figure {
  const sorted = patients.map((patient, row) => ({ ...patient, row })).sort((a, b) => a.score - b.score || a.row - b.row)
  const base = Number.isFinite(cutoff) ? cutoff : 0
  const heights = sorted.map(({ score }) => score - base)
  const [low, high] = [Math.min(0, ...heights), Math.max(0, ...heights)]
  const room = 0.05 * (high - low || 1)
  const bars = (name: string, isPositive: boolean, color: string) => {
    const some = sorted.map((patient, place) => ({ ...patient, place })).filter((patient) => patient.isPositive === isPositive)
    return {
      type: 'bar' as const,
      name,
      x: some.map(({ place }) => place + 1),
      y: some.map(({ score }) => score - base),
      text: some.map(({ id }) => id),
      ...ownedBy('patients', some.map(({ id }) => id)), // prettier-ignore
      customdata: some.map(({ score }) => score),
      textposition: 'none' as const,
      width: sorted.length > mostApart ? 1 : 0.8,
      marker: { color, line: { width: 0 } },
      hovertemplate: `%{text}: score %{customdata:.4g}, ${name}<extra></extra>`,
    }
  }
  const layout = layoutOf({ margin: usualMargin, x: [0, sorted.length + 1], y: [low - room, high + room] }, theme, { x: 'patients, by score', y: 'score less cut-off' }) // prettier-ignore
  return {
    data: [bars('positive', true, theme.positive), bars('negative', false, theme.negative)],
    layout: { ...layout, barmode: 'overlay', bargap: 0 },
  }
}
