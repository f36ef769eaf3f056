import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { harmoniseColumn } from '../../../core/harmonise/harmoniseColumn.ts'
import { formatFixed, formatNumber } from '../../shared/formatNumber.ts'
import { formatScore } from './formatScore.ts'
import { percentileOf, scoresOfPatient, type FollowSources } from './resolveFollowed.ts'
import { useFollow } from './useFollow.ts'
import { useShowInImage, type InImage } from './useShowInImage.ts'
import { tellPlace, usePlace } from './usePlace.ts'

/** One patient: where the row stands, what every model says, and the values that they say it by. */
export function PatientCard({ id, sources }: { id: string; sources: FollowSources }) {
  const { study, analysis, scores, nameOf } = sources
  const place = usePlace()(id)
  const { store } = useFollow()
  const showInImage = useShowInImage()
  const inImage = showInImage(id)
  const found = scores ? scoresOfPatient(scores, id) : []
  const models = scores?.evaluation.models.map(({ name }) => name) ?? []
  const outcome = study?.outcomeOf.get(id) ?? (found[0] ? Number(found[0].isPositive) : undefined)
  const isHarmonised = (analysis?.path.harmonisation ?? null) !== null
  const values = useMemo(() => {
    if (!study || !analysis) return []
    const row = study.features.ids.indexOf(id)
    const training = new Set(analysis.split.training)
    const rows = study.features.ids.flatMap((one, at) => (training.has(one) ? [at] : []))
    return analysis.path.selection.kept.map((name) => {
      const column = harmoniseColumn(analysis.path.harmonisation, study.features, name, study)
      return { name, value: column[row], percentile: percentileOf(column[row], rows.map((at) => column[at])) } // prettier-ignore
    })
  }, [study, analysis, id])
  return (
    <div className="followCard" tabIndex={0} role="region" aria-label={`Patient ${id}`}>
      <dl className="facts">
        {study && (
          <>
            <dt>Cohort</dt>
            <dd>{study.cohortOf.get(id)}</dd>
            {study.batchOf.has(id) && (
              <>
                <dt>Batch</dt>
                <dd>{study.batchOf.get(id)}</dd>
              </>
            )}
          </>
        )}
        <dt>Outcome</dt>
        <dd>{outcome === undefined ? 'not known' : outcome === 1 ? 'positive' : 'negative'}</dd>
        <dt>Where</dt>
        <dd>
          {inImage ? (
            <Button size="compact-xs" onClick={inImage.show}>
              Show in image
            </Button>
          ) : place ? (
            `This table has no images: ${tellPlace(place)}.`
          ) : (
            'This table has no images.'
          )}
        </dd>
      </dl>
      {found.length > 0 && (
        <div className="tableCard">
          <table>
            <thead>
              <tr>
                <th scope="col">Score</th>
                {models.map((name) => (
                  <th scope="col" className="number" key={name}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.map(({ cohort, scores }) => (
                <tr key={cohort}>
                  <th scope="row">{cohort}</th>
                  {models.map((name) => (
                    <td className="number" key={name}>
                      {formatScore(scores.find(({ model }) => model === name)?.score ?? NaN)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {values.length > 0 && (
        <div className="tableCard">
          <table>
            <thead>
              <tr>
                <th scope="col">Kept feature{isHarmonised && ', harmonised'}</th>
                <th scope="col" className="number">
                  value
                </th>
                <th scope="col" className="number" title="Share of the training patients whose value is not above it">
                  percentile in training
                </th>
                {inImage && <th scope="col">measured on</th>}
              </tr>
            </thead>
            <tbody>
              {values.map(({ name, value, percentile }) => (
                <tr key={name}>
                  <th scope="row" title={name}>
                    <button type="button" onClick={() => store.getState().go({ kind: 'feature', name })}>
                      {nameOf(name)}
                    </button>
                  </th>
                  <td className="number">{Number.isNaN(value) ? 'missing' : formatNumber(value, 5)}</td>
                  <td className="number">{Number.isNaN(percentile) ? '–' : formatFixed(100 * percentile, 0)}</td>
                  {inImage && (
                    <td>
                      <MeasuredOn where={showInImage(id, name)} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

/** The image and ROI of a value. */
function MeasuredOn({ where }: { where: InImage | null }) {
  if (!where) return <span className="dim">no image</span>
  return (
    <button type="button" className="followed" title={`The ROI on ${where.role}`} onClick={where.show}>
      {where.role}
    </button>
  )
}
