import { z } from '../../core/messages/zod.ts'
import type { ClinicalTerm } from '../../core/analysis/clinicalPredictors.ts'
import type { ModelContext } from '../../core/apply/describeModel.ts'
import { summaryShares, type TrainingSummary } from '../../core/apply/trainingSummary.ts'
import type { Model } from '../../core/learn/model.ts'
import type { Message } from '../../core/messages/message.ts'
import { checkCombatLengths, combatSchema } from './combatSchema.ts'
import { hashModel } from './hashModel.ts'
import { refuse } from './messages.ts'
import { checkLengths, learntFrom, modelSchema, names, notes, number } from './modelSchemas.ts'
import { splitColumn, type ModelColumn } from './splitColumn.ts'

/** Where the features come from: a table that somebody brought, or images by these parameters (the text of a PyRadiomics file). */
export type FeatureSource = { readonly kind: 'table' } | { readonly kind: 'images'; readonly parameters: string }

/** A model with all that is needed to carry it to other patients. A file of version 1 has the model alone. */
export interface ModelFile extends Omit<ModelContext, 'training'> {
  readonly version: 1 | 2
  /** Which Texel wrote it; null of version 1. */
  readonly texel: string | null
  /** Names the column of scores. */
  readonly name: string
  /** The outcome it was learnt for, and the text that stands for class 1. */
  readonly outcome: { readonly column: string; readonly positive: string }
  /** What must be known before it is applied: that it learnt from a copy of the outcome. */
  readonly warnings: readonly Message[]
  /** SHA-256 of the cohorts that it learnt from, where they were fixed before. */
  readonly freeze?: string
  /** Null of version 1, which does not say. */
  readonly source: FeatureSource | null
  /** The columns of a clinical table that it takes beside features. */
  readonly clinical: readonly ClinicalTerm[]
  readonly model: Model
  /** Its columns, by sequence and the name that PyRadiomics gives them. */
  readonly features: readonly ModelColumn[]
  /** Null of version 1: there is no training distribution in it. */
  readonly training: TrainingSummary | null
  readonly seeds: Readonly<Record<string, number>>
  /** The patients that it learnt from; `ids` is null where the file does not name them. */
  readonly learntFrom: { readonly patients: number; readonly ids: readonly string[] | null }
}

/** What is written; the rest follows from it. */
export type WrittenModel = Omit<ModelFile, 'version' | 'learntFrom' | 'features'>

const cutoffRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('youden') }),
  z.object({ kind: z.literal('cost'), costOfMiss: z.number(), prevalence: z.number() }),
  z.object({ kind: z.enum(['sensitivity', 'specificity']), atLeast: z.number() }),
])
const scoresFrom = z.enum(['apparent', 'out-of-bag', 'out-of-fold', 'new'])
const values = z.object({ n: z.int(), mean: number, sd: number, quantiles: z.array(number).length(summaryShares.length) })
const byClass = { negative: values, positive: values }

const training = z.object({
  patients: z.int().min(1),
  positives: z.int(),
  prevalence: z.number().min(0).max(1),
  features: z.array(z.object({ column: z.string(), all: values, ...byClass })),
  scores: z.object({ scoresFrom, ...byClass }),
  tenths: z
    .object({
      scoresFrom,
      groups: z.array(z.object({ from: z.number(), to: z.number(), patients: z.int(), positives: z.int() })).min(1),
    })
    .nullable(),
})

const figures = z.object({
  cohort: z.string(),
  role: z.enum(['training', 'validation']),
  scoresFrom: scoresFrom.nullable(),
  patients: z.int(),
  positives: z.int(),
  auc: number,
  lower: number,
  upper: number,
  brier: z.number().nullable(),
  slope: z.number().nullable(),
})

const both = {
  format: z.literal('texel model'),
  name: z.string().min(1),
  outcome: z.object({ column: z.string(), positive: z.string() }),
  freeze: z.string().optional(),
  warnings: notes.default([]),
  clinical: z.array(z.object({ column: z.string(), levels: names.nullable(), reference: z.string().nullable() })).default([]),
  model: modelSchema,
}

const first = z.object({ ...both, version: z.literal(1) }).transform((file) => ({
  ...file,
  features: file.model.columns.map(splitColumn),
  ...{ texel: null, source: null, harmonisation: null, imputation: null, cutoffs: [], training: null, evaluation: [], seeds: {} },
}))

const second = z.object({
  ...both,
  version: z.literal(2),
  texel: z.string(),
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('table') }),
    z.object({ kind: z.literal('images'), parameters: z.string() }),
  ]),
  features: z.array(z.object({ column: z.string(), sequence: z.string().nullable(), feature: z.string() })),
  harmonisation: z
    .object({
      batch: names.min(1),
      unseen: z.enum(['refuse', 'leave as measured']),
      minimumNewBatch: z.int(),
      record: combatSchema,
    })
    .nullable(),
  imputation: z
    .object({
      method: z.enum(['median', 'mean']),
      columns: names,
      values: z.array(z.number()),
      missing: z.array(z.object({ column: z.string(), count: z.int() })),
      learntFrom,
    })
    .nullable(),
  cutoffs: z.array(
    z.object({ rule: cutoffRule, threshold: number, sensitivity: number, specificity: number, scoresFrom, learntFrom }),
  ),
  training,
  evaluation: z.array(figures),
  seeds: z.looseObject({ study: z.number() }),
})

const file = z.discriminatedUnion('version', [first, second])

/** How the file ends, see `formatModelFile`. */
const ending = /,"sha256":"([0-9a-f]{64})"\}\n?$/

/**
 * @param path for messages
 * @throws DataError that names the fields that are missing or wrong, or says that the file is of a later version, or was changed since it
 *   was written
 */
export function parseModelFile(text: string, path: string): ModelFile {
  const content = parseJson(text, path)
  const { version } = content as { version?: unknown }
  if (typeof version === 'number' && version > 2) throw refuse('model-later', { path, version })
  // Version 1 has no check sum: a file that has one is none, whatever it says.
  if (version === 2 || ending.test(text)) requireUnchanged(text, path)
  const result = file.safeParse(content)
  if (!result.success) {
    const problems = result.error.issues
      .slice(0, 5)
      .map(({ path, message }) => ({ field: path.join('.') || null, words: message }))
    throw refuse('model-invalid', { path, problems })
  }
  const read = result.data as unknown as Omit<ModelFile, 'learntFrom'>
  checkLengths(read.model, path)
  if (read.harmonisation) checkCombatLengths(read.harmonisation.record, path)
  const written = (content as { model: { learntFrom: readonly string[] | number } }).model.learntFrom
  return {
    ...read,
    learntFrom: typeof written === 'number' ? { patients: written, ids: null } : { patients: written.length, ids: written },
  }
}

function requireUnchanged(text: string, path: string): void {
  const found = ending.exec(text)
  if (!found) throw refuse('model-without-hash', { path })
  if (hashModel(`${text.slice(0, found.index)}}`) !== found[1]) throw refuse('model-changed', { path })
}

function parseJson(text: string, path: string): unknown {
  try {
    const content: unknown = JSON.parse(text)
    if (typeof content === 'object' && content !== null) return content
  } catch (error) {
    throw refuse('model-no-json', { path, words: (error as Error).message }, { cause: error })
  }
  throw refuse('model-no-object', { path })
}
