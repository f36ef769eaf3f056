import { z } from '../messages/zod.ts'
import type { Message } from '../messages/message.ts'
import { coded, tell } from './messages.ts'
import type { ProtocolHelpKey } from './protocolHelp.ts'

/**
 * What a study does after its features are measured, and with which settings: the protocol file's content. Every setting has
 * a default; the defaults are those of the study that Texel is built around (Luo et al. 2024, doi 10.1016/j.ejro.2024.100592).
 * There is no way to write a step in a wrong place: harmonisation comes first, selection and models see training only.
 */

/** A setting is explained by its key: the words stand in `src/messages/<language>/protocolHelp.ts`. */
const help = (key: ProtocolHelpKey) => key

const share = z.number().gt(0).lt(1)
const count = z.int().min(1)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const harmonise = z
  .strictObject({
    method: z.enum(['combat', 'none']).default('combat'),
    mode: z
      .enum(['all patients, labels unseen', 'training only', 'reference'])
      .default('all patients, labels unseen')
      .describe(help('harmonise.mode')),
    batch: z.array(z.string()).min(1).default(['scanner']).describe(help('harmonise.batch')),
    parametric: z.boolean().default(true),
    meanOnly: z.boolean().default(false),
    referenceBatch: z.string().optional().describe(help('harmonise.referenceBatch')),
    covariates: z.array(z.string()).default([]).describe(help('harmonise.covariates')),
    factors: z.array(z.string()).default([]).describe(help('harmonise.factors')),
    minimumNewBatch: count.default(20).describe(help('harmonise.minimumNewBatch')),
    allowUnharmonised: z.boolean().default(false).describe(help('harmonise.allowUnharmonised')),
  })
  .prefault({})

const agreement = z.strictObject({
  method: z.literal('agreement'),
  form: z.enum(['ICC1', 'ICC2', 'ICC3', 'ICC1k', 'ICC2k', 'ICC3k']).default('ICC2').describe(help('agreement.form')),
  threshold: z.number().min(-1).max(1).default(0.75),
  on: z.enum(['estimate', 'lower bound']).default('estimate'),
  patients: z.enum(['training', 'all re-read patients, labels unseen']).default('training'),
  beforeHarmonisation: z.boolean().default(false).describe(help('agreement.beforeHarmonisation')),
  readings: z.enum(['two readers', 'one reader twice']).optional().describe(help('agreement.readings')),
}) // prettier-ignore

const rankSum = z.strictObject({
  method: z.literal('rankSum').describe(help('rankSum')),
  alpha: share.default(0.05),
  adjust: z.enum(['none', 'BH', 'bonferroni', 'holm']).default('none'),
})

const redundancy = z.strictObject({
  method: z.literal('redundancy').describe(help('redundancy')),
  limit: share.default(0.9),
})

const boruta = z.strictObject({
  method: z.literal('boruta'),
  variant: z.enum(['Boruta', 'BorutaPy']).default('Boruta'),
  trees: count.default(500),
  maximumRuns: z.int().min(11).default(100),
  roughFix: z.boolean().default(false).describe(help('boruta.roughFix')),
})

const annealing = z.strictObject({
  method: z.literal('annealing'),
  metric: z.enum(['AUC', 'Accuracy']).default('AUC'),
  folds: z.int().min(2).default(5),
  iterations: count.default(30),
  improve: count.default(15),
  trees: count.default(500),
  maximumSize: count.optional(),
})

const lasso = z.strictObject({
  method: z.literal('lasso'),
  folds: z.int().min(3).default(10),
  lambda: z.enum(['minimum', 'one SE']).default('minimum'),
})

const mrmr = z.strictObject({ method: z.literal('mrmr'), keep: count.default(10) })

const elimination = z.strictObject({
  method: z.literal('elimination').describe(help('elimination')),
  folds: z.int().min(2).default(5),
  trees: count.default(500),
})

const selectionStep = z.discriminatedUnion('method', [
  agreement,
  rankSum,
  redundancy,
  boruta,
  annealing,
  lasso,
  mrmr,
  elimination,
])

const expectedAuc = z.number().gt(0.5).lt(1)

/** It names a file and a column of scores. */
const modelName = z.string().regex(/^[^\s/\\:*?"<>|.][^/\\:*?"<>|]*$/)

const classWeights = z.enum(['none', 'balanced']).default('none').describe(help('classWeights'))

const clinicalPredictor = z.union(
  [
    z.string(),
    z.strictObject({
      column: z.string(),
      // YAML reads a grade as a number.
      reference: z.union([z.string(), z.number().transform(String)]).describe(help('clinical.reference')),
    }),
  ],
  { error: coded('clinical-expected') },
)

/** What a model looks at. */
const predictors = {
  features: z
    .union([z.enum(['selected', 'none']), z.array(z.string()).min(1)], { error: coded('features-expected') })
    .default('selected')
    .describe(help('features')),
  clinical: z
    .array(clinicalPredictor)
    .default([])
    .describe(help('clinical')),
} // prettier-ignore

const logistic = z.strictObject({
  method: z.literal('logistic'),
  name: modelName.default('LR'),
  penalty: z.enum(['none', 'ridge', 'lasso', 'firth']).default('none'),
  classWeights,
  ...predictors,
})

const forest = z.strictObject({
  method: z.literal('forest'),
  name: modelName.default('RF'),
  engine: z.enum(['wasm', 'ml-random-forest']).default('wasm'),
  trees: count.default(500),
  mtry: count.optional().describe(help('forest.mtry')),
  minimumNodeSize: count.default(1),
  classWeights,
  ...predictors,
  tune: z.boolean().default(false).describe(help('forest.tune')),
})

