import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { keysOf, writeKey } from '../commands/keys.ts'
import { runCommand } from '../commands/runCommand.ts'
import { useSession } from '../shared/session.ts'

/** A patient with one lesion has no list of them: this is all that is seen of it. */
export function AddLesion() {
  const session = useSession()
  const { handStore, maskOperationStore } = session
  const preset = useStore(handStore, (state) => state.preset)
  const isPreviewing = useStore(maskOperationStore, (state) => state.run.status === 'preview')
  const key = writeKey(keysOf('lesion.add', preset)[0])
  return (
    <Button
      className="addLesion"
      size="compact-xs"
      variant="subtle"
      color="gray"
      disabled={isPreviewing}
      leftSection={<IconPlus size={12} />}
      title={`Another lesion of this patient, drawn apart from the others (${key})`}
      onClick={() => runCommand(session, 'lesion.add')}
    >
      Lesion
    </Button>
  )
}
