import { z } from 'zod'
import type { ClinicalStudy } from '../../core/cohort/clinical/clinicalStudy.ts'
import { daysToSurgery } from '../../core/cohort/clinical/overview.ts'
import type { ClinicalAnswers, Scalar } from '../../core/cohort/clinical/readClinical.ts'
import type { VariableSpec } from '../../core/cohort/clinical/variables.ts'
import type { CohortFreeze } from '../../core/study/study.ts'
import type { Say } from '../../core/messages/message.ts'
import { formatJson } from '../records/formatJson.ts'
import { formatTable } from '../tables/tableFile.ts'
import type { StudyPart } from './proposalFiles.ts'
import { parseStudyJson } from './parseStudyJson.ts'

/** Older patients are few and could be known by their age. */
const oldestTold = 90

export interface ClinicalParts {
  readonly clinical: ClinicalStudy
  readonly variables: readonly VariableSpec[]
  /** In the order of the table. */
  readonly labels: readonly string[]
  /** Reasons by label, in their order; the first counts. */
  readonly excluded: ReadonlyMap<string, readonly string[]>
  readonly freeze: CohortFreeze | null
}

/**
 * What is known of patients, in files that name nobody: values as they are read, never as they were written, since that is free text; no date,
 * but the days from the examination to surgery.
 */
export function formatClinicalParts({ clinical, variables, labels, excluded, freeze }: ClinicalParts, say: Say): StudyPart[] {
  const told = variables.filter(({ kind }) => kind !== 'date' && kind !== 'category')
  const valueOf = (label: string, id: string): Scalar => clinical.valuesOf.get(label)?.[id]?.value ?? null
  const leaving = (label: string, { id, kind }: VariableSpec) => {
    const value = valueOf(label, id)
    return kind === 'age' && typeof value === 'number' ? Math.min(value, oldestTold) : (value ?? '')
  }
  const days = (label: string) => daysToSurgery(clinical, label) ?? ''
  return [
    {
      name: 'clinical.csv',
      text: formatTable(
        ['label', ...told.map(({ id }) => id), 'days_to_surgery'],
        labels.map((label) => [label, ...told.map((spec) => leaving(label, spec)), days(label)]),
      ),
    },
    {
      name: 'clinical-doubts.json',
      text: formatJson(
        clinical.open.map((doubt) => ({ ...doubt, chosen: null })),
        say,
      ),
    },
    {
      name: 'exclusions.csv',
      text: formatTable(
        ['label', 'reason', 'also'],
        labels.flatMap((label) => {
          const [first, ...also] = excluded.get(label) ?? []
          return first === undefined ? [] : [[label, first, also.join(' ')]]
        }),
      ),
    },
    ...(freeze
      ? [
          { name: 'cohorts.csv', text: formatTable(['label', 'cohort'], freeze.members) },
          { name: 'cohorts.json', text: formatJson({ plan: freeze.plan, sha256: freeze.hash }, say) },
        ]
      : []),
  ]
}

const answers = z.array(z.object({ id: z.string(), chosen: z.string().nullable() }))

/** @throws DataError if it is no `clinical-doubts.json` */
export function readClinicalAnswers(text: string): ClinicalAnswers {
  return Object.fromEntries(
    parseStudyJson('clinical-doubts', text, answers).flatMap(({ id, chosen }) =>
      chosen === null ? [] : [[id, chosen] as const],
    ),
  )
}
