import type { ReactNode } from 'react'

/** A part of the inspector that is opened when it is wanted. */
export function FoldedPanel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel folded" aria-label={title}>
      <details name="roi-tools">
        <summary>
          <h2>{title}</h2>
        </summary>
        <div className="body">{children}</div>
      </details>
    </section>
  )
}
