import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { correlationFigure, mostNamed } from '../../../charts/correlationFigure.ts'
import type { ChartTheme } from '../../../charts/theme.ts'
import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { StepRecord } from '../../../core/analysis/selectFeatures.ts'
import type { StudyWarning } from '../../../core/analysis/warnings.ts'
import type { Protocol } from '../../../core/protocol/protocol.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { formatCount, formatFixed } from '../../shared/formatNumber.ts'
import { Key } from '../../shared/Key.tsx'
import { FigureCard } from '../charts/FigureCard.tsx'
import { StudyWarnings } from '../charts/StudyWarnings.tsx'
import { nameFeatures } from '../featureNames.ts'
import { Funnel } from './Funnel.tsx'
import { funnelOf } from './funnel.ts'
import { Help } from '../charts/Help.tsx'
import { KeptTable } from './KeptTable.tsx'
import { SelectionSettings } from './SelectionSettings.tsx'
import { StabilityCard } from './StabilityCard.tsx'
import { StepPanel } from './StepPanel.tsx'
import { useKey } from '../charts/useKey.ts'
import './select.css'

export interface AnalysisScreenProps {
  readonly analysis: Analysis
  /** Of it and its data; a screen shows its own. */
  readonly warnings: readonly StudyWarning[]
  /** As it is edited; the analysis was made by its own. */
  readonly protocol: Protocol
  readonly onProtocol: (protocol: Protocol) => void
  /** What else stands in the head: where to go on. */
  readonly actions?: ReactNode
}

/** How much room a step's panel asks for beside the chosen one. */
const width: Readonly<Record<StepRecord['method'], number>> = { boruta: 3, lasso: 3, mrmr: 2, annealing: 1, elimination: 1, rankSum: 0, redundancy: 0, agreement: -1 } // prettier-ignore

/** Which features earn their place? Everything from the records of the selection. */
export function SelectScreen({ analysis, protocol, onProtocol, actions, warnings }: AnalysisScreenProps) {
  const { path, relations } = analysis
  const { steps, candidates, learntFrom } = path.selection
  // The step that has most to show stands first.
  const [asked, setAsked] = useState<number | null>(null)
  const first = Math.max(0, steps.findLastIndex(({ method }) => method === 'boruta' || method === 'lasso')) // prettier-ignore
  const chosen = Math.min(asked ?? first, Math.max(0, steps.length - 1))
  const nameOf = useMemo(() => nameFeatures(candidates), [candidates])
  const cells = useMemo(() => funnelOf(analysis), [analysis])
  useKey('[', () => setAsked(Math.max(0, chosen - 1)))
  useKey(']', () => setAsked(Math.min(steps.length - 1, chosen + 1)))
  const others = [...steps.keys()].filter((at) => at !== chosen).sort((a, b) => width[steps[b].method] - width[steps[a].method])
  const [below, beside] = others
  const [training] = analysis.evaluation.cohorts
  return (
    <div className="main selectScreen">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            Which features earn their place?
          </h1>
          <p className="dim">
            Learnt from {formatCount(learntFrom.length)} patients of {training.cohort} ({formatCount(training.positives)}{' '}
            positive).
            {analysis.split.judged.length > 0 &&
              ` ${analysis.split.judged.map(({ cohort }) => cohort).join(', ')} ${analysis.split.judged.length === 1 ? 'is' : 'are'} not in this room.`}
          </p>
        </div>
        <span className="dim keysHint">
          <Key>[</Key> <Key>]</Key> step <Key>V</Key> table
        </span>
        <SelectionSettings protocol={protocol} onProtocol={onProtocol} />
        {actions}
      </header>
      <Funnel cells={cells} chosen={chosen} onChoose={setAsked} />
      <FailureBoundary>
        {steps.length === 0 ? (
          <p className="card noStep">
            No step: all {formatCount(candidates.length)} candidates go to training. Steps are added under Edit protocol.
          </p>
        ) : (
          <div className="selectGrid">
            <div className="panelColumn">
              <StepPanel key={chosen} step={steps[chosen]} nameOf={nameOf} />
              {below !== undefined && <StepPanel key={below} step={steps[below]} nameOf={nameOf} />}
            </div>
            <div className="panelColumn">
              {beside !== undefined && <StepPanel key={beside} step={steps[beside]} nameOf={nameOf} />}
              <CorrelationCard relations={relations} nameOf={nameOf} />
            </div>
            <div className="panelColumn side">
              <KeptTable analysis={analysis} nameOf={nameOf} />
              <StabilityCard relations={relations} resampling={analysis.resampling} nameOf={nameOf} />
              <StudyWarnings warnings={warnings} step="select" />
            </div>
          </div>
        )}
      </FailureBoundary>
    </div>
  )
}

function CorrelationCard({ relations, nameOf }: { relations: Analysis['relations']; nameOf: (name: string) => string }) {
  const { correlation } = relations
  const draw = useCallback((theme: ChartTheme) => (correlation && correlation.columns.length > 1 ? correlationFigure(correlation, nameOf, theme) : null), [correlation, nameOf]) // prettier-ignore
  const pairs = correlation
    ? correlation.rho.flatMap((row, i) => row.slice(i + 1).map((rho, k) => ({ i, j: i + 1 + k, rho })))
    : []
  const closest = pairs.reduce<(typeof pairs)[number] | null>((best, pair) => (best === null || Math.abs(pair.rho) > Math.abs(best.rho) ? pair : best), null) // prettier-ignore
  const told = closest && correlation ? `; closest ${nameOf(correlation.columns[closest.i])} and ${nameOf(correlation.columns[closest.j])}, ρ ${formatFixed(closest.rho, 2)}` : '' // prettier-ignore
  return (
    <FigureCard
      title="Correlation"
      aside={
        correlation
          ? `Spearman, ${correlation.columns.length} of the last two steps${correlation.columns.length > mostNamed ? '; names at the pointer and in the table' : ''}`
          : ''
      }
      name="correlation"
      height="fill"
      ratio={0.8}
      draw={draw}
      label={`Rank correlations of ${correlation?.columns.length ?? 0} features${told}`}
      tabulate={() => ({ columns: ['feature', ...correlation!.columns], rows: correlation!.columns.map((name, i) => [name, ...correlation!.rho[i]]) })} // prettier-ignore
      empty="Two features are needed for a correlation."
      tools={
        <Help title="Correlation">
          Spearman’s rank correlation among the training patients, so ordered that what is alike stands together (complete linkage
          of 1 − |ρ|).
        </Help>
      }
    />
  )
}
