import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { growTrees, type GrowTreesJob } from '../../src/core/learn/forest.ts'
import { defaultBoruta, defaultBorutaPy, runBoruta } from '../../src/core/select/boruta.ts'
import { makeFeatureTable } from '../../src/core/table/featureTable.ts'
import { takeTraining, type TrainingTable } from '../../src/core/table/trainingTable.ts'
import { loadKernels } from '../../workers/loadKernels.node.ts'
import { runPeer } from '../peer.ts'

interface Answer {
  readonly version: string
  readonly seconds: number
  readonly runs: number
  /** Sum over runs of the columns not yet rejected. */
  readonly columnRuns: number
  readonly confirmed: number
}

interface Counted {
  readonly name: string
  readonly confirmed: number
  readonly tentative: number
}

const tables = ['ispy1', 'lung_two_centres']
const maximumRuns = 30
const seeds = [1, 2, 3, 4, 5, 6]

/**
 * The variant BorutaPy, 500 trees, one thread, beside BorutaPy with n_jobs = 1: seconds for a run and a column not yet rejected.
 * Seconds of the processor, so that a busy machine changes them little.
 */
export async function benchBoruta(): Promise<void> {
  const run = await makeRunner()
  for (const table of tables) {
    const training = readInput(table)
    const started = process.cpuUsage()
    const { kept, details, history } = await runBoruta(training, { ...defaultBorutaPy, maximumRuns }, run)
    const seconds = cpuSeconds(started)
    const columnRuns = details.reduce((sum, { runs }) => sum + runs, 0)
    const each = seconds / columnRuns
    process.stdout.write(`  BorutaPy's variant, ${table} (${training.ids.length} x ${training.columns.length}), ${history.length} runs, ${kept.length} confirmed: ${seconds.toFixed(2)} s of CPU, ${(1000 * each).toFixed(3)} ms a run and column\n`) // prettier-ignore
    const peer = await runPeer<Answer>(process.env['PEERS_PYTHON'], 'runBorutaPy.py', [pathOf(table), String(maximumRuns)])
    if (!peer) continue
    const theirs = peer.seconds / peer.columnRuns
    process.stdout.write(`    ${peer.version}, ${peer.runs} runs, ${peer.confirmed} confirmed: ${peer.seconds.toFixed(2)} s of CPU, ${(1000 * theirs).toFixed(3)} ms a run and column, ${(theirs / each).toFixed(1)} times ours\n`) // prettier-ignore
  }
}

/** Both variants whole, 6 seeds on each table, beside how often the references confirm a column. */
export async function benchBorutaAgreement(): Promise<void> {
  const run = await makeRunner()
  for (const defaults of [defaultBorutaPy, defaultBoruta])
    for (const table of tables) {
      const training = readInput(table)
      const started = performance.now()
      const results = []
      for (const seed of seeds) results.push(await runBoruta(training, { ...defaults, seed }, run))
      const seconds = (performance.now() - started) / 1000 / seeds.length
      process.stdout.write(`  ${defaults.variant}, ${table}: ${seconds.toFixed(1)} s a seed, one thread; times confirmed in 6 (ours, reference):\n`) // prettier-ignore
      for (const { name, confirmed } of readReference(defaults.variant, table)) {
        const ours = results.filter(({ kept }) => kept.includes(name)).length
        const isOutside = (confirmed === 6 && ours < 4) || (confirmed === 0 && ours > 2)
        if (ours > 0 || confirmed > 0) process.stdout.write(`    ${name}: ${ours}, ${confirmed}${isOutside ? '  OUTSIDE the spread allowed' : ''}\n`) // prettier-ignore
      }
    }
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}

async function makeRunner() {
  const kernels = await loadKernels()
  return async (jobs: readonly GrowTreesJob[]) => jobs.map((job) => growTrees(kernels, job))
}

function readReference(variant: 'Boruta' | 'BorutaPy', table: string): readonly Counted[] {
  const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
  if (variant === 'Boruta') return (read('reference/r/boruta.json') as Record<string, Counted[]>)[table]
  return (read(`reference/statistics/${table}/boruta.json`) as { features: Counted[] }).features
}

function pathOf(table: string): string {
  return `reference/statistics/${table}/boruta_input.csv`
}

function readInput(table: string): TrainingTable {
  const rows = Papa.parse<Record<string, string>>(readFileSync(pathOf(table), 'utf8'), { header: true, skipEmptyLines: true }).data // prettier-ignore
  const columns = Object.keys(rows[0]).filter((name) => name !== 'Target')
  const ids = rows.map((_, i) => `${i}`)
  const values = Float64Array.from(columns.flatMap((column) => rows.map((row) => Number(row[column]))))
  return takeTraining(makeFeatureTable(ids, columns, values), rows.map((row) => Number(row['Target'])), { training: ids, validation: [] }) // prettier-ignore
}
