import { expect, test } from 'vitest'
import { logisticReference, rAucOptimism, readAsah } from '../../../reference/evaluation.ts'
import { applyLogistic, fitLogistic } from '../learn/logistic.ts'
import { createRandom } from '../numeric/random.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { makeFolds } from '../table/folds.ts'
import { takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import { estimateOptimism, measureResample, type LearnPath, type OptimismJob } from './optimism.ts'

const asah = readAsah()
const markers = ['s100b', 'ndka', 'age', 'wfns'] as const
const ids = asah.outcome.map((_, i) => `p${i}`)
const table = makeFeatureTable(ids, markers, Float64Array.from(markers.flatMap((name) => asah[name])))
const training = takeTraining(table, asah.outcome, { training: ids, validation: [] })

const learnLogistic: LearnPath = async (sample) => {
  const model = fitLogistic(sample)
  return (patients) => applyLogistic(model, patients)
}
const inThread =
  (learn: LearnPath, from = training) =>
  (jobs: readonly OptimismJob[]) =>
    Promise.all(jobs.map((job) => measureResample(from, job, learn)))

test("Harrell's optimism of the logistic model lies in the spread of rms::validate", async () => {
  const ours = await estimateOptimism(training, learnLogistic, inThread(learnLogistic), { resamples: 300, seed: 2 })
  expect(ours.apparent).toBeCloseTo(logisticReference.val_prob['C (ROC)'], 9)
  const each = ours.samples.map((sample) => sample.apparent - sample.original)
  const sd = Math.sqrt(each.reduce((sum, x) => sum + (x - ours.optimism) ** 2, 0) / (each.length - 1))
  expect(Math.abs(ours.optimism - rAucOptimism)).toBeLessThan((4 * sd) / Math.sqrt(each.length))
  expect(ours.corrected).toBe(ours.apparent - ours.optimism)
  expect(ours.outOfBag).toBeLessThan(ours.apparent)
  expect(ours.learntFrom).toEqual(ids)
})

test('noise: the apparent AUC is high, the corrected one and the one out of bag are near 0.5', async () => {
  const random = createRandom(8)
  const noise = makeFeatureTable(
    ids,
    Array.from({ length: 15 }, (_, j) => `x${j}`),
    Float64Array.from({ length: 15 * 113 }, () => random.uniform()),
  )
  const from = takeTraining(noise, asah.outcome, { training: ids, validation: [] })
  const ours = await estimateOptimism(from, learnLogistic, inThread(learnLogistic, from), { resamples: 60, seed: 1 })
  expect(ours.apparent).toBeGreaterThan(0.65)
  expect(ours.outOfBag).toBeLessThan(0.6)
  expect(ours.corrected).toBeLessThan(ours.apparent - 0.08)
})

test('copies of a patient stay together, and the path gets a training table', async () => {
  const seen: { sample: TrainingTable; patients: readonly string[] }[] = []
  const learn: LearnPath = async (sample, patients, seed) => {
    seen.push({ sample, patients })
    const folds = makeFolds({ outcome: sample.outcome, patients, folds: 3, seed })
    const foldsOf = new Map<string, Set<number>>()
    patients.forEach((patient, row) => foldsOf.set(patient, (foldsOf.get(patient) ?? new Set()).add(folds[row])))
    expect([...foldsOf.values()].every((set) => set.size === 1)).toBe(true)
    return (rows) => rows.values.subarray(0, rows.ids.length)
  }
  const jobs: OptimismJob[] = []
  await estimateOptimism(training, learn, (given) => (jobs.push(...given), inThread(learn)(given)), { resamples: 4, seed: 5 })
  expect(new Set(seen[1].patients).size).toBeLessThan(113)
  expect(new Set(seen[1].sample.ids).size).toBe(113)
  expect([...seen[1].sample.outcome].filter((y) => y === 1).length).toBe(41)
  for (const { drawn, outOfBag } of jobs) expect(outOfBag.some((row) => drawn.includes(row))).toBe(false)
})

test('the same for any order of work; progress ends at its total; a failing job fails the whole', async () => {
  const options = { resamples: 6, seed: 3 }
  const steps: number[] = []
  const forward = await estimateOptimism(training, learnLogistic, inThread(learnLogistic), options, ({ done }) =>
    steps.push(done),
  )
  const backward = await estimateOptimism(
    training,
    learnLogistic,
    async (jobs) => {
      const results = await inThread(learnLogistic)(jobs.toReversed())
      return results.toReversed()
    },
    options,
  )
  expect(backward).toEqual(forward)
  expect(steps.at(-1)).toBe(7)
  await expect(
    estimateOptimism(training, learnLogistic, () => Promise.reject(new Error('cancelled')), options),
  ).rejects.toThrowSaying('cancelled')
  await expect(estimateOptimism({ ...training }, learnLogistic, inThread(learnLogistic), options)).rejects.toThrow(TypeError)
})
