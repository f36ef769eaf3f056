import { Button } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { Protocol } from '../../../core/protocol/protocol.ts'
import { programServer } from '../../../io/programServer.ts'
import { sayError } from '../../../messages/say.ts'
import { downloadFile } from '../../../state/actions/downloadFile.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { FilePicker } from '../../shared/FilePicker.tsx'

/** The reader of protocols is loaded when one is opened or saved. */
const files = () => programServer.load(() => import('../../../io/records/protocolFile.ts'))

/** The protocol as the command line takes it, in and out; a change is taken back. */
export function ProtocolMenu() {
  const { studyStore } = useSession()
  const protocol = useStore(studyStore, (state) => state.protocol)
  const canUndo = useStore(studyStore, ({ earlier }) => earlier.length > 0)
  const canRedo = useStore(studyStore, ({ later }) => later.length > 0)
  const [problem, setProblem] = useState<string | null>(null)
  if (!protocol) return null
  const { setProtocol, undo, redo } = studyStore.getState()
  const attempt = async (act: () => Promise<void>) => {
    setProblem(null)
    await act().catch((error: unknown) => setProblem(sayError(error)))
  }
  const open = (file: File) =>
    attempt(async () => {
      const { parseProtocolFile } = await files()
      await setProtocol(keepColumns(parseProtocolFile(await file.text(), file.name), protocol))
    })
  const save = () =>
    attempt(async () => {
      const { formatProtocolFile } = await files()
      downloadFile('protocol.yaml', formatProtocolFile(protocol), 'application/yaml')
    })
  return (
    <>
      <div className="row">
        <Button disabled={!canUndo} onClick={() => void undo()}>
          Undo
        </Button>
        <Button disabled={!canRedo} onClick={() => void redo()}>
          Redo
        </Button>
        <FilePicker label="Open a protocol" accept=".yaml,.yml" testId="protocol-input" onFile={(file) => void open(file)} />
        <Button onClick={() => void save()}>Save the protocol</Button>
      </div>
      {problem && (
        <Notice kind="error" onClose={() => setProblem(null)}>
          {problem}
        </Notice>
      )}
    </>
  )
}

/** Which columns are outcome, cohort and patient was said of these tables; a protocol of another study does not know them. */
function keepColumns(opened: Protocol, { outcome, cohort, patient }: Protocol): Protocol {
  return { ...opened, outcome, cohort, ...(patient !== undefined && { patient }) }
}
