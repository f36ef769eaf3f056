import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { sayError } from '../../../messages/say.ts'
import type { PaperTable } from '../../../io/results/paperTable.ts'
import { programServer } from '../../../io/programServer.ts'

const shownMs = 2500

/** Copies a table as a word processor takes it, and says so. */
export function CopyPaper({ make, label = 'Copy' }: { make: () => PaperTable | Promise<PaperTable>; label?: string }) {
  const [told, setTold] = useState<{ readonly text: string; readonly isProblem: boolean } | null>(null)
  useEffect(() => {
    if (!told || told.isProblem) return
    const timer = setTimeout(() => setTold(null), shownMs)
    return () => clearTimeout(timer)
  }, [told])
  const copy = async () => {
    try {
      const { copyPaperTable } = await programServer.load(() => import('./copyPaperTable.ts'))
      await copyPaperTable(await make())
      setTold({ text: 'Copied', isProblem: false })
    } catch (error) {
      setTold({ text: `Not copied: ${sayError(error)}`, isProblem: true })
    }
  }
  return (
    <>
      <Button size="compact-xs" title="As a table for a word processor" onClick={() => void copy()}>
        {label}
      </Button>
      <span role="status" className={told?.isProblem ? 'warnText' : told ? 'dim' : 'visuallyHidden'}>
        {told?.text}
      </span>
    </>
  )
}
