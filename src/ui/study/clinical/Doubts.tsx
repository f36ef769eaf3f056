import { NativeSelect } from '@mantine/core'
import type { ClinicalStudy, OpenDoubt } from '../../../core/cohort/clinical/clinicalStudy.ts'
import { foldCell } from '../../../core/cohort/clinical/readCell.ts'
import { levelsOf, type VariableSpec } from '../../../core/cohort/clinical/variables.ts'
import { clinicalWords } from '../../../messages/words/clinicalWords.ts'
import { listSome } from '../../../messages/listSome.ts'
import type { ClinicalTableRecord } from '../../../storage/studyPlanStore.ts'
import { useSession } from '../../shared/session.ts'
import { tellAnswer, withoutBlank } from './tellAnswer.ts'
import { appWords } from '../../../messages/words/appWords.ts'
import { sheetWords } from '../../../messages/words/studyWords.ts'

interface DoubtsProps {
  readonly clinical: ClinicalStudy
  /** Of the study; null while the table is not part of it, and nothing is answered. */
  readonly table: ClinicalTableRecord | null
}

/** What only a person can say of the table, a kind at a time, and what was said. */
export function Doubts({ clinical, table }: DoubtsProps) {
  const { open } = clinical
  const words = sheetWords()
  return (
    <section className="card doubtCard" aria-label={words.doubts}>
      <header>
        <h2>{words.doubtCount(open.length)}</h2>
        <span className="dim">{open.length > 0 && (table ? words.openStaysUnknown : words.answeredOnceUsed)}</span>
      </header>
      <ul>
        {open.map((doubt) => (
          <Doubt key={doubt.id} doubt={doubt} clinical={clinical} table={table} />
        ))}
      </ul>
      {table && Object.keys(table.answers).length > 0 && <Answered clinical={clinical} table={table} />}
      {table && <Corrected clinical={clinical} />}
    </section>
  )
}

function Doubt({ doubt, clinical, table }: DoubtsProps & { doubt: OpenDoubt }) {
  const { studyPlanner } = useSession()
  const { id, code, variable, labels, options, proposed, difference } = doubt
  const words = sheetWords()
  const { askDoubt, nameOption, nameVariable } = clinicalWords()
  const written = (label: string) => withoutBlank(clinical.valuesOf.get(label)?.[variable]?.raw ?? '')
  const texts = code === 'rows-differ' ? written(labels[0]).split(' | ') : []
  const spec = table?.variables.find((one) => one.id === variable)
  const pairs = clinical.match.likely.filter((pair) => pair.difference === difference && difference !== undefined)
  return (
    <li>
      <div className="doubt">
        <div>
          <p>
            <strong>{labels.length}</strong> {askDoubt(doubt, nameVariable)}
          </p>
          <p className="dim">
            {code === 'same-patient'
              ? listSome(
                  pairs.map(({ rowId, patientId }) => words.pair(rowId, patientId)),
                  '; ',
                )
              : listSome(
                  labels.map((label) => (written(label) ? words.written(label, written(label)) : label)),
                  '; ',
                )}
          </p>
        </div>
        {table && (
          <NativeSelect
            aria-label={askDoubt(doubt, nameVariable)}
            value=""
            data={[
              { value: '', label: appWords().notDecided },
              ...options.map((option) => {
                const said = texts[Number(option) - 1] ?? nameOption(option)
                return { value: option, label: option === proposed ? appWords().proposed(said) : said }
              }),
            ]}
            onChange={(event) => {
              const { value } = event.currentTarget
              if (value !== '') void studyPlanner().then(({ answer }) => answer(id, value))
            }}
          />
        )}
      </div>
      {table && spec && code === 'unclear' && levelsOf[spec.kind] && (
        <Words texts={[...new Set(labels.map(written))]} spec={spec} table={table} />
      )}
    </li>
  )
}

/** What a word of this table stands for: said once for all who have it. */
function Words({ texts, spec, table }: { texts: readonly string[]; spec: VariableSpec; table: ClinicalTableRecord }) {
  const { studyPlanner } = useSession()
  const words = sheetWords()
  const give = (text: string, word: string) => {
    const changed = { ...spec, words: { ...spec.words, [foldCell(text)]: word } }
    const variables = table.variables.map((one) => (one === spec ? changed : one))
    void studyPlanner().then(({ chooseColumns }) => chooseColumns({ id: table.id, variables }))
  }
  return (
    <ul className="words">
      {texts.map((text) => (
        <li key={text}>
          <span className="ellipsis">{words.standsFor(text)}</span>
          <NativeSelect
            aria-label={words.standsForLabel(text)}
            value="?"
            data={[{ value: '?', label: words.notSaid }, ...levelsOf[spec.kind]!.map((level) => ({ value: level, label: level })), { value: '', label: clinicalWords().nameOption('missing') }]} // prettier-ignore
            onChange={(event) => {
              if (event.currentTarget.value !== '?') give(text, event.currentTarget.value)
            }}
          />
        </li>
      ))}
    </ul>
  )
}

/** Each answer can be taken back. */
function Answered({ clinical, table }: DoubtsProps & { table: ClinicalTableRecord }) {
  const { studyPlanner } = useSession()
  const answers = Object.entries(table.answers)
  const words = sheetWords()
  return (
    <details open>
      <summary>{words.answers(answers.length)}</summary>
      <ul>
        {answers.map(([id, answer]) => {
          const { asked, said } = tellAnswer(id, answer, clinical)
          return (
            <li key={id} className="answered">
              <span>
                {words.answer(asked)}
                <strong>{said}</strong>
              </span>
              <button
                type="button"
                className="link"
                aria-label={words.openAgainIt(asked)}
                onClick={() => void studyPlanner().then((planner) => planner.answer(id, null))}
              >
                {words.openAgain}
              </button>
            </li>
          )
        })}
      </ul>
    </details>
  )
}

/** What was written stays beside what is read of it. */
function Corrected({ clinical }: Pick<DoubtsProps, 'clinical'>) {
  const corrected = [...clinical.valuesOf].flatMap(([label, values]) =>
    Object.entries(values).flatMap(([variable, { raw, value, status }]) =>
      status === 'corrected' ? [{ label, variable, raw, value }] : [],
    ),
  )
  if (corrected.length === 0) return null
  const words = sheetWords()
  const { nameOption, nameVariable } = clinicalWords()
  return (
    <details>
      <summary>{words.corrected(corrected.length)}</summary>
      <ul>
        {corrected.map(({ label, variable, raw, value }) => (
          <li key={`${label} ${variable}`}>
            {words.correctedValue(label, nameVariable(variable), value ?? nameOption('missing'))}
            <span className="dim">{words.writtenAs(raw)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
