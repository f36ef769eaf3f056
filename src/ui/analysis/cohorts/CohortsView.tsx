import { Button, NativeSelect, SegmentedControl, Switch } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { countCohorts, mapMissing, type CohortCounts, type MissingMap } from '../../../core/analysis/cohortOverview.ts'
import type { StudyData } from '../../../core/analysis/studyData.ts'
import { makeTable1 } from '../../../core/cohort/table1.ts'
import type { Protocol } from '../../../core/protocol/protocol.ts'
import { readClinicalVariables } from '../../../io/tables/clinicalVariables.ts'
import { formatTable, isMissing, readColumn, type TextTable } from '../../../io/tables/tableFile.ts'
import { say } from '../../../messages/say.ts'
import { downloadFile } from '../../../state/actions/downloadFile.ts'
import { formatCount, formatFixed } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { ProtocolMenu } from '../study/ProtocolMenu.tsx'
import { flowChartSvg, layOutFlow, textPlace, type FlowChart } from './flowChart.ts'
import { continuousNote, formOfTable1, table1Html } from './table1Form.ts'

/** Who is in, and are the cohorts alike? */
export function CohortsView({ study }: { study: StudyData }) {
  const { studyStore } = useSession()
  const protocol = useStore(studyStore, (state) => state.protocol)!
  const clinical = useStore(studyStore, (state) => state.clinical)!
  const door = useStore(studyStore, (state) => state.door)!
  const notes = useStore(studyStore, (state) => state.notes)
  const withBatches = useMemo(() => nameBatches(study, clinical, protocol), [study, clinical, protocol])
  const cohorts = useMemo(() => countCohorts(withBatches), [withBatches])
  const missing = useMemo(() => mapMissing(study), [study])
  const flow = useMemo(() => {
    const incomplete = new Map(protocol.missing === 'complete cases' ? countIncomplete(study, missing) : [])
    const withoutId = door.check?.counts?.leftOut ?? 0
    const rows = door.features.rowCount
    return layOutFlow({ fileName: door.files.features.name, rows, withoutId, cohorts, training: protocol.cohort.training, incomplete }) // prettier-ignore
  }, [cohorts, door, missing, protocol, study])
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            Who is in, and are the cohorts alike?
          </h1>
          <p className="dim">
            {formatCount(study.features.ids.length)} patients with {formatCount(study.features.columns.length)} features of{' '}
            {door.files.features.name}.
          </p>
        </div>
        <Button onClick={() => studyStore.getState().showColumns(true)}>Columns</Button>
        <ProtocolMenu />
      </header>
      {notes.map((note) => (
        <Notice key={say(note)} kind={note.code === 'ids-of-one-patient' ? 'warn' : 'info'}>
          {say(note)}
        </Notice>
      ))}
      <div className="cohortsGrid">
        <div>
          <FlowCard flow={flow} />
          <MissingCard missing={missing} patients={study.features.ids} />
        </div>
        <div>
          <Table1Card clinical={clinical} protocol={protocol} />
          <BatchCard cohorts={cohorts} protocol={protocol} clinical={clinical} />
        </div>
      </div>
    </div>
  )
}

/** With its batches also where nothing is harmonised by them. */
function nameBatches(study: StudyData, clinical: TextTable, { harmonise }: Protocol): StudyData {
  if (study.batchOf.size > 0 || harmonise.batch.some((column) => !clinical.columns.includes(column))) return study
  const texts = harmonise.batch.map((column) => readColumn(clinical, column))
  return { ...study, batchOf: new Map(clinical.ids.map((id, row) => [id, texts.map((of) => of[row]).join(', ')])) }
}

/** Of those who learn or are judged. */
function countIncomplete({ cohortOf, outcomeOf }: StudyData, { incomplete }: MissingMap): [string, number][] {
  const labelled = incomplete.filter((id) => outcomeOf.has(id)).map((id) => cohortOf.get(id)!)
  return [...new Set(labelled)].map((cohort) => [cohort, labelled.filter((one) => one === cohort).length])
}

