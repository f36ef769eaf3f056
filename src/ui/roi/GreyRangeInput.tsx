import { NumberInput, RangeSlider } from '@mantine/core'
import { useState } from 'react'
import type { LevelHistogram } from '../../core/mask/grow/contourFromBubbles.ts'

interface GreyRange {
  readonly low: number
  readonly high: number
}

/** Voxels by grey level, and a range of them that is set by handles or typed; what is set is told when the hand lets go. */
export function GreyRangeInput({
  levels,
  range,
  isInverted,
  onChange,
}: {
  levels: LevelHistogram
  range: GreyRange
  isInverted: boolean
  onChange: (range: GreyRange) => void
}) {
  const [draft, setDraft] = useState<Partial<GreyRange>>({})
  const { low, high } = { ...range, ...draft }
  const isWrong = low >= high
  const { lowest, highest, counts } = levels
  const span = highest > lowest ? highest - lowest : 1
  const step = span / 200
  const most = Math.sqrt(Math.max(1, ...counts))
  const share = (level: number) => Math.min(1, Math.max(0, (level - lowest) / span))
  const isTaken = (bar: number) => {
    const level = lowest + ((bar + 0.5) / counts.length) * span
    return (level >= low && level <= high) !== isInverted
  }
  const take = () => {
    if (isWrong) return
    setDraft({})
    if (low !== range.low || high !== range.high) onChange({ low, high })
  }
  const end = (which: 'low' | 'high', label: string) => (
    <NumberInput
      aria-label={label}
      hideControls
      error={isWrong}
      decimalScale={span < 10 ? 3 : 1}
      value={which === 'low' ? low : high}
      onChange={(entered) => typeof entered === 'number' && setDraft({ ...draft, [which]: entered })}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  )
  return (
    <div className="greyRange">
      <svg viewBox={`0 0 ${counts.length} 40`} preserveAspectRatio="none" role="img" aria-label="Voxels by grey level">
        {counts.map((count, bar) => (
          // By the root: the many voxels of the background would leave the tumour's no height.
          <rect
            key={bar}
            className={isTaken(bar) ? 'taken' : undefined}
            x={bar}
            width={0.9}
            y={40 - (40 * Math.sqrt(count)) / most}
            height={(40 * Math.sqrt(count)) / most}
          />
        ))}
      </svg>
      <RangeSlider
        size="xs"
        label={null}
        min={lowest}
        max={lowest + span}
        step={step}
        minRange={step}
        inverted={isInverted}
        thumbFromLabel="Lower end of the range"
        thumbToLabel="Upper end of the range"
        value={[lowest + share(low) * span, lowest + share(high) * span]}
        // The end that was not moved may lie beyond the levels of the box: it stays there.
        onChange={([from, to]) =>
          setDraft({
            low: from === lowest + share(low) * span ? low : from,
            high: to === lowest + share(high) * span ? high : to,
          })
        }
        onChangeEnd={take}
      />
      <div className="row wide" style={{ flexWrap: 'nowrap' }}>
        {end('low', 'Lowest grey level of the contour')}
        {end('high', 'Highest grey level of the contour')}
      </div>
      {isWrong && <p className="dim">The lower end must be below the upper one.</p>}
    </div>
  )
}
