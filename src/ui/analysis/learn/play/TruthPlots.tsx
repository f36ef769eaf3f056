import { useMemo, type ReactNode } from 'react'
import { binormalAuc, type Belief, type Binormal } from '../../../../core/evaluate/binormal.ts'
import { quantile } from '../../../../core/numeric/quantile.ts'
import type { DrawnStudy, Line } from '../../../../core/simulate/drawStudies.ts'
import { formatCount, formatFixed } from '../../../shared/formatNumber.ts'
import type { ChartTable } from '../../charts/DataTable.tsx'
import { Plot } from '../plot/Plot.tsx'
import { pathOf, type Range, type Scale } from '../plot/scale.ts'
import { ticksOf } from '../../../../core/numeric/ticks.ts'
import { quarters, unit } from '../plot/ticks.ts'
import { benefitLine, calibrationLine, precisionLine, rocLine, treatAllLine } from './truthLines.ts'

export interface TruthPlotProps {
  readonly truth: Binormal
  readonly studies: readonly DrawnStudy[]
  readonly aside?: string
  readonly notice?: ReactNode
  readonly className?: string
  /** What moves above it. */
  readonly over?: (scale: Scale) => ReactNode
}

type Curve = 'roc' | 'precision' | 'calibration' | 'benefit'

/** One study a thin line, the first of them bold; above them the truth. */
function Studies({ studies, curve, scale }: { studies: readonly DrawnStudy[]; curve: Curve; scale: Scale }) {
  const paths = useMemo(() => studies.map((study) => pathOf(study[curve], scale)), [studies, curve, scale])
  return (
    <>
      {paths.slice(1).map((path, i) => (
        <path key={i} className="sampleLine" d={path} />
      ))}
      {paths.length > 0 && <path className="firstLine" d={paths[0]} />}
    </>
  )
}

const given = ({ aside, notice, className }: TruthPlotProps) => ({
  ...(aside !== undefined && { aside }),
  ...(notice !== undefined && { notice }),
  ...(className !== undefined && { className }),
})

const tabulate = (columns: readonly [string, string], line: Line) => (): ChartTable => ({
  columns,
  rows: line.x.map((x, i) => [x, line.y[i]]),
})

export function RocPlot(props: TruthPlotProps) {
  const { truth, studies, over } = props
  const line = useMemo(() => rocLine(truth), [truth])
  const [first] = studies
  const area = formatFixed(binormalAuc(truth), 2)
  return (
    <Plot
      title="ROC"
      {...given(props)}
      label={`ROC curve; true area ${area}${first ? `, of the first study ${formatFixed(first.auc.auc, 2)}` : ''}`}
      x={{ range: unit, title: '1 − specificity', ticks: quarters }}
      y={{ range: unit, title: 'sensitivity', ticks: quarters }}
      tabulate={tabulate(['1 − specificity', 'sensitivity'], line)}
      draw={(scale) => (
        <>
          <path className="chanceLine" d={pathOf({ x: unit, y: unit }, scale)} />
          <Studies studies={studies} curve="roc" scale={scale} />
          <path className="truthLine" d={pathOf(line, scale)} data-testid="roc-truth" />
          <g className="plotText" textAnchor="end" transform={`translate(${scale.width - 8} ${scale.height - 30})`}>
            <text>
              truth <tspan className="strong" data-testid="true-auc">{area}</tspan>
            </text>
            {first && (
              <text y={18} className="ofFirst">
                {studies.length > 1 ? 'first study' : 'this study'} <tspan data-testid="first-auc">{formatFixed(first.auc.auc, 2)}</tspan>
              </text>
            )}
          </g>
          {over?.(scale)}
        </>
      )}
    />
  )
} // prettier-ignore

const binWidth = 0.02

