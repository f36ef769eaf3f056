import { Button, Checkbox } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { say } from '../../messages/say.ts'
import { keysOf, writeKey, type CommandId } from '../commands/keys.ts'
import { runCommand } from '../commands/runCommand.ts'
import { Key } from '../shared/Key.tsx'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'
import { countMissing, usePatientOfStudy } from './phasesOfStudy.ts'

/** The phases of a dynamic series as a breast MR is read: one after the other, less the first, projected, and beside the other side. */
export function PhasesPanel() {
  const session = useSession()
  const { dynamicStore, handStore, layoutStore, listPhasesOfVisit, patientsStore, phasesStore, roiStore } = session
  const open = useStore(roiStore, (state) => state.open)
  useStore(patientsStore, (state) => state.patients)
  useStore(phasesStore, (state) => state.choices)
  const preset = useStore(handStore, (state) => state.preset)
  const { isSubtracting, isMirroring, work, playing } = useStore(dynamicStore)
  const areTiled = useStore(layoutStore, (state) => state.areTiled)
  const fourth = useStore(layoutStore, (state) => state.fourth)
  const ofStudy = usePatientOfStudy(open?.imageKey)
  if (!open) return null
  const series = session.seriesInHand()
  const missing = countMissing(ofStudy, listPhasesOfVisit())
  const key = (id: CommandId) => writeKey(keysOf(id, preset)[0])
  const toggle = (id: CommandId, label: string, checked: boolean, disabled = false) => (
    <div className="row" style={{ flexWrap: 'nowrap', justifyContent: 'space-between' }}>
      <Checkbox label={label} checked={checked} disabled={disabled} onChange={() => runCommand(session, id)} />
      <Key>{key(id)}</Key>
    </div>
  )
  const isSubtraction = session.isSubtractionInHand()
  return (
    <Panel title={series ? 'Phases' : 'Projection, surface and other side'}>
      {series && (
        <>
          <div className="row" role="group" aria-label="Phases" style={{ gap: 4 }}>
            {series.phases.map(({ id, name }, i) => (
              <Button
                key={id}
                size="compact-xs"
                variant={i === series.at ? 'light' : 'default'}
                aria-pressed={i === series.at}
                aria-label={`Phase ${i + 1}, ${name}`}
                title={name}
                // Of the first there is no subtraction.
                disabled={isSubtraction && i === 0}
                onClick={() => void session.goToPhase(i)}
              >
                {i + 1}
              </Button>
            ))}
            <Button
              size="compact-xs"
              variant="default"
              aria-pressed={playing !== null}
              leftSection={playing === null ? <IconPlayerPlay size={13} /> : <IconPlayerStop size={13} />}
              rightSection={<Key>{key('phase.play')}</Key>}
              onClick={() => runCommand(session, 'phase.play')}
            >
              {playing === null ? 'Play' : 'Stop'}
            </Button>
          </div>
          <p className="dim">
            {key('phase.previous')} and {key('phase.next')} go through the phases; window, zoom and cursor stay.
          </p>
          {isSubtraction ? (
            <p className="dim">
              This is a subtraction, made here from two phases. What is drawn on it is an ROI of its own, of no sequence of a
              study.
            </p>
          ) : (
            toggle('phase.subtract', 'Subtract the first phase', isSubtracting, series.at === 0 && !isSubtracting)
          )}
          {isSubtracting && !isSubtraction && (
            <>
              <p className="dim">
                {series.at === 0
                  ? 'This is the phase that is subtracted: go to a later one.'
                  : 'The ROI is still that of the phase below, and tools read the grey levels of the phase.'}
              </p>
              {series.at > 0 && (
                <Button size="compact-xs" variant="default" onClick={() => void session.openSubtraction()}>
                  Open as an image
                </Button>
              )}
            </>
          )}
        </>
      )}
      {missing > 0 && ofStudy && <ReadMore key={ofStudy.id} patient={ofStudy.id} missing={missing} />}
      {series && toggle('phase.tiles', 'All phases as tiles', areTiled)}
      {toggle('phase.project', 'Projection (MIP)', fourth === 'projection')}
      {toggle('view.surface', 'ROI as a surface in 3D', fourth === 'surface')}
      {toggle('second.mirror', 'The other side, mirrored', isMirroring)}
      {work.status === 'running' && (
        <p className="dim" role="status">
          Computing …
        </p>
      )}
      {work.status === 'failed' && <Notice kind="error">{say(work.reason)}</Notice>}
    </Panel>
  )
}

/** Phases of a study are read when somebody wants to see them. */
function ReadMore({ patient, missing }: { patient: string; missing: number }) {
  const { openPhases } = useSession()
  const [reading, setReading] = useState<'not yet' | 'now' | 'done'>('not yet')
  useEffect(() => {
    if (reading !== 'now') return
    let isWanted = true
    void openPhases(patient).then(() => isWanted && setReading('done'))
    return () => void (isWanted = false)
  }, [reading, openPhases, patient])
  if (reading === 'done')
    return <Notice kind="warn">{missing === 1 ? 'One phase' : `${missing} phases`} of this series could not be read.</Notice>
  return (
    <Button size="compact-xs" variant="default" loading={reading === 'now'} onClick={() => setReading('now')}>
      Read {missing === 1 ? 'one more phase' : `${missing} more phases`}
    </Button>
  )
}
