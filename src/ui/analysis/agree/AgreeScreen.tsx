import { Button, Slider } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { blandAltmanFigure } from '../../../charts/blandAltmanFigure.ts'
import { iccFigure } from '../../../charts/iccFigure.ts'
import { iccForestFigure, nearThreshold } from '../../../charts/iccForestFigure.ts'
import { iccShareFigure } from '../../../charts/iccShareFigure.ts'
import type { ChartTheme } from '../../../charts/theme.ts'
import type { StudyData } from '../../../core/analysis/studyData.ts'
import { harmoniseColumn } from '../../../core/harmonise/harmoniseColumn.ts'
import { protocolSchema, readingsOf, type Protocol } from '../../../core/protocol/protocol.ts'
import type { AgreementSelection, ColumnAgreement } from '../../../core/select/agreementFilter.ts'
import { iccNames } from '../../../core/select/iccForms.ts'
import { blandAltman } from '../../../core/statistics/blandAltman.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { formatCount, formatFixed } from '../../shared/formatNumber.ts'
import { FeatureChoice } from '../charts/FeatureChoice.tsx'
import { FigureCard } from '../charts/FigureCard.tsx'
import { Help } from '../charts/Help.tsx'
import { StudyWarnings } from '../charts/StudyWarnings.tsx'
import { nameFeatures, partsOfName } from '../featureNames.ts'
import '../harmonise/harmonise.css'
import type { AnalysisScreenProps } from '../select/SelectScreen.tsx'
import './agree.css'

export type AgreeScreenProps = AnalysisScreenProps & { readonly study: StudyData }

/** Would another reader measure the same? */
export function AgreeScreen({ analysis, protocol, onProtocol, actions, study, warnings }: AgreeScreenProps) {
  const step = analysis.path.selection.steps.find((one) => one.method === 'agreement')
  const isOneReader = readingsOf(analysis.protocol.select) === 'one reader twice'
  return (
    <div className="main agreeScreen">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            {isOneReader ? 'Would the reader measure the same again?' : 'Would another reader measure the same?'}
          </h1>
          {step && (
            <p className="dim">
              {iccNames[step.form].shroutFleiss} ({iccNames[step.form].mcGrawWong}), learnt from{' '}
              {formatCount(step.learntFrom.length)} patients of{' '}
              {step.patients === 'training' ? 'training' : 'all cohorts, without their outcome,'} who were read twice{' '}
              {isOneReader ? 'by one reader: another reader may differ more.' : 'by two readers.'}
            </p>
          )}
        </div>
        {actions}
      </header>
      <StudyWarnings warnings={warnings} step="agree" />
      {step ? (
        <FailureBoundary>
          <Panels
            isOneReader={isOneReader}
            step={step}
            analysis={analysis}
            study={study}
            protocol={protocol}
            onProtocol={onProtocol}
          />
        </FailureBoundary>
      ) : (
        <p className="card noStep">
          {study.secondReader
            ? 'The protocol asks for no agreement of the readers: every feature goes on. Under Select, “Agreement of the readers” can be added as a step.'
            : 'Nobody was read twice. Give the features of a second reader, or of the same one a second time, in the table, with a column that names the reading; or go on without: every feature does.'}
        </p>
      )}
    </div>
  )
}

type PanelsProps = Omit<AgreeScreenProps, 'actions' | 'warnings'> & {
  readonly step: AgreementSelection
  readonly isOneReader: boolean
}

function Panels({ step, isOneReader, analysis, study, protocol, onProtocol }: PanelsProps) {
  const [threshold, setThreshold] = useState(step.threshold)
  const nameOf = useMemo(() => nameFeatures(step.columns.map(({ column }) => column)), [step])
  const counts = useMemo(() => countPassing(step, threshold), [step, threshold])
  const drawHistogram = useCallback((theme: ChartTheme) => iccFigure(step, threshold, theme), [step, threshold])
  const drawForest = useCallback(
    (theme: ChartTheme) => iccForestFigure(step, threshold, nameOf, theme),
    [step, threshold, nameOf],
  )
  const shares = useMemo(() => shareByKind(step, threshold), [step, threshold])
  const drawShares = useCallback((theme: ChartTheme) => iccShareFigure(shares, theme), [shares])
  const { columns } = step
  return (
    <div className="agreeGrid">
      <FigureCard
        title="Agreement of every feature"
        name="icc"
        draw={drawHistogram}
        label={`ICC of ${formatCount(columns.length)} features: ${counts.passed} above ${threshold}, ${counts.failed} not, ${counts.undefinedOnes} without an ICC`}
        tabulate={() => ({
          columns: ['feature', 'ICC', 'lower', 'upper', 'patients', 'passes'],
          rows: columns.map((one) => [one.column, one.icc, one.lower, one.upper, one.patients, passes(one, step, threshold) ? 'yes' : 'no']), // prettier-ignore
        })}
        height="fill"
        tools={
          <Help title="the agreement">
            The intraclass correlation says how much of a feature&rsquo;s spread lies between patients rather than between
            readings. 1: {isOneReader ? 'the reader measures the same both times' : 'both readers measure the same'}.
          </Help>
        }
      >
        <div className="iccThreshold">
          <Slider
            thumbLabel="Threshold of the ICC"
            min={0}
            max={1}
            step={0.01}
            value={threshold}
            onChange={setThreshold}
            label={null}
            thumbProps={{ 'aria-valuetext': `above ${formatFixed(threshold, 2)}: ${counts.passed} features pass` }}
          />
          <output>{formatFixed(threshold, 2)}</output>
          <Button
            size="compact-xs"
            disabled={threshold === step.threshold}
            onClick={() => onProtocol(withThreshold(protocol, threshold))}
          >
            Use
          </Button>
        </div>
        <p className="dim small iccNote">
          {formatCount(counts.passed)} pass, {formatCount(counts.failed)} do not, {formatCount(counts.undefinedOnes)} have no ICC.{' '}
          {step.on === 'estimate'
            ? `${formatCount(counts.onLowerBound)} would pass on the lower bound.`
            : `Judged by the lower bound; ${formatCount(counts.onEstimate)} would pass on the estimate.`}
        </p>
      </FigureCard>
      <FigureCard
        title="Around the threshold"
        aside="95 % intervals"
        name="icc-around-the-threshold"
        className="tall"
        draw={drawForest}
        label={`ICC with intervals of the features nearest to ${threshold}`}
        tabulate={() => ({
          columns: ['feature', 'ICC', 'lower', 'upper'],
          rows: nearThreshold(step, threshold).map(({ column, icc, lower, upper }) => [column, icc, lower, upper]),
        })}
        height="fill"
        ratio={1.3}
        empty="No feature has an ICC."
      />
      <FigureCard
        title="Which kinds pass"
        aside={`above ${formatFixed(threshold, 2)}`}
        name="icc-by-kind"
        className="tall"
        draw={drawShares}
        label={`Share of features that pass, by class and image: ${shares.map(({ kind, image, passed, all }) => `${image} ${kind} ${passed} of ${all}`).join('; ')}`}
        tabulate={() => ({
          columns: ['image', 'class', 'pass', 'of'],
          rows: shares.map(({ image, kind, passed, all }) => [image, kind, passed, all]),
        })}
        height="fill"
      />
      <BlandAltmanCard step={step} analysis={analysis} study={study} nameOf={nameOf} />
    </div>
  )
}

