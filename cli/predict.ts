import type { Command } from 'commander'
import type { ClinicalTerm } from '../src/core/analysis/clinicalPredictors.ts'
import { applyModel } from '../src/core/learn/model.ts'
import type { FeatureTable } from '../src/core/table/featureTable.ts'
import { joinTables } from '../src/core/table/joinTables.ts'
import { listSome } from '../src/messages/listSome.ts'
import { codePredictors } from '../src/io/tables/readClinicalPredictors.ts'
import { harmonisedColumn, markHarmonised, readNotHarmonised } from '../src/io/records/combatFile.ts'
import { parseModelFile } from '../src/io/records/modelFile.ts'
import { learntFromColumn } from '../src/io/tables/learntFromColumn.ts'
import { likelySameIds } from '../src/io/tables/likelySameIds.ts'
import { likelySamePatients } from '../src/io/tables/likelySamePatients.ts'
import { refuse } from '../src/io/tables/messages.ts'
import { formatTable } from '../src/io/tables/tableFile.ts'
import { say } from '../src/messages/say.ts'
import { readFirstReader } from './readFirstReader.ts'
import { idOption, readTableFile, readTextFile, sheetOption, type TableChoice, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

interface PredictOptions extends TableChoice {
  readonly model: string
  readonly features: string
  readonly clinical?: string
  readonly output: string
  readonly leaveOut: readonly string[]
}

export function addPredictCommand(program: Command): void {
  program
    .command('predict')
    .description('Scores of patients by a model of texel train.')
    .requiredOption('--model <json>', 'the model')
    .requiredOption('--features <csv>', 'features, a row a patient (or a patient and sequence); other columns may be there')
    .option('--clinical <csv>', 'clinical table, for a model that looks at columns of one')
    .option('--leave-out <columns...>', 'columns of --features that are no numbers (an outcome, a batch)', [])
    .addOption(idOption)
    .addOption(sheetOption)
    .requiredOption('--output <csv>', 'id and a column of scores, named as the model')
    .addHelpText('after', '\nExit code: 0 done, 1 the data or the model cannot be used, 2 wrong usage.')
    .action(predict)
}

async function predict(options: PredictOptions): Promise<void> {
  const { warnings = [], name, model, outcome, clinical = [] } = parseModelFile(await readTextFile(options.model), options.model)
  const source = await readTableFile(options.features, options)
  const features = readFirstReader(source, [outcome.column, ...options.leaveOut])
  const table = clinical.length === 0 ? features : await addClinical(features, clinical, options)
  const scores = applyModel(model, table)
  const learntFrom = new Set(model.learntFrom)
  const met = table.ids.filter((id) => learntFrom.has(id))
  const mark = met.length > 0 ? [learntFromColumn] : []
  const markOf = (id: string) => (met.length > 0 ? [learntFrom.has(id) ? name : ''] : [])
  const notHarmonised = readNotHarmonised(source)
  const combat = markHarmonised(notHarmonised)
  const rows = table.ids.map((id, i) => [id, ...combat.of(id), ...markOf(id), scores[i]])
  await writeResult(options.output, formatTable(['id', ...combat.columns, ...mark, name], rows))
  const meaning = model.score === 'probability' ? `probabilities of ${outcome.column} = ${outcome.positive}` : `no probabilities; higher speaks for ${outcome.column} = ${outcome.positive}` // prettier-ignore
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
