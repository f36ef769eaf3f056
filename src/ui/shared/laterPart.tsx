import { useEffect, useState, type ComponentType, type ReactNode } from 'react'
import { keepLoaded } from '../../io/keepLoaded.ts'
import { programServer } from '../../io/programServer.ts'

/** A part of the page that is loaded after its first screen. Where that fails, the FailureBoundary around it says so. */
export interface LaterPart<Props> {
  (props: Props): ReactNode
  /** Loads it before it is wanted. */
  prepare(): void
}

/**
 * A component that comes when it is loaded; until then its place stays empty. Not by React's lazy, which shows its fallback for a
 * moment even when the part is there, and holds what comes after it back.
 */
export function laterPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LaterPart<Props> {
  let part: ComponentType<Props> | undefined
  const { get } = keepLoaded(async () => {
    part = await programServer.load(load)
  })

  function Later(props: Props) {
    const [, setIsThere] = useState(part !== undefined)
    const [failure, setFailure] = useState<{ readonly error: unknown }>()
    useEffect(() => {
      if (part) return
      let isWanted = true
      get().then(
        () => isWanted && setIsThere(true),
        (error: unknown) => isWanted && setFailure({ error }),
      )
      return () => void (isWanted = false)
    }, [])
    if (failure) throw failure.error
    const Part = part
    return Part && <Part {...props} />
  }
  // A failure is told where the part is shown, which tries again.
  Later.prepare = () => void get().catch(() => {})
  return Later
}
