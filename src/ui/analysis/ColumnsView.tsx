import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useStore } from 'zustand'
import type { Message } from '../../core/messages/message.ts'
import type { Role } from '../../io/tables/roles/scoreChoice.ts'
import { say } from '../../messages/say.ts'
import type { OpenTable } from '../../state/analysis/scores.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'
import { FirstRows } from './FirstRows.tsx'
import { Answer, TableAnswers } from './TableAnswers.tsx'
import { TableNotes } from './TableNotes.tsx'
import { TablePicker } from './TablePicker.tsx'

const roleNames: readonly { readonly value: Role; readonly label: string }[] = [
  { value: 'id', label: 'ID' },
  { value: 'outcome', label: 'Outcome' },
  { value: 'cohort', label: 'Cohort' },
  { value: 'patient', label: 'Patient' },
  { value: 'score', label: 'Score' },
  { value: 'left out', label: 'Left out' },
]

/** What each column is: guessed from names and values, changed by a click. What is not known is asked. */
export function ColumnsView({ table }: { table: OpenTable }) {
  const { file, look, choice, check } = table
  const { scoresStore, screenStore, studyStore } = useSession()
  const record = useStore(scoresStore, (state) => state.record)
  const isBusy = useStore(scoresStore, ({ run }) => run.status !== 'idle')
  const { setRole, choose, evaluate, showColumns, close } = scoresStore.getState()
  const scores = look.columns.filter((_, at) => choice.roles[at] === 'score')
  const toggle = (key: 'probabilities' | 'recalibrate', name: string) =>
    choose({ [key]: choice[key].includes(name) ? choice[key].filter((one) => one !== name) : [...choice[key], name] })
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What is in the columns?
          </h1>
          <p className="dim">
            {file.name}: {formatCount(look.rowCount)} rows, {look.columns.length} columns. The roles below are guesses: change
            them where they are wrong.
          </p>
        </div>
        <TablePicker label="Another table" onFile={(file) => void scoresStore.getState().open(file)} />
        <Button
          onClick={() => {
            screenStore.getState().show('cohorts')
            void studyStore.getState().open(file)
          }}
        >
          These are features
        </Button>
        <Button onClick={close}>Close the table</Button>
        {record && <Button onClick={() => showColumns(false)}>Back to the evaluation</Button>}
      </header>
      <section className="card tableCard columnsTable" aria-label="Columns">
        <FirstRows
          label="First rows"
          look={look}
          shown={look.columns.map((_, at) => at)}
          roleNames={roleNames}
          roles={choice.roles}
          guesses={look.guesses.scores}
          unused="left out"
          onRole={setRole}
        />
        <TableNotes look={look} />
      </section>
      {scores.length > 0 && (
        <section className="card scoreKinds" aria-label="Scores">
          <h2>Scores</h2>
          <p className="dim">
            Calibration and decision curves are drawn of probabilities only. A score can become one by a logistic curve learnt on
            the cohort that the models learnt from.
          </p>
          <table>
            <tbody>
              {scores.map(({ name }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>
                    <Checkbox
                      label="is a probability"
                      checked={choice.probabilities.includes(name)}
                      onChange={() => toggle('probabilities', name)}
                    />
                  </td>
                  <td>
                    <Checkbox
                      label="recalibrate"
                      checked={choice.recalibrate.includes(name)}
                      disabled={!choice.trainCohort}
                      title={choice.trainCohort ? undefined : 'Needs a cohort that the models learnt from'}
                      onChange={() => toggle('recalibrate', name)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Known table={table} />
      {check?.problems.map((problem, at) => (
        <Notice key={at} kind="warn">
          {say(problem)} <Answers problem={problem} />
        </Notice>
      ))}
      <div className="row">
        <Button variant="filled" size="sm" disabled={!check?.counts || isBusy} onClick={() => void evaluate()}>
          Evaluate
        </Button>
        <span className="dim">
          {!check
            ? 'The table is being looked at.'
            : check.counts
              ? `${formatCount(check.counts.rows)} rows${check.counts.leftOut > 0 ? ` (${check.counts.leftOut} left out)` : ''}; positive is ${check.counts.positive} (${formatCount(check.counts.positives)}), negative ${check.counts.negative}.`
              : `${check.problems.length === 1 ? 'One thing is' : `${check.problems.length} things are`} to be said or mended first.`}
        </span>
      </div>
    </div>
  )
}

/** What was answered, and may be answered otherwise. */
function Known({ table: { look, choice, check } }: { table: OpenTable }) {
  const { scoresStore } = useSession()
  const { choose } = scoresStore.getState()
  const at = choice.roles.indexOf('outcome')
  const values = at < 0 ? [] : look.columns[at].values
  const cohortAt = choice.roles.indexOf('cohort')
  if (!check?.counts) return null
  return (
    <section className="card known" aria-label="Known">
      {values.length === 2 && (
        <NativeSelect
          label="Positive is"
          data={[...values]}
          value={check.counts.positive}
          onChange={(event) => choose({ positive: event.currentTarget.value })}
        />
      )}
      {cohortAt >= 0 && check.counts.cohorts.length > 1 && (
        <NativeSelect
          label="The models learnt from"
          data={[{ value: '', label: 'none of them' }, ...check.counts.cohorts.map(({ name }) => name)]}
          value={choice.trainCohort ?? ''}
          onChange={(event) => choose({ trainCohort: event.currentTarget.value })}
        />
      )}
      <ul className="cohorts">
        {check.counts.cohorts.map(({ name, rows, positives }) => (
          <li key={name}>
            <span className="dim">{name}</span> {formatCount(rows)} rows, {formatCount(positives)} positive
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The ways out of a problem, where a click is enough. */
function Answers({ problem }: { problem: Message }) {
  const { scoresStore } = useSession()
  const { choose } = scoresStore.getState()
  if (problem.code !== 'which-learnt') return <TableAnswers problem={problem} choose={choose} />
  const cohorts = problem.values.cohorts as readonly string[]
  return (
    <>
      {cohorts.slice(0, 6).map((name) => (
        <Answer key={name} label={name} onAnswer={() => choose({ trainCohort: name })} />
      ))}{' '}
      <Answer label="None of them" onAnswer={() => choose({ trainCohort: '' })} />
    </>
  )
}
