import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrapAuc } from '../../src/core/evaluate/bootstrapAuc.ts'
import { comparePairedAuc, estimateAuc } from '../../src/core/evaluate/delong.ts'
import { evaluateScores, type ScoredModel } from '../../src/core/evaluate/evaluateScores.ts'
import { createRandom } from '../../src/core/numeric/random.ts'
import { makeFeatureTable, pickRows } from '../../src/core/table/featureTable.ts'
import { takeTraining } from '../../src/core/table/trainingTable.ts'
import { cpuSeconds } from '../cpuSeconds.ts'
import { runPeer } from '../peer.ts'

interface Answer {
  readonly version: string
  readonly seconds: number
  readonly answer: readonly number[]
}

/** Two models of the same patients. */
interface Scores {
  readonly outcome: Float64Array
  readonly first: Float64Array
  readonly second: Float64Array
}

/** Bootstrap of the AUC and DeLong beside pROC on the same scores, and the whole evaluation of the study's size; seconds of the processor. */
export async function benchEvaluate(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'texel-evaluate-'))
  try {
    await compare(folder, 'bootstrap', 402, ({ first, outcome }) => {
      const { lower, upper } = bootstrapAuc(first, outcome)
      return [lower, upper]
    })
    for (const patients of [402, 10_000])
      await compare(folder, 'delong', patients, ({ first, second, outcome }) => {
        const { auc, interval } = estimateAuc(first, outcome)
        return [interval.lower, auc, interval.upper, comparePairedAuc(first, second, outcome).p]
      })
    await timeWholeEvaluation()
  } finally {
    await rm(folder, { recursive: true })
  }
}

const titles = {
  bootstrap: '10,000-fold stratified bootstrap of the AUC',
  delong: 'DeLong interval and paired test',
} as const

async function compare(
  folder: string,
  method: keyof typeof titles,
  patients: number,
  run: (scores: Scores) => readonly number[],
): Promise<void> {
  const scores = drawScores(patients)
  const { seconds, answer } = time(() => run(scores), method === 'bootstrap' ? 5 : 100)
  process.stdout.write(`  ${titles[method]}, n = ${patients}: ${seconds.toFixed(5)} s of CPU\n`)
  const path = join(folder, 'scores')
  await writeFile(path, new Uint8Array(Float64Array.of(...scores.outcome, ...scores.first, ...scores.second).buffer))
  const peer = await runPeer<Answer>('Rscript', 'auc.R', [path, String(patients), method])
  if (!peer) return
  const apart = peer.answer.reduce((most, value, k) => Math.max(most, Math.abs(value - answer[k])), 0)
  process.stdout.write(`    ${peer.version}: ${peer.seconds.toFixed(5)} s of CPU, ${(peer.seconds / seconds).toFixed(1)} times ours; answers at most ${apart.toExponential(1)} apart\n`) // prettier-ignore
}

/** Three models, 250 training and 152 validation patients, all defaults. */
async function timeWholeEvaluation(): Promise<void> {
  const names = ['lr', 'rf', 'svm']
  const models = names.map((name): ScoredModel => ({ name, kind: 'probability', logistic: false }))
  const { outcome } = drawScores(402)
  const ids = Array.from(outcome, (_, i) => `p${i}`)
  const values = Float64Array.from(names.flatMap((_, j) => Array.from(drawScores(402, j).first, (x) => x / (1 + x))))
  const table = makeFeatureTable(ids, names, values)
  const validation = ids.slice(250)
  const training = takeTraining(table, outcome, { training: ids.slice(0, 250), validation })
  const started = process.cpuUsage()
  await evaluateScores({
    models,
    training: [{ name: 'training', scoresFrom: {}, table: training }],
    validation: [{ name: 'validation', scores: pickRows(table, validation), outcome: outcome.subarray(250) }],
  })
  process.stdout.write(`  whole evaluation, 3 models, 250 + 152 patients: ${cpuSeconds(started).toFixed(2)} s of CPU\n`)
}

/** The median of so many calls, after as many that are not counted: they compile. */
function time<T>(run: () => T, calls: number): { seconds: number; answer: T } {
  const seconds: number[] = []
  let answer = run()
  for (let i = 1; i < 2 * calls; i++) {
    const started = process.cpuUsage()
    answer = run()
    if (i >= calls) seconds.push(cpuSeconds(started))
  }
  return { seconds: seconds.sort((a, b) => a - b)[Math.floor(calls / 2)], answer }
}

/** 26 % positive, as the study; two scores that share half of their noise. */
function drawScores(patients: number, seed = 5): Scores {
  const random = createRandom(seed)
  const outcome = Float64Array.from({ length: patients }, (_, i) => (i % 100 < 26 ? 1 : 0))
  const shared = outcome.map((y) => 0.3 * y + random.uniform())
  return { outcome, first: shared.map((x) => x + random.uniform()), second: shared.map((x) => x + random.uniform()) }
}
