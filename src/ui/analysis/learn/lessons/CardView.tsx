import { Button } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef, useState, type FormEvent } from 'react'
import { FailureBoundary } from '../../../shared/FailureBoundary.tsx'
import { Key } from '../../../shared/Key.tsx'
import { useKey } from '../../charts/useKey.ts'
import type { Card, Guess, Told } from './lesson.ts'

interface CardViewProps {
  readonly card: Card
  readonly seed: number
  /** What was guessed when the card was done in an earlier visit. */
  readonly before: string | undefined
  readonly isLast: boolean
  readonly onDone: (guess: string) => void
  readonly onNext: () => void
}

/** One question, a guess, one move, and what it has shown. */
export function CardView({ card: { question, guess, move, Stage }, seed, before, isLast, onDone, onNext }: CardViewProps) {
  const [guessed, setGuessed] = useState<string | null>(before ?? null)
  const [told, setTold] = useState<Told | null>(null)
  const stage = useRef<HTMLDivElement>(null)
  const next = useRef<HTMLButtonElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const isOpen = guessed !== null
  const mayGoOn = told !== null || before !== undefined
  // Keys go on where the card goes on: the question, then the move, then what comes next.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    // A slider that is under the hand keeps it.
    if (told !== null && !document.activeElement?.matches('input[type=range]')) next.current?.focus()
  }, [told])
  const isGuessedNow = isOpen && before === undefined
  // In the same turn as the guess: a key pressed a frame later would meet nothing.
  useLayoutEffect(() => {
    if (isGuessedNow) stage.current?.querySelector<HTMLElement>('button:not(:disabled), input')?.focus()
  }, [isGuessedNow])
  useKey('n', () => mayGoOn && onNext())
  return (
    <div className="lessonGrid">
      <section className="card lessonCard" aria-label="Question">
        <h2 ref={heading} tabIndex={-1}>
          {unbroken(question)}
        </h2>
        {!isOpen && <GuessForm guess={guess} onGuess={setGuessed} />}
        {isOpen && (
          <>
            <p>
              <span className="dim">Your guess:</span> <b>{guessed}</b>
            </p>
            {!told && (
              <p className="move">
                <b>{before === undefined ? 'Now' : 'Once more'}:</b> {move}
              </p>
            )}
          </>
        )}
        <div role="status" className="told">
          {told && (
            <>
              <p className="answer">{unbroken(told.answer)}</p>
              <p>{unbroken(told.sentence)}</p>
            </>
          )}
        </div>
        {mayGoOn && (
          <Button ref={next} variant="filled" className="nextCard" onClick={onNext}>
            {isLast ? 'To all lessons' : 'Next card'} <kbd className="onPrimary">N</kbd>
          </Button>
        )}
      </section>
      <div ref={stage} className={`lessonStage${isOpen ? '' : ' waiting'}`} inert={!isOpen}>
        <FailureBoundary>
          <Stage
            seed={seed}
            onMoved={(shown) => {
              setTold(shown)
              onDone(guessed!)
            }}
          />
        </FailureBoundary>
      </div>
      {!isOpen && (
        <p className="dim guessFirst">
          <Key>Enter</Key> takes the guess; then the picture is yours.
        </p>
      )}
    </div>
  )
}

/** A number stays with its %. */
const unbroken = (text: string) => text.replaceAll(' %', '\u00a0%')

function GuessForm({ guess, onGuess }: { guess: Guess; onGuess: (guess: string) => void }) {
  const [value, setValue] = useState('')
  const isGiven = guess.kind === 'choice' ? value !== '' : fits(value, guess)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isGiven) onGuess(guess.kind === 'choice' ? value : value.trim().replace(',', '.'))
  }
  return (
    <form className="guessForm" onSubmit={submit} aria-label="Your guess">
      {guess.kind === 'choice' ? (
        <fieldset>
          <legend className="visuallyHidden">Your guess</legend>
          {guess.options.map((option) => (
            <label key={option}>
              <input type="radio" name="guess" value={option} checked={value === option} onChange={() => setValue(option)} />
              {option}
            </label>
          ))}
        </fieldset>
      ) : (
        <label className="guessNumber">
          {guess.label}
          <input
            type="text"
            inputMode="decimal"
            autoComplete="off"
            value={value}
            aria-describedby="guess-range"
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <span id="guess-range" className="dim">
            {guess.least} to {guess.most}
          </span>
        </label>
      )}
      <Button type="submit" variant="filled" disabled={!isGiven}>
        That is my guess
      </Button>
    </form>
  )
}

function fits(text: string, { least, most }: { readonly least: number; readonly most: number }): boolean {
  const value = text.trim() === '' ? NaN : Number(text.replace(',', '.'))
  return value >= least && value <= most
}
