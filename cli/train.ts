import { InvalidArgumentError, Option, type Command } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { findTrainingCopies } from '../src/core/analysis/findCopies.ts'
import { countMissing, settleCases } from '../src/core/analysis/missingValues.ts'
import { splitByCohort, type StudyData } from '../src/core/analysis/studyData.ts'
import { describeLearnt } from '../src/core/apply/describeModel.ts'
import type { ClassWeights } from '../src/core/learn/checkTraining.ts'
import { growTrees, type GrowTreesJob } from '../src/core/learn/forest.ts'
import { fitInterceptOnly } from '../src/core/learn/interceptOnly.ts'
import { defaultLassoOptions, fitLasso } from '../src/core/learn/lasso.ts'
import { defaultLogisticOptions, fitLogistic } from '../src/core/learn/logistic.ts'
import { defaultMlForestOptions, fitMlForest } from '../src/core/learn/mlRandomForest.ts'
import type { Model } from '../src/core/learn/model.ts'
import { defaultSvmOptions, fitSvm } from '../src/core/learn/svm.ts'
import { defaultTuningOptions, tuneForest, tuneSvm, type TuningRecord } from '../src/core/learn/tuning.ts'
import { pickColumns, pickRows, type FeatureTable } from '../src/core/table/featureTable.ts'
import { applyImputation, fitImputation, type Imputation } from '../src/core/table/imputation.ts'
import { listSome } from '../src/messages/listSome.ts'
import { takeTraining, withFeatures, type TrainingTable } from '../src/core/table/trainingTable.ts'
import { defaultProtocol, type Protocol } from '../src/core/protocol/protocol.ts'
import { describeTrainingCopies, withoutPatients } from '../src/core/report/describeAnalysis.ts'
import { hashBytes } from '../src/io/hashBytes.ts'
import { formatModelFile } from '../src/io/records/formatModelFile.ts'
import type { WrittenModel } from '../src/io/records/modelFile.ts'
import { formatOnnxModel } from '../src/io/records/onnxModel.ts'
import { protocolColumns } from '../src/io/tables/readStudy.ts'
import { clinicalColumns, refuseRoleColumns } from '../src/io/tables/refuseRoleColumns.ts'
import { readOutcome } from '../src/io/tables/tableFile.ts'
import { loadKernels } from '../workers/loadKernels.node.ts'
import { keepIdsOption, paramsOption, readFeatureSource, tellOfVectors } from './modelOptions.ts'
import { readFirstReader } from './readFirstReader.ts'
import { readPatients } from './readPatients.ts'
import { refuseUnlabelled } from './refuseUnlabelled.ts'
import { idOption, readIdFile, readTableFile, sheetOption, type TableChoice, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'
import { defaultForestModelOptions, fitForest } from '../src/core/learn/forestModel.ts'
import { say } from '../src/messages/say.ts'

interface TrainOptions extends TableChoice {
  readonly features: string
  readonly outcome: string
  readonly outcomes?: string
  readonly positive?: string
  readonly patient?: string
  readonly train: string
  readonly model: 'logistic' | 'lasso' | 'forest' | 'svm'
  readonly output: string
  readonly onnx?: string
  readonly columns?: readonly string[]
  readonly name?: string
  readonly penalty: 'none' | 'firth' | 'ridge' | 'lasso'
  readonly lambda: number | 'minimum' | 'one-se'
  readonly standardise?: true
  readonly selected?: true
  readonly kernel: 'linear' | 'radial'
  readonly cost: number
  readonly gamma?: number
  readonly engine: 'wasm' | 'ml-random-forest'
  readonly trees: number
  readonly mtry?: number
  readonly tune?: true
  readonly balance?: true
  readonly seed: number
  readonly canonicalOrder?: true
  readonly missing: keyof typeof choices
  readonly params?: string
  readonly keepIds?: true
}

/** The words of --missing and those of a protocol. */
const choices = { refuse: 'refuse', 'complete-cases': 'complete cases', median: 'median of training' } as const

const names = { logistic: 'LR', lasso: 'LASSO', forest: 'RF', svm: 'SVM' } as const

const help = `
Only the patients of --train are learnt from. Columns that are no features are named by --outcome, or live in --outcomes.

  logistic  R's glm, or logistf with --penalty firth; ridge and lasso as cv.glmnet
  lasso     cv.glmnet; --lambda chooses the penalty
  forest    Breiman's random forest; --tune chooses --mtry
  svm       C-SVC as e1071's, standardised, probabilities by Platt's method; --tune chooses --cost and --gamma

With --missing median the model is learnt from completed values, and texel predict completes new patients in the same way.
A support vector machine's file holds feature values of training patients; those of logistic, lasso and forest hold none.
Exit code: 0 done, 1 the data cannot be used, 2 wrong usage.`

export function addTrainCommand(program: Command): void {
  program
    .command('train')
    .description('Learn a model from the training patients, for texel predict.')
    .requiredOption('--features <csv>', 'features, a row a patient (or a patient and sequence)')
    .requiredOption('--outcome <column>', 'the column with the two classes')
    .option('--outcomes <csv>', 'where that column is; default: in --features')
    .option('--positive <value>', 'which value of the outcome is positive (known without: 0/1, no/yes, negative/positive, 1/2)')
    .option('--patient <column>', 'where patients have several rows: the column, beside the outcome, that says whose each row is')
    .requiredOption('--train <ids>', 'training patients: a text file with one ID a line, or a CSV with the column id')
    .addOption(new Option('--model <kind>', 'what to learn').choices(Object.keys(names)).makeOptionMandatory())
    .addOption(idOption)
    .addOption(sheetOption)
    .requiredOption('--output <json>', 'the model')
    .option('--onnx <file>', 'the same model for programs that are not Texel (docs/models.md)')
    .option('--columns <names...>', 'features to learn from; default: all')
    .addOption(
      new Option(
        '--missing <choice>',
        'values that are missing: refuse them, leave out who lacks one, or take the training median',
      )
        .choices(Object.keys(choices))
        .default('refuse'),
    )
    .option('--name <name>', 'of the model, and of its column of scores; default: LR, LASSO, RF, SVM')
    .addOption(new Option('--penalty <kind>', 'logistic: penalty').choices(['none', 'firth', 'ridge', 'lasso']).default('none'))
    .option('--lambda <value>', 'ridge and lasso: strength, minimum or one-se', readLambda, 'minimum')
    .option('--standardise', 'logistic: coefficients a training SD instead of a unit')
    .option('--selected', 'logistic: note that the features were chosen by looking at the outcome')
    .addOption(new Option('--kernel <kind>', 'svm').choices(['linear', 'radial']).default(defaultSvmOptions.kernel))
    .option('--cost <number>', 'svm', readPositive, defaultSvmOptions.cost)
    .option('--gamma <number>', 'svm, radial kernel; default: 1 / number of features', readPositive)
    .addOption(new Option('--engine <name>', 'forest: see docs/forest.md').choices(['wasm', 'ml-random-forest']).default('wasm'))
    .option('--trees <count>', 'forest', readCount, defaultForestModelOptions.trees)
    .option('--mtry <count>', 'forest: features tried at a node; default: root of their number', readCount)
    .option('--tune', 'forest and svm: choose by cross-validation within the training patients')
    .option('--balance', 'weight patients so that both classes count alike; scores are then no probabilities')
    .option('--seed <number>', 'of everything random', readSeed, 1)
    .addOption(paramsOption)
    .addOption(keepIdsOption)
    .option(
      '--canonical-order',
      'sort patients by ID and features by name first, so that a table in another order gives the same model',
    )
    .addHelpText('after', help)
    .action(train)
}

async function train(options: TrainOptions): Promise<void> {
  if (options.tune && options.model !== 'forest' && options.model !== 'svm')
    throw new UsageError('--tune is for forest and svm; the penalty of lasso is always chosen by cross-validation, see --lambda.')
  if (options.engine === 'ml-random-forest' && (options.model !== 'forest' || options.tune || options.balance))
    throw new UsageError('--engine ml-random-forest is for --model forest, and knows neither --tune nor --balance.')
  const order = options.canonicalOrder ? 'canonical' : 'as given'
  const source = await readTableFile(options.features, options, order)
  const labels = options.outcomes === undefined ? source : await readTableFile(options.outcomes, options, order)
  const outcome = readOutcome(labels, options.outcome, options.positive)
  const named = labels === source ? [options.outcome, ...(options.patient === undefined ? [] : [options.patient])] : []
  // Of a table that holds everything, only those that are learnt from: with the sequence in front, --columns names them.
  const isLearntFrom = (column: string) => !named.includes(column) && (labels !== source || options.columns === undefined || options.columns.some((name) => name === column || name.endsWith(`_${column}`))) // prettier-ignore
  refuseRoleColumns({ ...source, columns: source.columns.filter(isLearntFrom) }, [
    { column: options.outcome, role: 'outcome' },
    ...(options.patient === undefined ? [] : [{ column: options.patient, role: 'patient' as const }]),
    ...protocolColumns(defaultProtocol),
    ...(labels === source ? [] : clinicalColumns(labels)),
  ])
  const table = readFirstReader(source, named)
  const classOf = new Map(outcome.ids.map((id, i) => [id, outcome.values[i]]))
  const cohorts = { training: await readIdFile(options.train, options, order), validation: [] }
  refuseUnlabelled(cohorts.training, classOf, outcome)
  const measured = options.columns === undefined ? table : pickColumns(table, options.columns)
  const { training, imputation, notes } = dealWithMissing(measured, cohorts.training, classOf, readPatients(labels, options.patient), choices[options.missing]) // prettier-ignore
  const { model, tuning } = await learn(training, options)
  const name = options.name ?? names[options.model]
  const { column, positive } = outcome
  const warnings = describeTrainingCopies(findTrainingCopies(training))
  const withIds = options.keepIds === true
  const content: WrittenModel = {
    ...{ texel: packageJson.version, name, outcome: { column, positive }, clinical: [], model, imputation },
    warnings: withIds ? warnings : warnings.map(withoutPatients),
    source: await readFeatureSource(options.params),
    ...{ harmonisation: null, evaluation: [], seeds: { study: options.seed } },
    ...describeLearnt(model, training, defaultProtocol.evaluate),
  }
  const text = formatModelFile(content, say, { withIds })
  const onnx = options.onnx === undefined ? null : formatOnnxModel(content, await hashBytes(new TextEncoder().encode(text)))
  await writeResult(options.output, text)
  if (options.onnx !== undefined && onnx !== null) await writeResult(options.onnx, onnx)
  for (const line of [...warnings.map(say), ...notes, ...describe(model, tuning), ...tellOfVectors(name, model)])
    process.stderr.write(`${line}\n`)
}

/** Those who learn, complete as --missing says: by the same functions as a study, with a cohort that is the training list. */
function dealWithMissing(
  table: FeatureTable,
  ids: readonly string[],
  classOf: ReadonlyMap<string, number>,
  patients: ReadonlyMap<string, string>,
  missing: Protocol['missing'],
): { training: TrainingTable; imputation: Imputation | null; notes: string[] } {
  const features = pickRows(table, ids)
  const measured: StudyData = {
    features,
    secondReader: null,
    outcomeOf: new Map(ids.map((id) => [id, classOf.get(id) as 0 | 1])),
    cohortOf: new Map(ids.map((id) => [id, 'training'])),
    batchOf: new Map(),
    covariates: [],
  }
  const { study, split, leftOut } = settleCases(measured, { cohort: { column: '', training: 'training' }, missing })
  const training = takeTraining(study.features, study.features.ids.map((id) => classOf.get(id)!), { training: split.training, validation: [] }, patients) // prettier-ignore
  const counts = countMissing(measured, splitByCohort(measured, 'training'))
  if (counts.length === 0 || missing === 'refuse') return { training, imputation: null, notes: [] }
  const told = `Missing: ${listSome(counts.map(({ column, missing, rows }) => `${column} (${missing} of ${rows})`))};`
  if (missing === 'complete cases') {
    const gone = leftOut.flatMap(({ ids }) => ids)
    return {
      training,
      imputation: null,
      notes: [`${told} ${gone.length} of the training patients ${gone.length === 1 ? 'is' : 'are'} left out: ${listSome(gone)}.`],
    }
  }
  const imputation = fitImputation(training, { method: 'median' })
  const complete = applyImputation(imputation, training).table
  return {
    training: withFeatures(training, complete),
    imputation,
    notes: [`${told} the median of the training patients stands in.`],
  }
}

/** Deciding what to learn and with which settings. */
async function learn(training: TrainingTable, options: TrainOptions): Promise<{ model: Model; tuning?: TuningRecord<object> }> {
  const { seed } = options
  const classWeights: ClassWeights = options.balance ? 'balanced' : [1, 1]
  if (training.columns.length === 0) return { model: fitInterceptOnly(training) }
  switch (options.model) {
    case 'logistic': {
      if (options.penalty === 'ridge' || options.penalty === 'lasso') return { model: learnPenalised(training, options.penalty, options, classWeights) } // prettier-ignore
      const method = options.penalty === 'firth' ? 'firth' : 'maximum likelihood'
      const { standardise = false, selected = false } = options
      return { model: fitLogistic(training, { ...defaultLogisticOptions, method, classWeights, standardise, selected }) }
    }
    case 'lasso':
      return { model: learnPenalised(training, 'lasso', options, classWeights) }
    case 'svm': {
      const { kernel, cost, gamma } = options
      const settings = { ...defaultSvmOptions, kernel, cost, ...(gamma !== undefined && { gamma }), classWeights, seed }
      if (!options.tune) return { model: fitSvm(training, settings) }
      const tuning = await tuneSvm(training, settings, { ...defaultTuningOptions, seed })
      return { model: fitSvm(training, { ...settings, ...tuning.best }), tuning }
    }
    case 'forest': {
      const { engine, trees, mtry } = options
      const tried = mtry !== undefined && { mtry }
      if (engine === 'ml-random-forest')
        return { model: fitMlForest(training, { ...defaultMlForestOptions, trees, ...tried, seed }) }
      const kernels = await loadKernels()
      const run = async (jobs: readonly GrowTreesJob[]) => jobs.map((job) => growTrees(kernels, job))
      const settings = { ...defaultForestModelOptions, trees, ...tried, classWeights, seed }
      if (!options.tune) return { model: await fitForest(training, settings, run) }
      const tuning = await tuneForest(training, settings, run, { ...defaultTuningOptions, seed })
      return { model: await fitForest(training, { ...settings, ...tuning.best }, run), tuning }
    }
  }
}

function learnPenalised(
  training: TrainingTable,
  penalty: 'ridge' | 'lasso',
  { lambda, seed }: TrainOptions,
  classWeights: ClassWeights,
): Model {
  const alpha = penalty === 'lasso' ? 1 : 0
  return fitLasso(training, { ...defaultLassoOptions, alpha, lambda: lambda === 'one-se' ? 'one SE' : lambda, classWeights, seed }) // prettier-ignore
}

function describe(model: Model, tuning?: TuningRecord<object>): string[] {
  const from = `learnt from ${model.learntFrom.length} patients and ${model.columns.length} features`
  return [
    `${model.kind}, ${from}; its scores are ${model.score === 'probability' ? 'probabilities' : 'no probabilities'}.`,
    ...(tuning ? [`Tuned by ${tuning.measure} in ${tuning.folds} folds: ${JSON.stringify(tuning.best)}.`] : []),
    ...('notes' in model ? model.notes.map(say) : []),
  ]
}

function readLambda(text: string): number | 'minimum' | 'one-se' {
  return text === 'minimum' || text === 'one-se' ? text : readNumber(text, (value) => value >= 0, 'minimum, one-se, or a number from 0') // prettier-ignore
}

function readPositive(text: string): number {
  return readNumber(text, (value) => value > 0, 'a number greater than 0')
}

function readCount(text: string): number {
  return readNumber(text, (value) => Number.isInteger(value) && value > 0, 'a whole number from 1')
}

function readSeed(text: string): number {
  return readNumber(text, (value) => Number.isSafeInteger(value) && value >= 0, 'a whole number from 0')
}

function readNumber(text: string, isGood: (value: number) => boolean, expected: string): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (!Number.isFinite(value) || !isGood(value)) throw new InvalidArgumentError(`Expected ${expected}.`)
  return value
}
