import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedSince, freezeCohorts, hashCohorts, planCohorts, type PlannedPatient } from './cohorts.ts'
import type { CohortPlan } from './study.ts'

const patient = (i: number, more: Partial<PlannedPatient> = {}): PlannedPatient => ({
  id: `id${i}`,
  label: `A-${String(i).padStart(4, '0')}`,
  centre: i % 3 === 0 ? 'II' : 'I',
  batch: i % 2 === 0 ? 'x' : 'y',
  exclusion: null,
  day: 18000 + i,
  outcome: i % 4 === 0 ? 'positive' : 'negative',
  ...more,
})
const many = Array.from({ length: 100 }, (_, i) => patient(i))
const excluded = { reason: 'treated', by: '1', at: 0 }
const meta = { by: '1', at: 1, thawedBefore: 0 }

describe('a plan', () => {
  test('by centre, by day, without the excluded', () => {
    const four = [patient(1), patient(2), patient(3), patient(6, { exclusion: excluded })]
    expect([...planCohorts({ kind: 'centre', training: ['I'] }, four)]).toEqual([['id1', 'training'], ['id2', 'training'], ['id3', 'validation']]) // prettier-ignore
    expect([...planCohorts({ kind: 'date', before: 18002 }, [...four, patient(9, { day: null })])]).toEqual([['id1', 'training'], ['id2', 'validation'], ['id3', 'validation']]) // prettier-ignore
  })

  test('by chance holds the share out, of each outcome and batch, by labels alone', () => {
    const plan: CohortPlan = { kind: 'split', seed: 7, share: 0.3 }
    const cohortOf = planCohorts(plan, many)
    const held = many.filter(({ id }) => cohortOf.get(id) === 'validation')
    expect(held).toHaveLength(30)
    for (const outcome of ['positive', 'negative'])
      for (const batch of ['x', 'y']) {
        const stratum = many.filter((one) => one.outcome === outcome && one.batch === batch)
        const share = held.filter((one) => stratum.includes(one)).length
        expect(Math.abs(share - 0.3 * stratum.length)).toBeLessThan(1)
      }
    const labelsHeld = (all: readonly PlannedPatient[]) => {
      const of = planCohorts(plan, all)
      return all.filter(({ id }) => of.get(id) === 'validation').map(({ label }) => label).sort() // prettier-ignore
    }
    const shuffled = [...many].reverse().map((one, i) => ({ ...one, id: `other${i}` }))
    expect(labelsHeld(shuffled)).toEqual(labelsHeld(many))
    expect(labelsHeld(many)).not.toEqual(planCohorts({ ...plan, seed: 8 }, many))
  })
})

describe('a freeze', () => {
  const plan: CohortPlan = { kind: 'centre', training: ['I'] }

  test('has the hash of its lines, whatever the order of patients and centres', () => {
    const freeze = freezeCohorts(plan, many, meta)
    const lines = many.map(({ label, centre }) => `${label},${centre === 'I' ? 'training' : 'validation'}`).sort()
    const told = ['{"kind":"centre","training":["I"]}', ...lines].join('\n')
    expect(freeze.hash).toBe(createHash('sha256').update(told).digest('hex'))
    fc.assert(
      fc.property(fc.shuffledSubarray(many, { minLength: 100 }), (order) => {
        expect(freezeCohorts(plan, order, meta).hash).toBe(freeze.hash)
      }),
    )
    const two = (training: readonly string[]) => hashCohorts({ kind: 'centre', training }, freeze.members)
    expect(two(['I', 'III'])).toBe(two(['III', 'I']))
    expect(two(['III'])).not.toBe(freeze.hash)
  })

  test('waits for everybody, and for both cohorts', () => {
    expect(() => freezeCohorts({ kind: 'date', before: 18050 }, [...many, patient(200, { day: null })], meta)).toThrowSaying('1 patient is in no cohort and not excluded: A-0200.') // prettier-ignore
    expect(() => freezeCohorts({ kind: 'centre', training: ['I', 'II'] }, many, meta)).toThrowSaying('Nobody would be in the validation cohort') // prettier-ignore
  })

  test('knows who came, went and changed sides', () => {
    const freeze = freezeCohorts(plan, many, meta)
    const now = many.map((one) => ({ ...one, cohort: planCohorts(plan, many).get(one.id)! }))
    expect(changedSince(freeze, now)).toEqual([])
    const changed = [
      { ...now[0], cohort: 'training' as const },
      { ...now[1], exclusion: excluded, cohort: null },
      ...now.slice(2),
      { ...patient(300), cohort: 'training' as const },
      { ...patient(301), cohort: null },
    ]
    expect(changedSince(freeze, changed)).toEqual(['A-0000', 'A-0001', 'A-0300'])
  })
})
