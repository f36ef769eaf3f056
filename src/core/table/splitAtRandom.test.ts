import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitAtRandom } from './splitAtRandom.ts'

const row = fc.record({ patient: fc.integer({ min: 0, max: 30 }).map(String), outcome: fc.constantFrom(0, 1) })

test('the same share of each class is held out, every patient stands on one side, and the seed says who', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 9 }), (rows, seed) => {
      const outcome = rows.map(({ outcome }) => outcome)
      const patients = rows.map(({ patient }) => patient)
      const held = splitAtRandom({ outcome, patients, share: 0.3, stratified: true, seed })
      const sides = new Map<string, Set<boolean>>()
      patients.forEach((patient, i) => sides.set(patient, (sides.get(patient) ?? new Set()).add(held[i])))
      expect([...sides.values()].every(({ size }) => size === 1)).toBe(true)
      const labelsOf = (patient: string) => [...new Set(rows.flatMap((one) => (one.patient === patient ? [one.outcome] : [])))].sort().join() // prettier-ignore
      for (const label of ['0', '1', '0,1']) {
        const members = [...sides].filter(([patient]) => labelsOf(patient) === label)
        expect(members.filter(([, side]) => side.has(true))).toHaveLength(Math.round(0.3 * members.length))
      }
      expect(splitAtRandom({ outcome, patients, share: 0.3, stratified: true, seed })).toEqual(held)
    }),
  )
})

test('another seed holds out others; without strata only the whole has the share', () => {
  const patients = Array.from({ length: 40 }, (_, i) => String(i))
  const outcome = patients.map((_, i) => (i < 10 ? 1 : 0))
  const draw = (seed: number, stratified: boolean) => splitAtRandom({ outcome, patients, share: 0.25, stratified, seed })
  expect(draw(1, true)).not.toEqual(draw(2, true))
  expect(draw(1, false).filter(Boolean)).toHaveLength(10)
})
