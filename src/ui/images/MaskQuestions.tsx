import { Button } from '@mantine/core'
import type { MaskQuestion } from '../../state/maskQuestions.ts'
import { useSession } from '../shared/session.ts'

/** Which volumes are masks, where they may be and do not look like labels. */
export function MaskQuestions({ questions }: { questions: readonly MaskQuestion[] }) {
  return questions.map((question) => <Question key={question.found.id} question={question} />)
}

function Question({ question }: { question: MaskQuestion }) {
  const { answerMaskQuestion } = useSession()
  const { found, image } = question
  const title = `Is ${found.name} a mask?`
  return (
    <section className="card question" aria-label={title}>
      <h2>{title}</h2>
      <p className="dim">
        {found.maskHint === 'shares'
          ? 'Its values go from 0 to 1, as probabilities and partial volume do, and those of an image that was normalised.'
          : 'It is called one.'}{' '}
        It stands on the grid of {image.name}. Until you say so it is an image. Of a mask of shares you choose next from which
        value on a voxel is inside.
      </p>
      <div className="row">
        <Button variant="default" onClick={() => void answerMaskQuestion(question, true)}>
          A mask of {image.name}
        </Button>
        <Button variant="default" onClick={() => void answerMaskQuestion(question, false)}>
          An image
        </Button>
      </div>
    </section>
  )
}
