import { z } from '../../core/messages/zod.ts'
import { traceStudy } from '../../core/cohort/clinical/overview.ts'
import type { ClinicalAnswers } from '../../core/cohort/clinical/readClinical.ts'
import type { StudyContents } from '../../core/study/contents.ts'
import type { CohortFreeze } from '../../core/study/study.ts'
import { DataError, type Message, type Say } from '../../core/messages/message.ts'
import { namesSomebody } from '../../core/study/freeText.ts'
import { formatJson } from '../records/formatJson.ts'
import { formatTable, parseCsv } from '../tables/tableFile.ts'
import { refuse, tell } from './messages.ts'
import type { StudyPart } from './rulesFile.ts'
import type { StudyFile } from './openStudyFile.ts'
import { parseStudyJson } from './parseStudyJson.ts'
import { mayLeave, travellingClinical, variableOfFile, type ReadTable, type TravellingClinical } from './travellingClinical.ts'

const clinicalName = 'clinical.csv'

/** Who is left out, and who learns. */
export interface PlanParts {
  /** In the order of the table. */
  readonly labels: readonly string[]
  /** Reasons by label, in their order; the first counts. */
  readonly excluded: ReadonlyMap<string, readonly string[]>
  readonly freeze: CohortFreeze | null
}

export type ClinicalParts = ReadTable & PlanParts

/**
 * What is known of patients, in files that name nobody: values as they are read, never as they were written, since that is free text; no date,
 * but the days from the examination to surgery.
 */
export function formatClinical(table: ReadTable, labels: readonly string[], say: Say): StudyPart[] {
  const { variables, rows } = travellingClinical(table, labels)
  const told = new Set(['', ...table.variables.map(({ id }) => id)])
  const doubts = table.clinical.open.filter(({ variable }) => told.has(variable))
  return [
    {
      name: clinicalName,
      text: formatTable(
        ['label', ...variables.map(({ id }) => id)],
        rows.map(({ label, cells }) => [label, ...cells]),
      ),
    },
    {
      name: 'clinical-doubts.json',
      text: formatJson(
        doubts.map((doubt) => ({ ...doubt, chosen: null })),
        say,
      ),
    },
  ]
}

export function formatPlan({ labels, excluded, freeze }: PlanParts, say: Say): StudyPart[] {
  return [
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

/** A column of the hospital's own has the name that stood above it. @returns `left`: how many variables stay behind */
export function withoutNames({ clinical, variables }: ReadTable, naming: ReadonlySet<string>) {
  const kept = variables.filter(({ id }) => !namesSomebody(id, naming))
  return { table: { clinical, variables: kept }, left: variables.length - kept.filter(mayLeave).length }
}

/** Of those who are excluded all that holds, the first one counts. */
export function reasonsByLabel(
  { patients, study }: Pick<StudyContents, 'patients' | 'study'>,
  clinical: ReadTable | null,
): ReadonlyMap<string, readonly string[]> {
  const labels = new Map(patients.map(({ id, label }) => [id, label]))
  const { excluded } = traceStudy(patients, clinical && clinical.clinical, study)
  return new Map(excluded.map(({ id, reasons }) => [labels.get(id)!, reasons]))
}

/** @returns null where the file has none, or where they are lost, which is told */
export async function readTravellingClinical(
  { names, records, readEntry }: Pick<StudyFile, 'names' | 'records' | 'readEntry'>,
  onLost: (lost: Message) => void,
): Promise<TravellingClinical | null> {
  if (!names.includes(clinicalName)) return null
  try {
    const [[first, ...ids] = [], ...rows] = parseCsv(new TextDecoder().decode(await readEntry(clinicalName)), clinicalName)
    if (first !== 'label') throw refuse('entry-damaged', { name: clinicalName })
    const known = new Set(records.patients.map(({ label }) => label))
    return {
      variables: ids.map(variableOfFile),
      rows: rows.flatMap(([label, ...cells]) => (known.has(label) ? [{ label, cells: ids.map((_, i) => cells[i] ?? '') }] : [])),
    }
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    onLost(tell('part-lost', { name: clinicalName }))
    return null
  }
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
