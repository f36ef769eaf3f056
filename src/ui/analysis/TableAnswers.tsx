import { Button } from '@mantine/core'
import type { Message } from '../../core/messages/message.ts'

interface AnswerProps {
  readonly label: string
  readonly onAnswer: () => void
}

/** One way out of a problem. */
export function Answer({ label, onAnswer }: AnswerProps) {
  return (
    <Button size="compact-xs" onClick={onAnswer}>
      {label}
    </Button>
  )
}

interface TableAnswersProps {
  readonly problem: Message
  readonly choose: (change: { readonly positive?: string; readonly withoutId?: 'number' | 'leave out' }) => void
}

/** The ways out of what may be asked of any table: its positive outcome, and rows without an ID. */
export function TableAnswers({ problem: { code, values }, choose }: TableAnswersProps) {
  const number = () => choose({ withoutId: 'number' })
  switch (code) {
    case 'which-positive':
      return (values.values as readonly string[]).map((positive) => (
        <Answer key={positive} label={`${positive} is positive`} onAnswer={() => choose({ positive })} />
      ))
    case 'no-id':
      return <Answer label="Number the rows" onAnswer={number} />
    case 'empty-id':
      return (
        <>
          <Answer label="Number these rows" onAnswer={number} />{' '}
          <Answer label="Leave them out" onAnswer={() => choose({ withoutId: 'leave out' })} />
        </>
      )
    default:
      return null
  }
}
