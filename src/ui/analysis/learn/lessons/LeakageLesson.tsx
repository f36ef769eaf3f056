import { Button } from '@mantine/core'
import { useState } from 'react'
import type { LeakInNoise } from '../../../../core/simulate/leakInNoise.ts'
import { formatFixed } from '../../../shared/formatNumber.ts'
import { leakageMeans } from './leakageMeans.ts'
import type { Lesson, StageProps } from './lesson.ts'
import { TaughtProgress, useTaught } from './useTaught.tsx'

interface Bar {
  readonly name: string
  readonly auc: number | null
}

/** AUCs against the 0.5 that is the truth; one that is not known yet has an empty place. */
function AucBars({ bars }: { bars: readonly Bar[] }) {
  return (
    <dl className="aucBars">
      {bars.map(({ name, auc }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span className="track">
              {auc !== null && <i style={{ width: `${100 * auc}%` }} />}
              <span className="half" />
            </span>
            <b>{auc === null ? '?' : formatFixed(auc, 3)}</b>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Noise studies one after the other. */
function useNoiseTrials() {
  const { taught, run } = useTaught<readonly LeakInNoise[]>()
  const runSeeds = (seeds: readonly number[], onFound: (found: readonly LeakInNoise[]) => void) =>
    void run(async (teacher, signal, onDone) => {
      const found: LeakInNoise[] = []
      for (const seed of seeds)
        found.push(
          await teacher.findLeak(seed, signal, (done, total) => onDone(found.length * total + done, seeds.length * total)),
        )
      return found
    }, onFound)
  return { taught, runSeeds }
}

const about = '50 patients, 500 features, outcome by the toss of a coin; Wilcoxon’s test, then LASSO; 5 folds'

function ChosenOnAllStage({ seed, onMoved }: StageProps) {
  const { taught, runSeeds } = useNoiseTrials()
  const result = taught.result?.[0]
  const start = () =>
    runSeeds([seed], ([found]) =>
      onMoved({
        answer: `${formatFixed(found.chosenOnAll, 2)}, where there is nothing to find.`,
        sentence: `The ${found.kept} features were chosen with the help of the patients who then judged them; in the patients it learnt from the model has even ${formatFixed(found.apparent, 2)}.`,
      }),
    )
  return (
    <section className="card stageTable" aria-label="A study of noise">
      <div className="row stageAct">
        <Button disabled={taught.isRunning} onClick={start}>
          Run the study
        </Button>
        <span className="dim">{about}</span>
      </div>
      <TaughtProgress taught={taught} />
      <AucBars
        bars={[
          { name: 'The patients it learnt from', auc: result?.apparent ?? null },
          { name: 'Features chosen on all, then cross-validated', auc: result?.chosenOnAll ?? null },
        ]}
      />
    </section>
  )
}

function InsideFoldsStage({ seed, onMoved }: StageProps) {
  const { taught, runSeeds } = useNoiseTrials()
  const result = taught.result?.[0]
  const start = () =>
    runSeeds([seed], ([found]) =>
      onMoved({
        answer: `${formatFixed(found.chosenInFolds, 2)}; 200 new patients give ${formatFixed(found.newPatients, 2)}.`,
        sentence: 'Chosen anew in each fold, without the patients who judge, the features are worth what they are: nothing.',
      }),
    )
  return (
    <section className="card stageTable" aria-label="A study of noise">
      <div className="row stageAct">
        <Button disabled={taught.isRunning} onClick={start}>
          Choose inside the folds
        </Button>
        <span className="dim">{about}</span>
      </div>
      <TaughtProgress taught={taught} />
      <AucBars
        bars={[
          { name: 'Features chosen on all, then cross-validated', auc: result?.chosenOnAll ?? null },
          { name: 'Features chosen inside each fold', auc: result?.chosenInFolds ?? null },
          { name: 'New patients', auc: result?.newPatients ?? null },
        ]}
      />
    </section>
  )
}

const repeats = 3
const remarkable = 0.7

function AnotherSeedStage({ seed, onMoved }: StageProps) {
  const { taught, runSeeds } = useNoiseTrials()
  const start = () =>
    runSeeds(
      Array.from({ length: repeats }, (_, i) => seed + 1 + i),
      (found) =>
        onMoved({
          answer: `${found.filter(({ chosenOnAll }) => chosenOnAll > remarkable).length} of ${repeats}.`,
          sentence:
            'It is no bad luck: with 500 features some always fit the toss of a coin, and the same patients confirm them.',
        }),
    )
  return (
    <section className="card stageTable" aria-label="Studies of noise">
      <div className="row stageAct">
        <Button disabled={taught.isRunning} onClick={start}>
          Run {repeats} more
        </Button>
        <span className="dim">Features chosen on all patients, then cross-validated</span>
      </div>
      <TaughtProgress taught={taught} />
      <AucBars
        bars={Array.from({ length: repeats }, (_, i) => ({
          name: `Study ${i + 1}`,
          auc: taught.result?.[i].chosenOnAll ?? null,
        }))}
      />
    </section>
  )
}

function FourNumbersStage({ onMoved }: StageProps) {
  const [seen, setSeen] = useState(0)
  const uncover = () => {
    setSeen(seen + 1)
    if (seen + 1 === leakageMeans.length)
      onMoved({
        answer: `${formatFixed(leakageMeans[1].auc, 2)}: with five times the patients it still lies.`,
        sentence:
          'Texel has no way to write that order: who judges is not seen by what learns, and the leak guard under every screen says so.',
      })
  }
  return (
    <section className="card stageTable" aria-label="Four numbers">
      <div className="row stageAct">
        <Button disabled={seen >= leakageMeans.length} onClick={uncover}>
          Uncover the next
        </Button>
        <span className="dim">Mean AUC of 20 studies of noise: 250 training and 152 validation patients, 400 features</span>
      </div>
      <AucBars bars={leakageMeans.map(({ name, auc }, i) => ({ name, auc: i < seen ? auc : null }))} />
    </section>
  )
}

export const leakageLesson: Lesson = {
  name: 'leakage',
  title: 'Why leakage lies',
  about: 'Find something in pure noise, live.',
  minutes: 4,
  cards: [
    {
      id: 'chosenOnAll',
      question: 'Pure noise. Features are chosen on all 50 patients, then the model is cross-validated. Which AUC is reported?',
      guess: { kind: 'number', label: 'AUC', least: 0, most: 1, step: 0.01 },
      move: 'Run the study.',
      Stage: ChosenOnAllStage,
    },
    {
      id: 'insideFolds',
      question: 'The same noise, but features are chosen anew inside each fold. Which AUC now?',
      guess: { kind: 'number', label: 'AUC', least: 0, most: 1, step: 0.01 },
      move: 'Run it with the selection inside the folds.',
      Stage: InsideFoldsStage,
    },
    {
      id: 'anotherSeed',
      question: 'Was the first one bad luck? Of 3 other studies of noise, how many report an AUC above 0.70?',
      guess: { kind: 'number', label: 'Studies of 3', least: 0, most: 3, step: 1 },
      move: 'Run three more.',
      Stage: AnotherSeedStage,
    },
    {
      id: 'fourNumbers',
      question: 'Now 250 patients and 400 features of noise. What does choosing on all, then cross-validating, report?',
      guess: { kind: 'choice', options: ['About 0.50', 'About 0.65', 'About 0.78', 'About 0.86'] },
      move: 'Uncover the four numbers.',
      Stage: FourNumbersStage,
    },
  ],
}