function FlowCard({ flow }: { flow: FlowChart }) {
  const { boxes, lines, width, height } = flow
  return (
    <section className="card" aria-label="Flow of patients">
      <header>
        <h2>Flow of patients</h2>
        <span className="grow" />
        <Button size="compact-xs" onClick={() => downloadFile('flow-chart.svg', flowChartSvg(flow), 'image/svg+xml')}>
          SVG
        </Button>
      </header>
      <div className="cardBody">
        <svg
          className="flowChart"
          style={{ maxWidth: width + 2 }}
          viewBox={`-1 -1 ${width + 2} ${height + 2}`}
          role="img"
          aria-label={boxes.map((box) => box.lines.join(': ')).join('; ')}
        >
          {lines.map((path) => (
            <path key={path} d={path} />
          ))}
          {boxes.map((box) => (
            <g key={`${box.x} ${box.y}`}>
              <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={5} />
              {box.lines.map((line, i) => (
                <text key={i} {...textPlace(box, i)} className={i === 0 ? '' : 'dimText'}>
                  {line.length > 34 ? `${line.slice(0, 33)}…` : line}
                </text>
              ))}
            </g>
          ))}
        </svg>
      </div>
    </section>
  )
}

type Grouping = 'cohort' | 'outcome' | 'batch'

