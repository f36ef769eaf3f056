import { Button } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import { countDone, isLessonDone, lessonCards, lessonNames, type LessonName } from '../../../../state/learn/lessons.ts'
import { readNumber, type LearnAddress } from '../../../../state/learn/learnAddress.ts'
import { defaultPlay, playRanges } from '../../../../state/learn/playground.ts'
import { useSession } from '../../../shared/session.ts'
import { CopyLink } from '../CopyLink.tsx'
import { useLearnAddress } from '../useLearnAddress.ts'
import { CardView } from './CardView.tsx'
import { lessons } from './lessons.ts'

/** Which lesson is open, at which of its cards; null is the list. */
interface Place {
  readonly lesson: LessonName | null
  readonly card: number
  readonly seed: number
}

const atFirst: Place = { lesson: null, card: 0, seed: defaultPlay.seed }

function addressOf({ lesson, card, seed }: Place): LearnAddress {
  if (lesson === null) return { place: 'lessons', values: {} }
  return { place: lesson, values: { seed: String(seed), ...(card > 0 && { card: String(card + 1) }) } }
}

function placeOf({ place, values }: LearnAddress): Place {
  const lesson = lessonNames.find((name) => name === place) ?? null
  const cards = lesson === null ? 1 : lessonCards[lesson].length
  return {
    lesson,
    card: Math.floor((readNumber(values.card, { least: 1, most: cards }) ?? 1) - 1),
    seed: Math.round(readNumber(values.seed, playRanges.seed) ?? defaultPlay.seed),
  }
}

/** Five lessons, and the one that is open. */
export function LessonsView() {
  const [place, setPlace] = useState(atFirst)
  useLearnAddress(addressOf(place), (asked) => {
    if (asked.place === 'play') return false
    setPlace(placeOf(asked))
    return true
  })
  if (place.lesson === null) return <LessonList onOpen={(lesson, card) => setPlace({ ...place, lesson, card })} />
  return (
    <LessonCards
      lesson={place.lesson}
      at={place.card}
      seed={place.seed}
      onCard={(card) => setPlace({ ...place, card })}
      onList={() => setPlace({ ...place, lesson: null, card: 0 })}
    />
  )
}

function LessonList({ onOpen }: { onOpen: (lesson: LessonName, card: number) => void }) {
  const { lessonsStore } = useSession()
  const progress = useStore(lessonsStore, (state) => state.progress)
  const { forget } = lessonsStore.getState()
  const next = lessonNames.find((name) => !isLessonDone(name, progress))
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What do the figures mean?
          </h1>
          <p className="dim">Five lessons of at most five minutes: you guess, you do something, you see. Patients are made up.</p>
        </div>
      </header>
      <ol className="lessonList">
        {lessons.map(({ name, title, about, minutes, cards }, i) => {
          const done = countDone(name, progress)
          const isDone = done === cards.length
          const begin = () => {
            if (isDone) forget(name)
            onOpen(name, isDone ? 0 : firstOpen(name, progress[name] ?? {}))
          }
          return (
            <li key={name} className="card lessonTile">
              <span className="lessonNumber dim">{i + 1}</span>
              <h2>{title}</h2>
              <p className="dim">{about}</p>
              <Dots cards={cards.map(({ id }) => progress[name]?.[id] !== undefined)} />
              <p className="dim">{isDone ? 'Done' : `${done} of ${cards.length} cards, about ${minutes} minutes`}</p>
              <Button
                variant={name === next ? 'filled' : 'default'}
                onClick={begin}
                aria-label={`${begun(done, isDone)}: ${title}`}
              >
                {begun(done, isDone)}
              </Button>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

const begun = (done: number, isDone: boolean) => (isDone ? 'Once more' : done > 0 ? 'Go on' : 'Begin')

/** The first card that is not done. */
function firstOpen(lesson: LessonName, done: Readonly<Record<string, string>>): number {
  const at = lessonCards[lesson].findIndex((card) => done[card] === undefined)
  return Math.max(0, at)
}

function Dots({ cards, at }: { cards: readonly boolean[]; at?: number }) {
  return (
    <span className="lessonDots" aria-hidden>
      {cards.map((isDone, i) => (
        <i key={i} className={`${isDone ? 'done' : ''}${i === at ? ' here' : ''}`} />
      ))}
    </span>
  )
}

interface LessonCardsProps {
  readonly lesson: LessonName
  readonly at: number
  readonly seed: number
  readonly onCard: (card: number) => void
  readonly onList: () => void
}

function LessonCards({ lesson: name, at, seed, onCard, onList }: LessonCardsProps) {
  const { lessonsStore } = useSession()
  const done = useStore(lessonsStore, ({ progress }) => progress[name]) ?? {}
  const { title, cards, minutes } = lessons.find((lesson) => lesson.name === name)!
  const card = cards[at]
  const isLast = at === cards.length - 1
  const left = Math.max(1, Math.round((minutes * (cards.length - at)) / cards.length))
  return (
    <div className="main lesson">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            {title}
          </h1>
          <p className="dim">
            Card {at + 1} of {cards.length}, about {left} {left === 1 ? 'minute' : 'minutes'} left · seed {seed}
          </p>
        </div>
        <Dots cards={cards.map(({ id }) => done[id] !== undefined)} at={at} />
        <Button disabled={at === 0} onClick={() => onCard(at - 1)}>
          Card before
        </Button>
        <Button disabled={isLast} onClick={() => onCard(at + 1)}>
          Skip
        </Button>
        <CopyLink address={() => addressOf({ lesson: name, card: at, seed })} />
        <Button onClick={onList}>All lessons</Button>
      </header>
      <CardView
        key={`${name} ${card.id} ${seed}`}
        card={card}
        seed={seed}
        before={done[card.id]}
        isLast={isLast}
        onDone={(guess) => lessonsStore.getState().finish(name, card.id, guess)}
        onNext={() => (isLast ? onList() : onCard(at + 1))}
      />
    </div>
  )
}
