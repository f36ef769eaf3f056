import type { Marked } from '../../messages/marked.ts'

/** Words of which a part stands out. */
export function MarkedWords({ words: [before, marked, after], className }: { words: Marked; className?: string }) {
  return (
    <>
      {before}
      <strong className={className}>{marked}</strong>
      {after}
    </>
  )
}
