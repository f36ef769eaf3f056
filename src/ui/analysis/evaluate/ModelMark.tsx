import { styleOf } from '../../../charts/theme.ts'
import { useChartTheme } from '../charts/useChartTheme.ts'

/** A model's line as it is drawn: by colour and by dash. */
export function ModelMark({ at }: { at: number }) {
  const { colour, dash } = styleOf(useChartTheme(), Math.max(0, at))
  return (
    <svg width={26} height={8} aria-hidden className="modelMark">
      <line
        x1={1}
        x2={25}
        y1={4}
        y2={4}
        stroke={colour}
        strokeWidth={3}
        strokeDasharray={dash === 'solid' ? undefined : dash.replaceAll('px', '')}
      />
    </svg>
  )
}
