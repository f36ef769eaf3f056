import { SegmentedControl } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { stripFigure, type StripLane } from '../../../charts/stripFigure.ts'
import type { ChartTheme } from '../../../charts/theme.ts'
import { harmoniseColumn } from '../../../core/harmonise/harmoniseColumn.ts'
import { compare } from '../../../core/numeric/compare.ts'
import { formatP } from '../../../core/numeric/formatP.ts'
import { pickColumns } from '../../../core/table/featureTable.ts'
import { formatFixed } from '../../shared/formatNumber.ts'
import { FigureCard } from '../charts/FigureCard.tsx'
import { FeatureDefinitionNote } from './FeatureDefinitionNote.tsx'
import type { FollowSources } from './resolveFollowed.ts'
import { useFollow } from './useFollow.ts'

type Lanes = 'cohort' | 'batch'
type Values = 'harmonised' | 'as measured'

/** A feature: what it is, what it tells by itself, and every patient's value, each of which leads to the patient. */
export function FeatureCard({ name, sources }: { name: string; sources: FollowSources }) {
  const { analysis, nameOf } = sources
  const study = sources.study!
  const [by, setBy] = useState<Lanes>('cohort')
  const isHarmonised = (analysis?.path.harmonisation ?? null) !== null
  const [asked, setAsked] = useState<Values>('harmonised')
  const values: Values = isHarmonised ? asked : 'as measured'
  const { store, followedOf } = useFollow()
  const lanes = useMemo((): StripLane[] => {
    const column = values === 'harmonised' ? harmoniseColumn(analysis!.path.harmonisation, study.features, name, study) : pickColumns(study.features, [name]).values // prettier-ignore
    const laneOf = (id: string) => (by === 'cohort' ? study.cohortOf.get(id)! : (study.batchOf.get(id) ?? 'no batch'))
    const { ids } = study.features
    const training = analysis?.protocol.cohort.training
    const named = [...new Set(ids.map(laneOf))].sort((a, b) => Number(b === training) - Number(a === training) || compare(a, b)) // prettier-ignore
    return named.map((lane) => ({
      name: lane,
      points: ids.flatMap((id, row) => {
        if (laneOf(id) !== lane || Number.isNaN(column[row])) return []
        const outcome = study.outcomeOf.get(id)
        return [{ id, value: column[row], isPositive: outcome === undefined ? null : outcome === 1 }]
      }),
    }))
  }, [analysis, study, name, by, values])
  const draw = useCallback((theme: ChartTheme) => stripFigure(lanes, nameOf(name), theme), [lanes, nameOf, name])
  const alone = analysis?.univariable.find(({ feature }) => feature === name)
  return (
    <div className="followCard" tabIndex={0} role="region" aria-label={`Feature ${nameOf(name)}`}>
      <div className="followWords">
        <p className="featureName">{name}</p>
        <FeatureDefinitionNote name={name} />
        {alone && (
          <p>
            Alone among the training patients: AUC <b>{formatFixed(alone.auc, 3)}</b>, P <b>{formatP(alone.p)}</b>.
          </p>
        )}
        <p className="dim">
          {analysis
            ? analysis.path.selection.kept.includes(name)
              ? 'Selection kept it.'
              : 'Selection did not keep it.'
            : 'Nothing is computed yet.'}
        </p>
      </div>
      <FigureCard
        title="Every patient"
        name={`values-${name}`}
        draw={draw}
        height={Math.min(320, 70 + 44 * lanes.length)}
        label={`${nameOf(name)} of every patient: ${lanes.map((lane) => `${lane.name}, ${lane.points.length} patients`).join('; ')}`}
        tabulate={() => ({ columns: [by, 'patient', 'value', 'outcome'], rows: lanes.flatMap(({ name, points }) => points.map(({ id, value, isPositive }) => [name, id, value, isPositive === null ? '' : isPositive ? 1 : 0])) })} // prettier-ignore
        onPoint={(owner) => {
          const next = followedOf(owner)
          if (next) store.getState().go(next)
        }}
        tools={
          <>
            {study.batchOf.size > 0 && (
              <SegmentedControl
                aria-label="Lanes"
                data={[
                  { value: 'cohort', label: 'by cohort' },
                  { value: 'batch', label: 'by batch' },
                ]}
                value={by}
                onChange={setBy}
              />
            )}
            {isHarmonised && (
              <SegmentedControl
                aria-label="Values"
                data={['as measured', 'harmonised']}
                value={values}
                onChange={(value) => setAsked(value)}
              />
            )}
          </>
        }
      >
        <ul className="modelLegend">
          <li>
            <i className="classSwatch positive" /> positive (dots)
          </li>
          <li>
            <i className="classSwatch negative" /> negative (diamonds)
          </li>
        </ul>
      </FigureCard>
    </div>
  )
}
