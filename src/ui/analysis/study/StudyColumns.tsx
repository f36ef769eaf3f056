import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { Message } from '../../../core/messages/message.ts'
import type { StudyRole } from '../../../io/tables/roles/studyChoice.ts'
import { say } from '../../../messages/say.ts'
import type { StudyDoor } from '../../../state/analysis/studyState.ts'
import { ruledColumns } from '../../../state/analysis/studyTasks.ts'
import type { TableLook } from '../../../../workers/scoresApi.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { FirstRows } from '../FirstRows.tsx'
import { Answer, TableAnswers } from '../TableAnswers.tsx'
import { TableNotes } from '../TableNotes.tsx'
import { TablePicker } from '../TablePicker.tsx'
import { SplitSettings, StatusCard } from './laterParts.ts'

const roleNames: readonly { readonly value: StudyRole; readonly label: string }[] = [
  { value: 'id', label: 'ID' },
  { value: 'outcome', label: 'Outcome' },
  { value: 'cohort', label: 'Cohort' },
  { value: 'batch', label: 'Batch' },
  { value: 'reader', label: 'Reader' },
  { value: 'sequence', label: 'Sequence' },
  { value: 'patient', label: 'Patient' },
  { value: 'clinical', label: 'Clinical' },
  { value: 'feature', label: 'Feature' },
  { value: 'ignored', label: 'Ignored' },
]

/** What each column of the tables is: guessed, changed by a click. What is not known is asked, on this one page. */
export function StudyColumns({ door }: { door: StudyDoor }) {
  const { files, features, clinical, choice, check } = door
  const { studyStore, scoresStore, screenStore } = useSession()
  const study = useStore(studyStore, (state) => state.study)
  const isBusy = useStore(studyStore, ({ run }) => run.status !== 'idle')
  const { open, add, begin, close, showColumns } = studyStore.getState()
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What is in the columns?
          </h1>
          <p className="dim">
            {files.features.name}: {formatCount(features.rowCount)} rows, {formatCount(features.columns.length)} columns. The
            roles below are guesses: change them where they are wrong.
          </p>
        </div>
        <TablePicker label="Another table" onFile={(file) => void open(file)} />
        {files.clinical ? (
          <Button onClick={() => void add('clinical', null)}>Without {files.clinical.name}</Button>
        ) : (
          <TablePicker label="Add a clinical table" onFile={(file) => void add('clinical', file)} />
        )}
        <Button
          onClick={() => {
            screenStore.getState().show('evaluate')
            void scoresStore.getState().open(files.features)
          }}
        >
          These are scores
        </Button>
        <Button onClick={() => void close()}>Close</Button>
        {study && <Button onClick={() => showColumns(false)}>Back to the study</Button>}
      </header>
      <ColumnTable
        table="features"
        name={files.features.name}
        look={features}
        roles={choice.roles}
        faults={check?.faults ?? []}
      />
      {clinical && files.clinical && (
        <ColumnTable table="clinical" name={files.clinical.name} look={clinical} roles={choice.clinicalRoles} faults={[]} />
      )}
      <StatusCard door={door} />
      <Known door={door} />
      {check?.problems.map((problem, at) => (
        <Notice key={at} kind="warn">
          {say(problem)} <Answers problem={problem} />
        </Notice>
      ))}
      <div className="row">
        <Button variant="filled" size="sm" disabled={!check?.counts || isBusy} onClick={() => void begin()}>
          Begin the study
        </Button>
        <span className="dim" role="status">
          {!check
            ? 'The tables are being looked at.'
            : check.counts
              ? `${formatCount(check.counts.patients)} patients${check.counts.leftOut > 0 ? ` (${formatCount(check.counts.leftOut)} rows left out)` : ''} with ${formatCount(check.counts.features)} features; positive is ${check.counts.positive}, negative ${check.counts.negative}${check.counts.unlabelled > 0 ? `; ${formatCount(check.counts.unlabelled)} have no outcome and are harmonised only` : ''}.`
              : `${check.problems.length === 1 ? 'One thing is' : `${check.problems.length} things are`} to be said or mended first.`}
        </span>
      </div>
    </div>
  )
}

/** So many columns are laid out; the rest is found by name. */
const mostShown = 40

interface ColumnTableProps {
  readonly table: 'features' | 'clinical'
  readonly name: string
  readonly look: TableLook
  readonly roles: readonly StudyRole[]
  readonly faults: readonly number[]
}

