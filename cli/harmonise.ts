import { InvalidArgumentError, type Command } from 'commander'
import { crossBatches, type BatchOf } from '../src/core/harmonise/batches.ts'
import { applyCombat, type HarmonisedTable, type PatientFacts } from '../src/core/harmonise/applyCombat.ts'
import { fitCombat, joinBatches, type JoinOptions } from '../src/core/harmonise/combat.ts'
import type { CombatOptions, CombatRecord } from '../src/core/harmonise/combatRecord.ts'
import type { Covariate } from '../src/core/harmonise/covariates.ts'
import { defaultProtocol } from '../src/core/protocol/protocol.ts'
import { columnAt, type FeatureTable } from '../src/core/table/featureTable.ts'
import { listSome } from '../src/messages/listSome.ts'
import { matchIds } from '../src/core/table/joinTables.ts'
import { poolUnlabelled, takeTraining } from '../src/core/table/trainingTable.ts'
import { formatCombat, formatHarmonised, parseCombat } from '../src/io/records/combatFile.ts'
import { readMeasurements } from '../src/io/tables/readMeasurements.ts'
import { clinicalColumns, refuseRoleColumns, type RoleColumn } from '../src/io/tables/refuseRoleColumns.ts'
import { parseNumber, type TextTable } from '../src/io/tables/tableFile.ts'
import { readFact, readKnownCovariate } from '../src/io/tables/readFacts.ts'
import { idOption, readIdFile, readTableFile, readTextFile, sheetOption, type TableChoice, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'
import { say } from '../src/messages/say.ts'

interface HarmoniseOptions extends TableChoice {
  readonly features: string
  readonly batch: readonly string[]
  readonly batches?: string
  readonly covariates: readonly string[]
  readonly factors: readonly string[]
  readonly notFeatures: readonly string[]
  readonly learnOn?: string
  readonly join?: true
  readonly joinFrom: number
  readonly referenceBatch?: string
  readonly nonParametric?: true
  readonly meanOnly?: true
  readonly asSva?: true
  readonly apply?: string
  readonly leaveUnseen?: true
  readonly output: string
  readonly model?: string
}

const help = `
Features: CSV whose first column is id, as texel extract --cases writes it, or one row a patient. The batch, covariates, image, mask,
label, sequence, reader, series, phase, mask-phase, mask-threshold, label-channel and diagnostics_* are no features, nor are the columns of --not-features: these are written as they are. A
column of the features that stands in --batches too, or is called outcome or cohort, is refused: it would be changed as if it were
measured. Other columns of texts are refused as well.

Who is learnt from:
  (neither --learn-on nor --apply)  all patients, labels unseen: harmonised with validation values
  --learn-on IDS                    training only: applies to patients of the batches seen in training
  --learn-on IDS --join             reference: the harmonised training patients are one frozen reference; each new batch is
                                    brought to it by its own patients (at least 20), and no training value changes
  --apply combat.json               nobody: an earlier model is applied to (new) patients of its batches;
                                    with --join new batches join a model that was made with --learn-on and --join
The outcome is never needed, and must not be a covariate. Constant columns of a batch are written as they are, and named.

Exit code: 0 done, 1 the data cannot be used, 2 wrong usage.`

export function addHarmoniseCommand(program: Command): void {
  program
    .command('harmonise')
    .description('Take away differences between batches (scanners, protocols) by ComBat, as sva::ComBat does.')
    .requiredOption('--features <csv>', 'features, a row a patient (or a patient and sequence)')
    .requiredOption('--batch <columns...>', 'column of the batch; several are crossed into one')
    .option('--batches <csv>', 'where the columns of --batch, --covariates and --factors are; default: in --features')
    .option('--covariates <columns...>', 'what must survive: numbers, or levels where a cell is no number', [])
    .option('--factors <columns...>', 'covariates that are levels although written as numbers', [])
    .option('--not-features <columns...>', 'columns of --features that are written as they are (an outcome, an age)', [])
    .option('--learn-on <ids>', 'training patients: a text file with one ID a line, or a CSV with the column id')
    .option('--join', 'let batches join that the training patients do not have')
    .option('--join-from <patients>', 'fewest patients of a batch that joins', parseCount, 20)
    .option('--reference-batch <name>', 'the batch that stays as it is')
    .option('--non-parametric', 'non-parametric priors')
    .option('--mean-only', 'adjust locations, not scales')
    .option('--as-sva', 'for comparison: a batch of one patient turns all to mean only, as in sva, instead of an error')
    .option('--apply <json>', 'apply this model instead of fitting one')
    .option('--leave-unseen', 'write patients of unseen batches as they are, marked in the column diagnostics_combat')
    .addOption(idOption)
    .addOption(sheetOption)
    .requiredOption('--output <csv>', 'the harmonised features')
    .option('--model <json>', 'what was learnt, for --apply')
    .addHelpText('after', help)
    .action(harmonise)
}

async function harmonise(options: HarmoniseOptions): Promise<void> {
  refuseContradictions(options)
  const source = await readTableFile(options.features, options)
  const facts = options.batches === undefined ? source : await readTableFile(options.batches, options)
  const earlier = options.apply === undefined ? null : parseCombat(await readTextFile(options.apply), options.apply)
  const covariates = [...options.covariates, ...options.factors, ...(earlier?.covariates.map(({ name }) => name) ?? [])]
  const beside = options.notFeatures.map((column) => ({ column, textOf: readFact(source, column) }))
  const notMeasured = [...options.notFeatures, ...(facts === source ? [...options.batch, ...covariates] : [])]
  const table = readFeatures(source, notMeasured, [
    ...options.batch.map((column) => ({ column, role: 'batch' as const })),
    ...covariates.map((column) => ({ column, role: 'covariate' as const })),
    ...(facts === source ? [] : clinicalColumns(facts)),
  ])
  if (facts !== source) warn(describeUnused(table.ids, facts))
  const batchOf = crossBatches(options.batch.map((column) => readFact(facts, column)))
  const { record, patients } = await obtainRecord(options, earlier, table, batchOf, facts)
  const unseenBatches = options.leaveUnseen ? 'leave unharmonised' : 'refuse'
  const harmonised = applyCombat(record, table, patients, { unseenBatches })
  await writeResult(options.output, formatHarmonised(harmonised, beside))
  if (options.model !== undefined) await writeResult(options.model, formatCombat(record, say))
  warn([...describeTwoValued(table), ...describe(record, harmonised)])
}

function refuseContradictions({
  apply,
  learnOn,
  join,
  referenceBatch,
  nonParametric,
  meanOnly,
  asSva,
  covariates,
  factors,
  model,
}: HarmoniseOptions): void {
  // prettier-ignore
  if (apply !== undefined && (learnOn ?? referenceBatch ?? nonParametric ?? meanOnly ?? asSva) !== undefined)
    throw new UsageError('--apply takes its model as it is: leave out --learn-on, --reference-batch, --non-parametric, --mean-only and --as-sva.') // prettier-ignore
  if (apply !== undefined && covariates.length + factors.length > 0)
    throw new UsageError('--apply knows its covariates by name: leave out --covariates and --factors.')
  if (join && apply === undefined && learnOn === undefined)
    throw new UsageError('--join needs training patients to join: add --learn-on, or --apply with a model that was made so.')
  if (apply === undefined && model === undefined) throw new UsageError('--model is missing: what was learnt must be kept.')
}

/** Fits, or reads an earlier model; then lets new batches join if asked to. */
async function obtainRecord(
  options: HarmoniseOptions,
  earlier: CombatRecord | null,
  table: FeatureTable,
  batchOf: BatchOf,
  facts: TextTable,
): Promise<{ record: CombatRecord; patients: PatientFacts }> {
  const joinOptions: JoinOptions = { minimumPatients: options.joinFrom, smallBatches: options.leaveUnseen ? 'leave out' : 'refuse' } // prettier-ignore
  const joinIfAsked = (record: CombatRecord, patients: PatientFacts) =>
    options.join ? joinBatches(record, poolUnlabelled(table), patients, joinOptions) : record
  if (earlier) {
    const patients = { batchOf, covariates: earlier.covariates.map((code) => readKnownCovariate(facts, code)) }
    return { record: joinIfAsked(earlier, patients), patients }
  }
  const { factors } = options
  const covariates = [
    ...options.covariates.filter((name) => !factors.includes(name)).map((name) => readCovariate(facts, name)),
    ...factors.map((name): Covariate => ({ name, kind: 'factor', valueOf: readFact(facts, name) })),
  ]
  const patients = { batchOf, covariates }
  const chosen: CombatOptions = {
    prior: options.nonParametric ? 'non-parametric' : 'parametric',
    meanOnly: options.meanOnly ?? false,
    referenceBatch: options.referenceBatch ?? null,
    asSva: options.asSva ?? false,
  }
  if (options.learnOn === undefined)
    return { record: fitCombat({ mode: 'all patients, labels unseen', patients: poolUnlabelled(table) }, patients, chosen), patients } // prettier-ignore
  const training = await readIdFile(options.learnOn, options)
  // ComBat looks at no outcome, so the command asks for none.
  const learners = takeTraining(table, new Uint8Array(table.ids.length), { training, validation: [] })
  const record = fitCombat({ mode: options.join ? 'reference' : 'training only', patients: learners }, patients, chosen)
  return { record: joinIfAsked(record, patients), patients }
}

/** @param notMeasured columns that are no features @param roles what no feature may be called beside them */
function readFeatures(source: TextTable, notMeasured: readonly string[], roles: readonly RoleColumn[]): FeatureTable {
  const kept = source.columns.flatMap((name, at) => (notMeasured.includes(name) ? [] : [at]))
  const measured = {
    ...source,
    columns: kept.map((at) => source.columns[at]),
    cells: source.cells.map((row) => kept.map((at) => row[at])),
  }
  const { outcome, cohort } = defaultProtocol
  refuseRoleColumns(measured, [
    ...roles,
    { column: outcome.column, role: 'outcome by name' },
    { column: cohort.column, role: 'cohort by name' },
  ])
  const { first, second } = readMeasurements(measured)
  if (second)
    throw new UsageError(`${source.path} has two readers; harmonise the first reader's rows, then the second's with --apply, so that a second reading never enters the fit.`) // prettier-ignore
  return first
}

function readCovariate(facts: TextTable, name: string): Covariate {
  const isNumeric = [...readFact(facts, name).values()].every((text) => typeof parseNumber(text) === 'number')
  return readKnownCovariate(facts, isNumeric ? { name, kind: 'numeric' } : { name, kind: 'factor', levels: [] })
}

/** ComBat takes every column for measured values; what has two of them may be a class. */
function describeTwoValued(table: FeatureTable): string[] {
  const twoValued = table.columns.filter((_, j) => new Set(columnAt(table, j).filter((value) => !Number.isNaN(value))).size === 2)
  return twoValued.length > 0
    ? [`Harmonised, with two values each: ${listSome(twoValued)}. What is no feature is named with --not-features.`]
    : []
}

function describeUnused(ids: readonly string[], facts: TextTable): string[] {
  const { onlySecond } = matchIds(ids, facts.ids)
  return onlySecond.length > 0 ? [`Not among the features, left aside: ${listSome(onlySecond)} of ${facts.path}.`] : []
}

function describe(record: CombatRecord, { notHarmonised }: HarmonisedTable): string[] {
  const joined = record.reference?.joined ?? []
  const batches = [...record.batches, ...joined].map(({ batch, patients }) => `${batch} ${patients}`)
  const prior = record.meanOnly ? `${record.options.prior}, mean only` : record.options.prior
  return [
    `ComBat, ${record.mode}, ${prior}: ${record.columns.length} columns; patients learnt from by batch: ${batches.join(', ')}.`,
    ...(record.covariates.length > 0
      ? [
          `The effect of ${record.covariates.map(({ name }) => name).join(', ')} stays. Were one of these the outcome, the features would carry the labels.`,
        ]
      : []),
    ...(record.missingValues > 0 ? [`${record.missingValues} missing values stay missing.`] : []),
    ...record.warnings.map(say),
    ...describeUnadjusted('Left alone', record.unadjusted),
    ...joined.flatMap(({ batch, unadjusted }) => describeUnadjusted(`Left alone in ${batch}`, unadjusted)),
    ...(notHarmonised.length > 0 ? [`Not harmonised: ${listSome(notHarmonised)}.`] : []),
  ]
}

function describeUnadjusted(what: string, unadjusted: CombatRecord['unadjusted']): string[] {
  return unadjusted.length > 0
    ? [`${what}: ${listSome(unadjusted.map(({ column, reason }) => `${column} ${say(reason)}`))}.`]
    : []
}

function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 2) throw new InvalidArgumentError(`A whole number from 2 was expected.`)
  return count
}

function warn(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`)
}
