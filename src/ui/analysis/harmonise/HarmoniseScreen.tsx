import { useCallback, useMemo, useState } from 'react'
import { aucShiftFigure, strength } from '../../../charts/aucShiftFigure.ts'
import { batchEffectFigure } from '../../../charts/batchEffectFigure.ts'
import { componentsFigure } from '../../../charts/componentsFigure.ts'
import { densityFigure, type BatchValues } from '../../../charts/densityFigure.ts'
import type { ChartTheme } from '../../../charts/theme.ts'
import type { HarmonisationCheck } from '../../../core/analysis/checkHarmonisation.ts'
import type { StudyData } from '../../../core/analysis/studyData.ts'
import { largeEffect } from '../../../core/harmonise/batchEffect.ts'
import { harmoniseColumn } from '../../../core/harmonise/harmoniseColumn.ts'
import { pickColumns } from '../../../core/table/featureTable.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { formatCount, formatFixed } from '../../shared/formatNumber.ts'
import { FeatureChoice } from '../charts/FeatureChoice.tsx'
import { FigureCard } from '../charts/FigureCard.tsx'
import { Help } from '../charts/Help.tsx'
import { StudyWarnings } from '../charts/StudyWarnings.tsx'
import { nameFeatures } from '../featureNames.ts'
import type { AnalysisScreenProps } from '../select/SelectScreen.tsx'
import { BatchLegend } from './BatchLegend.tsx'
import { HarmoniseSettings } from './HarmoniseSettings.tsx'
import './harmonise.css'

export type HarmoniseScreenProps = AnalysisScreenProps & {
  /** With its batches, also where nothing is harmonised by them. */
  readonly study: StudyData
}

/** Do scanners still show? As measured beside as harmonised, from the records. */
export function HarmoniseScreen({ analysis, protocol, onProtocol, actions, study, warnings }: HarmoniseScreenProps) {
  const { harmonisationCheck: check, path } = analysis
  const { harmonisation } = path
  const isHarmonised = harmonisation !== null
  return (
    <div className="main harmoniseScreen">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            Do scanners still show?
          </h1>
          <p className="dim">{tellLearning(analysis.protocol.harmonise.mode, harmonisation?.learntFrom.length ?? null)}</p>
        </div>
        <HarmoniseSettings protocol={protocol} onProtocol={onProtocol} />
        {actions}
      </header>
      <StudyWarnings warnings={warnings} step="harmonise" />
      {check ? (
        <FailureBoundary>
          <Panels check={check} study={study} analysis={analysis} isHarmonised={isHarmonised} />
        </FailureBoundary>
      ) : (
        <p className="card noStep">
          {study.batchOf.size === 0
            ? 'No column of the tables is a batch, or patients lack it. Under Columns a scanner, a protocol or a centre can be made one.'
            : 'One scanner: nothing to harmonise.'}
        </p>
      )}
    </div>
  )
}

function tellLearning(mode: string, learntFrom: number | null): string {
  if (learntFrom === null) return 'Nothing is harmonised: this is how the batches lie as they were measured.'
  const who = `ComBat, learnt from ${formatCount(learntFrom)} patients`
  return mode === 'all patients, labels unseen'
    ? `${who}: of all cohorts, without their outcome.`
    : `${who} of the training cohort.`
}

type PanelProps = { readonly check: HarmonisationCheck; readonly isHarmonised: boolean } & Pick<
  HarmoniseScreenProps,
  'analysis' | 'study'
>

