import { expect, test } from 'vitest'
import { expectEqual, markers, readAsah, rocReference, rSets } from '../../../reference/evaluation.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { findCutoff, fitCutoff, type CutoffRule } from './cutoffs.ts'
import { traceRoc } from './roc.ts'
import { say } from '../../messages/say.ts'

const asah = readAsah()

test.each(markers)("Youden's cut-off of %s is that of pROC", (marker) => {
  const { threshold, sensitivity, specificity } = findCutoff(traceRoc(asah[marker], asah.outcome))
  const expected = rocReference.curves[marker].youden
  expectEqual([threshold, sensitivity, specificity], [expected.threshold, expected.sensitivity, expected.specificity])
})

const weights: Record<'youden' | 'costly' | 'cheap', CutoffRule> = {
  youden: { kind: 'youden' },
  costly: { kind: 'cost', costOfMiss: 3, prevalence: 0.2 },
  cheap: { kind: 'cost', costOfMiss: 0.5, prevalence: 0.1 },
}

test.each(Object.entries(rSets))('small and tied cohorts, three weights: %s', (_, set) => {
  for (const name of ['youden', 'costly', 'cheap'] as const) {
    const cutoff = findCutoff(traceRoc(set.score, set.outcome), weights[name])
    const theirs = [set[name].threshold].flat()
    // pROC compares rounded sums, so that it can miss a tie that we see; never the other way round.
    const finite = theirs.filter((threshold) => threshold !== null)
    for (const threshold of finite)
      expect(
        cutoff.ties.some((tie) => Math.abs(tie - threshold) <= 1e-12),
        `${name} ${threshold} in ${cutoff.ties}`,
      ).toBe(true)
    expect(cutoff.ties.filter((tie) => !Number.isFinite(tie)).length).toBeGreaterThanOrEqual(theirs.length - finite.length)
    const used = cutoff.ties.filter(Number.isFinite)
    if (used.length > 0) expect(cutoff).toMatchObject({ threshold: used[0], problem: null })
    else expect([cutoff.threshold, say(cutoff.problem!)]).toEqual([NaN, expect.stringMatching(/No useful cut-off/)])
  }
})

test('every tie is reported and the lowest finite one used', () => {
  expect(findCutoff(traceRoc([1, 2, 3, 4], [0, 1, 0, 1]))).toMatchObject({
    threshold: 1.5,
    ties: [1.5, 3.5],
    sensitivity: 1,
    specificity: 0.5,
  })
  expect(findCutoff(traceRoc([2, 2, 2], [0, 1, 1]))).toMatchObject({ threshold: NaN, ties: [-Infinity, Infinity] })
})

test('a fixed sensitivity or specificity is kept at the least loss of the other', () => {
  const curve = traceRoc(asah.ndka, asah.outcome)
  for (const atLeast of [0.5, 30 / 41, 0.8, 0.95]) {
    const cutoff = findCutoff(curve, { kind: 'sensitivity', atLeast })
    expect(cutoff.sensitivity).toBeGreaterThanOrEqual(atLeast)
    curve.sensitivity.forEach(
      (value, i) => value >= atLeast && expect(curve.specificity[i]).toBeLessThanOrEqual(cutoff.specificity),
    )
  }
  for (const atLeast of [0.5, 54 / 72, 0.9, 1]) {
    const cutoff = findCutoff(curve, { kind: 'specificity', atLeast })
    expect(cutoff.specificity).toBeGreaterThanOrEqual(atLeast)
    curve.specificity.forEach(
      (value, i) => value >= atLeast && expect(curve.sensitivity[i]).toBeLessThanOrEqual(cutoff.sensitivity),
    )
  }
  expect(say(findCutoff(traceRoc([1, 2, 3], [1, 0, 0]), { kind: 'sensitivity', atLeast: 0.9 }).problem!)).toMatch(
    /No useful cut-off/,
  )
})

test('only a training table gives a cut-off to carry, and it says from whom', () => {
  const ids = asah.outcome.map((_, i) => `p${i}`)
  const table = makeFeatureTable(ids, ['ndka'], Float64Array.from(asah.ndka))
  const training = takeTraining(table, asah.outcome, { training: ids.slice(0, 80), validation: ids.slice(80) })
  const cutoff = fitCutoff(training, 'ndka')
  expect(cutoff.learntFrom).toEqual(ids.slice(0, 80))
  expect(cutoff.threshold).toBe(findCutoff(traceRoc(asah.ndka.slice(0, 80), asah.outcome.slice(0, 80))).threshold)
  expect(() => fitCutoff({ ...training }, 'ndka')).toThrow(TypeError)
  expect(() => fitCutoff(training, 'svm')).toThrowSaying(/no scores named svm; it has ndka/)
})

test.each([
  [{ kind: 'cost', costOfMiss: 0, prevalence: 0.2 }, /cost of a miss/],
  [{ kind: 'cost', costOfMiss: 1, prevalence: 1 }, /prevalence lies between/],
  [{ kind: 'sensitivity', atLeast: 90 }, /fixed sensitivity is above 0 and at most 1; 90/],
] as const)('%o is refused', (rule, message) => {
  expect(() => findCutoff(traceRoc([1, 2], [0, 1]), rule)).toThrowSaying(message)
})
