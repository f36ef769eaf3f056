import { useCallback } from 'react'
import { annealingFigure, annealingPoints, type AnnealingPoint } from '../../../charts/annealingFigure.ts'
import { eliminationFigure } from '../../../charts/eliminationFigure.ts'
import { lassoChoiceFigure, lassoPathFigure } from '../../../charts/lassoFigure.ts'
import { mrmrFigure } from '../../../charts/mrmrFigure.ts'
import type { ChartTheme } from '../../../charts/theme.ts'
import { volcanoFigure } from '../../../charts/volcanoFigure.ts'
import type { StepRecord } from '../../../core/analysis/selectFeatures.ts'
import { formatCount, formatFixed } from '../../shared/formatNumber.ts'
import { FigureCard } from '../charts/FigureCard.tsx'
import { BorutaPanel } from './BorutaPanel.tsx'
import { Help } from '../charts/Help.tsx'
import { DataTable } from '../charts/DataTable.tsx'

interface PanelProps<Method extends StepRecord['method']> {
  readonly step: Extract<StepRecord, { method: Method }>
  readonly nameOf: (name: string) => string
}

/** What a step looked at. */
export function StepPanel({ step, nameOf }: { step: StepRecord; nameOf: (name: string) => string }) {
  switch (step.method) {
    case 'rankSum':
      return <VolcanoPanel step={step} nameOf={nameOf} />
    case 'redundancy':
      return <RedundancyPanel step={step} nameOf={nameOf} />
    case 'boruta':
      return <BorutaPanel step={step} nameOf={nameOf} />
    case 'annealing':
      return <AnnealingPanel step={step} nameOf={nameOf} />
    case 'lasso':
      return <LassoPanel step={step} nameOf={nameOf} />
    case 'mrmr':
      return <MrmrPanel step={step} nameOf={nameOf} />
    case 'elimination':
      return <EliminationPanel step={step} nameOf={nameOf} />
    case 'agreement':
      return <AgreementPanel step={step} nameOf={nameOf} />
  }
}

function VolcanoPanel({ step }: PanelProps<'rankSum'>) {
  const draw = useCallback((theme: ChartTheme) => (step.tested > 0 ? volcanoFigure(step, theme) : null), [step])
  const told = `${formatCount(step.kept.length)} of ${formatCount(step.tested)} below ${step.alpha}`
  return (
    <FigureCard
      title="Volcano"
      aside={`Wilcoxon: ${told}`}
      name="wilcoxon"
      height="fill"
      draw={draw}
      label={`AUC of each feature alone against its P: ${told}, ${formatCount(step.expectedByChance)} expected by chance, ${formatCount(step.keptAfterBh)} after Benjamini and Hochberg`}
      tabulate={() => ({
        columns: ['feature', 'AUC', 'P', 'adjusted P', 'test', 'kept'],
        rows: step.columns.map(({ column, auc, p, adjusted, exact, kept }) => [column, auc, p, adjusted, exact ? 'exact' : 'normal', kept ? 'yes' : 'no']), // prettier-ignore
      })}
      empty="No feature has a P: all are constant."
      tools={
        <Help title="Volcano">
          Each dot is a feature: to the right its values are higher in positive patients, further up the difference is less likely
          by chance. Below the dashed line a feature goes.
        </Help>
      }
    />
  )
}

function RedundancyPanel({ step, nameOf }: PanelProps<'redundancy'>) {
  const dropped = step.columns.filter(({ kept }) => !kept)
  return (
    <section className="card chartCard" aria-label="Redundancy">
      <header>
        <h2>Redundancy</h2>
        <span className="dim ellipsis">
          {formatCount(dropped.length)} repeat a kept one, |ρ| &gt; {step.limit}; {step.keep} stays
        </span>
      </header>
      {dropped.length === 0 ? (
        <div className="chartEmpty">No feature repeats another.</div>
      ) : (
        <DataTable
          title="Redundancy"
          table={{ columns: ['dropped', 'repeats', 'ρ'], rows: dropped.map(({ column, repeats, correlation }) => [nameOf(column), nameOf(repeats!), correlation!]) }} // prettier-ignore
        />
      )}
    </section>
  )
}

function AnnealingPanel({ step, nameOf }: PanelProps<'annealing'>) {
  const draw = useCallback((theme: ChartTheme) => (step.averages.length > 0 ? annealingFigure(step, theme) : null), [step])
  const { metric, folds } = step.options
  const byFolds = new Map(step.details.map(({ name, inBestOfFolds }) => [name, inBestOfFolds]))
  const unbacked = step.kept.filter((name) => byFolds.get(name) === 0)
  const value = step.averages[step.iteration - 1]
  const told = step.iteration > 0 ? `chosen: iteration ${step.iteration}, ${metric} ${formatFixed(value, 3)}` : 'no candidate'
  return (
    <FigureCard
      title="Annealing path"
      aside={`mean ${metric} of ${folds} held-out folds; ${told}`}
      name="annealing"
      height="fill"
      draw={draw}
      label={`Held-out ${metric} by iteration, ${told}, which has ${step.kept.length} features`}
      tabulate={() => ({
        columns: [
          'iteration',
          `held-out ${metric}`,
          'standard error',
          `out-of-bag ${metric}, all training`,
          'features',
          'chosen',
          'what became of it',
          'subset, all training',
        ],
        rows: annealingPoints(step).map((point) => [point.iteration, point.heldOut, point.standardError, point.inside, point.size, point.iteration === step.iteration ? 'yes' : '', tellOutcome(point), point.subset.map(nameOf).join(', ')]), // prettier-ignore
      })}
      empty="Nothing was left to choose from."
      tools={
        <Help title="Annealing">
          A walk over subsets. The line is what held-out patients say of each step, averaged over folds, with its standard error;
          it chooses the iteration, so it is too good. The dashed line is the walk on all training patients, the bars its number
          of features.
        </Help>
      }
    >
      <ul className="modelLegend">
        <li>
          <i className="dash solid accent" /> held out ± SE
        </li>
        <li>
          <i className="dash" /> out of bag, all training
        </li>
        <li>
          <i className="classSwatch negative" /> features
        </li>
        {unbacked.length > 0 && (
          <li className="warnText">
            {unbacked.length === 1 ? 'One kept feature was' : `${unbacked.length} kept features were`} chosen by the final run at
            iteration {step.iteration}, not by folds
          </li>
        )}
      </ul>
    </FigureCard>
  )
}

