import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultForestOptions, growForest, growTrees, type GrowTreesJob } from '../../src/core/learn/forest.ts'
import { createRandom } from '../../src/core/numeric/random.ts'
import { rocAuc } from '../../src/core/numeric/ranks.ts'
import { loadKernels } from '../../workers/loadKernels.node.ts'
import { cpuSeconds } from '../cpuSeconds.ts'
import { runPeer } from '../peer.ts'
import type { ForestData } from '../../src/core/learn/forestInput.ts'

interface Answer {
  readonly version: string
  readonly seconds: number
  readonly auc: number
}

const rows = 250
const columns = 200

/**
 * 500 trees with permutation importance on one thread, beside ranger on one thread on the same table. Seconds of the processor,
 * so that a busy machine changes them little.
 */
export async function benchForest(): Promise<void> {
  const kernels = await loadKernels()
  const data = drawData()
  const run = async (jobs: readonly GrowTreesJob[]) => jobs.map((job) => growTrees(kernels, job))
  const seconds: number[] = []
  let auc = 0
  for (let seed = 1; seed <= 7; seed++) {
    const started = process.cpuUsage()
    const { outOfBag } = await growForest(data, { ...defaultForestOptions, seed }, run)
    seconds.push(cpuSeconds(started))
    auc = rocAuc(outOfBag.votes, data.outcome)
  }
  const median = [...seconds].sort((a, b) => a - b)[3]
  process.stdout.write(`  500 trees, ${rows} x ${columns}, permutation importance: ${median.toFixed(3)} s of CPU (first call ${seconds[0].toFixed(3)} s); out-of-bag AUC ${auc.toFixed(3)}\n`) // prettier-ignore
  const folder = await mkdtemp(join(tmpdir(), 'texel-forest-'))
  try {
    const path = join(folder, 'values')
    await writeFile(path, new Uint8Array(data.values.buffer))
    const peer = await runPeer<Answer>('Rscript', 'forest.R', [path, String(rows), String(columns), data.outcome.join('')])
    if (peer) process.stdout.write(`    ${peer.version}, one thread: ${peer.seconds.toFixed(3)} s of CPU (median), ${(peer.seconds / median).toFixed(1)} times ours; out-of-bag AUC ${peer.auc.toFixed(3)}\n`) // prettier-ignore
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Ten columns of unit noise with a mean that is half an SD higher in class 1, the others without. */
function drawData(): ForestData {
  const random = createRandom(250)
  const outcome = Uint8Array.from({ length: rows }, () => (random.uniform() < 0.3 ? 1 : 0))
  const noise = () => Array.from({ length: 12 }, () => random.uniform()).reduce((sum, value) => sum + value, -6)
  const values = Float64Array.from({ length: rows * columns }, (_, i) => noise() + (i < 10 * rows ? 0.5 * outcome[i % rows] : 0))
  return { rows, columns, values, outcome }
}
