import { expect, test } from 'vitest'
import { estimateAuc } from '../evaluate/delong.ts'
import { say } from '../../messages/say.ts'
import { protocolSchema } from '../protocol/protocol.ts'
import { filterByAgreementOfAll } from '../select/agreementFilter.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { poolUnlabelled } from '../table/trainingTable.ts'
import { describeAuc, describeSteps } from './describeAnalysis.ts'

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

test('agreement of one reader with herself is told as such', () => {
  const ids = Array.from({ length: 20 }, (_, i) => `p${i}`)
  const reading = (noise: number) =>
    makeFeatureTable(
      ids,
      ['f'],
      Float64Array.from(ids, (_, i) => i + noise * (i % 3)),
    )
  const step = filterByAgreementOfAll(poolUnlabelled(reading(0)), [reading(0.1)])
  const told = (step_: object) => describeSteps({ steps: [step], kept: [], candidates: [] } as never, protocolSchema.parse({ select: [{ method: 'agreement', ...step_ }] }).select).map(say) // prettier-ignore
  expect(told({})[0]).toMatch(/^Agreement: 1 kept of 1; ICC2/)
  expect(told({ readings: 'two readers' })).toEqual(told({}))
  expect(told({ readings: 'one reader twice' })[0]).toMatch(/^Agreement of one reader twice: 1 kept of 1; ICC2/)
})