/** The first rows, a role above every column, faults below it: columns that are no features first, of these those with faults. */
function ColumnTable({ table, name, look, roles, faults }: ColumnTableProps) {
  const { studyStore } = useSession()
  const [search, setSearch] = useState('')
  const { setRole } = studyStore.getState()
  const rank = (at: number) => (roles[at] !== 'feature' && roles[at] !== 'ignored' ? 0 : faults[at] > 0 ? 1 : roles[at] === 'feature' ? 2 : 3) // prettier-ignore
  const found = look.columns.flatMap((column, at) => (column.name.toLowerCase().includes(search.toLowerCase()) ? [at] : []))
  const shown = found.sort((a, b) => rank(a) - rank(b) || a - b).slice(0, mostShown)
  return (
    <section className="card tableCard columnsTable" aria-label={`Columns of ${name}`}>
      <header>
        <h2>{name}</h2>
        <span className="dim grow">
          {countRoles(roles)}
          {found.length > shown.length && `; ${formatCount(shown.length)} of ${formatCount(found.length)} columns are shown`}
        </span>
        {look.columns.length > mostShown && (
          <TextInput
            size="xs"
            aria-label={`Search the columns of ${name}`}
            placeholder="Search columns"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
      </header>
      <TableNotes look={look} />
      <FirstRows
        label={`First rows of ${name}`}
        look={look}
        shown={shown}
        roleNames={roleNames}
        roles={roles}
        guesses={look.guesses.study}
        unused="ignored"
        faults={faults}
        onRole={(at, role) => setRole(table, at, role)}
      />
    </section>
  )
}

function countRoles(roles: readonly StudyRole[]): string {
  const named = roleNames.map(({ value, label }) => ({ label, count: roles.filter((role) => role === value).length }))
  return named
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => (count === 1 ? label : `${label} × ${formatCount(count)}`))
    .join(', ')
}

/** What was answered, and may be answered otherwise. */
function Known({ door }: { door: StudyDoor }) {
  const { files, choice, features, clinical, check } = door
  const { studyStore } = useSession()
  const { choose, add } = studyStore.getState()
  if (!check?.counts) return null
  const { cohorts, positive, negative, training } = check.counts
  const hasColumn = [...choice.roles, ...choice.clinicalRoles].includes('cohort')
  const outcomes = [
    ...features.columns.filter((_, at) => choice.roles[at] === 'outcome'),
    ...(clinical?.columns.filter((_, at) => choice.clinicalRoles[at] === 'outcome') ?? []),
    ...ruledColumns(door).filter((_, at) => choice.statuses?.roles[at] === 'outcome'),
  ]
  const made = choice.cohorts
  return (
    <section className="card known" aria-label="Known">
      <NativeSelect
        label={`Positive ${outcomes[0]?.name ?? 'outcome'} is`}
        data={[positive, negative].sort()}
        value={positive}
        onChange={(event) => choose({ positive: event.currentTarget.value })}
      />
      {cohorts.length > 1 && made?.kind !== 'split' && (
        <NativeSelect
          label="The models learn from"
          data={cohorts.map(({ name }) => name)}
          value={training}
          onChange={(event) => choose({ training: event.currentTarget.value })}
        />
      )}
      {!hasColumn && made?.kind === 'split' && <SplitSettings split={made} onChange={(cohorts) => choose({ cohorts })} />}
      {!hasColumn && made && <Button onClick={() => choose({ cohorts: null, training: null })}>Cohorts otherwise</Button>}
      {made?.kind === 'second file' && files.second && (
        <TablePicker label={`In place of ${files.second.name}`} onFile={(file) => void add('second', file)} />
      )}
      <ul className="cohorts">
        {cohorts.map(({ name, patients, positives }) => (
          <li key={name}>
            <span className="dim">{name}</span> {formatCount(patients)} patients, {formatCount(positives)} positive
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The ways out of a problem, where a click is enough. */
function Answers({ problem }: { problem: Message }) {
  const { studyStore } = useSession()
  const { choose, add } = studyStore.getState()
  switch (problem.code) {
    case 'which-trains':
      return (problem.values.cohorts as readonly string[])
        .slice(0, 6)
        .map((name) => <Answer key={name} label={name} onAnswer={() => choose({ training: name })} />)
    case 'which-cohorts':
    case 'second-missing':
      return (
        <>
          <Answer
            label="Split at random"
            onAnswer={() => choose({ cohorts: { kind: 'split', seed: 1, share: 0.3, stratified: true } })}
          />{' '}
          <Answer
            label="Everybody trains, judged by cross-validation only"
            onAnswer={() => choose({ cohorts: { kind: 'all train' } })}
          />{' '}
          <TablePicker label="Read a second file as the other centre" onFile={(file) => void add('second', file)} />
        </>
      )
    default:
      return <TableAnswers problem={problem} choose={choose} />
  }
}
