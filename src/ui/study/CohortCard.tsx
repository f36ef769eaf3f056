import { Button, Checkbox, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { CohortFreeze, CohortPlan } from '../../core/study/study.ts'
import { formatDateTime } from '../../messages/formatDateTime.ts'
import type { StudyView } from '../../state/viewStudy.ts'
import { useSession } from '../shared/session.ts'
import { NumberButton } from './NumberButton.tsx'
import type { ShownNumber } from './NumberedPatients.tsx'

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
  switch (plan.kind) {
    case 'centre':
      return `by centre: ${plan.training.length === 1 ? 'centre' : 'centres'} ${plan.training.join(', ')} ${plan.training.length === 1 ? 'learns' : 'learn'}, all others are judged`
    case 'date':
      return `by date: patients examined before ${formatDay(plan.before)} learn, all others are judged`
    case 'split':
      return `by chance: ${Math.round(100 * plan.share)} % are judged, drawn by outcome and scanner with seed ${plan.seed}`
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
  const isFirst = thawedBefore === 0
  return (
    <section className="card cohortCard fixed" aria-label="Cohorts">
      <div className="row">
        <p className="grow">
          <strong className="safeText">Cohorts fixed</strong> {isFirst && 'before anything was learnt, '}
          {formatDateTime(at)}, by {names[by] ?? by}, {describePlan(plan)}.
          {thawedBefore > 0 && ` Thawed ${thawedBefore === 1 ? 'once' : `${thawedBefore} times`} before.`}{' '}
          <span className="dim">
            Hash <code title={hash}>{hash.slice(0, 12)}</code>
          </span>
        </p>
        {!isAsked && <Button onClick={() => setIsAsked(true)}>Thaw …</Button>}
      </div>
      {since.length > 0 && (
        <p className="warnText">
          <NumberButton title="In no cohort" patients={since} onShow={onShow} />{' '}
          {since.length === 1 ? 'patient is' : 'patients are'} in no cohort: thaw and fix the cohorts again to take them in.
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
            label="Why are they thawed? The reason stays with the study; whatever was learnt is out of date then, features stay."
            autoFocus
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" color="red" variant="light" disabled={reason.trim() === ''}>
            Thaw the cohorts
          </Button>
          <Button onClick={() => setIsAsked(false)}>Leave them fixed</Button>
        </form>
      )}
    </section>
  )
}

const kinds = [
  { value: 'centre', label: 'By centre' },
  { value: 'date', label: 'By date' },
  { value: 'split', label: 'By chance' },
]

function Planned({ view, onShow }: CohortCardProps) {
  const { studyPlanner } = useSession()
  const { study, patients, cohorts, clinical } = view
  const plan = study.cohorts
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
    <section className="card cohortCard" aria-label="Cohorts">
      <header>
        <h2>Cohorts</h2>
        <span className="dim">fixed before anything is learnt</span>
        <span className="grow" />
        <SegmentedControl
          aria-label="Plan of cohorts"
          value={plan?.kind ?? ''}
          onChange={(kind) => begin(kind as CohortPlan['kind'])}
          data={kinds.map((kind) => ({ ...kind, disabled: kind.value === 'date' && days.length === 0 }))}
        />
      </header>
      {plan === null ? (
        <p className="dim">
          Who learns, and who is judged? Choose a plan.
          {days.length === 0 && ' By date needs the days of the examinations, from the clinical table.'}
        </p>
      ) : (
        <>
          <PlanForm key={plan.kind} plan={plan} centres={centres} onChange={save} />
          {doubts > 0 && (
            <p className="dim">
              {doubts === 1 ? 'One doubt' : `${doubts} doubts`} of the clinical table {doubts === 1 ? 'is' : 'are'} open: what
              they are about stays unknown.
            </p>
          )}
          <div className="row planned">
            <span>
              Training <NumberButton title="Training cohort, planned" patients={cohorts.training} onShow={onShow} />
            </span>
            <span>
              Validation <NumberButton title="Validation cohort, planned" patients={cohorts.validation} onShow={onShow} />
            </span>
            {cohorts.none.length > 0 && (
              <span className="warnText">
                In neither <NumberButton title="In no cohort" patients={cohorts.none} onShow={onShow} />
              </span>
            )}
            <span className="grow" />
            <Button
              variant="filled"
              disabled={cohorts.training.length === 0 || cohorts.validation.length === 0 || cohorts.none.length > 0}
              onClick={() => void studyPlanner().then((planner) => planner.freeze())}
            >
              Fix the cohorts
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
  const onChange = (next: CohortPlan) => {
    setPlan(next)
    keep(next)
  }
  switch (plan.kind) {
    case 'centre':
      return (
        <div className="row">
          <span>Patients learn of</span>
          {centres.map((centre) => (
            <Checkbox
              key={centre}
              label={`Centre ${centre}`}
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
          label="Patients learn who were examined before"
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
            label="Judged, in percent"
            min={5}
            max={90}
            allowDecimal={false}
            value={Math.round(100 * plan.share)}
            onChange={(share) => {
              if (typeof share === 'number' && share >= 5 && share <= 90) onChange({ ...plan, share: share / 100 })
            }}
          />
          <NumberInput
            label="Seed"
            min={0}
            allowDecimal={false}
            value={plan.seed}
            onChange={(seed) => {
              if (typeof seed === 'number' && seed >= 0) onChange({ ...plan, seed })
            }}
          />
          <span className="dim">The same seed draws the same patients.</span>
        </div>
      )
  }
}
