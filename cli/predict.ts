import type { Command } from 'commander'
import { applyModel } from '../src/core/learn/model.ts'
import { parseModelFile } from '../src/io/modelFile.ts'
import { learntFromColumn } from '../src/io/learntFromColumn.ts'
import { formatTable } from '../src/io/tableFile.ts'
import { readFirstReader } from './readFirstReader.ts'
import { readTableFile, readTextFile, writeResult } from './tableFiles.ts'

interface PredictOptions {
  readonly id?: string
  readonly model: string
  readonly features: string
  readonly output: string
  readonly leaveOut: readonly string[]
}

export function addPredictCommand(program: Command): void {
  program
    .command('predict')
    .description('Scores of patients by a model of texel train.')
    .requiredOption('--model <json>', 'the model')
    .requiredOption('--features <csv>', 'features, a row a patient (or a patient and sequence); other columns may be there')
    .option('--leave-out <columns...>', 'columns of --features that are no numbers (an outcome, a batch)', [])
    .option('--id <column>', 'column of the IDs, where it is not called id')
    .requiredOption('--output <csv>', 'id and a column of scores, named as the model')
    .addHelpText('after', '\nExit code: 0 done, 1 the data or the model cannot be used, 2 wrong usage.')
    .action(predict)
}

async function predict(options: PredictOptions): Promise<void> {
  const { name, model, outcome } = parseModelFile(await readTextFile(options.model), options.model)
  const table = readFirstReader(await readTableFile(options.features, options.id), [outcome.column, ...options.leaveOut])
  const scores = applyModel(model, table)
  const learntFrom = new Set(model.learntFrom)
  const met = table.ids.filter((id) => learntFrom.has(id))
  const mark = met.length > 0 ? [learntFromColumn] : []
  const markOf = (id: string) => (met.length > 0 ? [learntFrom.has(id) ? name : ''] : [])
  await writeResult(options.output, formatTable(['id', ...mark, name], table.ids.map((id, i) => [id, ...markOf(id), scores[i]]))) // prettier-ignore
  const meaning = model.score === 'probability' ? `probabilities of ${outcome.column} = ${outcome.positive}` : `no probabilities; higher speaks for ${outcome.column} = ${outcome.positive}` // prettier-ignore
  process.stderr.write(`${table.ids.length} patients scored by ${name}: ${meaning}.\n`)
  if (met.length > 0)
    process.stderr.write(
      `${met.length} of them ${name} was learnt from (column ${learntFromColumn}): their scores are no validation.\n`,
    )
}