/** How often studies of the same truth report which AUC. */
export function AucPlot(props: TruthPlotProps) {
  const { truth, studies } = props
  const aucs = useMemo(() => studies.map(({ auc }) => auc.auc), [studies])
  const area = binormalAuc(truth)
  const from = Math.min(0.4, Math.floor(10 * Math.min(area, ...aucs)) / 10)
  const counts = new Map<number, number>()
  // Rounding would put 0.58 into the bin below it.
  for (const auc of aucs) {
    const bin = Math.floor(auc / binWidth + 1e-9)
    counts.set(bin, (counts.get(bin) ?? 0) + 1)
  }
  const most = Math.max(2, ...counts.values())
  const central = aucs.length > 1 ? ([quantile(aucs, 0.025), quantile(aucs, 0.975)] as const) : null
  const told = central ? `${formatFixed(central[0], 2)} to ${formatFixed(central[1], 2)}` : ''
  const range: Range = [from, 1]
  const alone = studies.length === 1 ? studies[0] : null
  return (
    <Plot
      title={aucs.length > 1 ? `AUC of ${aucs.length} studies` : 'AUC'}
      {...given(props)}
      label={`AUCs of ${aucs.length} studies; the central 95 % lie from ${told}; the truth is ${formatFixed(area, 2)}`}
      x={{ range, title: 'AUC', ticks: ticksOf(range, 6) }}
      y={{ range: [0, 1.32 * most], title: alone ? '' : 'studies', ticks: alone ? [] : ticksOf([0, most], 3).filter(Number.isInteger) }}
      tabulate={() => ({
        columns: ['study', 'AUC', 'lower', 'upper'],
        rows: studies.map(({ auc: { auc, interval } }, i) => [i + 1, auc, interval.lower, interval.upper]),
      })}
      draw={(scale) => (
        <>
          {!alone && [...counts].map(([bin, count]) => (
            <rect
              key={bin}
              className="sampleBar"
              x={scale.x(bin * binWidth) + 0.5}
              width={Math.max(0, scale.x(from + binWidth) - 1)}
              y={scale.y(count)}
              height={scale.height - scale.y(count)}
            />
          ))}
          <line className="truthLine" x1={scale.x(area)} x2={scale.x(area)} y1={34} y2={scale.height} />
          {alone && <OneAuc auc={alone.auc} scale={scale} />}
          {central && (
            <g>
              <line className="centralBar" x1={scale.x(central[0])} x2={scale.x(central[1])} y1={26} y2={26} />
              <text className="plotText halo" x={Math.max(60, Math.min(scale.width - 62, scale.x((central[0] + central[1]) / 2)))} y={16} textAnchor="middle">
                95 of 100: <tspan data-testid="central">{told}</tspan>
              </text>
            </g>
          )}
        </>
      )}
    />
  )
} // prettier-ignore

/** The only AUC there is, with what it says of itself. */
function OneAuc({ auc: { auc, interval, newcombe, degenerate }, scale }: { auc: DrawnStudy['auc']; scale: Scale }) {
  const { lower, upper } = degenerate ? newcombe : interval
  return (
    <g transform={`translate(0 ${scale.height / 2})`}>
      <line className="centralBar" x1={scale.x(lower)} x2={scale.x(upper)} />
      <circle className="oneAuc" r={6} cx={scale.x(auc)} />
      <text className="plotText halo" x={Math.max(70, Math.min(scale.width - 70, scale.x(auc)))} y={-16} textAnchor="middle">
        {formatFixed(auc, 2)}, 95 % CI {formatFixed(lower, 2)} to {formatFixed(upper, 2)}
      </text>
    </g>
  )
} // prettier-ignore

