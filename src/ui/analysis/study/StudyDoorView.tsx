import { IconTable } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { useSession } from '../../shared/session.ts'
import { OwnDoor } from '../laterParts.ts'
import { TablePicker } from '../TablePicker.tsx'

/** The first two ways in, before there is a table: the study in this page, and a table that somebody has. */
export function StudyDoorView() {
  const { studyStore, workListStore } = useSession()
  const hasStudy = useStore(workListStore, ({ importedLabels }) => importedLabels.size > 0)
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            Which features do you have?
          </h1>
          <p className="dim">
            A table with a row a patient and a column a feature, with outcome and cohort in it or in a second table. It is read in
            this page and stays on this machine.
          </p>
        </div>
      </header>
      {hasStudy && <OwnDoor />}
      <section className="dropZone empty" aria-label="Open a table of features">
        <IconTable size={38} stroke={1.3} color="var(--teal)" aria-hidden />
        <p className="lead">Drop a table: CSV, Excel (.xlsx) or Parquet</p>
        <TablePicker label="Choose a table" isFirst={!hasStudy} onFile={(file) => void studyStore.getState().open(file)} />
        <p className="dim">
          From cohorts to evaluation: harmonised, selected and trained on the patients who learn, judged on the others.
        </p>
      </section>
    </div>
  )
}
