import type { Command } from 'commander'
import { scoreAndPlace } from '../src/core/apply/scorePatients.ts'
import type { ScoredTable, TableHarmonisation } from '../src/io/records/scoreTable.ts'
import { isMarkedHarmonised, readPatients, writeScores } from '../src/io/records/scoreTable.ts'
import { harmonisedColumn, parseCombat } from '../src/io/records/combatFile.ts'
import { parseModelFile, type ModelFile } from '../src/io/records/modelFile.ts'
import { learntFromColumn } from '../src/io/tables/learntFromColumn.ts'
import type { TextTable } from '../src/io/tables/tableFile.ts'
import { listSome } from '../src/messages/listSome.ts'
import { say } from '../src/messages/say.ts'
import { idOption, readTableFile, readTextFile, sheetOption, type TableChoice, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

interface PredictOptions extends TableChoice {
  readonly model: string
  readonly features: string
  readonly clinical?: string
  readonly harmonised?: true
  readonly combat?: string
  readonly batch?: readonly string[]
  readonly batches?: string
  readonly join?: true
  readonly leaveUnseen?: true
  readonly output: string
}

const help = `
Columns that the model does not look at are left alone. A model that was learnt from harmonised features harmonises new patients by the
ComBat of its own file, and has to know the batch (scanner) of each: the columns of the same names, or those of --batch. Patients of a
batch that ComBat has not seen are refused, unless --join or --leave-unseen says what to do with them.
Missing values of features are completed where the model was learnt from completed ones.

Research use. Not a medical device.

Exit code: 0 done, 1 the data or the model cannot be used, 2 wrong usage.`

export function addPredictCommand(program: Command): void {
  program
    .command('predict')
    .description('Scores of patients by a model of texel train or texel analyse.')
    .requiredOption('--model <json>', 'the model')
    .requiredOption('--features <csv>', 'features, a row a patient (or a patient and sequence); other columns may be there')
    .option('--clinical <csv>', 'clinical table, for a model that looks at columns of one')
    .option('--harmonised', 'the features are harmonised already, as texel harmonise and texel analyse write them')
    .option(
      '--combat <json>',
      'harmonise by this ComBat (texel harmonise, or combat.json of an analysis) in place of that of the model’s file',
    )
    .option(
      '--batch <columns...>',
      'column of the batch (scanner); several are crossed into one; default: as the model’s file says',
    )
    .option('--batches <csv>', 'where that column and the covariates of ComBat are; default: in --features')
    .option('--join', 'batches that ComBat has not seen join by their own patients, at least 20')
    .option('--leave-unseen', 'patients of batches that ComBat has not seen are scored as measured, and marked')
    .addOption(idOption)
    .addOption(sheetOption)
    .requiredOption('--output <csv>', 'id and a column of scores, named as the model')
    .addHelpText('after', help)
    .action(predict)
}

async function predict(options: PredictOptions): Promise<void> {
  const file = parseModelFile(await readTextFile(options.model), options.model)
  const source = await readTableFile(options.features, options)
  const clinical = await readClinical(file, options)
  const read = readPatients(file, source, clinical, await chooseHarmonisation(file, source, options))
  const scored = writeScores(file, read, scoreAndPlace(file, read.measured, read.by, read.clinical))
  await writeResult(options.output, scored.csv)
  for (const line of describe(file, scored)) process.stderr.write(`${line}\n`)
}

/** @returns null where nothing is harmonised, or the features are harmonised already */
async function chooseHarmonisation(
  { name, harmonisation }: ModelFile,
  source: TextTable,
  options: PredictOptions,
): Promise<TableHarmonisation | null> {
  const { combat, harmonised, batches, join, leaveUnseen } = options
  const isAsked = options.batch !== undefined || (batches ?? join ?? leaveUnseen) !== undefined
  if (combat === undefined && (harmonisation === null || harmonised)) {
    if (!isAsked) return null
    throw new UsageError(
      harmonised
        ? '--batch, --batches, --join and --leave-unseen say how to harmonise: leave out --harmonised.'
        : '--batch, --batches, --join and --leave-unseen say how to harmonise: add --combat.',
    )
  }
  if (isMarkedHarmonised(source)) {
    if (combat === undefined && !isAsked) return null
    throw new UsageError(`${source.path} has been harmonised (column ${harmonisedColumn}): leave out ${combat === undefined ? '--batch' : '--combat'}.`) // prettier-ignore
  }
  const facts = batches === undefined ? source : await readTableFile(batches, options)
  const batch = options.batch ?? harmonisation?.batch ?? []
  if (batch.length === 0) throw new UsageError('--combat needs to know the batch (scanner) of each patient: add --batch.')
  const lacking = batch.filter((column) => !facts.columns.includes(column))
  if (options.batch === undefined && lacking.length > 0)
    throw new UsageError(`${name} was learnt from features that ComBat harmonised by ${listSome(batch)}, which ${facts.path} does not have: name the batch (scanner) with --batch, the table that has it with --batches, or say --harmonised if it was done before.`) // prettier-ignore
  return {
    record: combat === undefined ? harmonisation!.record : parseCombat(await readTextFile(combat), combat),
    ...{ batch, facts },
    joinFrom: join ? (harmonisation?.minimumNewBatch ?? 20) : null,
    unseen: leaveUnseen ? 'leave as measured' : 'refuse',
  }
}

async function readClinical({ clinical: terms }: ModelFile, options: PredictOptions): Promise<TextTable | null> {
  if (terms.length === 0) return null
  const { model, clinical } = options
  if (clinical === undefined)
    throw new UsageError(`${model} looks at ${listSome(terms.map(({ column }) => column))} of a clinical table: name it with --clinical.`) // prettier-ignore
  return readTableFile(clinical, options)
}

function describe(
  { name, model, outcome, warnings, learntFrom, training, imputation }: ModelFile,
  scored: ScoredTable,
): string[] {
  const { joined, imputed, met, likelyMet, notHarmonised, outside, table } = scored
  const meaning = model.score === 'probability' ? `probabilities of ${outcome.column} = ${outcome.positive}` : `no probabilities; higher speaks for ${outcome.column} = ${outcome.positive}` // prettier-ignore
  const filled = imputed.map(({ column, count }) => `${column} (${count} of ${table.ids.length})`)
  return [
    ...joined.map(({ batch, patients }) => `${batch} joined by its own ${patients} patients, without labels.`),
    ...warnings.map(say),
    `${table.ids.length} patients scored by ${name}: ${meaning}.`,
    ...(filled.length > 0 ? [`Missing: ${listSome(filled)}; the ${imputation!.method} of the training patients stands in.`] : []),
    ...(met.length > 0
      ? [`${met.length} of them ${name} was learnt from (column ${learntFromColumn}): their scores are no validation.`]
      : []),
    ...(learntFrom.ids === null
      ? [`The file names none of the ${learntFrom.patients} patients that ${name} was learnt from: whether some of them are among these cannot be told.`] // prettier-ignore
      : []),
    ...(notHarmonised.length > 0
      ? [`NOT HARMONISED (column ${harmonisedColumn}): ${listSome(notHarmonised)}. Their values are as their scanner gave them: do not compare their scores with the others'.`] // prettier-ignore
      : []),
    ...(outside && outside.length > 0
      ? [`Outside what the ${training!.patients} training patients had, in at least one feature: ${listSome(outside.map(({ id, columns }) => `${id} (${listSome(columns)})`))}.`] // prettier-ignore
      : []),
    ...(likelyMet.length > 0
      ? [`WARNING: likely patients ${name} was learnt from, under another ID, and not marked: ${listSome(likelyMet.map(([id, other]) => `${id} (${other})`))}. If they are, their scores are no validation.`] // prettier-ignore
      : []),
    'Research use. Not a medical device.',
  ]
}
