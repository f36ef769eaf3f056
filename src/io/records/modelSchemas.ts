import { z } from '../../core/messages/zod.ts'
import type { Model } from '../../core/learn/model.ts'
import type { MlNode } from '../../core/learn/mlRandomForest.ts'
import { inWords } from '../../core/messages/message.ts'
import { refuse } from './messages.ts'

/** JSON has no NaN and no infinity: both are written as null, and null is read as NaN. */
export const number = z.number().nullable().transform((value) => value ?? NaN) // prettier-ignore
export const names = z.array(z.string())
/** The file has the sentences. */
export const notes = z.array(z.string().transform(inWords))
const numbers = z.array(z.number())
const pair = z.tuple([number, number])
const weights = z.tuple([z.number(), z.number()])
/** The patients, or how many they were where the file does not name them. */
export const learntFrom = z.union([
  names.min(1),
  z
    .int()
    .min(1)
    .transform((): string[] => []),
])
const score = z.enum(['probability', 'decision'])

const standardisation = z.object({ columns: names, mean: numbers, sd: numbers, constant: names, learntFrom })

const term = z.object({
  name: z.string(),
  coefficient: number,
  standardError: number,
  z: number,
  p: number,
  interval: pair,
  oddsRatio: number,
  oddsRatioInterval: pair,
})

const logistic = z.object({
  kind: z.literal('logistic'),
  score,
  columns: names,
  method: z.enum(['maximum likelihood', 'firth']),
  standardisation: standardisation.nullable(),
  intercept: term,
  terms: z.array(term),
  intervals: z.enum(['Wald', 'profile penalised likelihood']),
  confidence: z.number(),
  covariance: z.array(number).optional(),
  deviance: z.number(),
  nullDeviance: z.number(),
  aic: z.number(),
  iterations: z.int(),
  converged: z.boolean(),
  separation: z.object({ kind: z.enum(['complete', 'quasi-complete']), columns: names }).nullable(),
  classWeights: weights,
  patients: weights,
  notes,
  learntFrom,
})

const lasso = z.object({
  kind: z.literal('lasso'),
  score,
  columns: names,
  alpha: z.number().min(0).max(1),
  lambda: z.number().min(0),
  intercept: z.number(),
  coefficients: numbers,
  devianceRatio: number,
  nullDeviance: z.number(),
  choice: z
    .object({
      measure: z.enum(['deviance', 'AUC']),
      lambda: numbers,
      mean: z.array(number),
      standardError: z.array(number),
      minimum: z.number(),
      oneSe: z.number(),
      rule: z.enum(['minimum', 'one SE']),
      folds: z.int(),
    })
    .nullable(),
  classWeights: weights,
  patients: weights,
  learntFrom,
})

const svm = z.object({
  kind: z.literal('svm'),
  score,
  columns: names.min(1),
  kernel: z.discriminatedUnion('name', [
    z.object({ name: z.literal('linear') }),
    z.object({ name: z.literal('radial'), gamma: z.number().gt(0) }),
  ]),
  cost: z.number().gt(0),
  classWeights: weights,
  standardisation: standardisation.nullable(),
  supportVectors: z.array(numbers),
  coefficients: numbers,
  rho: z.number(),
  converged: z.boolean(),
  platt: z.object({ a: z.number(), b: z.number(), folds: z.int(), outOfFold: numbers }).nullable(),
  patients: weights,
  notes,
  learntFrom,
})

const interceptOnly = z.object({
  kind: z.literal('intercept only'),
  score: z.literal('probability'),
  columns: z.tuple([]),
  prevalence: z.number().min(0).max(1),
  notes,
  learntFrom,
})

const training = z.object({ 'out-of-bag': z.array(z.number().nullable()), apparent: numbers })

// Options and importance are for reading; applying the forest takes the trees and how they vote.
const forest = z.object({
  kind: z.literal('forest'),
  engine: z.literal('wasm'),
  columns: names.min(1),
  learntFrom,
  score,
  options: z.looseObject({ voting: z.enum(['share', 'majority']) }),
  trees: z.object({ start: numbers, column: numbers, right: numbers, threshold: numbers }),
  training,
  importance: z.looseObject({}),
})

const node: z.ZodType<MlNode> = z.union([
  z.literal(0),
  z.literal(1),
  z.object({
    column: z.int(),
    cut: z.number(),
    get left() {
      return node
    },
    get right() {
      return node
    },
  }),
])

const mlForest = z.object({
  kind: z.literal('forest'),
  engine: z.literal('ml-random-forest'),
  columns: names.min(1),
  learntFrom,
  score: z.literal('probability'),
  options: z.looseObject({}),
  trees: z.array(node),
  training,
})

/** Whatever can be learnt, as it stands in a file. */
export const modelSchema = z.discriminatedUnion('kind', [
  logistic,
  lasso,
  svm,
  interceptOnly,
  z.discriminatedUnion('engine', [forest, mlForest]),
])

/** What belongs to a column or a support vector is there once for each. @throws DataError for what is not */
export function checkLengths(model: Model, path: string): void {
  const columns = model.columns.length
  const expected: [string, number, number][] = []
  if ('standardisation' in model && model.standardisation)
    for (const field of ['columns', 'mean', 'sd'] as const)
      expected.push([`model.standardisation.${field}`, model.standardisation[field].length, columns])
  if (model.kind === 'logistic') expected.push(['model.terms', model.terms.length, columns])
  if (model.kind === 'lasso') expected.push(['model.coefficients', model.coefficients.length, columns])
  if (model.kind === 'svm') {
    expected.push(['model.coefficients', model.coefficients.length, model.supportVectors.length])
    model.supportVectors.forEach((vector, k) => expected.push([`model.supportVectors.${k}`, vector.length, columns]))
  }
  if (model.kind === 'forest' && model.engine === 'wasm')
    for (const field of ['right', 'threshold'] as const)
      expected.push([`model.trees.${field}`, model.trees[field].length, model.trees.column.length])
  const wrong = expected.find(([, found, wanted]) => found !== wanted)
  if (wrong) throw refuse('model-lengths', { path, field: wrong[0], found: wrong[1], expected: wrong[2] })
}
