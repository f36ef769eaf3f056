import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { formatScore } from './formatScore.ts'
import { scoresOfPatient, type FollowSources, type Resolved } from './resolveFollowed.ts'
import { useFollow } from './useFollow.ts'
import { usePlace } from './usePlace.ts'
import { useShowInImage, type InImage } from './useShowInImage.ts'

const rowHeight = () => (26 * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16

/** Patients, each with its row in the table and what the models say; only the rows in sight are drawn. */
export function PatientTable({ shown, sources }: { shown: Extract<Resolved, { kind: 'patients' }>; sources: FollowSources }) {
  const { store, followedOf } = useFollow()
  const placeOf = usePlace()
  const { scores, study } = sources
  const { ids, cohort } = shown
  const showInImage = useShowInImage()
  const isOwn = ids.some((id) => showInImage(id) !== null)
  const models = scores?.evaluation.models.map(({ name }) => name) ?? []
  const scroll = useRef<HTMLDivElement>(null)
  const height = useMemo(rowHeight, [])
  const virtual = useVirtualizer({ count: ids.length, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 8 }) // prettier-ignore
  const items = virtual.getVirtualItems()
  const cellsOf = (id: string) => {
    const found = scores ? scoresOfPatient(scores, id) : []
    // Of a cell those that it was sorted by, else those that are carried on.
    const own = found.find((one) => one.cohort === cohort) ?? found[0]
    const outcome = study?.outcomeOf.get(id) ?? (own ? Number(own.isPositive) : undefined)
    return {
      cohort: study?.cohortOf.get(id) ?? own?.cohort ?? '–',
      outcome: outcome === undefined ? 'not known' : outcome === 1 ? 'positive' : 'negative',
      scores: models.map((name) => own?.scores.find(({ model }) => model === name)?.score ?? NaN),
    }
  }
  return (
    <div className="analysisScroll tableCard thresholds" ref={scroll} tabIndex={0} role="region" aria-label={shown.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">Patient</th>
            {isOwn ? (
              <th scope="col">image</th>
            ) : (
              <th scope="col" className="number">
                row of the table
              </th>
            )}
            <th scope="col">cohort</th>
            <th scope="col">outcome</th>
            {models.map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr style={{ height: items[0]?.start ?? 0 }} aria-hidden />
          {items.map(({ index }) => {
            const id = ids[index]
            const cells = cellsOf(id)
            const place = placeOf(id)
            return (
              <tr key={id} style={{ height }}>
                <th scope="row">
                  <button
                    type="button"
                    onClick={() => {
                      const next = followedOf({ of: 'patients', id })
                      if (next) store.getState().go(next)
                    }}
                  >
                    {id}
                  </button>
                </th>
                {isOwn ? (
                  <td>
                    <ShowButton id={id} inImage={showInImage(id)} />
                  </td>
                ) : (
                  <td className="number">{place ? place.rows.join(', ') : '–'}</td>
                )}
                <td>{cells.cohort}</td>
                <td>{cells.outcome}</td>
                {cells.scores.map((score, at) => (
                  <td key={at} className="number">
                    {formatScore(score)}
                  </td>
                ))}
              </tr>
            )
          })}
          <tr style={{ height: virtual.getTotalSize() - (items.at(-1)?.end ?? 0) }} aria-hidden />
        </tbody>
      </table>
    </div>
  )
}

function ShowButton({ id, inImage }: { id: string; inImage: InImage | null }) {
  if (!inImage) return '–'
  return (
    <button type="button" className="followed" aria-label={`Show in image: ${id}`} onClick={inImage.show}>
      Show in image
    </button>
  )
}