function Panels({ check, study, analysis, isHarmonised }: PanelProps) {
  const batches = useMemo(() => [...new Set(check.outcomes.map(({ batch }) => batch))], [check])
  const byEffect = useMemo(() => {
    const size = (value: number) => (Number.isNaN(value) ? -1 : value)
    return [...check.effects].sort((a, b) => size(b.partialEtaSquared.before) - size(a.partialEtaSquared.before))
  }, [check])
  const nameOf = useMemo(() => nameFeatures(check.effects.map(({ feature }) => feature)), [check])
  const large = (when: 'before' | 'after') => check.effects.filter(({ partialEtaSquared }) => partialEtaSquared[when] >= largeEffect).length // prettier-ignore
  const drawEffects = useCallback((theme: ChartTheme) => batchEffectFigure(check, isHarmonised, theme), [check, isHarmonised])
  /** What is told of harmonised values, where there are such. */
  const after = <Value,>(value: Value): Value[] => (isHarmonised ? [value] : [])
  const drawShift = useCallback((theme: ChartTheme) => aucShiftFigure(check, theme), [check])
  const lost = useMemo(() => findLost(check), [check])
  const tellLoss = ({ feature, before, after }: (typeof lost)[number]) =>
    `${nameOf(feature)} ${formatFixed(strength(before), 2)} → ${formatFixed(strength(after), 2)}`
  return (
    <div className="harmoniseGrid" data-harmonised={isHarmonised}>
      <ComponentsCard check={check} isHarmonised={isHarmonised} when="before" batches={batches} />
      {isHarmonised && <ComponentsCard check={check} isHarmonised when="after" batches={batches} />}
      <FigureCard
        title="Batch effect of every feature"
        name="batch-effect"
        draw={drawEffects}
        label={`Of ${formatCount(check.effects.length)} features the batch explains ${largeEffect} or more in ${large('before')} as measured${isHarmonised ? ` and in ${large('after')} as harmonised` : ''}`}
        tabulate={() => ({
          columns: ['feature', 'partial η² as measured', ...after('harmonised'), 'ε² as measured', ...after('harmonised ')],
          rows: byEffect.map(({ feature, partialEtaSquared, epsilonSquared }) => [
            feature,
            ...[partialEtaSquared, epsilonSquared].flatMap((one) => [one.before, ...after(one.after)]),
          ]),
        })}
        height="fill"
        tools={
          <Help title="the batch effect">
            Partial η²: which share of what covariates leave unexplained lies between batches. From {largeEffect} on it is called
            large. ε² is the same by ranks.
          </Help>
        }
      >
        <ul className="modelLegend">
          <li>
            <i className="swatch measured" /> as measured, <b>{formatCount(large('before'))}</b> large
          </li>
          {isHarmonised && (
            <li>
              <i className="swatch harmonised" /> harmonised, <b>{formatCount(large('after'))}</b>
            </li>
          )}
        </ul>
      </FigureCard>
      <DensityCard {...{ check, study, analysis, isHarmonised, batches, byEffect, nameOf }} />
      {isHarmonised && (
        <FigureCard
          title="Was the outcome harmonised away?"
          name="auc-before-and-after"
          draw={drawShift}
          label={`AUC of ${formatCount(check.aucs.length)} features among the training patients as measured and harmonised; ${lost.length} lost 0.1 or more`}
          tabulate={() => ({
            columns: ['feature', 'AUC as measured', 'AUC harmonised'],
            rows: check.aucs.map(({ feature, before, after }) => [feature, before, after]),
          })}
          height="fill"
          tools={
            <Help title="this comparison">
              Each feature&rsquo;s AUC for the outcome among the training patients. Points far below the diagonal told the outcome
              as measured and no longer do: batch and outcome are entangled there.
            </Help>
          }
        >
          <p className="dim small figureNote">
            {lost.length === 0
              ? 'No feature lost 0.1 of its AUC.'
              : `${formatCount(lost.length)} lost 0.1 or more: ${lost.slice(0, 3).map(tellLoss).join(', ')}${lost.length > 3 ? ' …' : ''}`}
          </p>
        </FigureCard>
      )}
      <OutcomesCard check={check} isHarmonised={isHarmonised} />
    </div>
  )
}

/** Features that tell much less of the outcome than as measured. */
function findLost({ aucs }: HarmonisationCheck) {
  return aucs
    .filter(({ before, after }) => strength(before) - strength(after) >= 0.1)
    .sort((a, b) => strength(b.before) - strength(b.after) - (strength(a.before) - strength(a.after)))
}

interface ComponentsCardProps {
  readonly check: HarmonisationCheck
  readonly isHarmonised: boolean
  readonly when: 'before' | 'after'
  readonly batches: readonly string[]
}

function ComponentsCard({ check: { components }, isHarmonised, when, batches }: ComponentsCardProps) {
  const draw = useCallback(
    (theme: ChartTheme) => components && componentsFigure(components, when, batches, theme),
    [components, when, batches],
  )
  const title = when === 'before' ? 'Patients as measured' : 'Patients harmonised'
  return (
    <FigureCard
      title={title}
      {...(isHarmonised && { aside: 'the same axes in both' })}
      name={`components-${when}`}
      draw={draw}
      label={`${components?.points.length ?? 0} patients along two principal components ${when === 'before' ? 'as measured' : 'harmonised'}, by batch: ${batches.join(', ')}`}
      tabulate={() => ({
        columns: ['id', 'batch', 'cohort', 'component 1', 'component 2'],
        rows: components!.points.map((point) => [point.id, point.batch, point.cohort, ...point[when]]),
      })}
      height="fill"
      ratio={1}
      empty="Fewer than two features vary, or fewer than three patients learn: there are no components."
      tools={
        <Help title={title.toLowerCase()}>
          Each point is a patient, placed by the two directions in which the training patients differ most as measured. Each
          ellipse is one SD of a batch.{' '}
          {isHarmonised ? 'Harmonised, the ellipses should lie over each other.' : 'Where they lie apart, scanners show.'}
        </Help>
      }
    >
      <BatchLegend batches={batches} />
    </FigureCard>
  )
}

