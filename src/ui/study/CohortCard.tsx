import { Button, Checkbox, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { CohortFreeze, CohortPlan } from '../../core/study/study.ts'
import { formatDateTime } from '../../messages/formatDateTime.ts'
import type { StudyView } from '../../state/viewStudy.ts'
import { useSession } from '../shared/session.ts'
import { NumberButton } from './NumberButton.tsx'
import type { ShownNumber } from './NumberedPatients.tsx'
import { studyWords } from '../../messages/words/studyWords.ts'

interface CohortCardProps {
  readonly view: StudyView
  readonly onShow: (shown: ShownNumber) => void
}

/** Who learns and who is judged: planned, counted, and fixed before anything is learnt. */
export function CohortCard({ view, onShow }: CohortCardProps) {
  const { freeze } = view.study
  return freeze ? <Fixed freeze={freeze} since={view.cohorts.none} onShow={onShow} /> : <Planned view={view} onShow={onShow} />
}

const dayMs = 86_400_000
const formatDay = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)

/** `By centre: A learns, all others are judged`. */
function describePlan(plan: CohortPlan): string {
  const words = studyWords()
  switch (plan.kind) {
    case 'centre':
      return words.byCentre(plan.training)
    case 'date':
      return words.byDate(formatDay(plan.before))
    case 'split':
      return words.byChance(Math.round(100 * plan.share), plan.seed)
  }
}

interface FixedProps extends Pick<CohortCardProps, 'onShow'> {
  readonly freeze: CohortFreeze
  /** Who came since and is in no cohort. */
  readonly since: readonly string[]
}

function Fixed({ freeze, since, onShow }: FixedProps) {
  const { readersStore, studyPlanner } = useSession()
  const names = useStore(readersStore, (state) => state.names)
  const [isAsked, setIsAsked] = useState(false)
  const [reason, setReason] = useState('')
  const { plan, hash, by, at, thawedBefore } = freeze
  const words = studyWords()
  return (
    <section className="card cohortCard fixed" aria-label={words.cohorts}>
      <div className="row">
        <p className="grow">
          <strong className="safeText">{words.cohortsFixed}</strong>
          {words.fixedBy(thawedBefore === 0, formatDateTime(at), names[by] ?? by, describePlan(plan), thawedBefore)}
          <span className="dim">
            {words.hash} <code title={hash}>{hash.slice(0, 12)}</code>
          </span>
        </p>
        {!isAsked && <Button onClick={() => setIsAsked(true)}>{words.thawAsk}</Button>}
      </div>
      {since.length > 0 && (
        <p className="warnText">
          <NumberButton title={words.inNoCohort} patients={since} onShow={onShow} />
          {words.cameSince(since.length)}
        </p>
      )}
      {isAsked && (
        <form
          className="row thaw"
          onSubmit={(event) => {
            event.preventDefault()
            void studyPlanner()
              .then((planner) => planner.thaw(reason))
              .then((isDone) => isDone && setIsAsked(false))
          }}
        >
          <TextInput
            className="grow"
            label={words.whyThaw}
            autoFocus
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" color="red" variant="light" disabled={reason.trim() === ''}>
            {words.thaw}
          </Button>
          <Button onClick={() => setIsAsked(false)}>{words.leaveFixed}</Button>
        </form>
      )}
    </section>
  )
}

const kinds = ['centre', 'date', 'split'] as const

