import { z } from 'zod'

/**
 * What a study does after its features are measured, and with which settings: the protocol file's content. Every setting has
 * a default; the defaults are those of the study that Texel is built around (Luo et al. 2024, doi 10.1016/j.ejro.2024.100592).
 * There is no way to write a step in a wrong place: harmonisation comes first, selection and models see training only.
 */

const share = z.number().gt(0).lt(1)
const count = z.int().min(1)

const harmonise = z
  .strictObject({
    method: z.enum(['combat', 'none']).default('combat'),
    mode: z
      .enum(['all patients, labels unseen', 'training only', 'reference'])
      .default('all patients, labels unseen')
      .describe('Whose values ComBat learns from. "reference" lets a new centre join without touching the training values.'),
    batch: z
      .array(z.string())
      .min(1)
      .default(['scanner'])
      .describe('Columns of the clinical table; several are crossed into one factor.'),
    parametric: z.boolean().default(true),
    meanOnly: z.boolean().default(false),
    referenceBatch: z.string().optional().describe('The batch that stays as it is and that all others are brought to.'),
    covariates: z.array(z.string()).default([]).describe('Clinical columns whose effect ComBat keeps; never the outcome.'),
    factors: z
      .array(z.string())
      .default([])
      .describe(
        'Of the covariates, those that are levels although written as numbers; one that is named here alone is kept too.',
      ),
    minimumNewBatch: count.default(20).describe('In the mode "reference": fewest patients of a new batch.'),
    allowUnharmonised: z
      .boolean()
      .default(false)
      .describe('Patients of batches that cannot be harmonised go on as they are, marked so.'),
  })
  .prefault({})

const agreement = z.strictObject({
  method: z.literal('agreement'),
  form: z.enum(['ICC1', 'ICC2', 'ICC3', 'ICC1k', 'ICC2k', 'ICC3k']).default('ICC2').describe('As psych names them; ICC2 is ICC(2,1), ICC(A,1).'),
  threshold: z.number().min(-1).max(1).default(0.75),
  on: z.enum(['estimate', 'lower bound']).default('estimate'),
  patients: z.enum(['training', 'all re-read patients, labels unseen']).default('training'),
  beforeHarmonisation: z.boolean().default(false).describe('ICC of the values as measured.'),
}) // prettier-ignore

const rankSum = z.strictObject({
  method: z.literal('rankSum').describe('Wilcoxon rank-sum test'),
  alpha: share.default(0.05),
  adjust: z.enum(['none', 'BH', 'bonferroni', 'holm']).default('none'),
})

const redundancy = z.strictObject({
  method: z.literal('redundancy').describe('Of two features whose |Spearman| exceeds the limit, one goes.'),
  limit: share.default(0.9),
})

