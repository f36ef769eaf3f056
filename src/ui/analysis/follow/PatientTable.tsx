import { LongTable } from '../charts/LongTable.tsx'
import { formatScore } from './formatScore.ts'
import { scoresOfPatient, type FollowSources, type Resolved } from './resolveFollowed.ts'
import { useFollow } from './useFollow.ts'
import { usePlace } from './usePlace.ts'
import { useShowInImage, type InImage } from './useShowInImage.ts'

/** Patients, each with its row in the table and what the models say. */
export function PatientTable({ shown, sources }: { shown: Extract<Resolved, { kind: 'patients' }>; sources: FollowSources }) {
  const { store, followedOf } = useFollow()
  const placeOf = usePlace()
  const { scores, study } = sources
  const { ids, cohort } = shown
  const showInImage = useShowInImage()
  const isOwn = ids.some((id) => showInImage(id) !== null)
  const models = scores?.evaluation.models.map(({ name }) => name) ?? []
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
    <LongTable
      label={shown.title}
      className="tableCard"
      head={
        <>
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
        </>
      }
      count={ids.length}
      row={(index) => {
        const id = ids[index]
        const cells = cellsOf(id)
        return (
          <>
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
              <td className="number">{placeOf(id)?.rows.join(', ') ?? '–'}</td>
            )}
            <td>{cells.cohort}</td>
            <td>{cells.outcome}</td>
            {cells.scores.map((score, at) => (
              <td key={at} className="number">
                {formatScore(score)}
              </td>
            ))}
          </>
        )
      }}
    />
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
