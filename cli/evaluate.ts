import { setImmediate } from 'node:timers/promises'
import { InvalidArgumentError, type Command } from 'commander'
import { defaultEvaluationOptions, type EvaluationOptions } from '../src/core/evaluate/evaluateModel.ts'
import {
  evaluateScores,
  type CohortEvaluation,
  type Evaluation,
  type ScoresToEvaluate,
} from '../src/core/evaluate/evaluateScores.ts'
import { pickRows } from '../src/core/table/featureTable.ts'
import { takeTraining } from '../src/core/table/trainingTable.ts'
import { formatJson } from '../src/io/formatJson.ts'
import { nearestName } from '../src/io/nearestName.ts'
import { readColumn, readFeatureTable, readOutcome, TableFileError, type TextTable } from '../src/io/tableFile.ts'
import { describeAuc } from './describeAuc.ts'
import { readTableFile, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

interface EvaluateOptions {
  readonly scores: string
  readonly outcome: string
  readonly output: string
  readonly positive?: string
  readonly probabilities?: string
  readonly recalibrate?: string
  readonly trainCohort?: string
  readonly prevalence?: number
  readonly seed: number
}

const cohortColumn = 'cohort'

/** @param report is told at the end whether every cohort could be evaluated */
export function addEvaluateCommand(program: Command, signal: AbortSignal, report: (good: boolean) => void): void {
  program
    .command('evaluate')
    .description('Evaluate scores: ROC, AUC (DeLong, bootstrap), cut-offs, rates, calibration, decision curves.')
    .requiredOption('--scores <file>', 'CSV: id, the outcome, one column a model, and cohort where there are several')
    .requiredOption('--outcome <column>', 'the column with the two classes')
    .requiredOption('--output <file>', 'where to write the evaluation (JSON)')
    .option('--positive <value>', 'which value of the outcome is positive (known without: 0/1, no/yes, negative/positive, 1/2)')
    .option(
      '--probabilities <columns>',
      'models whose scores are probabilities, separated by commas: only they are calibrated and get decision curves',
    ) // prettier-ignore
    .option('--recalibrate <columns>', 'models whose scores become probabilities by a logistic curve learnt on the train cohort')
    .option(
      '--train-cohort <name>',
      'the cohort that the models learnt from: cut-offs are chosen there and carried to the others',
    )
    .option('--prevalence <share>', 'share of positives in the population of interest, for PPV, NPV and net benefit', readNumber)
    .option('--seed <number>', 'of the bootstrap', readNumber, defaultEvaluationOptions.seed)
    .addHelpText(
      'after',
      '\nA higher score means positive; positive is score >= cut-off.\nIn the JSON null stands for what is not defined.\nExit code: 0 all good, 1 a cohort or the table cannot be used, 2 wrong usage.',
    )
    .action(async (options: EvaluateOptions) => report(await evaluate(options, signal)))
}

async function evaluate(options: EvaluateOptions, signal: AbortSignal): Promise<boolean> {
  const { output, seed, prevalence } = options
  const input = readScores(await readTableFile(options.scores), options)
  const settings: EvaluationOptions = { ...defaultEvaluationOptions, seed, prevalence: prevalence ?? null }
  const evaluation = await evaluateScores(input, settings, async () => {
    await setImmediate()
    signal.throwIfAborted()
  })
  await writeResult(output, formatJson(evaluation))
  process.stdout.write(summarise(evaluation))
  return evaluation.cohorts.every(({ unusable }) => unusable === null)
}

function readScores(table: TextTable, options: EvaluateOptions): ScoresToEvaluate {
  const { positive, trainCohort } = options
  const outcome = readOutcome(table, options.outcome, positive)
  const unknown = outcome.ids.filter((_, i) => Number.isNaN(outcome.values[i]))
  if (unknown.length > 0)
    throw new TableFileError(`${table.path}, column ${options.outcome}: ${unknown.length} patients have no outcome (${unknown.slice(0, 5).join(', ')}). Leave their rows out.`) // prettier-ignore
  const scores = readFeatureTable(table, [options.outcome, cohortColumn])
  const probabilities = readModels('--probabilities', options.probabilities, scores.columns)
  const recalibrated = readModels('--recalibrate', options.recalibrate, scores.columns)
  if (recalibrated.length > 0 && trainCohort === undefined)
    throw new UsageError('--recalibrate learns from the patients of a cohort: name it with --train-cohort.')
  const cohortOf = readCohorts(table)
  const names = [...new Set(cohortOf)]
  if (trainCohort !== undefined && !names.includes(trainCohort))
    throw new UsageError(`${table.path} has no cohort ${trainCohort}; its column ${cohortColumn} has ${names.join(', ')}.`)
  const idsOf = (name: string) => table.ids.filter((_, i) => cohortOf[i] === name)
  const outcomeOf = new Map(table.ids.map((id, i) => [id, outcome.values[i]]))
  const training = names.filter((name) => name === trainCohort)
  const validation = names.filter((name) => name !== trainCohort)
  return {
    models: scores.columns.map((name) => ({
      name,
      kind: probabilities.includes(name) ? 'probability' : 'undeclared',
      logistic: false,
      recalibrate: recalibrated.includes(name),
    })),
    training: training.map((name) => ({
      name,
      scoresAre: {},
      table: takeTraining(scores, outcome.values, { training: idsOf(name), validation: validation.flatMap(idsOf) }),
    })),
    validation: validation.map((name) => ({
      name,
      scores: pickRows(scores, idsOf(name)),
      outcome: idsOf(name).map((id) => outcomeOf.get(id)!),
    })),
  }
}

function readCohorts(table: TextTable): readonly string[] {
  if (!table.columns.includes(cohortColumn)) return table.ids.map(() => 'all')
  const cohorts = readColumn(table, cohortColumn)
  const without = table.ids.filter((_, i) => cohorts[i] === '')
  if (without.length > 0)
    throw new TableFileError(`${table.path}, column ${cohortColumn}: ${without.length} patients are in no cohort (${without.slice(0, 5).join(', ')}).`) // prettier-ignore
  return cohorts
}

function readModels(option: string, list: string | undefined, models: readonly string[]): readonly string[] {
  const names = list?.split(',').map((name) => name.trim()) ?? []
  const wrong = names.find((name) => !models.includes(name))
  if (wrong === undefined) return names
  const near = nearestName(wrong, models)
  throw new UsageError(`${option} names ${wrong}, which is no column of scores${near ? `; did you mean ${near}?` : `; there are ${models.join(', ')}.`}`) // prettier-ignore
}

function readNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('A number was expected.')
  return value
}

function summarise({ cohorts }: Evaluation): string {
  return cohorts.map((cohort) => `${describe(cohort).join('\n  ')}\n`).join('')
}

function describe({ cohort, role, patients, positives, unusable, warnings, models }: CohortEvaluation): string[] {
  return [
    `${cohort} (${role}): ${patients} patients, ${positives} positive`,
    ...(unusable === null ? [] : [`not evaluated: ${unusable}`]),
    ...warnings.map((warning) => `warning: ${warning}`),
    ...models.map(({ model, auc }) => `${model}: ${describeAuc(auc)}`),
  ]
}
