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
  return (
    <div className="screen main clinicalSheet" role="dialog" aria-modal aria-label="Clinical table">
      <header className="screenHead">
        <div>
          <h1 ref={title} tabIndex={-1}>
            What does the clinical table say?
          </h1>
          <p className="dim">
            {opened
              ? `${opened.file.name}, ${opened.rows.length} rows. Columns that are not used here are not kept.`
              : clinical?.isOfFile
                ? 'The values came with a study file, as they were read there. What was written stayed with the hospital’s table.'
                : clinical
                  ? `${clinical.rows.length} rows, ${clinical.variables.length} variables are part of the study. Every value keeps what was written.`
                  : 'A CSV or Excel file as the hospital writes it. It stays on this machine.'}
          </p>
        </div>
        <div className="row">
          {clinical && !opened && <Button onClick={() => act(({ removeTable }) => removeTable())}>Remove the table</Button>}
          {opened && <Button onClick={() => act(({ discardSheet }) => discardSheet())}>Leave this table</Button>}
          {(clinical ?? opened) && <TablePicker label="Choose another table" isFirst={false} />}
          {opened && (
            <Button variant="filled" disabled={!mayTake || isReading} onClick={() => act(({ takeSheet }) => takeSheet())}>
              Use these columns
            </Button>
          )}
          <Button rightSection={<Key>Esc</Key>} onClick={() => act(({ showSheet }) => showSheet(false))}>
            Back to the study
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
          The table is read …
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
            {!reading && <Notice kind="warn">No column is that of the patients’ IDs yet: say which one is, at the left.</Notice>}
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
  return (
    <section className="dropZone empty" aria-label="Choose the clinical table">
      <IconTable size={38} stroke={1.3} color="var(--teal)" aria-hidden />
      <p className="lead">The hospital’s table of these patients</p>
      <p className="dim">
        One row a patient with her ID. Age, HER2, ER, PR, Ki-67, size, dates and the like are found by their names, in English or
        Chinese; what is doubtful is asked, nothing is repaired silently.
      </p>
      <TablePicker label="Choose a table" isFirst />
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
  return (
    <>
      {hasAnswers && (
        <Notice kind="warn">
          It takes the place of the table that is part of the study, and its answers go with that: they are asked anew.
        </Notice>
      )}
      {sheets.length > 1 && (
        <div className="row">
          <NativeSelect
            label="Sheet"
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
          The file is not UTF-8 and is read as {assumed.encoding}. If these lines look wrong, save it as “CSV UTF-8” and choose it
          again:
          <pre className="lines">{assumed.lines.join('\n')}</pre>
        </Notice>
      )}
    </>
  )
}
