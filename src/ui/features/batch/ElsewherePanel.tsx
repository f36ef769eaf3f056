import { Button } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { isBatchRunning } from '../../../state/batch/batchState.ts'
import { FilePicker } from '../../shared/FilePicker.tsx'
import { Notice } from '../../shared/Notice.tsx'
import { Panel } from '../../shared/Panel.tsx'
import { useSession } from '../../shared/session.ts'
import { rois, tellLeft, tellTaken } from './batchTexts.ts'
import { useBatchAct, useOwnRows } from './useBatch.ts'

/** A study that is too much for this machine is computed by others: it goes there as its file, and its rows come back. */
export function ElsewherePanel() {
  const { askStudyCopy, batchStore } = useSession()
  const taken = useStore(batchStore, (state) => state.taken)
  const isRunning = useStore(batchStore, isBatchRunning)
  const rows = useOwnRows()
  const act = useBatchAct()
  const isLeft = [...(taken?.left.keys() ?? [])].some((why) => why !== 'there')
  const save = () =>
    act(async ({ keepParameters }) => {
      await keepParameters()
      askStudyCopy()
    })
  return (
    <Panel title="Compute on other machines">
      <p className="dim">
        Save the study, compute it with the command line on as many machines as you have, and give back features.csv.rows.csv,
        with its .run.json. README.txt in the file has the commands.
      </p>
      {taken && (
        <Notice kind={isLeft ? 'warn' : taken.rows > 0 ? 'safe' : 'info'} onClose={() => batchStore.setState({ taken: null })}>
          <p>{tellTaken(taken)}</p>
          {taken.left.size > 0 && (
            <ul>
              {[...taken.left].map(([why, names]) => (
                <li key={why} title={names.join('; ')}>
                  {rois(names.length)} {tellLeft[why]}
                </li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      <div className="row wide">
        <Button px={6} leftSection={<IconDownload size={15} />} disabled={isRunning || rows.length === 0} onClick={save}>
          Save the study
        </Button>
        <FilePicker
          label="Take rows back"
          leftSection={<IconUpload size={15} />}
          accept=".csv,.json"
          testId="computed-rows-input"
          multiple
          px={6}
          disabled={isRunning || rows.length === 0}
          onFile={(file, { more }) => act(({ take }) => take([file, ...more]))}
        />
      </div>
    </Panel>
  )
}
