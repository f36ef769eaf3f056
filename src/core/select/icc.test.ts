import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { computeIcc, type Icc } from './icc.ts'
import { iccForms, iccNames, type IccForm } from './iccForms.ts'
import { say } from '../../messages/say.ts'

type Forms = Record<IccForm, Record<'icc' | 'lower' | 'upper' | 'df1' | 'df2' | 'p' | 'f' | 'F', number>>

function expectEqual(ours: Record<IccForm, Icc>, theirs: Forms) {
  for (const form of iccForms) {
    const answer = { ...theirs[form], f: theirs[form].f ?? theirs[form].F }
    for (const key of ['icc', 'f', 'df1', 'df2', 'p', 'lower', 'upper'] as const) {
      const what = `${form} ${key}: ${ours[form][key]}, psych ${answer[key]}`
      expect(Math.abs(ours[form][key] - answer[key]), what).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(answer[key])))
    }
    const allowed = answer.p < 1e-12 ? 1e-4 : 1e-6
    expect(Math.abs(Math.log10(ours[form].p / answer.p)), `${form} p`).toBeLessThanOrEqual(allowed)
  }
}

const given = JSON.parse(readFileSync('reference/statistics/icc.json', 'utf8'))
const more = JSON.parse(readFileSync('reference/r/icc.json', 'utf8')) as {
  cases: { name: string; readers: number[][]; forms: Forms }[]
}

test("Shrout and Fleiss's four readers of six patients equal psych", () => {
  const { matrix, icc } = given.shrout_fleiss as { matrix: number[][]; icc: Forms }
  expectEqual(computeIcc(matrix[0].map((_, reader) => matrix.map((row) => row[reader]))), icc)
})

test('two readers of fifty patients equal psych', () => {
  const rows = readFileSync('reference/statistics/two_readers.csv', 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').map(Number)) // prettier-ignore
  expectEqual(computeIcc([rows.map(([first]) => first), rows.map(([, second]) => second)]), given.two_readers)
})

test.each(more.cases)('readings "$name" equal psych', ({ readers, forms }) => expectEqual(computeIcc(readers), forms))

const patients = [1, 5, 2, 8, 4, 3, 9, 7, 6, 10].map((value) => value / 10)

test('without any difference between readers agreement is 1 to 1', () => {
  for (const icc of Object.values(computeIcc([patients, patients, patients])))
    expect(icc).toMatchObject({ icc: 1, lower: 1, upper: 1, f: Infinity, p: 0 })
})

test('a constant shift costs absolute agreement only (intervals as psych, whose residual is a rounding error)', () => {
  const shifted = computeIcc([patients, patients.map((value) => value + 0.1)])
  expect(shifted.ICC3).toMatchObject({ icc: 1, lower: 1, upper: 1 })
  expect(shifted.ICC2.icc).toBeCloseTo(0.9482759, 7)
  expect(shifted.ICC2.lower).toBeCloseTo(0.01867665, 7)
  expect(shifted.ICC2.upper).toBeCloseTo(0.9924908, 7)
  expect(shifted.ICC1.lower).toBeCloseTo(0.8131337, 7)
})

test('readings that do not vary have no agreement', () => {
  const flat = new Float64Array(12).fill(0.1)
  for (const icc of Object.values(computeIcc([flat, flat]))) {
    expect([icc.icc, icc.lower, icc.upper]).toEqual([NaN, NaN, NaN])
    expect(say(icc.reason!)).toBe('the readings do not vary')
  }
  const rounding = flat.map((value, i) => value * (1 + (i % 2) * Number.EPSILON))
  expect(say(computeIcc([flat, rounding]).ICC2.reason!)).toBe('the readings do not vary')
})

test('patients who do not differ: one reader has agreement 0, consistency and means are undefined', () => {
  const constant = (value: number) => new Float64Array(12).fill(value)
  const { ICC2, ICC3, ICC1k } = computeIcc([constant(0.1), constant(0.3)])
  expect(ICC2.icc).toBe(0)
  expect([ICC3.icc, say(ICC3.reason!)]).toEqual([NaN, 'patients do not differ'])
  expect([ICC1k.icc, say(ICC1k.reason!)]).toEqual([NaN, 'patients do not differ'])
})

test('unit and origin do not matter, nor does the order of readers and patients', () => {
  const [first, second] = more.cases.find(({ name }) => name === 'two')!.readers as [number[], number[]]
  const { ICC2 } = computeIcc([first, second])
  expect(computeIcc([second, first].map((reading) => [...reading].reverse().map((value) => 40 - 1e6 * value))).ICC2.lower).toBeCloseTo(ICC2.lower, 10) // prettier-ignore
})

test('readings that cannot be compared are refused', () => {
  expect(() => computeIcc([[1, 2]])).toThrowSaying('there are 1 and 2')
  expect(() => computeIcc([[1], [2]])).toThrowSaying('there are 2 and 1')
  expect(() => computeIcc([[1, 2], [1, 2, 3]])).toThrowSaying('2 and 3 readings') // prettier-ignore
  expect(() => computeIcc([[1, NaN], [1, 2]])).toThrowSaying('patient 2 has NaN') // prettier-ignore
})

test('each form has the names of both papers', () => {
  expect(iccNames.ICC2).toMatchObject({ shroutFleiss: 'ICC(2,1)', mcGrawWong: 'ICC(A,1)' })
  expect(new Set(iccForms.flatMap((form) => [iccNames[form].shroutFleiss, iccNames[form].mcGrawWong])).size).toBe(12)
})
