import { expect, test } from 'vitest'
import { expectEqual, rReclassification } from '../../../reference/evaluation.ts'
import { declareProbabilities, type ProbabilityScores } from './probabilityScores.ts'
import { compareReclassification, defaultReclassificationOptions } from './reclassification.ts'

const reference = rReclassification
const [old, better] = [reference.old, reference.new].map((p) => declareProbabilities(p, 'probability'))

test('category-free NRI and IDI are those of Hmisc, the NRI of classes that of R', () => {
  const ours = compareReclassification(old, better, reference.y)
  const { nri, nriPositives, nriNegatives, idi } = reference
  expectEqual(
    [ours.nri, ours.nriPositives, ours.nriNegatives, ours.idi].map((one) => one.estimate),
    [nri, nriPositives, nriNegatives, idi],
  )
  const classes = compareReclassification(old, better, reference.y, { ...defaultReclassificationOptions, borders: [0.2, 0.5] })
  expectEqual(classes.nri.estimate, reference.categorical)
  expect(ours.idi.bootstrap.lower < idi && idi < ours.idi.bootstrap.upper).toBe(true)
  expect(Object.keys(ours)).not.toContain('p')
})

test('a model against itself gains nothing; the other way round turns the sign', () => {
  const none = { estimate: 0, bootstrap: { lower: 0, upper: 0, undefinedResamples: 0 } }
  expect(compareReclassification(old, old, reference.y).nri).toEqual(none)
  expectEqual(compareReclassification(better, old, reference.y).idi.estimate, -reference.idi)
})

test('only probabilities are compared', () => {
  const plain = { values: Float64Array.from(reference.old) } as unknown as ProbabilityScores
  expect(() => compareReclassification(plain, better, reference.y)).toThrow(TypeError)
})
