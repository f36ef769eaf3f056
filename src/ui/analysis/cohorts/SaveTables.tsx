import { Button } from '@mantine/core'
import { useState } from 'react'
import { programServer } from '../../../io/programServer.ts'
import { sayError } from '../../../messages/say.ts'
import { downloadFile } from '../../../state/actions/downloadFile.ts'
import { useSession } from '../../shared/session.ts'

/** The study's own tables and the protocol, of which the command line makes the same numbers. */
export function SaveTables() {
  const { studyStore } = useSession()
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setProblem(null)
    try {
      const { door, protocol } = studyStore.getState()
      const { formatProtocolFile } = await programServer.load(() => import('../../../io/records/protocolFile.ts'))
      const { zipOwnTables } = await programServer.load(() => import('./zipOwnTables.ts'))
      downloadFile('study-tables.zip', await zipOwnTables(door!.files, formatProtocolFile(protocol)), 'application/zip')
    } catch (error) {
      setProblem(sayError(error))
    }
  }
  return (
    <>
      <Button title="features, clinical values and protocol, for texel analyse" onClick={() => void save()}>
        Save the tables
      </Button>
      {problem && <span role="alert">Nothing was saved: {problem}</span>}
    </>
  )
}
