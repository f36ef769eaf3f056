import type { Command } from 'commander'
import type { ClinicalTerm } from '../src/core/analysis/clinicalPredictors.ts'
import { crossBatches } from '../src/core/harmonise/batches.ts'
import { applyCombat, joinBatches } from '../src/core/harmonise/combat.ts'
import { applyModel } from '../src/core/learn/model.ts'
import type { FeatureTable } from '../src/core/table/featureTable.ts'
import { joinTables } from '../src/core/table/joinTables.ts'
import { poolUnlabelled } from '../src/core/table/trainingTable.ts'
import { listSome } from '../src/messages/listSome.ts'
import { codePredictors } from '../src/io/tables/readClinicalPredictors.ts'
import { harmonisedColumn, markHarmonised, parseCombat, readNotHarmonised } from '../src/io/records/combatFile.ts'
import { parseModelFile } from '../src/io/records/modelFile.ts'
import { learntFromColumn } from '../src/io/tables/learntFromColumn.ts'
import { likelySameIds } from '../src/io/tables/likelySameIds.ts'
import { likelySamePatients } from '../src/io/tables/likelySamePatients.ts'
import { refuse } from '../src/io/tables/messages.ts'
import { formatTable, type TextTable } from '../src/io/tables/tableFile.ts'
import { say } from '../src/messages/say.ts'
import { readFact, readKnownCovariate } from './readFacts.ts'
import { readFirstReader } from './readFirstReader.ts'
import { idOption, readTableFile, readTextFile, sheetOption, type TableChoice, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

interface PredictOptions extends TableChoice {
  readonly model: string
  readonly features: string
  readonly clinical?: string
  readonly combat?: string
  readonly batch?: readonly string[]
  readonly batches?: string
  readonly join?: true
  readonly leaveUnseen?: true
  readonly output: string
  readonly leaveOut: readonly string[]
}

const help = `
A model that was learnt from harmonised features needs harmonised ones: of texel harmonise, or of --combat. Patients of a scanner that
ComBat has not seen are refused, unless --join or --leave-unseen says what to do with them.

Research use. Not a medical device.

Exit code: 0 done, 1 the data or the model cannot be used, 2 wrong usage.`

export function addPredictCommand(program: Command): void {
  program
    .command('predict')
    .description('Scores of patients by a model of texel train.')
    .requiredOption('--model <json>', 'the model')
    .requiredOption('--features <csv>', 'features, a row a patient (or a patient and sequence); other columns may be there')
    .option('--clinical <csv>', 'clinical table, for a model that looks at columns of one')
    .option(
      '--combat <json>',
      'harmonise the features first by what ComBat learnt (texel harmonise, or combat.json of an analysis)',
    )
    .option('--batch <columns...>', 'with --combat: column of the batch (scanner); several are crossed into one')
    .option('--batches <csv>', 'where that column and the covariates of ComBat are; default: in --features')
    .option('--join', 'with --combat: batches that it has not seen join by their own patients, at least 20')
    .option('--leave-unseen', 'with --combat: patients of batches it has not seen are scored as measured, and marked')
    .option('--leave-out <columns...>', 'columns of --features that are no numbers (an outcome, a batch)', [])
    .addOption(idOption)
    .addOption(sheetOption)
    .requiredOption('--output <csv>', 'id and a column of scores, named as the model')
    .addHelpText('after', help)
    .action(predict)
}

async function predict(options: PredictOptions): Promise<void> {
  const { warnings = [], name, model, outcome, clinical = [] } = parseModelFile(await readTextFile(options.model), options.model)
  const source = await readTableFile(options.features, options)
  const { features, notHarmonised, told } = await harmoniseIfAsked(source, [outcome.column, ...options.leaveOut], options)
  const table = clinical.length === 0 ? features : await addClinical(features, clinical, options)
  const scores = applyModel(model, table)
  const learntFrom = new Set(model.learntFrom)
  const met = table.ids.filter((id) => learntFrom.has(id))
  const mark = met.length > 0 ? [learntFromColumn] : []
  const markOf = (id: string) => (met.length > 0 ? [learntFrom.has(id) ? name : ''] : [])
  const combat = markHarmonised(notHarmonised)
  const rows = table.ids.map((id, i) => [id, ...combat.of(id), ...markOf(id), scores[i]])
  await writeResult(options.output, formatTable(['id', ...combat.columns, ...mark, name], rows))
  const meaning = model.score === 'probability' ? `probabilities of ${outcome.column} = ${outcome.positive}` : `no probabilities; higher speaks for ${outcome.column} = ${outcome.positive}` // prettier-ignore
  for (const line of told) process.stderr.write(`${line}\n`)
  for (const warning of warnings) process.stderr.write(`${say(warning)}\n`)
  process.stderr.write(`${table.ids.length} patients scored by ${name}: ${meaning}.\n`)
  if (met.length > 0)
    process.stderr.write(
      `${met.length} of them ${name} was learnt from (column ${learntFromColumn}): their scores are no validation.\n`,
    )
  if (notHarmonised.length > 0)
    process.stderr.write(
      `NOT HARMONISED (column ${harmonisedColumn}): ${listSome(notHarmonised)}. Their values are as their scanner gave them: do not compare their scores with the others'.\n`,
    )
  const likely = likelyLearntFrom(
    table.ids.filter((id) => !learntFrom.has(id)),
    model.learntFrom,
  )
  if (likely.length > 0)
    process.stderr.write(
      `WARNING: likely patients ${name} was learnt from, under another ID, and not marked: ${listSome(likely)}. If they are, their scores are no validation.\n`,
    )
  process.stderr.write('Research use. Not a medical device.\n')
}

/** The features as the model takes them, and who among the patients is as measured although others are not. */
async function harmoniseIfAsked(
  source: TextTable,
  leaveOut: readonly string[],
  options: PredictOptions,
): Promise<{ features: FeatureTable; notHarmonised: readonly string[]; told: readonly string[] }> {
  const { combat, batch = [], batches, join, leaveUnseen } = options
  if (combat === undefined) {
    if (batch.length > 0 || (batches ?? join ?? leaveUnseen) !== undefined)
      throw new UsageError('--batch, --batches, --join and --leave-unseen say how to harmonise: add --combat.')
    return { features: readFirstReader(source, leaveOut), notHarmonised: readNotHarmonised(source), told: [] }
  }
  if (batch.length === 0) throw new UsageError('--combat needs to know the batch (scanner) of each patient: add --batch.')
  if (source.columns.includes(harmonisedColumn))
    throw new UsageError(`${source.path} has been harmonised (column ${harmonisedColumn}): leave out --combat.`)
  const earlier = parseCombat(await readTextFile(combat), combat)
  const facts = batches === undefined ? source : await readTableFile(batches, options)
  const named = facts === source ? [...batch, ...earlier.covariates.map(({ name }) => name)] : []
  const table = readFirstReader(source, [...leaveOut, ...named])
  const patients = {
    batchOf: crossBatches(batch.map((column) => readFact(facts, column))),
    covariates: earlier.covariates.map((code) => readKnownCovariate(facts, code)),
  }
  const record = join ? joinBatches(earlier, poolUnlabelled(table), patients, { smallBatches: leaveUnseen ? 'leave out' : 'refuse' }) : earlier // prettier-ignore
  const { notHarmonised, ...features } = applyCombat(record, table, patients, { unseenBatches: leaveUnseen ? 'leave unharmonised' : 'refuse' }) // prettier-ignore
  const joined = (record.reference?.joined ?? []).slice(earlier.reference?.joined.length ?? 0)
  const told = joined.map(({ batch, patients }) => `${batch} joined by its own ${patients} patients, without labels.`)
  return { features, notHarmonised, told }
}

/** Those who are new by their ID alone: written in another way, or another row of a patient who was learnt from. */
function likelyLearntFrom(ids: readonly string[], learntFrom: readonly string[]): string[] {
  const rows = likelySamePatients([...new Set([...learntFrom, ...ids])])
  const isNew = new Set(ids)
  const known = new Set(learntFrom)
  const others = rows.flatMap((group) => {
    const source = group.find((id) => known.has(id))
    return source === undefined ? [] : group.filter((id) => isNew.has(id)).map((id) => [id, source] as const)
  })
  const pairs = new Map([...others, ...likelySameIds(ids, learntFrom)])
  return [...pairs].map(([id, source]) => `${id} (${source})`)
}

async function addClinical(
  features: FeatureTable,
  terms: readonly ClinicalTerm[],
  options: PredictOptions,
): Promise<FeatureTable> {
  const { model, clinical } = options
  if (clinical === undefined)
    throw new UsageError(`${model} looks at ${listSome(terms.map(({ column }) => column))} of a clinical table: name it with --clinical.`) // prettier-ignore
  const table = await readTableFile(clinical, options)
  const known = new Set(table.ids)
  const without = features.ids.filter((patient) => !known.has(patient))
  if (without.length > 0) throw refuse('no-row-for', { path: clinical, ids: without, likely: likelySameIds(without, table.ids) })
  const coded = codePredictors(table, terms, features.ids)
  return joinTables([{ name: 'features', table: features }, { name: 'clinical columns', table: coded }]).table // prettier-ignore
}
