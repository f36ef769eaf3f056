import { z } from '../../core/messages/zod.ts'
import type { CombatRecord } from '../../core/harmonise/combatRecord.ts'
import { inWords } from '../../core/messages/message.ts'
import { refuse } from './messages.ts'

/** The file has the sentences. */
const sentence = z.string().transform(inWords)
/** The patients, or how many they were where a model's file does not name them. */
const learntFrom = z.union([z.array(z.string()), z.int().transform((): string[] => [])])
const perColumn = z.array(z.number())
const unadjusted = z.array(z.object({ column: z.string(), reason: sentence }))
const target = z.object({ mean: perColumn, coefficients: z.array(perColumn), variance: perColumn })
const adjustment = z.object({ batch: z.string(), patients: z.number(), gammaStar: perColumn, deltaStar: perColumn })

export const combatSchema: z.ZodType<CombatRecord> = z.object({
  method: z.literal('ComBat'),
  mode: z.enum(['all patients, labels unseen', 'training only', 'reference']),
  options: z.object({
    prior: z.enum(['parametric', 'non-parametric']),
    meanOnly: z.boolean(),
    referenceBatch: z.string().nullable(),
    asSva: z.boolean(),
  }),
  meanOnly: z.boolean(),
  covariates: z.array(
    z.discriminatedUnion('kind', [
      z.object({ name: z.string(), kind: z.literal('numeric') }),
      z.object({ name: z.string(), kind: z.literal('factor'), levels: z.array(z.string()) }),
    ]),
  ),
  columns: z.array(z.string()),
  unadjusted,
  missingValues: z.number(),
  target,
  batches: z.array(adjustment),
  reference: z.object({ target, joined: z.array(adjustment.extend({ learntFrom, unadjusted })) }).nullable(),
  learntFrom,
  warnings: z.array(sentence),
})

/** Every list "an entry a column" has one each. @throws DataError for one that has not */
export function checkCombatLengths(record: CombatRecord, path: string): void {
  const targets = [record.target, ...(record.reference ? [record.reference.target] : [])]
  const lists = [
    ...targets.flatMap(({ mean, variance, coefficients }) => [mean, variance, ...coefficients]),
    ...[...record.batches, ...(record.reference?.joined ?? [])].flatMap(({ gammaStar, deltaStar }) => [gammaStar, deltaStar]),
  ]
  const wrong = lists.find(({ length }) => length !== record.columns.length)
  if (wrong) throw refuse('combat-lengths', { path, columns: record.columns.length, found: wrong.length })
}
