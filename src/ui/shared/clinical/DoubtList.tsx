import { Button, NativeSelect } from '@mantine/core'
import './clinical.css'
import { appWords } from '../../../messages/words/appWords.ts'

/** Something of a clinical table that waits for a person. */
export interface ShownDoubt {
  readonly id: string
  readonly question: string
  readonly patients: number
  /** What stands in the cells, the most frequent first. */
  readonly texts: readonly { readonly text: string; readonly count: number }[]
  readonly options: readonly string[]
  readonly proposed: string | null
  /** What a single text may be said to mean; none where only all of them can be answered. */
  readonly meanings: readonly string[]
}

interface Props {
  readonly doubts: readonly ShownDoubt[]
  /** For all patients of a doubt. */
  readonly onAnswer: (id: string, option: string) => void
  /** A text means the same wherever it stands in the column. */
  readonly onMeaning: (id: string, text: string, meaning: string) => void
}

const mostTexts = 8

/** Doubts of a clinical table, one answer a doubt, or one a text. */
export function DoubtList({ doubts, onAnswer, onMeaning }: Props) {
  const words = appWords()
  return (
    <ul className="doubts" aria-label={words.toDecide}>
      {doubts.map(({ id, question, patients, texts, options, proposed, meanings }) => (
        <li key={id}>
          <div className="row">
            <span className="grow">
              {question} <span className="dim">{words.ofPatients(patients)}</span>
            </span>
            <NativeSelect
              aria-label={question}
              value=""
              data={[
                { value: '', label: words.notDecided },
                ...options.map((option) => ({ value: option, label: option === proposed ? words.proposed(option) : option })),
              ]}
              onChange={(event) => onAnswer(id, event.currentTarget.value)}
            />
          </div>
          <ul className="doubtTexts">
            {texts.slice(0, mostTexts).map(({ text, count }) => (
              <li key={text}>
                <q>{text}</q>
                <span className="dim">{count > 1 ? ` × ${count}` : ''}</span>
                {meanings.map((meaning) => (
                  <Button key={meaning} size="compact-xs" title={words.everywhere} onClick={() => onMeaning(id, text, meaning)}>
                    {words.isMeaning(meaning)}
                  </Button>
                ))}
              </li>
            ))}
            {texts.length > mostTexts && <li className="dim">{words.andMore(texts.length - mostTexts)}</li>}
          </ul>
        </li>
      ))}
    </ul>
  )
}
