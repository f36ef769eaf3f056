import { groupBy } from '../../core/numeric/groupBy.ts'
import { useStore } from 'zustand'
import { clinicalWords } from '../../messages/words/clinicalWords.ts'
import { proposalWords } from '../../messages/words/proposalWords.ts'
import type { StudyView } from '../../state/viewStudy.ts'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'
import { NumberButton } from './NumberButton.tsx'
import type { ShownNumber } from './NumberedPatients.tsx'

const thawFirst = 'They stay while the cohorts are fixed: thaw them to leave these patients out.'
const askedAgain = 'Add their folder again: this is asked there, before anything is taken.'

/** What only a person can say: doubts of the import and of the clinical table, and exclusions that are proposed. */
export function ToDecide({ view, onShow }: { view: StudyView; onShow: (shown: ShownNumber) => void }) {
  const { studyPlanner, workListStore } = useSession()
  const images = useStore(workListStore, (state) => state.records!.images)
  const { clinical, decisions, proposed, proposedOfFixed, patients } = view
  const owner = new Map(images.map(({ id, patient }) => [id, patient]))
  const idOf = new Map(patients.map(({ id, label }) => [label, id]))
  const ofImport = [...groupBy(decisions, proposalWords().askDecision)].map(([question, own]) => ({
    question,
    patients: [...new Set(own.flatMap(({ subjects }) => subjects.flatMap((image) => owner.get(image) ?? [])))],
  }))
  const doubts = clinical?.open ?? []
  const excluded = new Set(view.traced.excluded.map(({ id }) => id))
  const ofTable = doubts.flatMap((doubt) => {
    const own = doubt.labels.flatMap((label) => idOf.get(label) ?? []).filter((id) => !excluded.has(id))
    return own.length === 0
      ? []
      : [{ id: doubt.id, question: clinicalWords().askDoubt(doubt, clinicalWords().nameVariable), patients: own }]
  })
  const showSheet = () => void studyPlanner().then((planner) => planner.showSheet(true))
  if (ofImport.length + ofTable.length + proposed.size + proposedOfFixed.size === 0)
    return (
      <Panel title="To decide">
        <p className="dim">{clinical ? 'Nothing waits for you.' : 'Nothing waits for you. A clinical table may bring more.'}</p>
      </Panel>
    )
  return (
    <Panel title="To decide">
      <ul className="toDecide">
        {ofImport.map(({ question, patients: own }) => (
          <li key={question}>
            <NumberButton title={question} patients={own} onShow={onShow} />
            <span>{question}</span>
            <button
              type="button"
              className="link"
              aria-label={`Show: ${question}`}
              onClick={() => onShow({ title: question, patients: own, hint: askedAgain })}
            >
              Show
            </button>
          </li>
        ))}
        {ofTable.map(({ id, question, patients: own }) => (
          <li key={id}>
            <NumberButton title={question} patients={own} onShow={onShow} />
            <span>{question}</span>
            <button type="button" className="link" aria-label={`Decide: ${question}`} onClick={showSheet}>
              Decide
            </button>
          </li>
        ))}
        {[...proposed].map(([reason, own]) => (
          <li key={reason}>
            <NumberButton title={`To exclude, ${clinicalWords().nameExclusion(reason)}`} patients={own} onShow={onShow} />
            <span>{clinicalWords().nameExclusion(reason)}</span>
            <button
              type="button"
              className="link"
              aria-label={`Exclude: ${clinicalWords().nameExclusion(reason)}`}
              onClick={() => void studyPlanner().then((planner) => planner.exclude(reason, own))}
            >
              Exclude
            </button>
          </li>
        ))}
        {[...proposedOfFixed].map(([reason, own]) => {
          const title = `${clinicalWords().nameExclusion(reason)}, in a fixed cohort`
          return (
            <li key={`fixed ${reason}`}>
              <NumberButton title={title} patients={own} onShow={onShow} />
              <span>{title}</span>
              <button
                type="button"
                className="link"
                aria-label={`Show: ${title}`}
                onClick={() => onShow({ title, patients: own, hint: thawFirst })}
              >
                Show
              </button>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
