import { CloseButton } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { followedIds } from '../../../state/analysis/follow.ts'
import { useSession } from '../../shared/session.ts'
import { useKey } from '../charts/useKey.ts'
import { useEvaluated } from '../evaluate/useEvaluated.ts'
import { nameFeatures } from '../featureNames.ts'
import './follow.css'
import { FeatureCard, PatientCard } from './laterParts.ts'
import { PatientTable } from './PatientTable.tsx'
import { resolveFollowed } from './resolveFollowed.ts'
import { useFollow } from './useFollow.ts'

/** The trail from a number to the rows of the table behind it, and what is looked at. */
export function FollowPanel() {
  const { scoresStore, studyStore } = useSession()
  const { store } = useFollow()
  const trail = useStore(store, (state) => state.trail)
  const study = useStore(studyStore, (state) => state.study)
  const analysis = useStore(studyStore, (state) => state.analysis)
  const record = useStore(scoresStore, (state) => state.record)
  const evaluated = useEvaluated()
  const sources = useMemo(() => {
    const nameOf = nameFeatures(study?.features.columns ?? [])
    return { ids: followedIds({ record }, { study }), study, analysis, scores: evaluated?.result ?? null, nameOf }
  }, [study, analysis, record, evaluated])
  const places = trail.map((followed) => resolveFollowed(followed, sources))
  const shown = places.at(-1) ?? null
  const { back } = store.getState()
  const close = () => back(-1)
  const panel = useRef<HTMLElement>(null)
  useKey('Backspace', () => back())
  // Who follows by keyboard goes on in here.
  useEffect(() => panel.current?.focus(), [trail])
  if (sources.ids.length === 0) return null
  return (
    <section
      ref={panel}
      className="follow"
      aria-label="Behind the number"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        close()
      }}
    >
      <header>
        <nav aria-label="Trail">
          {places.map((place, at) => (
            <span key={at}>
              {at > 0 && <span className="dim"> › </span>}
              {at === places.length - 1 ? (
                <strong aria-current="location">{place?.title ?? 'Not among the results of today'}</strong>
              ) : (
                <button type="button" onClick={() => back(at)}>
                  {place?.title ?? '–'}
                </button>
              )}
            </span>
          ))}
        </nav>
        <span className="dim small">Backspace goes back, Esc closes</span>
        <CloseButton aria-label="Close what is behind the number" onClick={close} />
      </header>
      {shown === null ? (
        <p className="dim followEmpty">
          What this address names is not there: the results are of another protocol or of another table. Go back, or close it.
        </p>
      ) : shown.kind === 'patients' ? (
        <PatientTable shown={shown} sources={sources} />
      ) : shown.kind === 'patient' ? (
        <PatientCard key={shown.id} id={shown.id} sources={sources} />
      ) : (
        <FeatureCard key={shown.name} name={shown.name} sources={sources} />
      )}
    </section>
  )
}
