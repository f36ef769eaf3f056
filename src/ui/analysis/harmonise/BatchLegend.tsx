import { batchStyle, type BatchStyle } from '../../../charts/batchStyles.ts'
import { useChartTheme } from '../charts/useChartTheme.ts'

/** Shapes as the figures draw them, in a square of 10. */
const shapes: Readonly<Record<BatchStyle['symbol'], string>> = {
  circle: 'M5 1a4 4 0 1 1 0 8a4 4 0 1 1 0-8z',
  square: 'M1.5 1.5h7v7h-7z',
  diamond: 'M5 .5L9.5 5 5 9.5.5 5z',
  cross: 'M3.6 1h2.8v2.6H9v2.8H6.4V9H3.6V6.4H1V3.6h2.6z',
  'triangle-up': 'M5 1l4.3 7.5H.7z',
  x: 'M2.5 1L5 3.5 7.5 1 9 2.5 6.5 5 9 7.5 7.5 9 5 6.5 2.5 9 1 7.5 3.5 5 1 2.5z',
}

export function BatchLegend({ batches }: { batches: readonly string[] }) {
  const theme = useChartTheme()
  return (
    <ul className="modelLegend">
      {batches.map((batch, at) => {
        const { colour, symbol } = batchStyle(theme, at)
        return (
          <li key={batch}>
            <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
              <path d={shapes[symbol]} fill={colour} />
            </svg>{' '}
            <span className="ellipsis">{batch}</span>
          </li>
        )
      })}
    </ul>
  )
}
