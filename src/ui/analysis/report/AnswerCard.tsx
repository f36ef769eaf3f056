import { Button, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { ReportQuestion } from '../../../io/results/reportSections.ts'

interface AnswerCardProps {
  readonly question: ReportQuestion
  readonly onAnswer: (text: string) => void
  readonly onClose: () => void
}

/** Where a question of the report is answered. */
export function AnswerCard({ question: { text, answer }, onAnswer, onClose }: AnswerCardProps) {
  const [typed, setTyped] = useState(answer ?? '')
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <form
      className="card answerCard"
      aria-label="Answer"
      onSubmit={(event) => {
        event.preventDefault()
        onAnswer(typed)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onAnswer(typed)
        // Keys of the screen are letters here.
        event.stopPropagation()
      }}
    >
      <Textarea
        ref={field}
        label={text}
        description="It is printed as you write it. Write no name of a patient."
        autosize
        minRows={3}
        maxRows={10}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className="row">
        <Button type="submit">Keep the answer</Button>
        <Button variant="subtle" onClick={onClose}>
          Cancel
        </Button>
        <span className="dim small">Ctrl Enter keeps it, Esc leaves it as it was</span>
      </div>
    </form>
  )
}
