import { Button, Select } from '@mantine/core'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { WorkListRow } from '../../../core/study/workList.ts'
import { clinicalWords } from '../../../messages/words/clinicalWords.ts'
import { formatVolume } from '../../shared/formatNumber.ts'
import { runCommand } from '../../commands/runCommand.ts'
import { phaseFirst } from '../phaseFirst.ts'
import { Panel } from '../../shared/Panel.tsx'
import { useSession } from '../../shared/session.ts'
import { ProgressMark } from './ProgressMark.tsx'

/** The patient whose row is in hand: her roles, and what can be done with her. */
export function PatientSide() {
  const session = useSession()
  const { openPatient, workListStore } = session
  const chosen = useStore(workListStore, ({ rows, patient }) => rows.find((row) => row.patient.id === patient))
  if (!chosen) {
    return (
      <aside className="inspector" aria-label="Patient">
        <p className="emptyState">Choose a row with the arrow keys or the mouse.</p>
      </aside>
    )
  }
  const { patient, state, isSimulated } = chosen
  return (
    <aside className="inspector" aria-label="Patient">
      <div className="panel">
        <header>
          <div className="ellipsis">
            <strong className="patientLabel">{patient.label}</strong>{' '}
            <span className="dim">
              {[patient.centre && `centre ${patient.centre}`, patient.cohort].filter(Boolean).join(', ')}
            </span>
            {isSimulated && <span className="pill">Simulated</span>}
          </div>
          <Button size="compact-sm" rightSection={<kbd aria-hidden>Enter</kbd>} onClick={() => void openPatient(patient.id)}>
            Open
          </Button>
        </header>
        <Roles row={chosen} />
      </div>
      {patient.dce && (
        <Panel title="Dynamic series" aside={<span className="dim number">{patient.dce.phases.length} phases</span>}>
          <Phases row={chosen} />
        </Panel>
      )}
      {(patient.flag !== null || patient.note !== '' || patient.exclusion) && (
        <Panel title="Noted">
          {patient.exclusion && <p>Excluded: {clinicalWords().nameExclusion(patient.exclusion.reason)}</p>}
          {patient.flag !== null && <p>Flagged: {patient.flag}</p>}
          {patient.note !== '' && <p>{patient.note}</p>}
        </Panel>
      )}
      <div className="panel sideFoot">
        <div className="row wide">
          <Button
            variant="default"
            rightSection={<kbd aria-hidden>⇧F</kbd>}
            onClick={() => workListStore.getState().ask({ what: 'flag', patient: patient.id })}
          >
            Flag
          </Button>
          <Button
            variant="default"
            color="red"
            rightSection={<kbd aria-hidden>Del</kbd>}
            onClick={() => runCommand(session, 'list.exclude')}
          >
            {state === 'excluded' ? 'Take back' : 'Exclude'}
          </Button>
        </div>
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          onClick={() => workListStore.getState().ask({ what: 'erase', patient: patient.id })}
        >
          Erase a patient who withdrew …
        </Button>
      </div>
    </aside>
  )
}

/** Which image has which role, as proposed or as a person says. */
function Roles({ row: { patient, cells } }: { row: WorkListRow }) {
  const { workListStore } = useSession()
  const records = useStore(workListStore, (state) => state.records)
  const images = useMemo(() => (records?.images ?? []).filter((image) => image.patient === patient.id), [records, patient.id])
  const choices = images.map(({ id }) => ({ value: id, label: phaseFirst(records?.names[id] ?? id.slice(0, 8)) }))
  return (
    <ul className="roles">
      {cells.map(({ role, image, progress, volumeCm3 }) => (
        <li key={role}>
          <div className="row">
            <strong>{role}</strong>
            <ProgressMark progress={progress} />
            <span className="number volume">{volumeCm3 !== null && progress !== 'empty' && formatVolume(volumeCm3)}</span>
          </div>
          <Select
            size="xs"
            aria-label={`Image of ${role}`}
            placeholder="No image: choose one"
            data={choices}
            value={image}
            allowDeselect={false}
            onChange={(id) => id !== null && void workListStore.getState().assignRole(id, role)}
          />
        </li>
      ))}
    </ul>
  )
}

/** Each phase with its time and what it is for. */
function Phases({ row: { patient, cells } }: { row: WorkListRow }) {
  const phases = patient.dce?.phases ?? []
  return (
    <ol className="phases">
      {phases.map(({ image, timeS }, i) => (
        <li key={image}>
          <span className="number">{i + 1}</span>
          <span className="number">{Math.round(timeS)} s</span>
          <span className="dim">{i === 0 ? 'before contrast' : i === patient.dce?.peak ? 'highest' : 'after contrast'}</span>
          <strong>{cells.find((cell) => cell.image === image)?.role}</strong>
        </li>
      ))}
    </ol>
  )
}
