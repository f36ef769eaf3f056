import { SegmentedControl, TextInput } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import {
  borutaColours,
  borutaFigure,
  borutaRunsFigure,
  boxesOf,
  shadowBoxes,
  type ImportanceBox,
} from '../../../charts/borutaFigure.ts'
import type { ChartTheme } from '../../../charts/theme.ts'
import type { BorutaSelection } from '../../../core/select/boruta.ts'
import { formatCount, formatFixed } from '../../shared/formatNumber.ts'
import { Key } from '../../shared/Key.tsx'
import { useChartTheme } from '../charts/useChartTheme.ts'
import { FigureCard } from '../charts/FigureCard.tsx'
import { Help } from '../charts/Help.tsx'
import { LongTable } from '../charts/LongTable.tsx'
import { useKey } from '../charts/useKey.ts'

/** Rejected ones that are drawn beside all that were not. */
const rejectedShown = 30
/** More boxes than a panel has room for are drawn smaller than can be read: the list has them all. */
const mostBoxes = 13

/** Importance of the features against that of their shuffled shadows. */
export function BorutaPanel({ step, nameOf }: { step: BorutaSelection; nameOf: (name: string) => string }) {
  const theme = useChartTheme()
  const [view, setView] = useState<'boxes' | 'runs' | 'all'>('boxes')
  const boxes = useMemo(() => boxesOf(step), [step])
  const shadows = useMemo(() => shadowBoxes(step), [step])
  const shown = useMemo(() => {
    const undecided = boxes.filter(({ kind }) => kind !== 'rejected')
    const rejected = boxes.filter(({ kind }) => kind === 'rejected').slice(0, rejectedShown)
    return [...undecided, ...rejected]
  }, [boxes])
  const drawn = useMemo(() => [...shown.slice(0, mostBoxes - 3), ...shadows], [shown, shadows])
  const draw = useCallback(
    (theme: ChartTheme) => {
      if (step.details.length === 0) return null
      return view === 'runs' ? borutaRunsFigure(step, shown.slice(0, mostBoxes - 3).map(({ name }) => name), nameOf, theme) : borutaFigure(drawn, nameOf, theme) // prettier-ignore
    },
    [step, view, shown, drawn, nameOf],
  )
  useKey('/', () => setView('all'))
  const count = (kind: ImportanceBox['kind']) => boxes.filter((box) => box.kind === kind).length
  const told = `${count('confirmed')} confirmed, ${count('tentative')} tentative, ${formatCount(count('rejected'))} rejected`
  const tools = (
    <>
      <SegmentedControl
        size="xs"
        aria-label="View of Boruta"
        data={[
          { value: 'boxes', label: 'Boxes' },
          { value: 'runs', label: 'Runs' },
          { value: 'all', label: `All ${formatCount(boxes.length)}` },
        ]}
        value={view}
        onChange={(value) => setView(value)}
      />
      <Key>/</Key>
      <Help title="Boruta">
        In each run every feature competes with shuffled copies, its shadows. A hit is a run in which it beats the greatest
        shadow; many hits confirm it, few reject it. The dotted line is the median of the greatest shadow.
      </Help>
    </>
  )
  if (view === 'all')
    return (
      <section className="card chartCard" aria-label="Boruta: all features">
        <header>
          <h2>Boruta</h2>
          <span className="dim ellipsis">{told}</span>
          <span className="grow" />
          {tools}
        </header>
        <BorutaList boxes={boxes} nameOf={nameOf} />
      </section>
    )
  return (
    <FigureCard
      title="Boruta"
      aside={`importance against shadows; ${step.options.trees} trees, ${step.history.length} runs`}
      name={view === 'runs' ? 'boruta-runs' : 'boruta'}
      height="fill"
      draw={draw}
      label={`Importance over ${step.history.length} runs: ${told}`}
      tabulate={() => ({
        columns: ['feature', 'decision', 'hits', 'runs', 'least', 'lower quartile', 'median', 'upper quartile', 'greatest'],
        rows: [...boxes, ...shadows].map(({ name, kind, hits, runs, least, lower, median, upper, greatest }) => [name, kind, kind === 'shadow' ? NaN : hits, runs, least, lower, median, upper, greatest]), // prettier-ignore
      })}
      empty="Nothing was left to compare."
      tools={tools}
    >
      <ul className="modelLegend">
        {(['confirmed', 'tentative', 'rejected', 'shadow'] as const).map((kind) => (
          <li key={kind}>
            <i className="classSwatch" style={{ background: borutaColours(theme)[kind] }} /> {kind}
          </li>
        ))}
        <li className="dim">hits/runs at the name</li>
      </ul>
    </FigureCard>
  )
}

/** Every feature, searched. */
function BorutaList({ boxes, nameOf }: { boxes: readonly ImportanceBox[]; nameOf: (name: string) => string }) {
  const theme = useChartTheme()
  const [search, setSearch] = useState('')
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = boxes.filter(({ name }) => words.every((word) => `${name} ${nameOf(name)}`.toLowerCase().includes(word)))
  return (
    <>
      <div className="row searchRow">
        <TextInput
          autoFocus
          aria-label="Search features"
          placeholder="Search features"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <span className="dim" role="status">
          {formatCount(found.length)} of {formatCount(boxes.length)}
        </span>
      </div>
      <LongTable
        label="All features"
        className="tableCard dataTable"
        head={
          <>
            <th scope="col">Feature</th>
            <th scope="col">Decision</th>
            {['Hits/runs', 'Median', 'Least', 'Greatest'].map((name) => (
              <th scope="col" className="number" key={name}>
                {name}
              </th>
            ))}
          </>
        }
        count={found.length}
        row={(index) => {
          const { name, kind, hits, runs, median, least, greatest } = found[index]
          return (
            <>
              <td title={name}>{nameOf(name)}</td>
              <td>
                <i className="classSwatch inline" style={{ background: borutaColours(theme)[kind] }} /> {kind}
              </td>
              <td className="number">
                {hits}/{runs}
              </td>
              {[median, least, greatest].map((value, k) => (
                <td className="number" key={k}>
                  {formatFixed(value, 2)}
                </td>
              ))}
            </>
          )
        }}
      />
    </>
  )
}
