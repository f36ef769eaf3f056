import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { describeGuard } from '../../../core/analysis/leakGuard.ts'
import { Key } from '../../shared/Key.tsx'
import { useSession } from '../../shared/session.ts'
import { GuardTable } from '../laterParts.ts'
import { guardLooks, tellGuard } from './tellGuard.ts'

/** Who every step learnt from, in one sentence; the patients behind each step below it. */
export function GuardBar() {
  const { studyStore } = useSession()
  const analysis = useStore(studyStore, (state) => state.analysis)
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select') !== null
      if (event.defaultPrevented || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== 'g') return // prettier-ignore
      event.preventDefault()
      setIsOpen((before) => !before)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  if (!analysis) return null
  const guard = describeGuard(analysis)
  const { freeze } = analysis.protocol.cohort
  return (
    <footer className={`guard studyGuard ${guardLooks[guard.state]}`} aria-label="Leak guard">
      <span>
        <strong>Leak guard</strong> {tellGuard(analysis)}
        {freeze !== undefined && (
          <>
            {' '}
            Cohorts fixed before, hash <code title={freeze}>{freeze.slice(0, 12)}</code>.
          </>
        )}
      </span>
      <Button size="compact-xs" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        Patients behind each step
      </Button>
      <Key>G</Key>
      {isOpen && <GuardTable />}
    </footer>
  )
}
