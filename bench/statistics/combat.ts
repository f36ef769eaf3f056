import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyCombat } from '../../src/core/harmonise/applyCombat.ts'
import { fitCombat } from '../../src/core/harmonise/combat.ts'
import type { CombatOptions } from '../../src/core/harmonise/combatRecord.ts'
import { createRandom } from '../../src/core/numeric/random.ts'
import { makeFeatureTable, type FeatureTable } from '../../src/core/table/featureTable.ts'
import { poolUnlabelled } from '../../src/core/table/trainingTable.ts'
import { runPeer } from '../peer.ts'

interface Answer {
  readonly version: string
  readonly seconds: number
  readonly firstPatient: readonly number[]
}

/** Fit and apply, on one thread, beside `sva::ComBat` on the same table. */
export async function benchCombat(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'texel-combat-'))
  try {
    await compare(folder, 402, 4506, 'parametric')
    await compare(folder, 402, 600, 'non-parametric')
    time(drawTable(402, 4506), 'non-parametric')
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function compare(folder: string, patients: number, columns: number, prior: CombatOptions['prior']): Promise<void> {
  const drawn = drawTable(patients, columns)
  const { seconds, firstPatient } = time(drawn, prior)
  const path = join(folder, 'values')
  await writeFile(path, new Uint8Array(drawn.table.values.buffer))
  const batches = drawn.table.ids.map((id) => drawn.batchOf.get(id)).join('')
  const peer = await runPeer<Answer>('Rscript', 'combat.R', [path, String(patients), String(columns), batches, prior])
  if (!peer) return
  const apart = firstPatient.reduce((most, value, j) => Math.max(most, Math.abs(value - peer.firstPatient[j])), 0)
  process.stdout.write(`    ${peer.version}: ${peer.seconds.toFixed(2)} s, ${(peer.seconds / seconds).toFixed(0)} times ours; values at most ${apart.toExponential(1)} SD apart\n`) // prettier-ignore
}

function time(
  { table, batchOf }: ReturnType<typeof drawTable>,
  prior: CombatOptions['prior'],
): { seconds: number; firstPatient: number[] } {
  // prettier-ignore
  const run = () => {
    const started = performance.now()
    const record = fitCombat({ mode: 'all patients, labels unseen', patients: poolUnlabelled(table) }, { batchOf }, { prior })
    const { values } = applyCombat(record, table, { batchOf })
    return { values, seconds: (performance.now() - started) / 1000 }
  }
  const first = run()
  const median = [first.seconds, run().seconds, run().seconds].sort((a, b) => a - b)[1]
  const { ids, columns } = table
  process.stdout.write(`  ComBat ${prior}, ${ids.length} x ${columns.length}, 4 batches: ${median.toFixed(3)} s (first call ${first.seconds.toFixed(3)} s)\n`) // prettier-ignore
  return { seconds: median, firstPatient: columns.map((_, j) => first.values[j * ids.length]) }
}

/** Columns of unit noise with a location and scale of their own in each of four unequal batches. */
function drawTable(patients: number, columns: number): { table: FeatureTable; batchOf: Map<string, string> } {
  const random = createRandom(402)
  const ids = Array.from({ length: patients }, (_, i) => `p${i}`)
  const batch = ids.map(() => Math.floor(Math.sqrt(random.integer(16))))
  const noise = () => Array.from({ length: 12 }, () => random.uniform()).reduce((sum, value) => sum + value, -6)
  const values = new Float64Array(patients * columns)
  for (let j = 0; j < columns; j++) {
    const location = Array.from({ length: 4 }, () => 0.5 * noise())
    const scale = Array.from({ length: 4 }, () => 0.7 + 0.6 * random.uniform())
    for (let i = 0; i < patients; i++) values[j * patients + i] = location[batch[i]] + scale[batch[i]] * noise()
  }
  const table = makeFeatureTable(ids, Array.from({ length: columns }, (_, j) => `f${j}`), values) // prettier-ignore
  return { table, batchOf: new Map(ids.map((id, i) => [id, 'ABCD'[batch[i]]])) }
}
