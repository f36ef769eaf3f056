import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { defaultProtocol, type Protocol } from '../src/core/protocol.ts'
import { analysisFiles } from '../src/io/analysisFiles.ts'
import { describeAnalysis, describeCopies } from '../src/io/describeAnalysis.ts'
import { parseProtocolFile, ProtocolFileError } from '../src/io/protocolFile.ts'
import { readStudy } from '../src/io/readStudy.ts'
import { createNodeStatisticsBridge } from '../workers/statisticsBridge.node.ts'
import { parseCount } from './parseCount.ts'
import { createProgressBar } from './progressBar.ts'
import { makeFolder, readTableFile, readTextFile, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

interface AnalyseOptions {
  readonly id?: string
  readonly protocol?: string
  readonly features: string
  readonly clinical: string
  readonly output: string
  readonly workers: number
}

/** @param report is told at the end whether everything went well */
export function addAnalyseCommand(program: Command, signal: AbortSignal, report: (good: boolean) => void): void {
  program
    .command('analyse')
    .description('Carry out a study: harmonise, select and train on the training cohort, then judge in every cohort.')
    .option('--protocol <file.yaml>', 'what to do (default: the protocol of the study; texel protocol prints it)')
    .requiredOption('--features <file.csv>', 'id and features; with columns sequence and reader as texel extract --cases writes them')
    .requiredOption('--clinical <file.csv>', 'id and the columns that the protocol names: outcome, cohort, batch, covariates')
    .option('--id <column>', 'column of the IDs, where it is not called id')
    .requiredOption('--output <folder>', 'gets the tables, models and evaluation')
    .option('--workers <n>', 'workers that share the work', parseCount, availableParallelism())
    .addHelpText('after', '\nExit code: 0 all good, 1 the data, or a cohort or fold of them, cannot be used, 2 wrong usage.')
    .action(async (options: AnalyseOptions) => report(await analyseFiles(options, signal))) // prettier-ignore
}

async function analyseFiles(options: AnalyseOptions, signal: AbortSignal): Promise<boolean> {
  const protocol = await readProtocol(options.protocol)
  const [features, clinical] = await Promise.all([
    readTableFile(options.features, options.id),
    readTableFile(options.clinical, options.id),
  ])
  const read = readStudy(features, clinical, protocol)
  await makeFolder(options.output)
  const progress = createProgressBar()
  const bridge = createNodeStatisticsBridge(options.workers)
  try {
    for (const note of read.notes) progress.say(note)
    const analysis = await bridge.analyse(read.study, protocol, {
      signal,
      onProgress: ({ done, total, step }) => progress.update(done, total, step),
    })
    const files = analysisFiles(analysis, read)
    for (const { name } of files) await makeFolder(join(options.output, name, '..'))
    for (const { name, text } of files) await writeResult(join(options.output, name), text)
    for (const line of [...describeCopies(analysis.copies), ...describeAnalysis(analysis)]) progress.say(line)
    const { evaluation, resampling } = analysis
    return evaluation.cohorts.every(({ unusable }) => unusable === null) && (resampling?.failures ?? []).length === 0
  } finally {
    progress.stop()
    bridge.close()
  }
}

/** @throws UsageError with the lines that are wrong */
export async function readProtocol(path: string | undefined): Promise<Protocol> {
  if (path === undefined) return defaultProtocol
  try {
    return parseProtocolFile(await readTextFile(path), path)
  } catch (error) {
    if (error instanceof ProtocolFileError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}
