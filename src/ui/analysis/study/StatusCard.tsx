import { Button, Checkbox, CloseButton, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { foldCell } from '../../../core/cohort/clinical/readCell.ts'
import { levelsOf, type VariableKind, type VariableSpec } from '../../../core/cohort/clinical/variables.ts'
import { guessVariables, knownVariables } from '../../../io/tables/roles/guessVariables.ts'
import { statusColumns } from '../../../io/tables/roles/statusColumns.ts'
import type { StatusDoubt } from '../../../io/tables/roles/statuses.ts'
import type { StatusChoice, StudyRole } from '../../../io/tables/roles/studyChoice.ts'
import { chooseTask } from '../../../io/tables/roles/studyTask.ts'
import { clinicalWords } from '../../../messages/words/clinicalWords.ts'
import { listSome } from '../../../messages/listSome.ts'
import type { StudyDoor } from '../../../state/analysis/studyState.ts'
import { ruledColumns, tablesOf } from '../../../state/analysis/studyTasks.ts'
import { DoubtList } from '../../shared/clinical/DoubtList.tsx'
import { formatCount } from '../../shared/formatNumber.ts'
import { useSession } from '../../shared/session.ts'

const rules: Readonly<Record<VariableKind, string>> = {
  her2: 'IHC 3+, or 2+ with positive hybridisation, is positive; 1+, or 2+ with negative hybridisation, is low; 0 is zero',
  receptor: 'positive above 1 % of stained cells',
  ki67: 'high from 30 % of stained cells',
  nodes: 'positive from one node',
  tic: 'type I, II or III',
  side: 'left or right',
  size: 'in cm; of several diameters the greatest',
  age: 'in years',
  bmi: 'in kg/m²',
  number: 'a number',
  category: 'as written',
  date: 'a day: tells who is left out',
}

/** Words that say of a single text what it is; of HER2 the staining's. */
const meaningsOf = ({ kind }: VariableSpec) => (kind === 'her2' ? ['0', '1+', '2+', '3+'] : (levelsOf[kind] ?? []))
/** Doubts about how a text reads; the others are about what it says. */
const isOfText = ({ code }: StatusDoubt) => code === 'unclear' || code === 'bare-plus' || code === 'across-cutoff' || code === 'her2-unclear' // prettier-ignore

const uses: readonly { readonly value: StudyRole; readonly label: string }[] = [
  { value: 'ignored', label: 'Ignored' },
  { value: 'outcome', label: 'Outcome' },
  { value: 'clinical', label: 'Clinical' },
]

/** Statuses that the study's rules read out of a clinical table, what of it waits for a person, and who is left out by it. */
export function StatusCard({ door }: { door: StudyDoor }) {
  const { studyStore } = useSession()
  const { choose } = studyStore.getState()
  const { choice, check, features, clinical } = door
  // It stays in sight while it is read anew.
  const [reading, setReading] = useState(check?.statuses)
  if (check && check.statuses !== reading) setReading(check.statuses)
  const columns = (clinical ?? features).columns.map(({ name }) => name)
  const { statuses } = choice
  const fitting = (variables: readonly VariableSpec[], roles: readonly StudyRole[]) => ({ variables, roles: statusColumns(variables, []).map((_, at) => roles[at] ?? 'ignored') }) // prettier-ignore
  if (!statuses || statuses.variables.length === 0) {
    const { variables } = guessVariables(columns)
    if (variables.length === 0) return null
    return (
      <section className="card statuses" aria-label="Statuses by rules">
        <header className="row">
          <h2>Statuses by rules</h2>
          <span className="dim grow">
            {variables.map(({ column }) => column).join(', ')}: the study’s rules can read{' '}
            {variables.length === 1 ? 'it' : 'them'}, such as IHC and FISH as HER2 positive, low or zero.
          </span>
          <Button onClick={() => choose({ statuses: { ...fitting(variables, []), answers: {}, exclude: [] } })}>
            Read by rules
          </Button>
        </header>
      </section>
    )
  }
  const set = (change: Partial<StatusChoice>) => choose({ statuses: { ...statuses, ...change } })
  const made = ruledColumns(door)
  /** Roles go with the columns that stay. */
  const setVariables = (variables: readonly VariableSpec[]) => {
    const before = statusColumns(statuses.variables, [])
    const roles = statusColumns(variables, []).map(({ name }) => statuses.roles[before.findIndex((one) => one.name === name)] ?? 'ignored') // prettier-ignore
    set({ variables, roles })
  }
  const change = (id: string, part: Partial<VariableSpec>) => setVariables(statuses.variables.map((one) => (one.id === id ? { ...one, ...part } : one))) // prettier-ignore
  const setHybridisation = ({ ishColumn: _, ...spec }: VariableSpec, column: string) => setVariables(statuses.variables.map((one) => (one.id !== spec.id ? one : column === '' ? spec : { ...spec, ishColumn: column }))) // prettier-ignore
  const use = (at: number, role: StudyRole) => {
    const { name: column, values } = made[at]
    if (role === 'outcome') choose(chooseTask(choice, tablesOf(door), { table: 'statuses', column, positive: values.at(-1)! }))
    else set({ roles: statuses.roles.map((one, i) => (i === at ? role : one)) })
  }
  const others = knownVariables.filter(({ id }) => !statuses.variables.some((one) => one.id === id))
  const specOf = new Map(statuses.variables.map((spec) => [spec.id, spec]))
  const answered = Object.keys(statuses.answers)
  return (
    <section className="card tableCard statuses" aria-label="Statuses by rules">
      <header className="row">
        <h2>Statuses by rules</h2>
        <span className="dim grow">what was written stays in the table beside it</span>
        {others.length > 0 && (
          <NativeSelect
            aria-label="Another rule"
            value=""
            data={[{ value: '', label: 'Another rule' }, ...others.map(({ id }) => id)]}
            onChange={(event) => {
              const known = others.find(({ id }) => id === event.currentTarget.value)
              if (known) setVariables([...statuses.variables, { ...known, column: columns[0] }])
            }}
          />
        )}
        <Button onClick={() => choose({ statuses: { variables: [], answers: {}, roles: [], exclude: [] } })}>
          Without rules
        </Button>
      </header>
      <div className="analysisScroll" tabIndex={0} role="region" aria-label="Rules">
        <table>
          <thead>
            <tr>
              <th scope="col">Variable</th>
              <th scope="col">Column</th>
              <th scope="col">Rule</th>
              <th scope="col">Used as</th>
              <th scope="col" aria-label="Take out" />
            </tr>
          </thead>
          <tbody>
            {statuses.variables.map((spec) => (
              <tr key={spec.id}>
                <th scope="row">{spec.id}</th>
                <td>
                  <NativeSelect
                    aria-label={`Column of ${spec.id}`}
                    data={columns}
                    value={spec.column}
                    onChange={(event) => change(spec.id, { column: event.currentTarget.value })}
                  />
                  {spec.kind === 'her2' && (
                    <NativeSelect
                      aria-label="Column of the hybridisation"
                      data={[{ value: '', label: 'no hybridisation' }, ...columns]}
                      value={spec.ishColumn ?? ''}
                      onChange={({ currentTarget: { value } }) => setHybridisation(spec, value)}
                    />
                  )}
                </td>
                <td className="dim rule">{rules[spec.kind]}</td>
                <td>
                  <div className="uses">
                    {made.map(({ name, variable, values }, at) =>
                      variable === spec.id ? (
                        <NativeSelect
                          key={name}
                          label={values.length === 2 ? `${name}: ${values[1]} against ${values[0]}` : name}
                          data={uses.filter(({ value }) => value !== 'outcome' || values.length === 2)}
                          value={statuses.roles[at]}
                          onChange={(event) => use(at, event.currentTarget.value as StudyRole)}
                        />
                      ) : null,
                    )}
                  </div>
                </td>
                <td>
                  <CloseButton
                    size="sm"
                    aria-label={`Without ${spec.id}`}
                    onClick={() => setVariables(statuses.variables.filter(({ id }) => id !== spec.id))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {reading && (
        <div className="cardBody">
          {reading.against.length > 0 && (
            <p className="dim">HER2 3+ with negative hybridisation, counted as positive: {listSome(reading.against)}.</p>
          )}
          {Object.entries(reading.atOnePercent).map(([variable, count]) =>
            count > 0 ? (
              <p key={variable} className="dim">
                {variable} at exactly 1 %, counted as negative: {formatCount(count)}.
              </p>
            ) : null,
          )}
          <DoubtList
            doubts={reading.doubts
              .filter(({ variable }) => specOf.has(variable))
              .map((doubt) => ({
                ...doubt,
                question: clinicalWords().askDoubt(doubt),
                patients: doubt.patients.length,
                meanings: isOfText(doubt) ? meaningsOf(specOf.get(doubt.variable)!) : [],
              }))}
            onAnswer={(id, option) => set({ answers: { ...statuses.answers, [id]: option } })}
            onMeaning={(id, text, meaning) => {
              const { variable } = reading.doubts.find((doubt) => doubt.id === id)!
              change(variable, { words: { ...specOf.get(variable)!.words, [foldCell(text)]: meaning } })
            }}
          />
          {answered.length > 0 && (
            <p>
              {answered.length === 1 ? 'One doubt is' : `${answered.length} doubts are`} answered.{' '}
              <Button size="compact-xs" onClick={() => set({ answers: {} })}>
                Ask again
              </Button>
            </p>
          )}
          <fieldset className="exclusions">
            <legend>Who is left out</legend>
            {reading.proposed.size === 0 && <p className="dim">No reason holds of anybody.</p>}
            {[...reading.proposed].map(([reason, patients]) => (
              <Checkbox
                key={reason}
                label={`${clinicalWords().nameExclusion(reason)}: ${formatCount(patients.length)} ${patients.length === 1 ? 'patient' : 'patients'}, ${listSome(patients)}`}
                checked={statuses.exclude.includes(reason)}
                onChange={({ currentTarget: { checked } }) =>
                  set({ exclude: checked ? [...statuses.exclude, reason] : statuses.exclude.filter((one) => one !== reason) })
                }
              />
            ))}
            {reading.proposed.size > 1 && <p className="dim small">Where several reasons hold, the first of this list counts.</p>}
          </fieldset>
        </div>
      )}
    </section>
  )
}