const boruta = z.strictObject({
  method: z.literal('boruta'),
  variant: z.enum(['Boruta', 'BorutaPy']).default('Boruta'),
  trees: count.default(500),
  maximumRuns: z.int().min(11).default(100),
  roughFix: z.boolean().default(false).describe('Decide tentative features by TentativeRoughFix instead of dropping them.'),
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
  method: z.literal('elimination').describe('Recursive feature elimination with a forest.'),
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

/** It names a file and a column of scores. */
const modelName = z.string().regex(/^[^\s/\\:*?"<>|.][^/\\:*?"<>|]*$/)

const classWeights = z
  .enum(['none', 'balanced'])
  .default('none')
  .describe('balanced: both classes count alike in training; the scores are then no probabilities.')

const clinicalPredictor = z.union(
  [
    z.string(),
    z.strictObject({
      column: z.string(),
      // YAML reads a grade as a number.
      reference: z.union([z.string(), z.number().transform(String)]).describe('The level that the others are compared with.'),
    }),
  ],
  { error: 'expected the name of a column of numbers, or { column, reference } of categories' },
)

/** What a model looks at. */
const predictors = {
  features: z
    .union([z.enum(['selected', 'none']), z.array(z.string()).min(1)], { error: 'expected selected, none, or a list of features' })
    .default('selected')
    .describe('Features: those that the steps of select left, none, or those named.'),
  clinical: z
    .array(clinicalPredictor)
    .default([])
    .describe('Columns of the clinical table: of numbers by name, of categories with the level that the others are compared with ({ column: TIC, reference: I }).'),
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
  mtry: count.optional().describe('Features tried at a split; default: root of their number, rounded down.'),
  minimumNodeSize: count.default(1),
  classWeights,
  ...predictors,
  tune: z.boolean().default(false).describe('Choose mtry by inner cross-validation on training; for the engine wasm.'),
})

const svm = z.strictObject({
  method: z.literal('svm'),
  name: modelName.default('SVM'),
  kernel: z.enum(['linear', 'radial']).default('radial'),
  cost: z.number().gt(0).default(1),
  gamma: z.number().gt(0).optional().describe('Default: 1 / number of features.'),
  classWeights,
  ...predictors,
  tune: z.boolean().default(false).describe('Choose cost and gamma by inner cross-validation on training.'),
})

const model = z.discriminatedUnion('method', [logistic, forest, svm])

/** What one model cannot know of the others, and one setting not of another. */
function checkModels(models: readonly z.infer<typeof model>[], context: z.RefinementCtx): void {
  const refuse = (i: number, key: string, message: string) => context.addIssue({ code: 'custom', path: [i, key], message })
  models.forEach((step, i) => {
    if (models.findIndex(({ name }) => name === step.name) < i) refuse(i, 'name', `another model has the name ${step.name}`)
    if (step.features === 'none' && step.clinical.length === 0) refuse(i, 'features', 'a model without features needs clinical columns') // prettier-ignore
    const columns = step.clinical.map((entry) => (typeof entry === 'string' ? entry : entry.column))
    const twice = columns.find((column, at) => columns.indexOf(column) < at)
    if (twice !== undefined) refuse(i, 'clinical', `${twice} is named more than once`)
    if (step.method !== 'forest' || step.engine === 'wasm') return
    if (step.classWeights !== 'none') refuse(i, 'classWeights', 'only the engine wasm has class weights')
    if (step.tune) refuse(i, 'tune', 'only the engine wasm is tuned')
  })
}

export const protocolSchema = z.strictObject({
  title: z.string().default('Protocol of Luo et al. 2024'),
  seed: z.int().min(0).default(1),
  order: z
    .enum(['as given', 'canonical'])
    .default('as given')
    .describe('canonical: rows are sorted by ID and columns by name before anything is drawn, so that a table in another order gives the same results.'),
  outcome: z
    .strictObject({
      column: z.string().default('outcome'),
      positive: z.string().optional().describe('Value of the positive class, where it is not plain (1, yes, positive).'),
    })
    .prefault({}),
  cohort: z
    .strictObject({ column: z.string().default('cohort'), training: z.string().default('training') })
    .prefault({})
    .describe('Column of the clinical table; every other value of it is a validation cohort.'),
  patient: z
    .string()
    .optional()
    .describe('Clinical column that says whose each row is, where patients have several rows (lesions): they stay on one side of every split, fold, bootstrap and bag, and intervals count patients.'),
  readers: z
    .strictObject({ first: z.string(), second: z.string() })
    .optional()
    .describe('Values of the column reader; default: in order of appearance.'),
  missing: z
    .enum(['refuse', 'drop feature', 'complete cases', 'median of training'])
    .default('refuse')
    .describe('What to do with missing values of features and clinical predictors. complete cases: patients who lack one are left out. median of training: it is learnt in each fold from the patients who learn there (of a category the most frequent level). drop feature: features that a training patient lacks are left out.'),
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
      cutoffTarget: share.default(0.9).describe('The sensitivity or specificity to be reached on training.'),
      costOfMiss: z.number().gt(0).default(1).describe('cutoff cost: what a missed positive costs, in false alarms.'),
      prevalence: share.optional().describe('Share of positives in the population of interest, for PPV, NPV, net benefit and cutoff cost; default: that of the cohort (cutoff cost: of training).'),
      reclassification: z
        .strictObject({ borders: z.array(share).default([]) })
        .optional()
        .describe('NRI and IDI of every two models, with the borders of risk classes, or category-free without borders.'),
      bootstraps: z.int().min(100).default(2000),
      intervals: z
        .enum(['Clopper-Pearson', 'bootstrap'])
        .default('Clopper-Pearson')
        .describe('Of sensitivity, specificity, PPV and NPV in table2.csv; bootstrap (stratified) is that of the paper. cutoffs.csv has both.'),
      thresholds: z
        .strictObject({ from: share.default(0.01), to: share.default(0.99), step: z.number().min(0.001).lt(1).default(0.01) })
        .refine(({ from, to }) => from <= to, { message: 'from is at most to' })
        .prefault({})
        .describe('Threshold probabilities of the decision curves.'),
    })
    .prefault({}),
  resample: z
    .strictObject({
      folds: z.int().min(2).default(5),
      repeats: z.int().min(0).default(1).describe('0: no nested cross-validation.'),
      bootstraps: z.int().min(0).default(0).describe('Bootstrap samples that go the whole path, for the AUC corrected for optimism; 0: none. Each takes as long as the path.'),
    })
    .prefault({}),
}) // prettier-ignore

export type Protocol = z.infer<typeof protocolSchema>
export type SelectionStep = z.infer<typeof selectionStep>
export type ModelStep = z.infer<typeof model>
export type HarmoniseStep = z.infer<typeof harmonise>

export const defaultProtocol: Protocol = protocolSchema.parse({})
