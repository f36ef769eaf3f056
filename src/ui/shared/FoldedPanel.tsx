import { useEffect, useRef, type ReactNode } from 'react'

interface FoldedPanelProps {
  readonly title: string
  /** Where something else than its own head opens it too. */
  readonly isOpen?: boolean
  readonly onToggle?: (isOpen: boolean) => void
  readonly children: ReactNode
}

/** A part of the inspector that is opened when it is wanted; one at a time is. */
export function FoldedPanel({ title, isOpen, onToggle, children }: FoldedPanelProps) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isOpen) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  return (
    <section className="panel folded" aria-label={title} ref={panel}>
      <details name="roi-tools" open={isOpen} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
        <summary>
          <h2>{title}</h2>
        </summary>
        <div className="body">{children}</div>
      </details>
    </section>
  )
}
