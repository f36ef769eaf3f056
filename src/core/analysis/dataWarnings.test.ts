import { expect, test } from 'vitest'
import { say } from '../../messages/say.ts'
import '../../messages/sayAnalysis.ts'
import { protocolSchema } from '../protocol/protocol.ts'
import { makeFeatureTable, pickRows } from '../table/featureTable.ts'
import { warnOfData } from './dataWarnings.ts'
import type { StudyData } from './studyData.ts'

const ids = Array.from({ length: 60 }, (_, i) => `p${i}`)
const mapOf = <T>(of: (i: number) => T) => new Map(ids.map((id, i) => [id, of(i)]))
const varied = ids.map((_, i) => (i * 7) % 11)
const study: StudyData = {
  features: makeFeatureTable(ids, ['flat', 'f'], Float64Array.from([...ids.map((_, i) => (i < 40 ? 3 : i)), ...varied])),
  secondReader: null,
  outcomeOf: mapOf((i) => (i % 3 === 0 ? 1 : 0)),
  cohortOf: mapOf((i) => (i < 40 ? 'training' : 'validation')),
  batchOf: mapOf((i) => 'AB'[i % 2]),
  covariates: [],
}
const protocol = protocolSchema.parse({ select: [{ method: 'agreement' }] })
const codesAt = (step: string, of: StudyData, asked = protocol) =>
  warnOfData(of, asked).filter(({ shownAt }) => shownAt.some((one) => one === step)).map(({ message }) => message.code) // prettier-ignore

test('a feature that is constant in training is named, though validation varies', () => {
  expect(codesAt('cohorts', study)).toEqual(['constant-features'])
  expect(say(warnOfData(study, protocol)[0].message)).toBe(
    'One feature is the same in all training patients, so nothing can be learnt of it: flat. It is left out.',
  )
})

test('batches that are the cohorts are told with their prevalence, on both screens, before anything runs', () => {
  const same = { ...study, batchOf: mapOf((i) => (i < 40 ? 'A' : 'B')) }
  expect(codesAt('cohorts', same)).toContain('batch-is-cohort')
  expect(codesAt('harmonise', same)).toEqual(['batch-is-cohort'])
  expect(
    warnOfData(same, protocol)
      .map(({ message }) => say(message))
      .join(' '),
  ).toContain('A 14 of 40, B 6 of 20')
})

test('a batch below 10 patients is small, of crossed columns a cell below 5', () => {
  const sized = (small: number) => ({ ...study, batchOf: mapOf((i) => (i % 2 === 0 && i < 2 * small ? 'C' : 'A')) })
  expect(codesAt('harmonise', sized(10))).toEqual([])
  expect(codesAt('harmonise', sized(9))).toEqual(['batches-small'])
  const crossed = protocolSchema.parse({ harmonise: { batch: ['scanner', 'site'] } })
  expect(codesAt('harmonise', sized(5), crossed)).toEqual([])
  expect(codesAt('harmonise', sized(4), crossed)).toContain('batches-small')
})

test('a cohort of one class cannot be judged, and that is said before anybody has looked', () => {
  const outcomeOf = mapOf((i) => (i < 40 && i % 3 === 0 ? 1 : 0))
  expect(codesAt('cohorts', { ...study, outcomeOf })).toContain('one-class')
})

test('fewer than 20 who were read twice are few; fewer than 10 are refused, and red', () => {
  const reread = (count: number) => ({ ...study, secondReader: pickRows(study.features, ids.slice(0, count)) })
  expect(codesAt('agree', reread(20))).toEqual([])
  expect(codesAt('agree', reread(19))).toEqual(['agreement-uncertain'])
  const [refused] = warnOfData(reread(9), protocol).filter(({ shownAt }) => shownAt.includes('agree'))
  expect([refused.message.code, refused.grave]).toEqual(['agreement-few-patients', true])
  expect(codesAt('agree', reread(9), protocolSchema.parse({ select: [] }))).toEqual([])
})
