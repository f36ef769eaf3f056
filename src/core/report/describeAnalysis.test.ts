import { expect, test } from 'vitest'
import { estimateAuc } from '../evaluate/delong.ts'
import { say } from '../../messages/say.ts'
import { describeAuc } from './describeAnalysis.ts'

const sayAuc = (...estimate: Parameters<typeof describeAuc>) => say(describeAuc(...estimate))

test('an AUC is told with the kind of its interval: of rows, or of patients with several, for whom Newcombe’s does not hold', () => {
  const outcome = [0, 0, 0, 0, 1, 1, 1, 1]
  const patients = ['a', 'a', 'b', 'c', 'd', 'd', 'e', 'f']
  const some = [1, 4, 2, 3, 3, 5, 6, 4]
  expect(sayAuc(estimateAuc(some, outcome), false)).toMatch(/^AUC 0\.875 \(.*, DeLong\)$/)
  expect(sayAuc(estimateAuc(some, outcome, 0.95, patients), true)).toMatch(
    /^AUC 0\.875 \(.*, DeLong, clustered \(Obuchowski\)\)$/,
  )
  expect(sayAuc(estimateAuc(outcome, outcome), false)).toMatch(/^AUC 1\.000 \(0\.\d+ to 1\.000, Newcombe\)$/)
  expect(sayAuc(estimateAuc(outcome, outcome, 0.95, patients), true)).toBe(
    'AUC 1.000 (1.000 to 1.000, DeLong, clustered (Obuchowski))',
  )
})
