import { Progress } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { sayError } from '../../../../messages/say.ts'
import type { Teacher } from '../../../../state/learn/teacher.ts'
import { Notice } from '../../../shared/Notice.tsx'
import { useSession } from '../../../shared/session.ts'

export interface Taught<Result> {
  /** Null until there is one. */
  readonly result: Result | null
  readonly isRunning: boolean
  readonly done: number
  /** Of so many steps; 0 before the first is told. */
  readonly total: number
  readonly problem: string | null
}

type Work<Result> = (teacher: Teacher, signal: AbortSignal, onDone: (done: number, total: number) => void) => Promise<Result>

const nothing = { result: null, isRunning: false, done: 0, total: 0, problem: null }

/** What a card has computed by a worker, which ends with the card. */
export function useTaught<Result>(): {
  readonly taught: Taught<Result>
  readonly run: (work: Work<Result>, onResult: (result: Result) => void) => Promise<void>
} {
  const { openTeacher } = useSession()
  const [taught, setTaught] = useState<Taught<Result>>(nothing)
  const control = useRef<AbortController>(undefined)
  useEffect(() => () => control.current?.abort(), [])
  const run = async (work: Work<Result>, onResult: (result: Result) => void) => {
    control.current?.abort()
    const { signal } = (control.current = new AbortController())
    setTaught({ ...nothing, isRunning: true })
    try {
      const tellDone = (done: number, total: number) => void (signal.aborted || setTaught({ ...nothing, isRunning: true, done, total })) // prettier-ignore
      const result = await work(await openTeacher(), signal, tellDone)
      if (signal.aborted) return
      setTaught({ ...nothing, result })
      onResult(result)
    } catch (error) {
      if (!signal.aborted) setTaught({ ...nothing, problem: sayError(error) })
    }
  }
  return { taught, run }
}

export function TaughtProgress({ taught: { isRunning, done, total, problem } }: { taught: Taught<unknown> }) {
  if (problem !== null) return <Notice kind="error">It could not be computed: {problem}</Notice>
  if (!isRunning) return null
  return (
    <div className="row" role="status">
      <Progress w={220} size="sm" value={total > 0 ? (100 * done) / total : 3} aria-label="Progress" />
      <span className="dim number">{total > 0 ? `${done} of ${total} steps` : 'Beginning'}</span>
    </div>
  )
}
