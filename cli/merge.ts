import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { readCaseList } from './caseList.ts'
import { errorsPathOf } from './extractCases.ts'
import { mergeShards, noLabel } from './mergeShards.ts'
import { refuseOutput, refuseToReplace } from './refuseOutput.ts'
import { UsageError } from './usageError.ts'

interface MergeOptions {
  readonly cases: string
  readonly output: string
  readonly overwrite?: true
  readonly failuresOk?: true
}

/** @param report is told at the end whether every case was measured */
export function addMergeCommand(program: Command, _: AbortSignal, report: (good: boolean) => void): void {
  program
    .command('merge')
    .description('Make one table of those that extract --shard wrote, the same as one run of the whole list writes.')
    .argument('<shard.csv...>', 'tables of shards; their failures and records are taken from beside them')
    .requiredOption('--cases <list.csv>', 'the whole list')
    .requiredOption('--output <file.csv>', 'the table of the whole list')
    .option('--overwrite', 'replace a table that is there')
    .option('--failures-ok', 'exit code 0 also where cases failed, if each is told')
    .addHelpText(
      'after',
      '\nNothing is written where shards do not belong together (parameters, version, columns, a case twice or not of the list) or a case is missing.\nExit code: 0 all good, 1 some cases failed, 2 refused, 75 trouble that another try may not meet.',
    )
    .action(async (shards: string[], options: MergeOptions) => report(await merge(shards, options)))
}

async function merge(shards: readonly string[], { cases: path, output, overwrite, failuresOk }: MergeOptions): Promise<boolean> {
  refuseOutput(output)
  refuseToReplace(output, shards.map((shard) => ['shard', shard])) // prettier-ignore
  if (existsSync(output) && !overwrite) throw new UsageError(`${output} is there already: add --overwrite to replace it.`)
  const { cases } = await readCaseList(path, { label: noLabel })
  const { done, failed } = await mergeShards(cases, shards, output)
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
  const where = failed > 0 ? ` (${errorsPathOf(output)})` : ''
  process.stderr.write(
    `${count(shards.length, 'shard')}, ${count(cases.length, 'case')}: ${done} in ${output}, ${failed} failed${where}.\n`,
  )
  return failed === 0 || failuresOk === true
}