interface DensityCardProps extends PanelProps {
  readonly batches: readonly string[]
  readonly byEffect: HarmonisationCheck['effects']
  readonly nameOf: (feature: string) => string
}

function DensityCard({ check, study, analysis, isHarmonised, batches, byEffect, nameOf }: DensityCardProps) {
  const [asked, setAsked] = useState<string | null>(null)
  const feature = asked ?? byEffect[0].feature
  const values = useMemo(() => readByBatch(feature, check, study, analysis, batches), [feature, check, study, analysis, batches])
  const draw = useCallback((theme: ChartTheme) => densityFigure(values, nameOf(feature), theme), [values, feature, nameOf])
  const effect = byEffect.find((one) => one.feature === feature)!.partialEtaSquared
  return (
    <FigureCard
      title="One feature"
      name={`density-${feature}`}
      draw={draw}
      label={`${feature} in each batch: ${values.map(({ batch, before }) => `${batch}, ${before.length} patients`).join('; ')}`}
      tabulate={() => ({
        columns: ['batch', 'as measured', ...(isHarmonised ? ['harmonised'] : [])],
        rows: values.flatMap(({ batch, before, after }) =>
          before.map((value, i) => [batch, value, ...(after ? [after[i]] : [])]),
        ),
      })}
      height="fill"
      empty="This feature does not vary within a batch."
      tools={
        <FeatureChoice
          label="Feature, by batch effect"
          features={byEffect.map((one) => ({ value: one.feature, label: nameOf(one.feature) }))}
          value={feature}
          onChange={setAsked}
        />
      }
    >
      <p className="dim small figureNote">
        {isHarmonised
          ? `Dotted as measured, full harmonised; partial η² ${formatFixed(effect.before, 2)} → ${formatFixed(effect.after, 2)}`
          : `As measured; partial η² ${formatFixed(effect.before, 2)}`}
      </p>
    </FigureCard>
  )
}

/** Of the patients who learn or are judged; values that are missing are left out. */
function readByBatch(
  feature: string,
  { components }: HarmonisationCheck,
  study: StudyData,
  { path, split }: HarmoniseScreenProps['analysis'],
  batches: readonly string[],
): BatchValues[] {
  const { features, batchOf } = study
  const place = new Map(features.ids.map((id, row) => [id, row]))
  const before = pickColumns(features, [feature]).values
  const after = harmoniseColumn(path.harmonisation, features, feature, study)
  const ids = components?.points.map(({ id }) => id) ?? [...split.training, ...split.judged.flatMap((cohort) => cohort.ids)]
  return batches.map((batch) => {
    const rows = ids.filter((id) => batchOf.get(id) === batch).map((id) => place.get(id)!)
    const present = rows.filter((row) => Number.isFinite(before[row]) && Number.isFinite(after[row]))
    return { batch, before: present.map((row) => before[row]), after: path.harmonisation && present.map((row) => after[row]) }
  })
}

function OutcomesCard({ check: { outcomes }, isHarmonised }: Pick<PanelProps, 'check' | 'isHarmonised'>) {
  return (
    <section className="card tableCard" aria-label="Outcome by batch">
      <header>
        <h2>Outcome by batch</h2>
        <span className="dim ellipsis">counted only; {isHarmonised ? 'ComBat does not see it' : 'no step goes by it'}</span>
      </header>
      <div className="analysisScroll" tabIndex={0} role="region" aria-label="Outcome by batch, table">
        <table>
          <thead>
            <tr>
              <th scope="col">Batch</th>
              <th scope="col">Cohort</th>
              <th scope="col" className="number">
                Patients
              </th>
              <th scope="col" className="number">
                Positive
              </th>
            </tr>
          </thead>
          <tbody>
            {outcomes.map(({ batch, cohort, patients, positives }) => (
              <tr key={`${batch}/${cohort}`}>
                <td>{batch}</td>
                <td>{cohort}</td>
                <td className="number">{formatCount(patients)}</td>
                <td className="number">
                  {formatCount(positives)} ({formatFixed((100 * positives) / patients, 1)} %)
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