const outcomes = { improved: 'the best so far', accepted: 'gone on from', discarded: 'not gone on from' } as const

const tellOutcome = ({ outcome, restart }: AnnealingPoint) => (outcome ? `${outcomes[outcome]}${restart ? '; back to the best' : ''}` : '') // prettier-ignore

function LassoPanel({ step, nameOf }: PanelProps<'lasso'>) {
  const { choice, rule, paths } = step
  const drawPath = useCallback((theme: ChartTheme) => (paths.length > 0 ? lassoPathFigure(step, nameOf, theme) : null), [step, paths, nameOf]) // prettier-ignore
  const drawChoice = useCallback((theme: ChartTheme) => lassoChoiceFigure(step, theme), [step])
  const at = `log λ ${formatFixed(Math.log(step.lambda), 2)} (${rule})`
  return (
    <div className="sideBySide">
      <FigureCard
        title="LASSO paths"
        aside={`${step.kept.length} at ${at}`}
        name="lasso-paths"
        height="fill"
        draw={drawPath}
        label={`Coefficients an SD of ${paths.length} features by log lambda; ${step.kept.length} are other than 0 at ${at}`}
        tabulate={() => ({ columns: ['log λ', ...paths.map(({ name }) => name)], rows: choice.lambda.map((lambda, k) => [Math.log(lambda), ...paths.map(({ coefficients }) => coefficients[k])]) })} // prettier-ignore
        empty="No feature enters the path."
      />
      <FigureCard
        title="Choice of λ"
        aside={`${choice.measure}, mean of folds ± SE`}
        name="lasso-choice"
        height="fill"
        draw={drawChoice}
        label={`${choice.measure} of cross-validation by log lambda; the best is at ${formatFixed(Math.log(choice.minimum), 2)}, one standard error from it ${formatFixed(Math.log(choice.oneSe), 2)}`}
        tabulate={() => ({ columns: ['log λ', choice.measure, 'standard error'], rows: choice.lambda.map((lambda, k) => [Math.log(lambda), choice.mean[k], choice.standardError[k]]) })} // prettier-ignore
      />
    </div>
  )
}

function MrmrPanel({ step, nameOf }: PanelProps<'mrmr'>) {
  const draw = useCallback((theme: ChartTheme) => (step.order.length > 0 ? mrmrFigure(step, nameOf, theme) : null), [step, nameOf]) // prettier-ignore
  return (
    <FigureCard
      title="mRMR"
      aside={`${step.options.association}, ${step.options.scheme}; in the order of choice`}
      name="mrmr"
      height="fill"
      draw={draw}
      label={`Relevance and redundancy of the ${step.order.length} features chosen, ${nameOf(step.order[0] ?? '')} first`}
      tabulate={() => ({
        columns: ['feature', 'rank', 'relevance', 'redundancy', 'score', 'dropped'],
        rows: step.details.map(({ name, rank, relevance, redundancy, score, dropped }) => [name, rank ?? NaN, relevance, redundancy ?? NaN, score ?? NaN, dropped ?? '']), // prettier-ignore
      })}
      empty="Every feature is constant."
    />
  )
}

function EliminationPanel({ step }: PanelProps<'elimination'>) {
  const draw = useCallback((theme: ChartTheme) => (step.sizes.length > 0 ? eliminationFigure(step, theme) : null), [step])
  return (
    <FigureCard
      title="Recursive elimination"
      aside={`${step.options.folds} held-out folds; ${step.kept.length} taken`}
      name="elimination"
      height="fill"
      draw={draw}
      label={`Held-out ${step.options.metric} by number of features left; ${step.kept.length} were taken`}
      tabulate={() => ({ columns: ['features', 'mean', ...step.folds.map((_, k) => `fold ${k + 1}`)], rows: step.sizes.map(({ size, mean, folds }) => [size, mean, ...folds]) })} // prettier-ignore
      empty="Nothing was tried."
    />
  )
}

function AgreementPanel({ step, nameOf }: PanelProps<'agreement'>) {
  return (
    <section className="card chartCard" aria-label="Agreement">
      <header>
        <h2>Agreement of the readers</h2>
        <span className="dim ellipsis">
          {step.form} of {formatCount(step.learntFrom.length)} read again; charts stand under Agree
        </span>
      </header>
      <DataTable
        title="Agreement"
        table={{ columns: ['feature', 'ICC, 95 % CI', 'kept'], rows: step.columns.map(({ column, icc, lower, upper, kept }) => [nameOf(column), Number.isNaN(icc) ? '–' : `${formatFixed(icc, 2)}, ${formatFixed(lower, 2)}${lower < 0 ? ' to ' : '–'}${formatFixed(upper, 2)}`, kept ? 'yes' : 'no']) }} // prettier-ignore
      />
    </section>
  )
}