interface BlandAltmanCardProps extends Pick<PanelsProps, 'step' | 'analysis' | 'study'> {
  readonly nameOf: (feature: string) => string
}

function BlandAltmanCard({ step, analysis, study, nameOf }: BlandAltmanCardProps) {
  const [asked, setAsked] = useState<string | null>(null)
  const sorted = useMemo(() => [...step.columns].sort((a, b) => (Number.isNaN(a.icc) ? 2 : a.icc) - (Number.isNaN(b.icc) ? 2 : b.icc)), [step]) // prettier-ignore
  const feature = asked ?? sorted[0].column
  const { found, ids } = useMemo(() => readTwice(feature, step, analysis, study), [feature, step, analysis, study])
  const draw = useCallback((theme: ChartTheme) => found && blandAltmanFigure(found, ids, theme), [found, ids])
  return (
    <FigureCard
      title="Two readings"
      name={`bland-altman-${feature}`}
      draw={draw}
      label={
        found
          ? `Bland and Altman's plot of ${feature}: bias ${found.bias.toPrecision(3)}, limits of agreement ${found.limits.map((limit) => limit.toPrecision(3)).join(' to ')}`
          : `${feature} was not read twice`
      }
      tabulate={() => ({
        columns: ['id', 'mean', 'second less first'],
        rows: ids.map((id, i) => [id, found!.means[i], found!.differences[i]]),
      })}
      height="fill"
      empty="Fewer than two patients have this feature of both readers."
      tools={
        <FeatureChoice
          label="Feature, by agreement"
          features={sorted.map(({ column, icc }) => ({ value: column, label: `${Number.isNaN(icc) ? '–' : formatFixed(icc, 2)}  ${nameOf(column)}` }))} // prettier-ignore
          value={feature}
          onChange={setAsked}
        />
      }
    />
  )
}

/** Harmonised as the step saw them. */
function readTwice(feature: string, step: AgreementSelection, { path }: PanelsProps['analysis'], study: StudyData) {
  const { features, secondReader } = study
  if (!secondReader) return { found: null, ids: [] }
  const [first, second] = [features, secondReader].map((table) => {
    const values = harmoniseColumn(path.harmonisation, table, feature, study)
    return new Map(table.ids.map((id, row) => [id, values[row]]))
  })
  const ids = step.learntFrom.filter((id) => Number.isFinite(first.get(id)) && Number.isFinite(second.get(id)))
  return { found: blandAltman(ids.map((id) => first.get(id)!), ids.map((id) => second.get(id)!)), ids } // prettier-ignore
}

const passes = ({ icc, lower }: ColumnAgreement, { on }: AgreementSelection, threshold: number) => (on === 'estimate' ? icc : lower) > threshold // prettier-ignore

function countPassing(step: AgreementSelection, threshold: number) {
  const { columns } = step
  const count = (test: (column: ColumnAgreement) => boolean) => columns.filter(test).length
  const undefinedOnes = count(({ icc }) => Number.isNaN(icc))
  const passed = count((column) => passes(column, step, threshold))
  return {
    passed,
    undefinedOnes,
    failed: columns.length - passed - undefinedOnes,
    onLowerBound: count(({ lower }) => lower > threshold),
    onEstimate: count(({ icc }) => icc > threshold),
  }
}

function shareByKind(step: AgreementSelection, threshold: number) {
  const cells = new Map<string, { kind: string; image: string; passed: number; all: number }>()
  for (const column of step.columns) {
    const { kind, image } = partsOfName(column.column)
    const key = JSON.stringify([image, kind])
    const cell = cells.get(key) ?? { kind, image, passed: 0, all: 0 }
    cells.set(key, { ...cell, all: cell.all + 1, passed: cell.passed + Number(passes(column, step, threshold)) })
  }
  return [...cells.values()]
}

function withThreshold(protocol: Protocol, threshold: number): Protocol {
  return protocolSchema.parse({
    ...protocol,
    select: protocol.select.map((step) => (step.method === 'agreement' ? { ...step, threshold } : step)),
  })
}