function Table1Card({ clinical, protocol }: { clinical: TextTable; protocol: Protocol }) {
  const [by, setBy] = useState<Grouping>('cohort')
  const [withP, setWithP] = useState(true)
  const columns: Record<Grouping, string | undefined> = {
    cohort: protocol.cohort.column,
    outcome: protocol.outcome.column,
    batch: protocol.harmonise.batch.find((column) => clinical.columns.includes(column)),
  }
  const column = columns[by] ?? columns.cohort!
  const made = useMemo(() => {
    const groups = readColumn(clinical, column).map((text) => (isMissing(text) ? null : text))
    const { variables, leftOut } = readClinicalVariables(clinical, { leaveOut: [column] })
    const names = new Set(groups.filter((name) => name !== null))
    // One group is described by itself: nothing is compared.
    const table = names.size > 1 ? makeTable1(groups, variables) : null
    return { form: table && formOfTable1(table), leftOut, withoutGroup: table?.withoutGroup ?? 0 }
  }, [clinical, column])
  const { form, leftOut, withoutGroup } = made
  const saveCsv = () => {
    const rows = form!.lines.map(({ name, isLevel, cells, p, mark }) => [isLevel ? '' : name, isLevel ? name : '', ...cells, ...(withP ? [p, form!.footnotes.find(([one]) => one === mark)?.[1] ?? ''] : [])]) // prettier-ignore
    downloadFile('table1.csv', formatTable(['variable', 'level', ...form!.heads, ...(withP ? ['p', 'test'] : [])], rows), 'text/csv') // prettier-ignore
  }
  return (
    <section className="card tableCard table1" aria-label="Table 1">
      <header>
        <h2>Table 1</h2>
        <SegmentedControl
          aria-label="Groups of Table 1"
          data={[
            { value: 'cohort', label: 'by cohort' },
            { value: 'outcome', label: 'by outcome' },
            ...(columns.batch === undefined ? [] : [{ value: 'batch' as const, label: 'by batch' }]),
          ]}
          value={by}
          onChange={setBy}
        />
        <span className="grow" />
        {form && (
          <>
            <Switch label="P" checked={withP} onChange={(event) => setWithP(event.currentTarget.checked)} />
            <Button size="compact-xs" onClick={() => downloadFile('table1.html', table1Html(form, withP), 'text/html')}>
              HTML
            </Button>
            <Button size="compact-xs" onClick={saveCsv}>
              CSV
            </Button>
          </>
        )}
      </header>
      {!form ? (
        <p className="dim cardBody">One group: nothing to compare.</p>
      ) : (
        <div className="analysisScroll" tabIndex={0} role="region" aria-label={`Table 1 by ${column}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Variable</th>
                {form.heads.map((head) => (
                  <th key={head} scope="col" className="number">
                    {head}
                  </th>
                ))}
                {withP && (
                  <th scope="col" className="number">
                    P
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {form.lines.map(({ name, isLevel, cells, p, mark }, at) => (
                <tr key={at}>
                  {isLevel ? <td className="level">{name}</td> : <th scope="row">{name}</th>}
                  {cells.map((cell, g) => (
                    <td key={g} className="number">
                      {cell}
                    </td>
                  ))}
                  {withP && (
                    <td className="number">
                      {p}
                      {mark && <sup>{mark}</sup>}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
          <p className="dim small footnote">
            {continuousNote} {withP && form.footnotes.map(([mark, test]) => `${mark}: ${test}.`).join(' ')}
            {withoutGroup > 0 && ` ${formatCount(withoutGroup)} patients have no ${column} and are left out.`}
            {leftOut.length > 0 && ` Not shown, as they hold more than 20 different texts: ${leftOut.join(', ')}.`}
          </p>
        </div>
      )}
    </section>
  )
}

const missingChoices: readonly { readonly value: Protocol['missing']; readonly label: string }[] = [
  { value: 'refuse', label: 'stop, and say which' },
  { value: 'drop feature', label: 'leave the features out' },
  { value: 'complete cases', label: 'leave the patients out' },
  { value: 'median of training', label: 'put the median of training in' },
]

/** So many columns are drawn, those that lack most. */
const mostMissing = 24

function MissingCard({ missing, patients }: { missing: MissingMap; patients: readonly string[] }) {
  const { studyStore } = useSession()
  const protocol = useStore(studyStore, (state) => state.protocol)!
  const rowOf = useMemo(() => new Map(patients.map((id, row) => [id, row])), [patients])
  const { columns, incomplete, values } = missing
  if (missing.missing === 0)
    return (
      <section className="card" aria-label="Missing values">
        <header>
          <h2>Missing values</h2>
          <span className="dim">none among {formatCount(values)} values</span>
        </header>
      </section>
    )
  const shown = columns.slice(0, mostMissing)
  const height = 12
  return (
    <section className="card" aria-label="Missing values">
      <header>
        <h2>Missing values</h2>
        <span className="dim">
          {formatCount(missing.missing)} of {formatCount(values)} values, in {formatCount(columns.length)} columns and{' '}
          {formatCount(incomplete.length)} patients
        </span>
      </header>
      <div className="cardBody missingChoice">
        <NativeSelect
          label="What is done with them"
          data={[...missingChoices]}
          value={protocol.missing}
          onChange={(event) => void studyStore.getState().setProtocol({ ...protocol, missing: event.currentTarget.value as Protocol['missing'] })} // prettier-ignore
        />
        <p className="dim small">
          {protocol.missing === 'drop feature' && 'Features that lack a value of a training patient are left out.'}
          {protocol.missing === 'complete cases' && `${formatCount(incomplete.length)} patients are left out.`}
          {protocol.missing === 'median of training' && 'Medians are learnt from the training patients alone.'}
          {protocol.missing === 'refuse' && 'The analysis will not begin: choose one of the three others.'} What would have come
          of another choice stands with the results.
        </p>
        <table className="missingTable">
          <tbody>
            {shown.map(({ name, missing: ids }) => (
              <tr key={name}>
                <th scope="row" className="ellipsis" title={name}>
                  {name}
                </th>
                <td className="number">{formatCount(ids.length)}</td>
                <td>
                  <svg
                    className="missingMap"
                    viewBox={`0 0 ${patients.length} ${height}`}
                    preserveAspectRatio="none"
                    height={height}
                    role="img"
                    aria-label={`${name} is missing in ${ids.length} patients: ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ' …' : ''}`}
                  >
                    <path d={`M0 0H${patients.length}V${height}H0Z`} fill="var(--raised)" />
                    <path d={ids.map((id) => `M${rowOf.get(id)} 0h1v${height}h-1z`).join('')} fill="var(--warn)" />
                  </svg>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {columns.length > shown.length && (
          <p className="dim small">and {formatCount(columns.length - shown.length)} columns that lack fewer</p>
        )}
      </div>
    </section>
  )
}

const harmoniseChoices = [
  { value: 'none', label: 'as measured' },
  { value: 'all patients, labels unseen', label: 'ComBat on all patients, labels unseen' },
  { value: 'training only', label: 'ComBat on training patients only' },
  { value: 'reference', label: 'ComBat on training, new batches join it' },
]

interface BatchCardProps {
  readonly cohorts: readonly CohortCounts[]
  readonly protocol: Protocol
  readonly clinical: TextTable
}

/** Does the outcome differ by scanner, and is a scanner a cohort? */
function BatchCard({ cohorts, protocol, clinical }: BatchCardProps) {
  const { studyStore } = useSession()
  const batches = [...new Set(cohorts.flatMap((cohort) => cohort.batches.map(({ batch }) => batch)))].sort()
  const { harmonise } = protocol
  const isThere = harmonise.batch.every((column) => clinical.columns.includes(column))
  const share = (positives: number, of: number) => (of === 0 ? '–' : `${positives} (${formatFixed((100 * positives) / of, 1)} %)`)
  const setHarmonise = (value: string) =>
    void studyStore.getState().setProtocol({
      ...protocol,
      harmonise: value === 'none' ? { ...harmonise, method: 'none' } : { ...harmonise, method: 'combat', mode: value as typeof harmonise.mode }, // prettier-ignore
    })
  return (
    <section className="card tableCard" aria-label="Cohorts and batches">
      <header>
        <h2>{isThere ? 'Batch, cohort, outcome' : 'Cohort, outcome'}</h2>
        <span className="grow" />
        {isThere && (
          <NativeSelect
            aria-label="How batches are harmonised"
            data={harmoniseChoices}
            value={harmonise.method === 'none' ? 'none' : harmonise.mode}
            onChange={(event) => setHarmonise(event.currentTarget.value)}
          />
        )}
      </header>
      <div className="analysisScroll" tabIndex={0} role="region" aria-label="Patients by batch, cohort and outcome">
        <table>
          <thead>
            <tr>
              <th scope="col">{isThere ? harmonise.batch.join(', ') : ''}</th>
              {cohorts.map(({ cohort }) => (
                <th key={cohort} scope="col" className="number" colSpan={2}>
                  {cohort}: n, positive
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {batches.map((batch) => (
              <tr key={batch}>
                <th scope="row">{batch}</th>
                {cohorts.map(({ cohort, batches }) => {
                  const found = batches.find((one) => one.batch === batch)
                  return <Cells key={cohort} n={found?.patients ?? 0} text={found ? share(found.positives, found.positives + found.negatives) : '–'} /> // prettier-ignore
                })}
              </tr>
            ))}
            <tr>
              <th scope="row">{batches.length > 0 ? 'all' : 'patients'}</th>
              {cohorts.map(({ cohort, patients, positives, negatives }) => (
                <Cells key={cohort} n={patients} text={share(positives, positives + negatives)} />
              ))}
            </tr>
          </tbody>
        </table>
        {!isThere && <p className="dim small footnote">No column is a batch: nothing is harmonised.</p>}
      </div>
    </section>
  )
}

function Cells({ n, text }: { n: number; text: string }) {
  return (
    <>
      <td className="number">{formatCount(n)}</td>
      <td className="number">{text}</td>
    </>
  )
}
