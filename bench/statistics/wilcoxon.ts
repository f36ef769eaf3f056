import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../../src/core/numeric/random.ts'
import { filterByAgreement } from '../../src/core/select/agreementFilter.ts'
import { filterByRankSum } from '../../src/core/select/rankSumFilter.ts'
import { makeFeatureTable } from '../../src/core/table/featureTable.ts'
import { takeTraining, type TrainingTable } from '../../src/core/table/trainingTable.ts'
import { runPeer } from '../peer.ts'

interface Answer {
  readonly version: string
  readonly seconds: number
  readonly p: readonly number[]
}

const columns = 4506
const positives = 73

/** The study's table, 73 patients against 177, on one thread, beside R's own loop and `matrixTests` where installed. */
export async function benchWilcoxon(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'texel-wilcoxon-'))
  try {
    await compare(
      folder,
      'no ties',
      drawTable(250, (uniform) => uniform),
    )
    await compare(
      folder,
      'ties everywhere',
      drawTable(250, (uniform) => Math.floor(30 * uniform)),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
  benchAgreement()
}

async function compare(folder: string, what: string, training: TrainingTable): Promise<void> {
  const runs = Array.from({ length: 5 }, () => timed(() => filterByRankSum(training)))
  const seconds = median(runs.map((run) => run.seconds))
  process.stdout.write(`  rank sum, ${training.ids.length} x ${columns}, ${what}: ${seconds.toFixed(3)} s (first call ${runs[0].seconds.toFixed(3)} s)\n`) // prettier-ignore
  const path = join(folder, 'values')
  await writeFile(path, new Uint8Array(training.values.buffer))
  const peers = await runPeer<Answer[]>('Rscript', 'wilcoxon.R', [path, training.ids.length, columns, positives].map(String))
  const ours = runs[0].result.columns.map(({ p }) => p)
  for (const peer of peers ?? []) {
    const apart = ours.reduce((most, p, j) => Math.max(most, Math.abs(p - peer.p[j])), 0)
    process.stdout.write(`    ${peer.version}: ${peer.seconds.toFixed(2)} s, ${(peer.seconds / seconds).toFixed(0)} times ours; P at most ${apart.toExponential(1)} apart\n`) // prettier-ignore
  }
}

function benchAgreement(): void {
  const [first, second] = [drawTable(50, (uniform) => uniform), drawTable(50, (uniform) => uniform * uniform)]
  const runs = Array.from({ length: 5 }, () => timed(() => filterByAgreement(first, [second])).seconds)
  process.stdout.write(`  ICC(2,1) with intervals, 50 patients, 2 readers, ${columns} columns: ${median(runs).toFixed(3)} s (first call ${runs[0].toFixed(3)} s)\n`) // prettier-ignore
}

function drawTable(patients: number, value: (uniform: number) => number): TrainingTable {
  const { uniform } = createRandom(4506)
  const ids = Array.from({ length: patients }, (_, i) => `p${i}`)
  const values = Float64Array.from({ length: patients * columns }, () => value(uniform()))
  const table = makeFeatureTable(ids, Array.from({ length: columns }, (_, j) => `f${j}`), values) // prettier-ignore
  return takeTraining(table, ids.map((_, i) => (i < positives ? 1 : 0)), { training: ids, validation: [] }) // prettier-ignore
}

function timed<T>(work: () => T): { result: T; seconds: number } {
  const started = performance.now()
  const result = work()
  return { result, seconds: (performance.now() - started) / 1000 }
}

function median(seconds: readonly number[]): number {
  return [...seconds].sort((a, b) => a - b)[Math.floor(seconds.length / 2)]
}
