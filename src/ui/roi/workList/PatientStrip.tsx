import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import { imageIdOf } from '../../../core/study/study.ts'
import { runCommand } from '../../commands/runCommand.ts'
import { useSession } from '../../shared/session.ts'
import { ProgressMark } from './ProgressMark.tsx'
import './workList.css'

/** The patient in hand over the tools: her roles, and the way on. */
export function PatientStrip() {
  const session = useSession()
  const { openPatient, roiStore, workListStore } = session
  const openKey = useStore(roiStore, (state) => state.open?.imageKey)
  const rows = useStore(workListStore, (state) => state.rows)
  const openImage = openKey === undefined ? undefined : imageIdOf(openKey)
  const at = rows.findIndex(({ cells }) => cells.some(({ image }) => image === openImage))
  if (at < 0) return null
  const { patient, cells, isSimulated } = rows[at]
  return (
    <section className="panel patientStrip" aria-label="Patient">
      <header>
        <h2>{patient.label}</h2>
        {isSimulated && <span className="pill">Simulated</span>}
        <span className="dim number">
          {at + 1} of {rows.length}
        </span>
        <Button
          size="compact-xs"
          variant="default"
          rightSection={<kbd aria-hidden>⇧L</kbd>}
          onClick={() => runCommand(session, 'patients.list')}
        >
          List
        </Button>
      </header>
      <div className="roleButtons">
        {cells.map(({ role, image, progress }) => (
          <button
            key={role}
            type="button"
            aria-pressed={image === openImage}
            disabled={image === null}
            onClick={() => image !== null && void openPatient(patient.id, image)}
          >
            <strong>{role}</strong>
            <ProgressMark progress={progress} />
          </button>
        ))}
      </div>
      <div className="row wide">
        <Button
          variant="default"
          size="compact-sm"
          rightSection={<kbd aria-hidden>⇧D</kbd>}
          onClick={() => runCommand(session, 'patients.done')}
        >
          Done, and on
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          rightSection={<kbd aria-hidden>⇧N</kbd>}
          onClick={() => runCommand(session, 'patients.next')}
        >
          Next to do
        </Button>
      </div>
    </section>
  )
}
