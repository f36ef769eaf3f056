import type { PointerEvent, ReactNode } from 'react'
import { believedRisk, riskTurnsAt, type Binormal } from '../../../../core/evaluate/binormal.ts'
import type { DrawnScores } from '../../../../core/simulate/drawStudies.ts'
import { formatCount, formatFixed } from '../../../shared/formatNumber.ts'
import { Plot } from '../plot/Plot.tsx'
import { pathOf, spread, type Range, type Scale } from '../plot/scale.ts'
import { ticksOf } from '../../../../core/numeric/ticks.ts'
import { densityAt, scoreRange } from './truthLines.ts'

export interface ScoresPlotProps {
  readonly truth: Binormal
  readonly first: DrawnScores | null
  readonly aside?: string
  readonly className?: string
  readonly threshold: (scale: Scale) => ReactNode
}

/** Both classes as they truly are, the patients of one study below, and the risk where it turns round. */
export function ScoresPlot({ truth, first, aside, className, threshold }: ScoresPlotProps) {
  const range = scoreRange(truth)
  const scores = spread(range, 201)
  const most = Math.max(densityAt(truth.positive, truth.positive.mean), densityAt(truth.negative, truth.negative.mean))
  const turn = riskTurnsAt(truth)
  const yRange: Range = [-0.4 * most, 1.22 * most]
  const curve = (of: 'positive' | 'negative') => ({ x: scores, y: scores.map((score) => densityAt(truth[of], score)) })
  const positives = first ? first.outcome.reduce((sum, label) => sum + label, 0) : null
  return (
    <Plot
      title="Scores"
      {...(aside !== undefined && { aside })}
      {...(className !== undefined && { className })}
      label={`Scores: positive patients around ${formatFixed(truth.positive.mean, 2)} with SD ${formatFixed(truth.positive.sd, 2)}, negative around ${formatFixed(truth.negative.mean, 2)} with SD ${formatFixed(truth.negative.sd, 2)}`}
      x={{ range, title: 'score', ticks: ticksOf(range, 5) }}
      y={{ range: yRange, title: '', ticks: [] }}
      tabulate={() => ({
        columns: ['score', 'density of positive', 'density of negative', 'risk'],
        rows: scores.map((score) => [score, densityAt(truth.positive, score), densityAt(truth.negative, score), believedRisk(truth, { intercept: 0, slope: 1 }, score)]), // prettier-ignore
      })}
      draw={(scale) => (
        <>
          {(['negative', 'positive'] as const).map((of) => (
            <path key={of} className={`density ${of}`} d={pathOf(curve(of), scale)} />
          ))}
          <line className="base" x2={scale.width} y1={scale.y(0)} y2={scale.y(0)} />
          {turn !== null && <RiskLine truth={truth} scores={scores} turn={turn} scale={scale} most={most} />}
          {first && <Patients first={first} scale={scale} most={most} />}
          {positives !== null && first && (
            <>
              <text x={2} y={10} className="plotText">{`${formatCount(first.outcome.length - positives)} negative`}</text>
              <text x={scale.width - 2} y={10} textAnchor="end" className="plotText">{`${formatCount(positives)} positive`}</text>
            </>
          )}
          {threshold(scale)}
        </>
      )}
    >
      {turn !== null && (
        <p className="plotNote">
          Spreads differ: the risk (dashed) turns round at {formatFixed(turn, 2)}, and the ROC curve has a hook.
        </p>
      )}
    </Plot>
  )
}

function RiskLine({ truth, scores, turn, scale, most }: { truth: Binormal; scores: readonly number[]; turn: number; scale: Scale; most: number }) {
  const asItIs = { intercept: 0, slope: 1 }
  const line = { x: scores, y: scores.map((score) => most * believedRisk(truth, asItIs, score)) }
  return (
    <>
      <path className="riskLine" d={pathOf(line, scale)} />
      <circle className="riskTurn" r={4} cx={scale.x(turn)} cy={scale.y(most * believedRisk(truth, asItIs, turn))} />
    </>
  )
} // prettier-ignore

/** Of many patients as many as can be told apart. */
const mostDots = 400

function Patients({ first: { scores, outcome }, scale, most }: { first: DrawnScores; scale: Scale; most: number }) {
  const by = Math.ceil(scores.length / mostDots)
  return (
    <g>
      {[...scores.keys()].filter((i) => i % by === 0).map((i) => (
        <circle
          key={i}
          r={3}
          className={outcome[i] === 1 ? 'dot positive' : 'dot negative'}
          cx={scale.x(scores[i])}
          // So that neighbours lie apart, by a share of the golden ratio a patient.
          cy={scale.y(-most * (0.08 + 0.24 * ((i * 0.618) % 1)))}
        />
      ))}
    </g>
  )
} // prettier-ignore

/** The threshold as a line that a hand may drag; keys and the slider move it too. */
export function ThresholdLine({ at, scale, range, onMove }: { at: number; scale: Scale; range: Range; onMove(threshold: number): void }) {
  const drag = (event: PointerEvent<SVGGElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId)
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { left } = event.currentTarget.parentElement!.querySelector('.plotAxes .base')!.getBoundingClientRect()
    const share = (event.clientX - left) / scale.width
    onMove(Math.round(100 * Math.max(range[0], Math.min(range[1], range[0] + share * (range[1] - range[0])))) / 100)
  }
  const x = Math.max(0, Math.min(scale.width, scale.x(at)))
  return (
    <g className="slide" transform={`translate(${x} 0)`} data-testid="play-threshold" onPointerDown={drag} onPointerMove={drag}>
      <rect x={-14} width={28} height={scale.height} className="reach" />
      <line y2={scale.height} className="thresholdLine" />
      <circle cy={scale.height} r={6} className="handle" />
    </g>
  )
} // prettier-ignore
