import type { Zone } from '../../../core/apply/placePatient.ts'
import type { FeatureSummary, ValueSummary } from '../../../core/apply/trainingSummary.ts'
import { formatNumber } from '../../shared/formatNumber.ts'

const size = { width: 300, height: 34, pad: 8 }

/** A patient's value on what the training patients of each class had, by quantiles. */
export function QuantileStrip({ summary, value, zone }: { summary: FeatureSummary; value: number; zone: Zone }) {
  const { quantiles } = summary.all
  const [least, greatest] = [quantiles[0], quantiles[quantiles.length - 1]]
  // A value far outside would press all others together: it stands at the edge, and its number says the rest.
  const reach = 0.12 * (greatest - least) || 1
  const [from, to] = [least - reach, greatest + reach]
  const place = (x: number) => size.pad + ((size.width - 2 * size.pad) * (Math.max(from, Math.min(to, x)) - from)) / (to - from)
  const told = `Training patients ${formatNumber(least, 3)} to ${formatNumber(greatest, 3)}, median ${formatNumber(quantiles[4], 3)}; hers ${formatNumber(value, 4)}`
  return (
    <svg className="quantileStrip" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={told}>
      <title>{told}</title>
      <line className="range" x1={place(least)} x2={place(greatest)} y1={30} y2={30} />
      <ClassBand summary={summary.positive} y={9} kind="positive" place={place} />
      <ClassBand summary={summary.negative} y={21} kind="negative" place={place} />
      <line className={`hers ${zone}`} x1={place(value)} x2={place(value)} y1={3} y2={28} />
      <path className={`hers ${zone}`} d={`M ${place(value)} 27 l -4.5 7 h 9 z`} />
    </svg>
  )
}

interface ClassBandProps {
  readonly summary: ValueSummary
  readonly y: number
  readonly kind: 'positive' | 'negative'
  readonly place: (x: number) => number
}

function ClassBand({ summary: { n, quantiles }, y, kind, place }: ClassBandProps) {
  if (n === 0) return null
  const [low, quarter, median, upper, high] = [1, 3, 4, 5, 7].map((at) => place(quantiles[at]))
  return (
    <g className={kind}>
      <line x1={low} x2={high} y1={y} y2={y} className="whisker" />
      <rect x={quarter} width={Math.max(1.5, upper - quarter)} y={y - 4} height={8} rx={1} />
      <line x1={median} x2={median} y1={y - 4} y2={y + 4} className="median" />
    </g>
  )
}