const svm = z.strictObject({
  method: z.literal('svm'),
  name: modelName.default('SVM'),
  kernel: z.enum(['linear', 'radial']).default('radial'),
  cost: z.number().gt(0).default(1),
  gamma: z.number().gt(0).optional().describe(help('svm.gamma')),
  classWeights,
  ...predictors,
  tune: z.boolean().default(false).describe(help('svm.tune')),
})

const model = z.discriminatedUnion('method', [logistic, forest, svm])

/** What one model cannot know of the others, and one setting not of another. */
function checkModels(models: readonly z.infer<typeof model>[], context: z.RefinementCtx): void {
  const refuse = (i: number, key: string, told: Message) => context.addIssue({ code: 'custom', path: [i, key], params: { told } })
  models.forEach((step, i) => {
    if (models.findIndex(({ name }) => name === step.name) < i) refuse(i, 'name', tell('model-name-taken', { name: step.name }))
    if (step.features === 'none' && step.clinical.length === 0) refuse(i, 'features', tell('model-without-columns', {}))
    const columns = step.clinical.map((entry) => (typeof entry === 'string' ? entry : entry.column))
    const twice = columns.find((column, at) => columns.indexOf(column) < at)
    if (twice !== undefined) refuse(i, 'clinical', tell('column-twice', { column: twice }))
    if (step.method !== 'forest' || step.engine === 'wasm') return
    if (step.classWeights !== 'none') refuse(i, 'classWeights', tell('wasm-only-weights', {}))
    if (step.tune) refuse(i, 'tune', tell('wasm-only-tuned', {}))
  })
}

export const protocolSchema = z.strictObject({
  title: z.string().default('Protocol of Luo et al. 2024'),
  seed: z.int().min(0).default(1),
  plan: z
    .strictObject({
      develop: z.strictObject({ parameters: count.describe(help('plan.parameters')), prevalence: share, auc: expectedAuc }).optional(),
      validate: z.strictObject({ prevalence: share, auc: expectedAuc }).optional(),
    })
    .optional()
    .describe(help('plan')),
  order: z
    .enum(['as given', 'canonical'])
    .default('as given')
    .describe(help('order')),
  outcome: z
    .strictObject({
      column: z.string().default('outcome'),
      positive: z.string().optional().describe(help('outcome.positive')),
    })
    .prefault({}),
  cohort: z
    .strictObject({
      column: z.string().default('cohort'),
      training: z.string().default('training'),
      freeze: sha256.optional().describe(help('cohort.freeze')),
    })
    .prefault({})
    .describe(help('cohort')),
  patient: z
    .string()
    .optional()
    .describe(help('patient')),
  readers: z
    .strictObject({ first: z.string(), second: z.string() })
    .optional()
    .describe(help('readers')),
  missing: z
    .enum(['refuse', 'drop feature', 'complete cases', 'median of training'])
    .default('refuse')
    .describe(help('missing')),
  harmonise,
  select: z
    .array(selectionStep)
    .default([
      agreement.parse({ method: 'agreement' }),
      rankSum.parse({ method: 'rankSum' }),
      boruta.parse({ method: 'boruta' }),
      annealing.parse({ method: 'annealing' }),
    ]),
  models: z
    .array(model)
    .min(1)
    .superRefine(checkModels)
    .default([logistic.parse({ method: 'logistic' }), forest.parse({ method: 'forest' }), svm.parse({ method: 'svm' })]),
  evaluate: z
    .strictObject({
      confidence: share.default(0.95),
      cutoff: z.enum(['youden', 'sensitivity', 'specificity', 'cost']).default('youden'),
      cutoffTarget: share.default(0.9).describe(help('evaluate.cutoffTarget')),
      costOfMiss: z.number().gt(0).default(1).describe(help('evaluate.costOfMiss')),
      prevalence: share.optional().describe(help('evaluate.prevalence')),
      reclassification: z
        .strictObject({ borders: z.array(share).default([]) })
        .optional()
        .describe(help('evaluate.reclassification')),
      bootstraps: z.int().min(100).default(2000),
      intervals: z
        .enum(['Clopper-Pearson', 'bootstrap'])
        .default('Clopper-Pearson')
        .describe(help('evaluate.intervals')),
      thresholds: z
        .strictObject({ from: share.default(0.01), to: share.default(0.99), step: z.number().min(0.001).lt(1).default(0.01) })
        .refine(({ from, to }) => from <= to, { error: coded('from-above-to') })
        .prefault({})
        .describe(help('evaluate.thresholds')),
    })
    .prefault({}),
  resample: z
    .strictObject({
      folds: z.int().min(2).default(5),
      repeats: z.int().min(0).default(1).describe(help('resample.repeats')),
      bootstraps: z.int().min(0).default(0).describe(help('resample.bootstraps')),
    })
    .prefault({}),
}) // prettier-ignore

export type Protocol = z.infer<typeof protocolSchema>
export type SelectionStep = z.infer<typeof selectionStep>
/** Whose the two readings are that agree or do not. */
export type Readings = NonNullable<Extract<SelectionStep, { method: 'agreement' }>['readings']>
export type ModelStep = z.infer<typeof model>
export type HarmoniseStep = z.infer<typeof harmonise>

export const readingsOf = (steps: readonly SelectionStep[]): Readings => steps.find((step) => step.method === 'agreement')?.readings ?? 'two readers' // prettier-ignore

export const defaultProtocol: Protocol = protocolSchema.parse({})
