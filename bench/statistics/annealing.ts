import { readFileSync } from 'node:fs'
import { candidateTables, readCandidates } from '../../reference/candidates.ts'
import { annealingFolds, caretAnnealing, defaultAnnealing, runAnnealing, type AnnealingOptions } from '../../src/core/select/annealing.ts' // prettier-ignore
import { mean, standardDeviation } from '../../src/core/numeric/moments.ts'
import { pickTrainingColumns, type TrainingTable } from '../../src/core/table/trainingTable.ts'
import { spreadJobs } from '../../src/core/analysis/statisticsJob.ts'
import { createNodeStatisticsBridge } from '../../workers/statisticsBridge.node.ts'
import { cpuSeconds } from '../cpuSeconds.ts'
import { runPeer } from '../peer.ts'

interface Answer {
  readonly version: string
  readonly seconds: number
  readonly cpuSeconds: number
  readonly averages: readonly number[]
  readonly optIter: number
  readonly kept: number
}

const cores = 2
const seeds = Array.from({ length: 10 }, (_, i) => i + 1)

/**
 * The candidates of the reference runs, ours beside caret's safs, each on two cores: same rows, folds, iterations, trees. Seconds of
 * the processor, all workers together, stand beside those of the clock.
 */
export async function benchAnnealing(): Promise<void> {
  for (const table of candidateTables) {
    const training = readRunCandidates(table)
    process.stdout.write(`  ${table}, ${training.ids.length} x ${training.columns.length}\n`)
    const ours = await time('as caret, no cache', training, caretAnnealing)
    await time('as caret, cache', training, { ...caretAnnealing, cacheSubsets: true })
    await time("the study's (AUC, cache)", training, defaultAnnealing)
    const folds = annealingFolds(training, caretAnnealing).join('')
    const peer = await runPeer<Answer>('Rscript', 'annealing.R', [table, folds, String(cores)])
    if (!peer) continue
    const best = peer.averages[peer.optIter - 1]
    process.stdout.write(`    ${peer.version}, ${cores} cores: ${peer.seconds.toFixed(1)} s, ${(peer.seconds / ours.seconds).toFixed(1)} times ours; ${peer.cpuSeconds.toFixed(1)} s of CPU, ${(peer.cpuSeconds / ours.cpu).toFixed(1)} times ours; Accuracy ${describe(peer.averages, best)}, ${peer.kept} kept\n`) // prettier-ignore
  }
}

/** Ten seeds of ours, folds of their own, beside the ten of caret that are kept in the reference. */
export async function benchAnnealingSeeds(): Promise<void> {
  const kept = JSON.parse(readFileSync('reference/r/annealing_seeds.json', 'utf8')) as { tables: Record<string, Answer[]> }
  for (const table of candidateTables) {
    const training = readRunCandidates(table)
    const ours: number[] = []
    for (const seed of seeds) {
      const { averages, iteration } = await run(training, { ...caretAnnealing, cacheSubsets: true, seed })
      ours.push(averages[iteration - 1])
    }
    const theirs = kept.tables[table].map(({ averages, optIter }) => averages[optIter - 1])
    const apart = (mean(ours) - mean(theirs)) / standardDeviation(theirs)
    process.stdout.write(`  ${table}: held-out Accuracy of ${seeds.length} seeds ${spread(ours)}; caret's ${spread(theirs)}; ${apart.toFixed(2)} SD apart\n`) // prettier-ignore
  }
}

async function time(what: string, training: TrainingTable, options: AnnealingOptions) {
  const started = performance.now()
  const usage = process.cpuUsage()
  const { averages, iteration, kept } = await run(training, options)
  const seconds = (performance.now() - started) / 1000
  const cpu = cpuSeconds(usage)
  process.stdout.write(`    ${what}, ${cores} workers: ${seconds.toFixed(2)} s, ${cpu.toFixed(2)} s of CPU; ${options.metric} ${describe(averages, averages[iteration - 1])}, ${kept.length} kept\n`) // prettier-ignore
  return { seconds, cpu }
}

async function run(training: TrainingTable, options: AnnealingOptions) {
  const bridge = createNodeStatisticsBridge(cores)
  try {
    return await runAnnealing(training, options, spreadJobs((jobs) => bridge.runJobs(jobs)).anneal)
  } finally {
    bridge.close()
  }
}

function readRunCandidates(table: string): TrainingTable {
  const text = readFileSync(`reference/statistics/${table}/annealing.json`, 'utf8')
  return pickTrainingColumns(readCandidates(table), (JSON.parse(text) as { candidates: string[] }).candidates)
}

function describe(averages: readonly number[], best: number): string {
  return `${best.toFixed(3)} (mean over iterations ${mean(averages).toFixed(3)})`
}

function spread(values: readonly number[]): string {
  return `${mean(values).toFixed(3)}, SD ${standardDeviation(values).toFixed(3)}`
}
