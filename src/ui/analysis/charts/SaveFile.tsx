import { Button } from '@mantine/core'
import { useState } from 'react'
import { sayError } from '../../../messages/say.ts'
import { downloadFile } from '../../../state/actions/downloadFile.ts'

interface Props {
  readonly label: string
  readonly title: string
  readonly name: string
  readonly type: string
  /** What writes the file is loaded with it. */
  readonly make: () => Promise<BlobPart>
}

/** Writes a file when it is asked for, and says why where that fails. */
export function SaveFile({ label, title, name, type, make }: Props) {
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setIsBusy(true)
    setProblem(null)
    try {
      downloadFile(name, await make(), type)
    } catch (error) {
      setProblem(sayError(error))
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <>
      <Button size="compact-xs" title={title} disabled={isBusy} onClick={() => void save()}>
        {label}
      </Button>
      {problem && (
        <span role="alert" className="warnText">
          Not saved: {problem}
        </span>
      )}
    </>
  )
}
