import { Button, NativeSelect } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { say } from '../../../messages/say.ts'
import { readKeptClinical } from '../../../storage/studyPlanStore.ts'
import type { ClinicalStudy } from '../../../core/cohort/clinical/clinicalStudy.ts'
import type { OpenedSheet, StudyPlanState } from '../../../state/studyPlan.ts'
import type { StudyView } from '../../../state/viewStudy.ts'
import { Key } from '../../shared/Key.tsx'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { ColumnTable } from './ColumnTable.tsx'
import { Doubts } from './Doubts.tsx'
import { MatchCard } from './MatchCard.tsx'
import { ValuesOfFile } from './ValuesOfFile.tsx'
import './clinical.css'
import '../../../messages/sayAnalysis.ts'
import { FilePicker } from '../../shared/FilePicker.tsx'
import { sheetWords } from '../../../messages/words/studyWords.ts'

/** A hospital's table: which column is what, whose the rows are, and what a person has to say of it. Left with Esc, nothing is lost. */
export function ClinicalSheet({ view }: { view: StudyView }) {
  const { studyPlanner, studyPlanStore } = useSession()
  const { opened, records, problem, isReading } = useStore(studyPlanStore)
  const title = useRef<HTMLHeadingElement>(null)
  const act = (work: (planner: Awaited<ReturnType<typeof studyPlanner>>) => unknown) => void studyPlanner().then(work)
  useEffect(() => {
    title.current?.focus()
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) void studyPlanner().then(({ showSheet }) => showSheet(false))
    }
    window.addEventListener('keydown', leave)
    return () => window.removeEventListener('keydown', leave)
  }, [studyPlanner])
  const clinical = records?.clinical ?? null
  const preview = useMemo(() => previewOf(opened, records), [opened, records])
  const reading = opened ? preview : view.clinical
  const mayTake = opened !== null && opened.id !== null && opened.variables.length > 0
  const words = sheetWords()
  return (
    <div className="screen main clinicalSheet" role="dialog" aria-modal aria-label={words.name}>
      <header className="screenHead">
        <div>
          <h1 ref={title} tabIndex={-1}>
            {words.title}
          </h1>
          <p className="dim">
            {opened
              ? words.opened(opened.file.name, opened.rows.length)
              : clinical?.isOfFile
                ? words.ofFile
                : clinical
                  ? words.ofStudy(clinical.rows.length, clinical.variables.length)
                  : words.none}
          </p>
        </div>
        <div className="row">
          {clinical && !opened && <Button onClick={() => act(({ removeTable }) => removeTable())}>{words.remove}</Button>}
          {opened && <Button onClick={() => act(({ discardSheet }) => discardSheet())}>{words.leave}</Button>}
          {(clinical ?? opened) && <TablePicker label={words.chooseAnother} isFirst={false} />}
          {opened && (
            <Button variant="filled" disabled={!mayTake || isReading} onClick={() => act(({ takeSheet }) => takeSheet())}>
              {words.use}
            </Button>
          )}
          <Button rightSection={<Key>Esc</Key>} onClick={() => act(({ showSheet }) => showSheet(false))}>
            {words.back}
          </Button>
        </div>
      </header>
      {problem && (
        <Notice kind="error" onClose={() => act(({ dismiss }) => dismiss())}>
          {say(problem)}
        </Notice>
      )}
      {isReading && (
        <p className="dim" role="status">
          {words.reading}
        </p>
      )}
      {opened && <AboutFile opened={opened} hasAnswers={Object.keys(clinical?.answers ?? {}).length > 0} />}
      {!opened && !clinical && !isReading && <NoTable />}
      {(opened ?? clinical) && (
        <div className="sheetGrid">
          {!opened && clinical?.isOfFile ? (
            <ValuesOfFile {...clinical} />
          ) : (
            <ColumnTable
              header={opened?.header ?? clinical!.header}
              rows={opened?.rows ?? clinical!.rows}
              choice={opened ?? clinical!}
              onChoice={(choice) => act(({ chooseColumns }) => chooseColumns(choice))}
            />
          )}
          <div className="sheetSide">
            {reading && <MatchCard clinical={reading} known={records!.known} rowIds={idsOf(opened ?? clinical!)} />}
            {reading && (opened ?? !clinical?.isOfFile) && <Doubts clinical={reading} table={opened ? null : clinical} />}
            {!reading && <Notice kind="warn">{words.noIds}</Notice>}
          </div>
        </div>
      )}
    </div>
  )
}

/** What the table would say, if its columns were used as they stand. */
function previewOf(opened: OpenedSheet | null, records: StudyPlanState['records']): ClinicalStudy | null {
  if (!opened || opened.id === null || !records) return null
  const { header, rows, id, variables } = opened
  return readKeptClinical({ ...records, clinical: { header, rows, id, variables, answers: {} } })
}

function idsOf({ header, rows, id }: Pick<OpenedSheet, 'header' | 'rows' | 'id'>): readonly string[] {
  const at = header.indexOf(id ?? '')
  return rows.map((row) => row[at] ?? '')
}

function NoTable() {
  const words = sheetWords()
  return (
    <section className="dropZone empty" aria-label={words.chooseIt}>
      <IconTable size={38} stroke={1.3} color="var(--teal)" aria-hidden />
      <p className="lead">{words.ofThesePatients}</p>
      <p className="dim">{words.whatIsFound}</p>
      <TablePicker label={words.choose} isFirst />
    </section>
  )
}

function TablePicker({ label, isFirst }: { label: string; isFirst: boolean }) {
  const { studyPlanner } = useSession()
  return (
    <FilePicker
      label={label}
      variant={isFirst ? 'filled' : 'default'}
      accept=".csv,.tsv,.txt,.xlsx"
      testId="clinical-input"
      onFile={(file) => void studyPlanner().then(({ openFile }) => openFile(file))}
    />
  )
}

/** What was assumed of a file: its sheet and its letters. */
function AboutFile({ opened, hasAnswers }: { opened: OpenedSheet; hasAnswers: boolean }) {
  const { studyPlanner } = useSession()
  const { sheets, sheet, assumed } = opened
  const words = sheetWords()
  return (
    <>
      {hasAnswers && <Notice kind="warn">{words.takesThePlace}</Notice>}
      {sheets.length > 1 && (
        <div className="row">
          <NativeSelect
            label={words.sheet}
            value={sheet ?? ''}
            data={[...sheets]}
            onChange={(event) => {
              const { value } = event.currentTarget
              void studyPlanner().then(({ chooseSheet }) => chooseSheet(value))
            }}
          />
        </div>
      )}
      {assumed && (
        <Notice kind="warn">
          {words.notUtf8(assumed.encoding)}
          <pre className="lines">{assumed.lines.join('\n')}</pre>
        </Notice>
      )}
    </>
  )
}
