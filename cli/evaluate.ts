import { setImmediate } from 'node:timers/promises'
import { join } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { spreadThresholds } from '../src/core/evaluate/decisionCurve.ts'
import type { CutoffRule } from '../src/core/evaluate/cutoffs.ts'
import { defaultEvaluationOptions, type EvaluationOptions } from '../src/core/evaluate/evaluateModel.ts'
import {
  evaluateScores,
  type CohortEvaluation,
  type Evaluation,
  type ScoresToEvaluate,
} from '../src/core/evaluate/evaluateScores.ts'
import { mean } from '../src/core/numeric/moments.ts'
import { scoresToEvaluate } from '../src/core/evaluate/scoreTable.ts'
import { columnAt } from '../src/core/table/featureTable.ts'
import { listSome } from '../src/messages/listSome.ts'
import { formatJson } from '../src/io/records/formatJson.ts'
import { likelySamePatients } from '../src/io/tables/likelySamePatients.ts'
import { readLearntFrom } from '../src/io/tables/learntFromColumn.ts'
import { nearestName } from '../src/io/tables/nearestName.ts'
import { readColumn, readFeatureTable, readOutcome, type OutcomeColumn, type TextTable } from '../src/io/tables/tableFile.ts'
import { describeAuc } from '../src/core/report/describeAnalysis.ts'
import { isClustered } from '../src/core/report/intervalKinds.ts'
import { evaluationTables } from '../src/io/results/evaluationTables.ts'
import { formatTables } from '../src/io/results/namedTable.ts'
import type { TableIntervals } from '../src/io/results/performanceTables.ts'
import { refuseRoleScores } from '../src/io/tables/refuseRoleColumns.ts'
import { readPatients } from './readPatients.ts'
import { parseCount } from './parseCount.ts'
import { idOption, makeFolder, readTableFile, sheetOption, type TableChoice, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'
import { say, sayError } from '../src/messages/say.ts'
import { tell } from '../src/core/evaluate/messages.ts'
import { refuse } from '../src/io/tables/messages.ts'

interface EvaluateOptions extends TableChoice {
  readonly scores: string
  readonly outcome: string
  readonly output: string
  readonly positive?: string
  readonly patient?: string
  readonly probabilities?: string
  readonly recalibrate?: string
  readonly trainCohort?: string
  readonly prevalence?: number
  readonly cutoffs: readonly string[]
  readonly reclassification?: string | true
  readonly thresholds?: readonly number[]
  readonly tables?: string
  readonly intervals: TableIntervals
  readonly confidence: number
  readonly bootstraps: number
  readonly seed: number
}

const cohortColumn = 'cohort'
const categoryFree = 'category-free'

/** @param report is told at the end whether every cohort could be evaluated */
export function addEvaluateCommand(program: Command, signal: AbortSignal, report: (good: boolean) => void): void {
  program
    .command('evaluate')
    .description('Evaluate scores: ROC, AUC (DeLong, bootstrap), cut-offs, rates, calibration, decision curves.')
    .requiredOption('--scores <file>', 'CSV: id, the outcome, one column a model, and cohort where there are several')
    .requiredOption('--outcome <column>', 'the column with the two classes')
    .addOption(idOption)
    .addOption(sheetOption)
    .requiredOption('--output <file>', 'where to write the evaluation (JSON)')
    .option('--positive <value>', 'which value of the outcome is positive (known without: 0/1, no/yes, negative/positive, 1/2)')
    .option(
      '--patient <column>',
      'where patients have several rows: the column that says whose each row is; intervals then count patients',
    )
    .option(
      '--probabilities <columns>',
      'models whose scores are probabilities, separated by commas: only they are calibrated and get decision curves',
    ) // prettier-ignore
    .option('--recalibrate <columns>', 'models whose scores become probabilities by a logistic curve learnt on the train cohort')
    .option(
      '--train-cohort <name>',
      'the cohort that the models learnt from: cut-offs are chosen there and carried to the others',
    )
    .option('--prevalence <share>', 'share of positives in the population of interest, for PPV, NPV and net benefit', readShare)
    .option(
      '--cutoffs <rules...>',
      'how cut-offs are chosen: youden, sensitivity=0.9, specificity=0.9, or cost=4 (a miss costs 4 false alarms; at --prevalence, else that of the train cohort)',
      ['youden'],
    )
    .option(
      '--reclassification [borders]',
      'NRI and IDI of every two models of probabilities; borders of risk classes, separated by commas, or category-free (as without a value)',
    )
    .option(
      '--thresholds <from:to:step>',
      'threshold probabilities of the decision curves (default: 0.01:0.99:0.01)',
      readThresholds,
    )
    .option(
      '--tables <folder>',
      'gets the evaluation as tables too: roc, thresholds, cutoffs, delong, dca, calibration, table2 ... (docs/results.md)',
    )
    .addOption(
      new Option('--intervals <kind>', 'of SEN, SPE, PPV and NPV in table2.csv')
        .choices(['Clopper-Pearson', 'bootstrap'])
        .default('Clopper-Pearson'),
    )
    .option('--confidence <level>', 'of intervals', readShare, defaultEvaluationOptions.level)
    .option(
      '--bootstraps <count>',
      'resamples of everything but the AUC (10,000)',
      parseCount,
      defaultEvaluationOptions.resamples,
    )
    .option('--seed <number>', 'of the bootstrap', readNumber, defaultEvaluationOptions.seed)
    .addHelpText(
      'after',
      '\nA higher score means positive; positive is score >= cut-off.\nIn the JSON null stands for what is not defined.\nExit code: 0 all good, 1 a cohort or the table cannot be used, 2 wrong usage.',
    )
    .action(async (options: EvaluateOptions) => report(await evaluate(options, signal)))
}

async function evaluate(options: EvaluateOptions, signal: AbortSignal): Promise<boolean> {
  const { output, seed, prevalence, confidence, bootstraps } = options
  const table = await readTableFile(options.scores, options)
  const outcome = readOutcome(table, options.outcome, options.positive)
  const input = readScores(table, outcome, options)
  const settings: EvaluationOptions = {
    ...defaultEvaluationOptions,
    seed,
    prevalence: prevalence ?? null,
    level: confidence,
    resamples: bootstraps,
    rules: options.cutoffs.map((text) => readRule(text, prevalence ?? shareOfTraining(input))),
    reclassification: readBorders(options.reclassification),
    ...(options.thresholds && { thresholds: options.thresholds }),
  }
  const alike = options.patient === undefined ? likelySamePatients(table.ids) : []
  if (alike.length > 0)
    process.stderr.write(`WARNING: IDs look like several rows of one patient: ${listSome(alike.map((group) => group.join(', ')), '; ')}. If they are, name the column of the patient with --patient, else the intervals are too narrow.\n`) // prettier-ignore
  process.stderr.write(`Positive is ${outcome.column} = ${outcome.positive}; negative is ${outcome.negative}.\n`)
  const evaluated = await evaluateScores(input, settings, async () => {
    await setImmediate()
    signal.throwIfAborted()
  })
  const evaluation = markLearntFrom(evaluated, table, options.trainCohort)
  await writeResult(output, formatJson(evaluation, say))
  if (options.tables !== undefined) {
    await makeFolder(options.tables)
    for (const { name, text } of formatTables(evaluationTables(evaluation, options.intervals), say))
      await writeResult(join(options.tables, name), text)
  }
  process.stdout.write(summarise(evaluation))
  return evaluation.cohorts.every(({ unusable }) => unusable === null)
}

function readScores(table: TextTable, outcome: OutcomeColumn, options: EvaluateOptions): ScoresToEvaluate {
  const { trainCohort } = options
  const unknown = outcome.ids.filter((_, i) => Number.isNaN(outcome.values[i]))
  if (unknown.length > 0) throw refuse('outcome-empty', { path: table.path, column: options.outcome, ids: unknown })
  const scores = readFeatureTable(table, [
    options.outcome,
    cohortColumn,
    ...(options.patient === undefined ? [] : [options.patient]),
  ])
  refuseRoleScores(table.path, scores.columns, [
    { column: options.outcome, role: 'outcome' },
    { column: cohortColumn, role: 'cohort' },
    ...(options.patient === undefined ? [] : [{ column: options.patient, role: 'patient' as const }]),
  ])
  const probabilities = readModels('--probabilities', options.probabilities, scores.columns)
  const recalibrated = readModels('--recalibrate', options.recalibrate, scores.columns)
  if (recalibrated.length > 0 && trainCohort === undefined)
    throw new UsageError('--recalibrate learns from the patients of a cohort: name it with --train-cohort.')
  const cohortOf = readCohorts(table)
  const names = [...new Set(cohortOf)]
  if (trainCohort !== undefined && !names.includes(trainCohort))
    throw new UsageError(`${table.path} has no cohort ${trainCohort}; its column ${cohortColumn} has ${names.join(', ')}.`)
  const patientOf = readPatients(table, options.patient)
  refuseShared(table, patientOf, cohortOf)
  return scoresToEvaluate({
    ids: table.ids,
    outcome: outcome.values,
    cohortOf,
    patientOf: options.patient === undefined ? null : table.ids.map((id) => patientOf.get(id) ?? id),
    models: scores.columns.map((name, at) => ({
      name,
      kind: probabilities.includes(name) ? 'probability' : 'undeclared',
      recalibrate: recalibrated.includes(name),
      scores: columnAt(scores, at),
    })),
    trainCohort: trainCohort ?? null,
  })
}

/** @throws DataError for a row without a patient, and for a patient with rows in two cohorts, who would be judged by what was learnt from her */
function refuseShared({ path, ids }: TextTable, patientOf: ReadonlyMap<string, string>, cohortOf: readonly string[]): void {
  const without = ids.filter((id) => patientOf.get(id) === '')
  if (without.length > 0) throw refuse('patient-empty', { path, ids: without })
  const cohorts = new Map<string, Set<string>>()
  ids.forEach((id, row) => {
    const patient = patientOf.get(id) ?? id
    cohorts.set(patient, (cohorts.get(patient) ?? new Set()).add(cohortOf[row]))
  })
  const shared = [...cohorts].filter(([, names]) => names.size > 1).map(([patient, names]) => ({ patient, cohorts: [...names] }))
  if (shared.length > 0) throw refuse('patients-in-cohorts', { path, patients: shared })
}

/** What is known of a patient from learning is no validation: the cohort says so, and the mark of `texel predict` stays. */
function markLearntFrom(evaluation: Evaluation, table: TextTable, trainCohort: string | undefined): Evaluation {
  const learntFrom = readLearntFrom(table)
  const cohortOf = readCohorts(table)
  return {
    ...evaluation,
    cohorts: evaluation.cohorts.map((cohort) => {
      const met = table.ids.filter((id, row) => cohortOf[row] === cohort.cohort && learntFrom.has(id))
      if (met.length === 0) return cohort
      if (cohort.cohort === trainCohort) return { ...cohort, learntFrom: met }
      const warning = tell('learnt-from', { ids: met, patients: cohort.patients })
      return { ...cohort, warnings: [warning, ...cohort.warnings], learntFrom: met }
    }),
  }
}

function readCohorts(table: TextTable): readonly string[] {
  if (!table.columns.includes(cohortColumn)) return table.ids.map(() => 'all')
  const cohorts = readColumn(table, cohortColumn)
  const without = table.ids.filter((_, i) => cohorts[i] === '')
  if (without.length > 0) throw refuse('cohort-empty', { path: table.path, column: cohortColumn, ids: without })
  return cohorts
}

function readModels(option: string, list: string | undefined, models: readonly string[]): readonly string[] {
  const names = list?.split(',').map((name) => name.trim()) ?? []
  const wrong = names.find((name) => !models.includes(name))
  if (wrong === undefined) return names
  const near = nearestName(wrong, models)
  throw new UsageError(`${option} names ${wrong}, which is no column of scores${near ? `; did you mean ${near}?` : `; there are ${models.join(', ')}.`}`) // prettier-ignore
}

function readRule(text: string, prevalence: number | undefined): CutoffRule {
  const [kind, number] = text.split('=')
  const value = number === undefined || number.trim() === '' ? NaN : Number(number)
  if (text === 'youden') return { kind: 'youden' }
  if ((kind === 'sensitivity' || kind === 'specificity') && value > 0 && value <= 1) return { kind, atLeast: value }
  if (kind !== 'cost' || !(value > 0 && value < Infinity))
    throw new UsageError(`--cutoffs takes youden, sensitivity=0.9, specificity=0.9 (above 0, at most 1) or cost=4 (above 0); "${text}" was given.`) // prettier-ignore
  if (prevalence === undefined) throw new UsageError(`${text} needs the share of positives: add --prevalence or --train-cohort.`)
  return { kind, costOfMiss: value, prevalence }
}

function shareOfTraining({ training }: ScoresToEvaluate): number | undefined {
  const outcome = training[0]?.table.outcome
  return outcome && mean(outcome)
}

function readBorders(text: string | true | undefined): EvaluationOptions['reclassification'] {
  if (text === undefined) return null
  const borders = text === true || text === categoryFree ? [] : text.split(',').map(Number)
  if (!borders.every((border) => border > 0 && border < 1))
    throw new UsageError(
      `--reclassification takes borders between 0 and 1, separated by commas, or ${categoryFree}; "${text}" was given.`,
    )
  return { borders }
}

function readThresholds(text: string): readonly number[] {
  const [from, to, step, ...more] = text.split(':').map((part) => (part.trim() === '' ? NaN : Number(part)))
  if (step === undefined || more.length > 0) throw new InvalidArgumentError('Three numbers were expected, as in 0.05:0.5:0.01.')
  try {
    return spreadThresholds({ from, to, step })
  } catch (error) {
    throw new InvalidArgumentError(sayError(error))
  }
}

function readShare(text: string): number {
  const share = readNumber(text)
  if (!(share > 0 && share < 1)) throw new InvalidArgumentError('A number between 0 and 1 was expected.')
  return share
}

function readNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('A number was expected.')
  return value
}

function summarise({ cohorts }: Evaluation): string {
  return cohorts.map((cohort) => `${describe(cohort).join('\n  ')}\n`).join('')
}

function describe(judged: CohortEvaluation): string[] {
  const { cohort, role, patients, positives, unusable, warnings, models } = judged
  return [
    `${cohort} (${role}): ${patients} patients, ${positives} positive`,
    ...(unusable === null ? [] : [`not evaluated: ${say(unusable)}`]),
    ...warnings.map((warning) => `warning: ${say(warning)}`),
    ...models.map(({ model, auc }) => `${model}: ${say(describeAuc(auc, isClustered(judged)))}`),
  ]
}