export function PrecisionPlot(props: TruthPlotProps) {
  const { truth, studies, over } = props
  const line = useMemo(() => precisionLine(truth), [truth])
  const share = `${formatFixed(100 * truth.prevalence, 0)} %`
  return (
    <Plot
      title="Precision and recall"
      {...given(props)}
      label={`Precision over recall at a prevalence of ${share}`}
      x={{ range: unit, title: 'recall (sensitivity)', ticks: quarters }}
      y={{ range: unit, title: 'precision (PPV)', ticks: quarters }}
      tabulate={tabulate(['recall', 'precision'], line)}
      draw={(scale) => (
        <>
          <line className="chanceLine" x2={scale.width} y1={scale.y(truth.prevalence)} y2={scale.y(truth.prevalence)} />
          <Studies studies={studies} curve="precision" scale={scale} />
          <path className="truthLine" d={pathOf(line, scale)} />
          <text className="plotText halo" x={scale.width - 4} y={scale.y(truth.prevalence) + (truth.prevalence < 0.1 ? -8 : 15)} textAnchor="end">
            prevalence {share}
          </text>
          {over?.(scale)}
        </>
      )}
    />
  )
} // prettier-ignore

export function CalibrationPlot(props: TruthPlotProps & { readonly belief: Belief }) {
  const { truth, studies, belief, over } = props
  const line = useMemo(() => calibrationLine(truth, belief), [truth, belief])
  // Those of Cox: of the true logit on the one that is told.
  const slope = formatFixed(1 / belief.slope, 2)
  const intercept = formatFixed(0 - belief.intercept / belief.slope, 2)
  return (
    <Plot
      title="Calibration"
      {...given(props)}
      label={`Observed over predicted risk; slope ${slope}, intercept ${intercept}`}
      x={{ range: unit, title: 'predicted', ticks: quarters }}
      y={{ range: unit, title: 'observed', ticks: quarters }}
      tabulate={tabulate(['predicted', 'observed'], line)}
      draw={(scale) => (
        <>
          <path className="chanceLine" d={pathOf({ x: unit, y: unit }, scale)} />
          <Studies studies={studies} curve="calibration" scale={scale} />
          <path className="truthLine" d={pathOf(line, scale)} />
          <text className="plotText halo" x={scale.width - 8} y={scale.height - 12} textAnchor="end" data-testid="calibration-told">
            slope {slope}, intercept {intercept}
          </text>
          {over?.(scale)}
        </>
      )}
    />
  )
} // prettier-ignore

export function BenefitPlot(props: TruthPlotProps & { readonly belief: Belief }) {
  const { truth, studies, belief, over } = props
  const line = useMemo(() => benefitLine(truth, belief), [truth, belief])
  const { prevalence } = truth
  const least = -0.35 * prevalence
  const range: Range = [least, 1.08 * prevalence]
  const seen = useMemo(() => studies.map((study) => ({ ...study, benefit: above(study.benefit, least) })), [studies, least])
  return (
    <Plot
      title="Decision curve"
      {...given(props)}
      label={`Net benefit over threshold probabilities, with treating all and nobody, at a prevalence of ${formatFixed(100 * prevalence, 0)} %`}
      x={{ range: unit, title: 'threshold probability', ticks: quarters }}
      y={{ range, title: 'net benefit', ticks: ticksOf(range, 4) }}
      tabulate={tabulate(['threshold probability', 'net benefit'], line)}
      draw={(scale) => (
        <>
          <line className="noneLine" x2={scale.width} y1={scale.y(0)} y2={scale.y(0)} />
          <path className="allLine" d={pathOf(treatAllLine(prevalence, least), scale)} />
          <Studies studies={seen} curve="benefit" scale={scale} />
          <path className="truthLine" d={pathOf(above(line, least), scale)} />
          <g className="plotText" textAnchor="end" transform={`translate(${scale.width - 4} 10)`}>
            <text>dashed: treat all</text>
            <text y={16}>grey: treat nobody</text>
          </g>
          {over?.(scale)}
        </>
      )}
    />
  )
} // prettier-ignore

/** What lies under the picture is not drawn. */
const above = ({ x, y }: Line, least: number): Line => ({ x, y: y.map((value) => (value < least ? NaN : value)) })

export const countOf = (studies: readonly DrawnStudy[], patients: number) =>
  `${formatCount(studies.length)} ${studies.length === 1 ? 'study' : 'studies'} of ${formatCount(patients)}`
