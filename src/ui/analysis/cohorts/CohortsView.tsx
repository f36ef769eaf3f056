import { Button, NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { countCohorts, mapMissing, type CohortCounts, type MissingMap } from '../../../core/analysis/cohortOverview.ts'
import { warnOfData } from '../../../core/analysis/dataWarnings.ts'
import { withSeenBatches, type StudyData } from '../../../core/analysis/studyData.ts'
import type { Protocol } from '../../../core/protocol/protocol.ts'
import type { TextTable } from '../../../io/tables/tableFile.ts'
import { say, sayInFiles } from '../../../messages/say.ts'
import { downloadFile } from '../../../state/actions/downloadFile.ts'
import { formatCount, formatFixed } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { StudyWarnings } from '../charts/StudyWarnings.tsx'
import { useFollow } from '../follow/useFollow.ts'
import { ProtocolMenu } from '../study/ProtocolMenu.tsx'
import { flowChartSvg, layOutFlow, lineLength, textPlace, type FlowChart } from '../../../io/results/flowChart.ts'
import { countFlow } from './countFlow.ts'
import { Table1Card } from './laterParts.ts'
import { SaveTables } from './SaveTables.tsx'

/** Who is in, and are the cohorts alike? */
export function CohortsView({ study }: { study: StudyData }) {
  const { studyStore, screenStore } = useSession()
  const protocol = useStore(studyStore, (state) => state.protocol)!
  const clinical = useStore(studyStore, (state) => state.clinical)!
  const door = useStore(studyStore, (state) => state.door)!
  const notes = useStore(studyStore, (state) => state.notes)
  const { own } = door.choice
  const withBatches = useMemo(() => withSeenBatches(study), [study])
  const { training } = protocol.cohort
  const cohorts = useMemo(() => trainingFirst(countCohorts(withBatches), training), [withBatches, training])
  const warnings = useMemo(() => warnOfData(withBatches, protocol), [withBatches, protocol])
  const missing = useMemo(() => mapMissing(study), [study])
  const flow = useMemo(() => layOutFlow(countFlow(withBatches, protocol, door), sayInFiles), [withBatches, protocol, door])
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            Who is in, and are the cohorts alike?
          </h1>
          <p className="dim">
            {formatCount(study.features.ids.length)} patients with {formatCount(study.features.columns.length)} features of{' '}
            {own ? (
              <>
                the study’s own table; cohorts fixed, hash <code title={own.freeze}>{own.freeze.slice(0, 12)}</code>
              </>
            ) : (
              door.files.features.name
            )}
            .
          </p>
        </div>
        {own ? (
          <>
            <Button onClick={() => screenStore.getState().show('study')}>Edit on Study</Button>
            <SaveTables />
            <Button onClick={() => void studyStore.getState().close()}>Close</Button>
          </>
        ) : (
          <Button onClick={() => studyStore.getState().showColumns(true)}>Columns</Button>
        )}
        <ProtocolMenu />
      </header>
      {notes.map((note) => (
        <Notice key={say(note)} kind={note.code === 'ids-of-one-patient' ? 'warn' : 'info'}>
          {say(note)}
        </Notice>
      ))}
      <StudyWarnings warnings={warnings} step="cohorts" />
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

const trainingFirst = (cohorts: readonly CohortCounts[], training: string) =>
  cohorts.toSorted((a, b) => Number(b.cohort === training) - Number(a.cohort === training))

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
                  {line.length > lineLength ? `${line.slice(0, lineLength - 1)}…` : line}
                </text>
              ))}
            </g>
          ))}
        </svg>
      </div>
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
          {formatCount(missing.missing)} of {formatCount(values)} values, in {formatCount(columns.length)}{' '}
          {columns.length === 1 ? 'column' : 'columns'} and {formatCount(incomplete.length)} patients
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
              <th scope="col">{isThere ? harmonise.batch.join(', ') : 'Cohort'}</th>
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
                <Cells key={cohort} cohort={cohort} n={patients} text={share(positives, positives + negatives)} />
              ))}
            </tr>
          </tbody>
        </table>
        {!isThere && <p className="dim small footnote">No column is a batch: nothing is harmonised.</p>}
      </div>
    </section>
  )
}

/** @param cohort whose patients the number leads to; without it nowhere */
function Cells({ n, text, cohort }: { n: number; text: string; cohort?: string }) {
  const { begin } = useFollow()
  return (
    <>
      <td className="number">
        {cohort === undefined ? (
          formatCount(n)
        ) : (
          <button
            type="button"
            className="followed"
            title={`Which patients of ${cohort}`}
            onClick={() => begin({ kind: 'cohort', cohort })}
          >
            {formatCount(n)}
          </button>
        )}
      </td>
      <td className="number">{text}</td>
    </>
  )
}
