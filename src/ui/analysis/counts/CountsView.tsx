import { Button, CloseButton, NumberInput, TextInput } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { countsBenefitFigure, rocPointsFigure, type NamedFigures } from '../../../charts/countsFigures.ts'
import type { ChartTheme } from '../../../charts/theme.ts'
import type { Counts } from '../../../core/evaluate/classification.ts'
import { countsFromRates } from '../../../core/evaluate/countsFromRates.ts'
import { readCounts, type Ratio, type Share } from '../../../core/evaluate/readThreshold.ts'
import { programServer } from '../../../io/programServer.ts'
import { sayError } from '../../../messages/say.ts'
import { emptyTable, typedCountsOf, wholeCounts, type TypedTable } from '../../../state/analysis/typedCounts.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { formatFixed } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { BenefitLegend } from '../charts/BenefitLegend.tsx'
import { FigureCard } from '../charts/FigureCard.tsx'
import './counts.css'
import { luoMatrices } from './luoMatrices.ts'

const level = 0.95

const cells: readonly { readonly cell: keyof Counts; readonly label: string; readonly title: string }[] = [
  { cell: 'truePositives', label: 'TP', title: 'True positives: positive and called so' },
  { cell: 'falseNegatives', label: 'FN', title: 'False negatives: positive and missed' },
  { cell: 'falsePositives', label: 'FP', title: 'False positives: negative and called positive' },
  { cell: 'trueNegatives', label: 'TN', title: 'True negatives: negative and called so' },
]

const shares = [
  { figure: 'accuracy', label: 'ACC' },
  { figure: 'sensitivity', label: 'SEN' },
  { figure: 'specificity', label: 'SPE' },
  { figure: 'ppv', label: 'PPV' },
  { figure: 'npv', label: 'NPV' },
] as const

const ratios = [
  { figure: 'positiveRatio', label: 'LR+' },
  { figure: 'negativeRatio', label: 'LR−' },
] as const

/** Four counts that somebody typed, and all that they say. */
export function CountsView() {
  const session = useSession()
  const store = typedCountsOf(session)
  const tables = useStore(store, (state) => state.tables)
  const chosen = useStore(store, (state) => state.chosen)
  const { open, add } = store.getState()
  const [problem, setProblem] = useState<string | null>(null)
  const whole = useMemo(
    () =>
      tables.flatMap((table) => {
        const counts = wholeCounts(table)
        return counts && sum(counts) > 0
          ? [{ id: table.id, name: table.name || 'unnamed', figures: readCounts(counts, level) }]
          : []
      }),
    [tables],
  )
  const at = whole.findIndex(({ id }) => id === chosen)
  const save = () => {
    setProblem(null)
    programServer
      .load(() => import('../charts/saveFigure.ts'))
      .then(({ saveCsv }) => saveCsv('counts', tabulate(whole)))
      .catch((error: unknown) => setProblem(sayError(error)))
  }
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What do four counts say?
          </h1>
          <p className="dim">
            Of a paper or of a ward: who was positive and called so, missed, alarmed in vain, spared.{' '}
            {formatFixed(100 * level, 0)} % intervals are Clopper and Pearson’s, of likelihood ratios Simel’s.
          </p>
        </div>
        <Button disabled={whole.length === 0} onClick={save}>
          Save CSV
        </Button>
        <Button onClick={() => open(false)}>Back</Button>
      </header>
      {problem !== null && (
        <Notice kind="error" onClose={() => setProblem(null)}>
          Nothing was saved: {problem}
        </Notice>
      )}
      <section className="card tableCard countsCard" aria-label="Counts">
        <div className="analysisScroll" tabIndex={0} role="region" aria-label="Counts and what they say">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                {cells.map(({ cell, label, title }) => (
                  <th key={cell} scope="col" className="number" title={title}>
                    {label}
                  </th>
                ))}
                {[...shares, ...ratios].map(({ figure, label }) => (
                  <th key={figure} scope="col" className="number">
                    {label}
                  </th>
                ))}
                <th scope="col">
                  <span className="visuallyHidden">Take out</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {tables.map((table) => (
                <CountsRow key={table.id} table={table} isChosen={table.id === chosen} />
              ))}
            </tbody>
          </table>
        </div>
        <div className="row countsAdd">
          <Button onClick={() => add([emptyTable])}>Another table</Button>
          <Button onClick={() => add(luoMatrices)}>The twelve of Luo et al. 2024</Button>
          <FromRates />
        </div>
      </section>
      {at >= 0 && (
        <FailureBoundary>
          <Figures whole={whole} at={at} />
        </FailureBoundary>
      )}
      {at < 0 && <p className="dim">A row whose four counts are typed is drawn here.</p>}
    </div>
  )
}

const sum = (counts: Counts) => Object.values(counts).reduce((total, count) => total + count, 0)

function CountsRow({ table, isChosen }: { table: TypedTable; isChosen: boolean }) {
  const store = typedCountsOf(useSession())
  const { change, choose, remove } = store.getState()
  const counts = wholeCounts(table)
  const figures = counts && sum(counts) > 0 ? readCounts(counts, level) : null
  const named = table.name || 'unnamed'
  return (
    <tr aria-selected={isChosen} onFocus={() => choose(table.id)}>
      <th scope="row">
        <TextInput
          aria-label="Name of the table"
          placeholder="Name"
          value={table.name}
          onChange={(event) => change(table.id, { name: event.currentTarget.value })}
        />
      </th>
      {cells.map(({ cell, label }) => (
        <td key={cell}>
          <NumberInput
            aria-label={`${label} of ${named}`}
            value={table.counts[cell] ?? ''}
            min={0}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            onChange={(value) =>
              change(table.id, { counts: { ...table.counts, [cell]: typeof value === 'number' ? value : null } })
            }
          />
        </td>
      ))}
      {shares.map(({ figure }) => (
        <td key={figure} className="number">
          {figures && <ShareCell share={figures[figure]} />}
        </td>
      ))}
      {ratios.map(({ figure }) => (
        <td key={figure} className="number">
          {figures && <RatioCell ratio={figures[figure]} />}
        </td>
      ))}
      <td>
        <CloseButton size="sm" aria-label={`Take out ${named}`} onClick={() => remove(table.id)} />
      </td>
    </tr>
  )
}

