import { Button } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Language } from '../../messages/language.ts'
import { say } from '../../messages/say.ts'
import { viewStudy, type StudyView } from '../../state/viewStudy.ts'
import { runCommand } from '../commands/runCommand.ts'
import { FolderBanner } from '../shared/FolderBanner.tsx'
import { FolderButton } from '../shared/FolderButton.tsx'
import { formatCount } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'
import { useLanguage } from '../shared/useLanguage.ts'
import { CohortCard } from './CohortCard.tsx'
import { EmptyStudy } from './EmptyStudy.tsx'
import { FlowCard } from './FlowCard.tsx'
import { ClinicalSheet } from './laterParts.ts'
import { NumberedPatients, type ShownNumber } from './NumberedPatients.tsx'
import { ReasonsCard } from './ReasonsCard.tsx'
import { RoiBars } from './RoiBars.tsx'
import { ToDecide } from './ToDecide.tsx'
import { WhereItLies } from './WhereItLies.tsx'
import './study.css'
import { studyWords } from '../../messages/words/studyWords.ts'

/** Who is in the study, what waits for a person, and how far it is. */
export function StudyOverview() {
  const { studyPlanner, studyPlanStore, workListStore } = useSession()
  const records = useStore(workListStore, (state) => state.records)
  const planned = useStore(studyPlanStore, (state) => state.records)
  const isSheetShown = useStore(studyPlanStore, (state) => state.isSheetShown)
  const isAny = useStore(workListStore, ({ importedLabels }) => importedLabels.size > 0)
  useEffect(() => void studyPlanner().then(({ load }) => load()), [studyPlanner])
  const view = useMemo(() => (records && planned ? viewStudy(records, planned) : null), [records, planned])
  if (!view) return <div className="screen" />
  if (!isAny || view.patients.length === 0) return <EmptyStudy />
  return (
    <>
      <WholeStudy view={view} isInert={isSheetShown} />
      {isSheetShown && <ClinicalSheet view={view} />}
    </>
  )
}

function WholeStudy({ view, isInert }: { view: StudyView; isInert: boolean }) {
  const session = useSession()
  const { studyPlanner, studyPlanStore, workListStore } = session
  const isSimulated = useStore(workListStore, ({ rows }) => rows.some((row) => row.isSimulated))
  const problem = useStore(studyPlanStore, (state) => state.problem)
  const language = useLanguage()
  // In the words that it was opened in: it comes back with its language.
  const [opened, setOpened] = useState<{ readonly shown: ShownNumber; readonly language: Language } | null>(null)
  const shown = opened?.language === language ? opened.shown : null
  const show = (number: ShownNumber) => setOpened({ shown: number, language })
  const { patients } = view
  const centres = new Set(patients.map(({ centre }) => centre)).size
  const included = patients.filter(({ exclusion }) => exclusion === null).length
  const words = studyWords()
  const dismiss = () => void studyPlanner().then((planner) => planner.dismiss())
  return (
    <div className="screen withInspector studyOverview" inert={isInert}>
      <div className="main">
        <header className="screenHead">
          <div>
            <h1 tabIndex={-1} data-focus-home>
              {words.title}
            </h1>
            {isSimulated && (
              <span className="pill" title={words.simulatedHint}>
                {words.simulated}
              </span>
            )}
            <p className="dim">{words.included(formatCount(included), formatCount(patients.length), patients.length, centres)}</p>
          </div>
          <div className="row">
            <FolderButton label={words.addFolder} always />
            <Button
              leftSection={<IconTable size={15} />}
              onClick={() => void studyPlanner().then(({ showSheet }) => showSheet(true))}
            >
              {words.clinicalTable}
            </Button>
            <Button rightSection={<kbd aria-hidden>⇧S</kbd>} onClick={() => runCommand(session, 'study.save')}>
              {words.saveToFile}
            </Button>
          </div>
        </header>
        <FolderBanner />
        {problem && !isInert && (
          <Notice kind="error" onClose={dismiss}>
            {say(problem)}
          </Notice>
        )}
        <FlowCard view={view} onShow={show} />
        <CohortCard view={view} onShow={show} />
        {included < patients.length && <ReasonsCard view={view} onShow={show} />}
      </div>
      <aside className="inspector" aria-label={words.aside}>
        {shown && <NumberedPatients view={view} shown={shown} onClose={() => setOpened(null)} />}
        <ToDecide view={view} onShow={show} />
        <RoiBars />
        <WhereItLies view={view} />
      </aside>
    </div>
  )
}
