import { groupBy } from '../../core/numeric/groupBy.ts'
import { useStore } from 'zustand'
import { clinicalWords } from '../../messages/words/clinicalWords.ts'
import { proposalWords } from '../../messages/words/proposalWords.ts'
import type { StudyView } from '../../state/viewStudy.ts'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'
import { NumberButton } from './NumberButton.tsx'
import type { ShownNumber } from './NumberedPatients.tsx'
import { appWords } from '../../messages/words/appWords.ts'
import { studyWords } from '../../messages/words/studyWords.ts'

/** What only a person can say: doubts of the import and of the clinical table, and exclusions that are proposed. */
export function ToDecide({ view, onShow }: { view: StudyView; onShow: (shown: ShownNumber) => void }) {
  const { studyPlanner, workListStore } = useSession()
  const words = studyWords()
  const { askDoubt, nameExclusion, nameVariable } = clinicalWords()
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
    return own.length === 0 ? [] : [{ id: doubt.id, question: askDoubt(doubt, nameVariable), patients: own }]
  })
  const showSheet = () => void studyPlanner().then((planner) => planner.showSheet(true))
  if (ofImport.length + ofTable.length + proposed.size + proposedOfFixed.size === 0)
    return (
      <Panel title={appWords().toDecide}>
        <p className="dim">{clinical ? words.nothingWaits : words.nothingWaitsYet}</p>
      </Panel>
    )
  return (
    <Panel title={appWords().toDecide}>
      <ul className="toDecide">
        {ofImport.map(({ question, patients: own }) => (
          <li key={question}>
            <NumberButton title={question} patients={own} onShow={onShow} />
            <span>{question}</span>
            <button
              type="button"
              className="link"
              aria-label={words.showIt(question)}
              onClick={() => onShow({ title: question, patients: own, hint: words.askedAgain })}
            >
              {words.show}
            </button>
          </li>
        ))}
        {ofTable.map(({ id, question, patients: own }) => (
          <li key={id}>
            <NumberButton title={question} patients={own} onShow={onShow} />
            <span>{question}</span>
            <button type="button" className="link" aria-label={words.decideIt(question)} onClick={showSheet}>
              {words.decide}
            </button>
          </li>
        ))}
        {[...proposed].map(([reason, own]) => (
          <li key={reason}>
            <NumberButton title={words.toExclude(nameExclusion(reason))} patients={own} onShow={onShow} />
            <span>{nameExclusion(reason)}</span>
            <button
              type="button"
              className="link"
              aria-label={words.excludeIt(nameExclusion(reason))}
              onClick={() => void studyPlanner().then((planner) => planner.exclude(reason, own))}
            >
              {words.exclude}
            </button>
          </li>
        ))}
        {[...proposedOfFixed].map(([reason, own]) => {
          const title = words.inFixedCohort(nameExclusion(reason))
          return (
            <li key={`fixed ${reason}`}>
              <NumberButton title={title} patients={own} onShow={onShow} />
              <span>{title}</span>
              <button
                type="button"
                className="link"
                aria-label={words.showIt(title)}
                onClick={() => onShow({ title, patients: own, hint: words.thawFirst })}
              >
                {words.show}
              </button>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
