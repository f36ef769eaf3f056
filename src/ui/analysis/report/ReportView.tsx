import { useState } from 'react'
import { useStore } from 'zustand'
import { describeGuard } from '../../../core/analysis/leakGuard.ts'
import { answerQuestion, markItem } from '../../../core/report/answers.ts'
import type { Question, ReportPart } from '../../../core/report/clauseMessages.ts'
import type { ReportSection } from '../../../io/results/reportSections.ts'
import { commandOf } from '../../../messages/en/clauses.ts'
import { sayInFiles } from '../../../messages/say.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { useFollow } from '../follow/useFollow.ts'
import { guardLooks, tellGuard } from '../study/tellGuard.ts'
import { AnswerCard } from './AnswerCard.tsx'
import { ChecklistBars } from './ChecklistBars.tsx'
import { ExportPanel } from './ExportPanel.tsx'
import { ItemCard } from './ItemCard.tsx'
import { ReportPage } from './ReportPage.tsx'
import './report.css'
import { useReport, type ReportInHand } from './useReport.ts'
import { whereOf } from './whereOf.ts'
import { appWords } from '../../../messages/words/appWords.ts'

/** The report as it prints, between its contents and what is done with it. */
export function ReportView() {
  const made = useReport()
  if (made === undefined)
    return (
      <div className="main">
        <p role="status" className="dim">
          The report is being written
        </p>
      </div>
    )
  if (typeof made === 'string')
    return (
      <div className="main">
        <Notice kind="error">{made}</Notice>
      </div>
    )
  return <WrittenReport made={made} />
}

function WrittenReport({ made }: { made: ReportInHand }) {
  const { screenStore, studyStore } = useSession()
  const analysis = useStore(studyStore, (state) => state.analysis)
  const { begin } = useFollow()
  const [shown, setShown] = useState<{ readonly of: ReportPart } | null>(null)
  const [asked, setAsked] = useState<Question | null>(null)
  const [item, setItem] = useState<string | null>(null)
  const { report, sections, evaluation, answers, answer } = made
  const questions = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'questions' ? block.questions : [])),
  )
  const rows = sections.flatMap(({ heading, blocks }) => blocks.flatMap((block) => (block.kind === 'checklist' ? block.rows.map((row) => ({ ...row, heading })) : []))) // prettier-ignore
  const itemInHand = item === null ? undefined : rows.find(({ key }) => key === item)
  const inHand = questions.find(({ of }) => of === asked)
  const where = (record: string) => whereOf(record, evaluation, analysis)
  const nameLead = (record: string) => {
    const found = where(record)
    if (found === null) return null
    return found.kind === 'rows' ? 'Whose rows are behind it' : `Shown on ${appWords().screens[found.screen]}` // prettier-ignore
  }
  const goTo = (record: string) => {
    const found = where(record)
    if (found?.kind === 'rows') begin(found.followed)
    else if (found) screenStore.getState().show(found.screen)
  }
  return (
    <div className="reportGrid">
      <nav className="reportContents" aria-label="Contents of the report">
        <h1 tabIndex={-1} data-focus-home>
          Report
        </h1>
        <ul>
          {sections.map((section) => (
            <li key={section.of}>
              <button type="button" onClick={() => setShown({ of: section.of })}>
                {section.heading}
                <Noted section={section} />
              </button>
            </li>
          ))}
        </ul>
        <h2>Marks on the page</h2>
        <p className="dim small">
          <span className="markedValue">value</span> from a record of this study: click to follow it
        </p>
        <p className="dim small">
          <span className="markedQuestion">question</span> a person must answer; prints as a blank line
        </p>
      </nav>
      <div className="reportMiddle">
        <div className="reportScroll" role="region" aria-label="The report as it prints" tabIndex={0}>
          <ReportPage
            title={report.title}
            sections={sections}
            nameLead={nameLead}
            onRecord={goTo}
            onQuestion={(of) => {
              setItem(null)
              setAsked(of)
            }}
            onItem={(key) => {
              setAsked(null)
              setItem(key)
            }}
            shown={shown}
          />
        </div>
        {inHand && (
          <AnswerCard
            key={inHand.of}
            question={inHand}
            onAnswer={(text) => {
              answer(answerQuestion(answers, inHand.of, text))
              setAsked(null)
            }}
            onClose={() => setAsked(null)}
          />
        )}
        {itemInHand && (
          <ItemCard
            key={item}
            name={`${itemInHand.heading} ${itemInHand.cells[0]}: ${itemInHand.cells[1]}`}
            state={itemInHand.cells.at(-2)!}
            isMarked={Object.hasOwn(answers.items, item!)}
            onMark={(mark) => {
              answer(markItem(answers, item!, mark))
              setItem(null)
            }}
            onClose={() => setItem(null)}
          />
        )}
      </div>
      <div className="reportAside">
        <ExportPanel made={made} />
        <ChecklistBars checklists={report.checklists} onShow={(of) => setShown({ of })} />
        {analysis && <p className={`guardNote ${guardLooks[describeGuard(analysis).state]}`}>{tellGuard(analysis)}</p>}
        <ReviewerPanel made={made} />
        {made.run.again && (
          <section className="reportSide" aria-label="Run again">
            <h2>Run again</h2>
            <code className="command">{commandOf(made.run.again)}</code>
            <p className="dim small">of the files that “To run again” saves; the same digits come of them</p>
          </section>
        )}
      </div>
    </div>
  )
}

/** What is open or lies in a part. */
function Noted({ section: { blocks } }: { section: ReportSection }) {
  const questions = blocks.flatMap((block) => (block.kind === 'questions' ? block.questions : []))
  const open = questions.filter(({ answer }) => answer === null).length
  const tables = blocks.filter(({ kind }) => kind === 'table').length
  const items = blocks.reduce((sum, block) => sum + (block.kind === 'list' ? block.items.length : block.kind === 'sentences' ? block.sentences.length : 0), 0) // prettier-ignore
  const checklist = blocks.find((block) => block.kind === 'checklist')?.rows ?? []
  const openItems = checklist.filter(({ state }) => state === 'open').length
  const figures = blocks.filter(({ kind }) => kind === 'figure').length
  const text = checklist.length > 0 ? `${checklist.length - openItems} of ${checklist.length}` : open > 0 ? `${open} open` : questions.length > 0 ? 'answered' : figures > 0 ? (figures === 1 ? '1 figure' : `${figures} figures`) : tables > 0 ? (tables === 1 ? '1 table' : `${tables} tables`) : items > 0 ? String(items) : '' // prettier-ignore
  return <span className={open > 0 ? 'count warnText' : 'count'}>{text}</span>
}

function ReviewerPanel({ made: { report } }: { made: ReportInHand }) {
  return (
    <section className="reportSide reviewer" aria-label="A reviewer will ask">
      <h2>A reviewer will ask</h2>
      {report.reviewer.length === 0 ? (
        <p className="dim">No warning was raised.</p>
      ) : (
        <ul>
          {report.reviewer.map(({ grave, message }) => (
            <li key={sayInFiles(message)} className={grave ? 'grave' : ''}>
              {sayInFiles(message)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