function ShareCell({ share: { estimate, interval } }: { share: Share }) {
  if (Number.isNaN(estimate)) return <span title="Of nobody there is no share">–</span>
  return (
    <>
      <b>{formatFixed(estimate, 3)}</b>{' '}
      <span className="dim block">{`${formatFixed(interval.lower, 3)}–${formatFixed(interval.upper, 3)}`}</span>
    </>
  )
}

function RatioCell({ ratio: { estimate, interval } }: { ratio: Ratio }) {
  if (!Number.isFinite(estimate)) return <span title="Divided by 0">–</span>
  const hasInterval = !Number.isNaN(interval.lower)
  return (
    <>
      <b>{formatFixed(estimate, 2)}</b>{' '}
      <span className="dim block" title={hasInterval ? undefined : 'A count is 0: there is no interval'}>
        {hasInterval ? `${formatFixed(interval.lower, 2)}–${formatFixed(interval.upper, 2)}` : '–'}
      </span>
    </>
  )
}

/** A paper that prints rates and sizes of the classes has counts as well. */
function FromRates() {
  const store = typedCountsOf(useSession())
  const [typed, setTyped] = useState({ positives: '', negatives: '', sensitivity: '', specificity: '' })
  const numbers = Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text.trim() === '' ? NaN : Number(text.replace(',', '.'))])) as { [Name in keyof typeof typed]: number } // prettier-ignore
  const isSize = (value: number) => Number.isInteger(value) && value > 0
  const isRate = (value: number) => value >= 0 && value <= 1
  const fits =
    isSize(numbers.positives) && isSize(numbers.negatives) && isRate(numbers.sensitivity) && isRate(numbers.specificity)
  const digits = Math.max(...[typed.sensitivity, typed.specificity].map((text) => text.split(/[.,]/)[1]?.length ?? 0))
  const found = fits ? countsFromRates(numbers, Math.max(1, digits)) : null
  const field = (name: keyof typeof typed, label: string) => (
    <TextInput
      key={name}
      w={96}
      aria-label={label}
      placeholder={label}
      inputMode="decimal"
      value={typed[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
    />
  )
  return (
    <div className="row fromRates" role="group" aria-label="From printed rates">
      <span className="dim">or from rates:</span>
      {field('positives', 'n positive')}
      {field('negatives', 'n negative')}
      {field('sensitivity', 'SEN')}
      {field('specificity', 'SPE')}
      <Button
        disabled={!found}
        onClick={() => {
          if (found) store.getState().add([{ name: 'from rates', counts: found.counts }])
          setTyped({ positives: '', negatives: '', sensitivity: '', specificity: '' })
        }}
      >
        Add
      </Button>
      {found && !found.isExact && (
        <span className="warnText">
          No whole numbers give these rates: the nearest are {found.counts.truePositives} of {numbers.positives} and{' '}
          {found.counts.trueNegatives} of {numbers.negatives}.
        </span>
      )}
    </div>
  )
}

function Figures({ whole, at }: { whole: readonly NamedFigures[]; at: number }) {
  const { name, figures } = whole[at]
  const hasBoth = figures.sensitivity.trials > 0 && figures.specificity.trials > 0
  const drawable = useMemo(() => whole.filter((one) => one.figures.sensitivity.trials > 0 && one.figures.specificity.trials > 0), [whole]) // prettier-ignore
  const place = drawable.indexOf(whole[at])
  const drawPoints = useCallback((theme: ChartTheme) => (hasBoth ? rocPointsFigure(drawable, place, theme) : null), [hasBoth, drawable, place]) // prettier-ignore
  const drawBenefit = useCallback((theme: ChartTheme) => (hasBoth ? countsBenefitFigure(figures, theme) : null), [hasBoth, figures]) // prettier-ignore
  const empty = 'Without positive or without negative patients there is no point to draw.'
  return (
    <div className="chartRow countsFigures">
      <FigureCard
        title="ROC point"
        aside={`${name}; 95 % CI of both rates`}
        name="roc-point"
        ratio={1}
        draw={drawPoints}
        label={`Sensitivity and specificity of ${drawable.map((one) => one.name).join(', ')}`}
        tabulate={() => tabulate(whole)}
        empty={empty}
      />
      <FigureCard
        title="Net benefit"
        aside={`${name}; at its own prevalence`}
        name="net-benefit-of-counts"
        ratio={1}
        draw={drawBenefit}
        label={`Net benefit of the calls of ${name} over threshold probabilities, with treating all and nobody`}
        tabulate={() => tabulate([whole[at]])}
        empty={empty}
      >
        <BenefitLegend />
      </FigureCard>
    </div>
  )
}

function tabulate(whole: readonly NamedFigures[]) {
  return {
    columns: ['name', ...cells.map(({ label }) => label), ...[...shares, ...ratios].flatMap(({ label }) => [label, `${label} lower`, `${label} upper`])], // prettier-ignore
    rows: whole.map(({ name, figures }) => [name, ...cells.map(({ cell }) => figures.counts[cell]), ...[...shares, ...ratios].flatMap(({ figure }) => [figures[figure].estimate, figures[figure].interval.lower, figures[figure].interval.upper])]), // prettier-ignore
  }
}
