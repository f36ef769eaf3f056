import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { ItemMark } from '../../../core/report/answers.ts'

interface ItemCardProps {
  /** Its list, number and name. */
  readonly name: string
  readonly state: string
  readonly isMarked: boolean
  readonly onMark: (mark: ItemMark | null) => void
  readonly onClose: () => void
}

const marks: readonly { readonly mark: ItemMark; readonly label: string }[] = [
  { mark: 'yes', label: 'Yes, it holds' },
  { mark: 'no', label: 'No' },
  { mark: 'not applicable', label: 'Not applicable' },
]

/** Where a person says what holds of an item of a checklist. */
export function ItemCard({ name, state, isMarked, onMark, onClose }: ItemCardProps) {
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <section
      className="card answerCard"
      aria-label="Item"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <p>
        <strong>{name}</strong> <span className="dim">{state}</span>
      </p>
      <div className="row">
        {marks.map(({ mark, label }, at) => (
          <Button key={mark} ref={at === 0 ? first : undefined} onClick={() => onMark(mark)}>
            {label}
          </Button>
        ))}
        {isMarked && <Button onClick={() => onMark(null)}>Take back what was said</Button>}
        <Button variant="subtle" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </section>
  )
}