function Planned({ view, onShow }: CohortCardProps) {
  const { studyPlanner } = useSession()
  const { study, patients, cohorts, clinical } = view
  const plan = study.cohorts
  const words = studyWords()
  const doubts = clinical?.open.length ?? 0
  const centres = [...new Set(patients.map(({ centre }) => centre))].sort()
  const days = patients.flatMap(({ label }) => {
    const day = clinical?.valuesOf.get(label)?.mri_date?.value
    return typeof day === 'number' ? [day] : []
  })
  const save = (next: CohortPlan) => void studyPlanner().then((planner) => planner.plan(next))
  const begin = (kind: CohortPlan['kind']) => {
    if (kind === 'centre') save({ kind, training: centres.slice(0, 1) })
    else if (kind === 'split') save({ kind, seed: 2024, share: 0.3 })
    else save({ kind, before: [...days].sort((a, b) => a - b)[Math.floor(0.7 * days.length)] })
  }
  return (
    <section className="card cohortCard" aria-label={words.cohorts}>
      <header>
        <h2>{words.cohorts}</h2>
        <span className="dim">{words.fixedBefore}</span>
        <span className="grow" />
        <SegmentedControl
          aria-label={words.planOfCohorts}
          value={plan?.kind ?? ''}
          onChange={(kind) => begin(kind as CohortPlan['kind'])}
          data={kinds.map((value) => ({ value, label: words.plans[value], disabled: value === 'date' && days.length === 0 }))}
        />
      </header>
      {plan === null ? (
        <p className="dim">
          {words.choosePlan}
          {days.length === 0 && words.dateNeedsDays}
        </p>
      ) : (
        <>
          <PlanForm key={plan.kind} plan={plan} centres={centres} onChange={save} />
          {doubts > 0 && <p className="dim">{words.doubtsOpen(doubts)}</p>}
          <div className="row planned">
            <span>
              {words.training}
              <NumberButton title={words.trainingPlanned} patients={cohorts.training} onShow={onShow} />
            </span>
            <span>
              {words.validation}
              <NumberButton title={words.validationPlanned} patients={cohorts.validation} onShow={onShow} />
            </span>
            {cohorts.none.length > 0 && (
              <span className="warnText">
                {words.inNeither}
                <NumberButton title={words.inNoCohort} patients={cohorts.none} onShow={onShow} />
              </span>
            )}
            <span className="grow" />
            <Button
              variant="filled"
              disabled={cohorts.training.length === 0 || cohorts.validation.length === 0 || cohorts.none.length > 0}
              onClick={() => void studyPlanner().then((planner) => planner.freeze())}
            >
              {words.fixCohorts}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

interface PlanFormProps {
  readonly plan: CohortPlan
  readonly centres: readonly string[]
  readonly onChange: (plan: CohortPlan) => void
}

function PlanForm({ plan: kept, centres, onChange: keep }: PlanFormProps) {
  // What is pressed shows at once; keeping it takes a moment.
  const [plan, setPlan] = useState(kept)
  const words = studyWords()
  const onChange = (next: CohortPlan) => {
    setPlan(next)
    keep(next)
  }
  switch (plan.kind) {
    case 'centre':
      return (
        <div className="row">
          <span>{words.learnOf}</span>
          {centres.map((centre) => (
            <Checkbox
              key={centre}
              label={words.centre(centre)}
              checked={plan.training.includes(centre)}
              onChange={(event) =>
                onChange({
                  ...plan,
                  training: event.currentTarget.checked
                    ? [...plan.training, centre].sort()
                    : plan.training.filter((one) => one !== centre),
                })
              }
            />
          ))}
        </div>
      )
    case 'date':
      return (
        <TextInput
          type="date"
          className="dateInput"
          label={words.examinedBefore}
          value={formatDay(plan.before)}
          onChange={(event) => {
            const time = event.currentTarget.valueAsNumber
            if (Number.isFinite(time)) onChange({ ...plan, before: Math.round(time / dayMs) })
          }}
        />
      )
    case 'split':
      return (
        <div className="row">
          <NumberInput
            label={words.judgedPercent}
            min={5}
            max={90}
            allowDecimal={false}
            value={Math.round(100 * plan.share)}
            onChange={(share) => {
              if (typeof share === 'number' && share >= 5 && share <= 90) onChange({ ...plan, share: share / 100 })
            }}
          />
          <NumberInput
            label={words.seed}
            min={0}
            allowDecimal={false}
            value={plan.seed}
            onChange={(seed) => {
              if (typeof seed === 'number' && seed >= 0) onChange({ ...plan, seed })
            }}
          />
          <span className="dim">{words.sameSeed}</span>
        </div>
      )
  }
}
