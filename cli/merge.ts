import { existsSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { fileFromDisk } from '../src/io/sourceFile.node.ts'
import { openStudyFile } from '../src/io/studyFile/openStudyFile.ts'
import { imageColumn, maskColumn, parametersColumn } from '../src/io/tables/rowColumns.ts'
import { keyOfCase, readCaseList } from './caseList.ts'
import { count } from './count.ts'
import { errorsPathOf, hashParameters } from './extractCases.ts'
import { mergeShards, type Whole } from './mergeShards.ts'
import { refuseOutput, refuseToReplace } from './refuseOutput.ts'
import { listStudyRows, parametersOf, regionSource, rowsPathOf } from './studyRows.ts'
import { UsageError } from './usageError.ts'

interface MergeOptions {
  readonly cases?: string
  readonly study?: string
  readonly reader?: string
  readonly output: string
  readonly overwrite?: true
  readonly failuresOk?: true
}

/** @param report is told at the end whether every case was measured */
export function addMergeCommand(program: Command, _: AbortSignal, report: (good: boolean) => void): void {
  program
    .command('merge')
    .description(
      'Make one table of those that extract --shard or study --extract --shard wrote, the same as one run of the whole writes.',
    )
    .argument('<shard.csv...>', 'tables of shards; their failures and records are taken from beside them')
    .option('--cases <list.csv>', 'the whole list')
    .addOption(new Option('--study <STUDY.zip>', 'the study file, in place of a list').conflicts('cases'))
    .addOption(new Option('--reader <id>', 'whose ROIs of the study file (default: the first reader)').conflicts('cases'))
    .requiredOption('--output <file.csv>', 'the table of the whole')
    .option('--overwrite', 'replace a table that is there')
    .option('--failures-ok', 'exit code 0 also where cases failed, if each is told')
    .addHelpText(
      'after',
      '\nNothing is written where shards do not belong together (parameters, version, columns, a case twice or not of the list) or a case is missing.\nOf a study file the rows stand in <output>.rows.csv, and the table has a row a patient and lesion.\nExit code: 0 all good, 1 some cases failed, 2 refused, 75 trouble that another try may not meet.',
    )
    .action(async (shards: string[], options: MergeOptions) => report(await merge(shards, options)))
}

async function merge(shards: readonly string[], options: MergeOptions): Promise<boolean> {
  const { cases, study, reader, output, overwrite, failuresOk } = options
  refuseOutput(output)
  refuseToReplace(output, shards.map((shard) => ['shard', shard])) // prettier-ignore
  if (existsSync(output) && !overwrite) throw new UsageError(`${output} is there already: add --overwrite to replace it.`)
  if (study === undefined && cases === undefined)
    throw new UsageError('Give --cases or --study: without the whole nobody can tell what is missing.')
  const outcome = study === undefined ? await mergeList(cases!, shards, output) : await mergeStudy(study, reader, shards, output)
  const { done, failed, all, one, rowsPath } = outcome
  const where = failed > 0 ? ` (${errorsPathOf(rowsPath)})` : ''
  process.stderr.write(`${count(shards.length, 'shard')}, ${count(all, one)}: ${done} in ${output}, ${failed} failed${where}.\n`)
  return failed === 0 || failuresOk === true
}

/** Stands for that of the parameters, whatever it is: in a list it is left open in the same rows as in its shards. */
const noLabel = 0

async function mergeList(path: string, shards: readonly string[], output: string) {
  const { cases } = await readCaseList(path, { label: noLabel })
  const whole: Whole = {
    entries: cases,
    keyOf: (value) => keyOfCase(value, noLabel),
    called: { all: 'list', one: 'case' },
  }
  return { ...(await mergeShards(whole, shards, output)), all: cases.length, one: 'case', rowsPath: output }
}

async function mergeStudy(path: string, reader: string | undefined, shards: readonly string[], output: string) {
  const file = await openStudyFile(await fileFromDisk(path))
  const { entries, writeTable } = listStudyRows(file, reader)
  const parametersHash = hashParameters(parametersOf(file), undefined)
  const rowsPath = rowsPathOf(output)
  const whole: Whole = {
    entries: entries.map(({ key, name, identity, region }) => ({
      key,
      name,
      identity,
      madeFrom: [[parametersColumn, parametersHash], [imageColumn, region.image], [maskColumn, region.maskHash]], // prettier-ignore
    })),
    keyOf: regionSource.keyOf,
    called: { all: 'study file', one: 'ROI' },
  }
  const merged = await mergeShards(whole, shards, rowsPath)
  await writeTable(output, merged.done > 0 ? rowsPath : null)
  return { ...merged, all: entries.length, one: 'ROI', rowsPath }
}
