import { Button, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { dceRole } from '../../../core/cohort/proposal/roles.ts'
import { messageOf } from '../../../core/messages/message.ts'
import type { Scope } from '../../../state/importing/importStudy.ts'
import { useSession } from '../../shared/session.ts'
import { imagesOfExample, type Correction } from './correction.ts'

interface Effect {
  readonly patients: number
  readonly images: number
}

/** For whom a corrected role is meant: one patient, or all images alike. */
export function CorrectionDialog({ correction, onClose }: { correction: Correction | null; onClose: () => void }) {
  return (
    <Modal
      opened={correction !== null}
      onClose={onClose}
      title={correction ? titleOf(correction) : ''}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      {correction && <Scopes correction={correction} onClose={onClose} />}
    </Modal>
  )
}

const tellRole = (role: string | null) =>
  role === null ? 'has no role' : role === dceRole ? 'is a dynamic series' : `is ${role}`
const titleOf = ({ group, role }: Correction) => `${group.description || 'This series'} ${tellRole(role)}`

function Scopes({ correction: { group, role }, onClose }: { correction: Correction; onClose: () => void }) {
  const { studyImporter } = useSession()
  const [effects, setEffects] = useState<Readonly<Record<Scope, Effect>>>()
  const own = imagesOfExample(group)
  useEffect(() => {
    let isWanted = true
    void studyImporter().then(async ({ countEffect, tell: tellProblem }) => {
      try {
        const [alike, patient] = await Promise.all([
          countEffect(group.images, role, 'alike'),
          countEffect(imagesOfExample(group), role, 'patient'),
        ])
        if (isWanted) setEffects({ alike, patient })
      } catch (error) {
        tellProblem(messageOf(error))
      }
    })
    return () => void (isWanted = false)
  }, [group, role, studyImporter])
  const take = (scope: Scope) => {
    void studyImporter().then(({ correct }) => correct(scope === 'alike' ? group.images : own, role, scope))
    onClose()
  }
  const { example } = group
  return (
    <div className="asked">
      <p className="dim">
        All like it are those of the same centre, description and scanner. What you say of them becomes a rule of the study: it
        holds for images that come later, too.
      </p>
      <Button
        data-autofocus
        justify="space-between"
        disabled={!effects}
        onClick={() => take('alike')}
        rightSection={tell(effects?.alike)}
      >
        All like it
      </Button>
      <Button justify="space-between" disabled={!effects} onClick={() => take('patient')} rightSection={tell(effects?.patient)}>
        {example.label} only
      </Button>
    </div>
  )
}

function tell(effect: Effect | undefined) {
  if (!effect) return null
  const { patients, images } = effect
  return (
    <span className="dim">
      {images === 0
        ? 'changes nothing'
        : `changes ${images} ${images === 1 ? 'image' : 'images'} of ${patients} ${patients === 1 ? 'patient' : 'patients'}`}
    </span>
  )
}
