import { expect, test } from 'vitest'
import { bootstrapRows, foldRows, makeFolds } from './folds.ts'

// 250 patients, 72 positive, of three scanners of unequal size.
const outcome = Uint8Array.from({ length: 250 }, (_, i) => (i % 7 < 2 ? 1 : 0))
const batch = Array.from({ length: 250 }, (_, i) => (i % 11 < 6 ? 'A' : i % 11 < 10 ? 'B' : 'C'))

const spread = (counts: number[]) => Math.max(...counts) - Math.min(...counts)
const countIn = (foldOf: Uint8Array, folds: number, wanted: (row: number) => boolean) =>
  Array.from({ length: folds }, (_, fold) => foldRows(foldOf, fold).outside.filter(wanted).length)

test.each([2, 3, 5, 10])('%i folds are alike in size, outcome and batch', (folds) => {
  const foldOf = makeFolds({ outcome, batch, folds, seed: 1 })
  expect(spread(countIn(foldOf, folds, () => true))).toBeLessThanOrEqual(1)
  for (const label of [0, 1]) {
    expect(spread(countIn(foldOf, folds, (row) => outcome[row] === label))).toBeLessThanOrEqual(1)
    for (const name of ['A', 'B', 'C'])
      expect(spread(countIn(foldOf, folds, (row) => outcome[row] === label && batch[row] === name))).toBeLessThanOrEqual(1)
  }
})

test('each row is held out once and learnt from in every other fold', () => {
  const foldOf = makeFolds({ outcome, folds: 5, seed: 3 })
  const parts = [0, 1, 2, 3, 4].map((fold) => foldRows(foldOf, fold))
  expect(parts.flatMap((part) => part.outside).sort((a, b) => a - b)).toEqual(Array.from(outcome, (_, row) => row))
  for (const { inside, outside } of parts) {
    expect(inside.length + outside.length).toBe(250)
    expect(inside.filter((row) => outside.includes(row))).toEqual([])
  }
})

test('the same seed gives the same folds, another seed others', () => {
  expect(makeFolds({ outcome, batch, folds: 5, seed: 1 })).toEqual(makeFolds({ outcome, batch, folds: 5, seed: 1 }))
  expect(makeFolds({ outcome, batch, folds: 5, seed: 1 })).not.toEqual(makeFolds({ outcome, batch, folds: 5, seed: 2 }))
})

test('copies of a patient stay together', () => {
  const patients = Array.from({ length: 250 }, (_, i) => `p${i - (i % 7 === 1 ? 1 : 0)}`)
  const foldOf = makeFolds({ outcome, patients, folds: 5, seed: 1 })
  for (let i = 1; i < 250; i += 7) expect(foldOf[i]).toBe(foldOf[i - 1])
  expect(() => makeFolds({ outcome: [0, 1], patients: ['a', 'a'], folds: 2, seed: 1 })).toThrowSaying(
    'there are 1 positive and 1 negative ones',
  )
})

test('a class with fewer patients than folds is refused with its count', () => {
  expect(() => makeFolds({ outcome: [0, 0, 0, 1, 1], folds: 3, seed: 1 })).toThrowSaying(
    '3 folds need at least 3 patients of each class; there are 2 positive and 3 negative ones',
  )
  expect(() => makeFolds({ outcome: [1, 1, 1], folds: 2, seed: 1 })).toThrowSaying('3 positive and 0 negative')
  expect(() => makeFolds({ outcome: [1, 2, 1], folds: 2, seed: 1 })).toThrowSaying('that of row 2 is 2')
  expect(() => makeFolds({ outcome, folds: 1, seed: 1 })).toThrowSaying('2 to 255')
  expect(() => makeFolds({ outcome, batch: ['A'], folds: 2, seed: 1 })).toThrowSaying(
    '250 rows need as many batches; 1 were given',
  )
})

test('a bootstrap keeps the number of each class; about 37 in 100 rows are out of bag', () => {
  let outOfBagRows = 0
  for (let seed = 0; seed < 200; seed++) {
    const { drawn, outOfBag } = bootstrapRows(outcome, seed)
    expect(drawn.map((row) => outcome[row])).toEqual([...outcome])
    expect(outOfBag.filter((row) => drawn.includes(row))).toEqual([])
    expect(outOfBag.length + new Set(drawn).size).toBe(250)
    outOfBagRows += outOfBag.length
  }
  expect(outOfBagRows / (200 * 250)).toBeCloseTo(0.366, 2)
  expect(bootstrapRows(outcome, 7)).toEqual(bootstrapRows(outcome, 7))
})

test('lesions of a patient stay together, also where their outcomes and scanners differ; folds stay alike', () => {
  const lesions = Array.from({ length: 300 }, (_, i) => ({ patient: `p${Math.floor(i / 3)}`, label: Number(i % 5 < 2), at: i % 2 ? 'A' : 'B' })) // prettier-ignore
  const patients = lesions.map(({ patient }) => patient)
  const labels = lesions.map(({ label }) => label)
  const foldOf = makeFolds({ outcome: labels, batch: lesions.map(({ at }) => at), patients, folds: 5, seed: 4 })
  for (const [row, patient] of patients.entries()) expect(foldOf[row]).toBe(foldOf[patients.indexOf(patient)])
  for (let fold = 0; fold < 5; fold++) {
    const held = foldRows(foldOf, fold).outside
    expect(held).toHaveLength(60)
    expect(new Set(held.map((row) => labels[row])).size).toBe(2)
  }
  const { drawn, outOfBag } = bootstrapRows(labels, 3, patients)
  const drawnPatients = new Set(drawn.map((row) => patients[row]))
  expect(outOfBag.filter((row) => drawnPatients.has(patients[row]))).toEqual([])
  expect(new Set(outOfBag.map((row) => patients[row])).size + drawnPatients.size).toBe(100)
  // With all rows, as often as they were drawn.
  for (const patient of drawnPatients) {
    const counts = patients.flatMap((one, row) => (one === patient ? [drawn.filter((other) => other === row).length] : []))
    expect(new Set(counts).size).toBe(1)
  }
})
