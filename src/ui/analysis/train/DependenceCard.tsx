import { useCallback, useMemo, useState } from 'react'
import { partialDependenceFigure } from '../../../charts/partialDependenceFigure.ts'
import type { ChartTheme } from '../../../charts/theme.ts'
import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { StudyData } from '../../../core/analysis/studyData.ts'
import type { TrainedModel } from '../../../core/analysis/trainModels.ts'
import { formatCount, formatNumber } from '../../shared/formatNumber.ts'
import { FeatureChoice } from '../charts/FeatureChoice.tsx'
import { FigureCard } from '../charts/FigureCard.tsx'
import { Help } from '../charts/Help.tsx'
import { dependentColumns, dependOn, tableOfModel } from './dependence.ts'

export interface DependenceCardProps {
  readonly trained: TrainedModel
  readonly at: number
  readonly analysis: Analysis
  readonly study: StudyData
  readonly nameOf: (name: string) => string
}

/** How the model in hand answers to one feature. */
export function DependenceCard({ trained, at, analysis, study, nameOf }: DependenceCardProps) {
  const columns = useMemo(() => dependentColumns(trained), [trained])
  const [asked, setAsked] = useState<string | null>(null)
  const column = asked !== null && columns.includes(asked) ? asked : columns[0]
  const table = useMemo(() => tableOfModel(trained, analysis, study), [trained, analysis, study])
  const found = useMemo(() => (column === undefined || table.ids.length === 0 ? null : dependOn(column, trained, table, analysis, study.outcomeOf)), [column, trained, table, analysis, study]) // prettier-ignore
  const unit = trained.scoreKind === 'probability' ? 'probability' : 'score'
  const draw = useCallback(
    (theme: ChartTheme) => found && partialDependenceFigure(found, { model: trained.name, at, feature: nameOf(column), unit }, theme), // prettier-ignore
    [found, trained, at, column, unit, nameOf],
  )
  if (column === undefined) return null
  const ends = found ? [found.scores[0], found.scores[found.scores.length - 1]] : []
  return (
    <FigureCard
      title="How does it answer?"
      aside={`${trained.name}, mean of ${formatCount(table.ids.length)} training patients`}
      name={`${trained.name}-partial-dependence`}
      draw={draw}
      label={`Mean ${unit} of ${trained.name} as ${column} goes from its 1st to its 99th percentile: ${ends.map((end) => formatNumber(end, 3)).join(' to ')}`}
      tabulate={() => ({ columns: [column, `mean ${unit}`], rows: found!.grid.map((value, i) => [value, found!.scores[i]]) })}
      height={260}
      empty="No training patient has all values of this model."
      tools={
        <>
          <FeatureChoice
            label="Feature of the model"
            features={columns.map((name) => ({ value: name, label: nameOf(name) }))}
            value={column}
            onChange={setAsked}
          />
          <Help title="the answer">
            Partial dependence: everybody is given the same value of the feature, and what the model then says is averaged. It is
            how the model answers, not what the feature does: features that go together are torn apart. The dashes at the foot are
            patients; where there are none the model has learnt nothing.
          </Help>
        </>
      }
    />
  )
}
