import { describe, expect, test } from 'vitest'
import { readClinical, type ClinicalAnswers, type Scalar } from './readClinical.ts'
import type { VariableKind } from './variables.ts'

/** One column of one kind. */
function read(kind: VariableKind, cells: readonly string[], answers: ClinicalAnswers = {}, drawnCm?: readonly (number | null)[]) {
  const table = { columns: ['c'], rows: cells.map((cell) => [cell]), ...(drawnCm && { drawnCm }) }
  const reading = readClinical(table, [{ id: 'v', kind, column: 'c' }], answers)
  return { ...reading, scalars: reading.values.v.map(({ value }) => value), states: reading.values.v.map(({ status }) => status) }
}
const her2 = (pairs: readonly (readonly [ihc: string, ish: string])[], answers: ClinicalAnswers = {}) =>
  readClinical({ columns: ['ihc', 'fish'], rows: pairs }, [{ id: 'her2', kind: 'her2', column: 'ihc', ishColumn: 'fish' }], answers) // prettier-ignore

describe('HER2', () => {
  test.each<[ihc: string, ish: string, value: Scalar, doubt?: string]>([
    ['0', '', 'zero'],
    ['1+', '', 'low'],
    ['+', '', 'low'],
    ['IHC 1+', '', 'low'],
    ['HER2(2+)', 'neg', 'low'],
    ['2+', 'FISH +', 'positive'],
    ['++', '\u6269\u589e', 'positive'],
    ['2+', '\u65e0\u6269\u589e', 'low'],
    ['2+', 'CISH negative', 'low'],
    ['2+', 'ratio 2.3', 'positive'],
    ['2+', 'HER2/CEP17 1.4, copy number 3.1', 'low'],
    ['2+', 'ratio 2.1, copies 3.5', 'low'],
    ['2+', 'ratio 1.6, copies 6.2', 'positive'],
    ['2+', '2.04', 'positive'],
    ['3+', '', 'positive'],
    ['\uff13\uff0b', '', 'positive'],
    ['3+', '-', 'positive'],
    ['-', '', 'negative'],
    ['negative', '', 'negative'],
    ['2+', '', null, 'her2-equivocal'],
    ['2+', 'not done', null, 'her2-equivocal'],
    ['2+', '1', null, 'her2-unclear'],
    ['1-2+', '', null, 'her2-unclear'],
    ['0', '+', null, 'her2-ish-against-ihc'],
    ['1+', 'amplified', null, 'her2-ish-against-ihc'],
    ['', '+', null, 'her2-unclear'],
    ['', '', null],
    ['unknown', 'n/a', null],
  ])('IHC "%s" with ISH "%s" is %s', (ihc, ish, value, doubt) => {
    const { values, doubts } = her2([[ihc, ish]])
    expect(values.her2[0]).toEqual({
      raw: `${ihc} / ${ish}`,
      value,
      status: doubt ? 'undecided' : value === null ? 'missing' : 'ok',
    })
    expect(doubts.map(({ code }) => code)).toEqual(doubt ? [doubt] : [])
  })

  test('3+ counts against a negative hybridisation, which is told', () => {
    expect(her2([['3+', ''], ['3+', 'negative'], ['2+', '-']]).against).toEqual([1]) // prettier-ignore
  })

  test('2+ without hybridisation: unknown is proposed, once for all; a patient may be answered apart', () => {
    const pairs = [['2+', ''], ['1+', ''], ['2+', '']] as const // prettier-ignore
    const [doubt] = her2(pairs).doubts
    expect(doubt).toMatchObject({ rows: [0, 2], proposed: 'missing', options: ['zero', 'low', 'positive', 'missing'] })
    const answered = her2(pairs, { [doubt.id]: 'missing', [`${doubt.id} 2`]: 'low' })
    expect(answered.values.her2.map(({ value, status }) => [value, status])).toEqual([[null, 'corrected'], ['low', 'ok'], ['low', 'corrected']]) // prettier-ignore
    expect(answered.doubts).toEqual([])
    expect(her2(pairs, { [doubt.id]: 'perhaps' }).doubts).toHaveLength(1)
  })
})

describe('shares of stained cells', () => {
  test.each<[cell: string, value: Scalar, doubt?: string]>([
    ['90', 'positive'],
    ['90%', 'positive'],
    ['+ (80 %)', 'positive'],
    ['>90%', 'positive'],
    ['1', 'negative'],
    ['<1 %', 'negative'],
    ['>1%', 'positive'],
    ['1-5%', null, 'across-cutoff'],
    ['5 \uff5e 10%', 'positive'],
    ['\u7ea630%', 'positive'],
    ['0', 'negative'],
    ['-', 'negative'],
    ['\u9633\u6027', 'positive'],
    ['+', null, 'bare-plus'],
    ['strong', null, 'unclear'],
    ['250', null, 'unclear'],
    ['/', null],
  ])('a receptor of "%s" is %s', (cell, value, doubt) => {
    const { scalars, doubts } = read('receptor', [cell])
    expect(scalars).toEqual([value])
    expect(doubts.map(({ code }) => code)).toEqual(doubt ? [doubt] : [])
  })

  test.each<[cell: string, value: Scalar]>([
    ['30', 'high'],
    ['29.9', 'low'],
    ['30 %', 'high'],
    ['<30%', 'low'],
    ['20-40', null],
    ['30-40%', 'high'],
    ['10-30%', null],
    ['>=30', 'high'],
    ['<=30', null],
  ])('Ki-67 of "%s" is %s', (cell, value) => expect(read('ki67', [cell]).scalars).toEqual([value]))

  test('who stands at exactly 1 % is told', () => expect(read('receptor', ['1', '1 %', '<1', '2', '0']).atOnePercent).toEqual({ v: [0, 1] })) // prettier-ignore

  test('a column that never passes 1 is asked about, and then read by the answer', () => {
    const cells = ['0.3', '0.05', '0.9', '']
    const { doubts, states } = read('ki67', cells)
    expect(doubts).toMatchObject([{ code: 'column-of-fractions', rows: [0, 1, 2], proposed: null }])
    expect(states).toEqual(['undecided', 'undecided', 'undecided', 'missing'])
    expect(read('ki67', cells, { [doubts[0].id]: 'fractions' }).scalars).toEqual(['high', 'low', 'high', null])
    expect(read('ki67', cells, { [doubts[0].id]: 'percent' }).scalars).toEqual(['low', 'low', 'low', null])
    expect(read('receptor', ['0', '1', '0', '1']).doubts).toEqual([])
    expect(read('ki67', ['0.3 %', '0.4 %']).doubts).toEqual([])
  })

  test('a decimal comma is one of the whole column', () => {
    expect(read('ki67', ['29,9', '30,1']).scalars).toEqual(['low', 'high'])
    expect(read('ki67', ['29,9', '30.1']).doubts).toMatchObject([{ code: 'unclear', rows: [0] }])
  })
})

describe('size', () => {
  test('in cm, in mm where it says so, the greatest of three', () => expect(read('size', ['2.5', '25 mm', '3.2x2.1x1.8', '32*21mm', '']).scalars).toEqual([2.5, 2.5, 3.2, 3.2, null])) // prettier-ignore

  test('a column of mm is asked about', () => {
    const cells = ['22', '31', '9']
    expect(read('size', cells).doubts).toMatchObject([{ code: 'column-in-mm', proposed: 'mm' }])
    expect(read('size', cells, { 'column-in-mm v': 'mm' }).scalars).toEqual([2.2, 3.1, 0.9])
  })

  test('a cell in mm is likely where it is no size in cm, or about ten times what was drawn', () => {
    const { doubts, scalars } = read('size', ['2.4', '25', '12', '12', '0.1', '3', '2'], {}, [2.2, null, 1.3, 9, null, 3, 2])
    expect(doubts).toMatchObject([{ code: 'likely-mm', rows: [1, 2], proposed: 'mm' }, { code: 'out-of-range', rows: [4] }]) // prettier-ignore
    expect(scalars).toEqual([2.4, null, null, 12, null, 3, 2])
    expect(read('size', ['2.4', '25', '3'], { 'likely-mm v': 'mm' }).scalars).toEqual([2.4, 2.5, 3])
    expect(read('size', ['2.4', '25', '3'], { 'likely-mm v': 'cm' }).scalars).toEqual([2.4, 25, 3])
  })
})

test.each<[VariableKind, readonly string[], readonly Scalar[]]>([
  ['age', ['49', '49 years', '49\u5c81', '7', 'old'], [49, 49, 49, null, null]],
  ['bmi', ['24.1', '241'], [24.1, null]],
  ['tic', ['1', 'II', 'washout', '\u5e73\u53f0\u578b', '2/3'], ['I', 'II', 'III', 'II', null]],
  ['side', ['L', 'right', '\u5de6', 'both'], ['left', 'right', 'left', null]],
  ['nodes', ['0', '3/15', '0/12', 'N1', '\u65e0', 'some'], ['negative', 'positive', 'negative', 'positive', 'negative', null]],
  ['category', ['Grade 2', ''], ['grade 2', null]],
])('%s', (kind, cells, values) => expect(read(kind, cells).scalars).toEqual(values))

describe('dates', () => {
  const day = (iso: string) => Date.parse(iso) / 86_400_000
  test.each([
    ['2021-03-05', '2021-03-05'],
    ['2021/3/5', '2021-03-05'],
    ['2021\u5e743\u67085\u65e5', '2021-03-05'],
    ['20210305', '2021-03-05'],
    ['2021-03-05 00:00:00', '2021-03-05'],
    ['44260', '2021-03-05'],
    ['25/3/2021', '2021-03-25'],
    ['3/25/2021', '2021-03-25'],
    ['4.4.2021', '2021-04-04'],
  ])('%s is %s', (cell, iso) => expect(read('date', [cell]).scalars).toEqual([day(iso)]))

  test('day and month that could be either are asked about, unless another cell of the column tells', () => {
    const { doubts, scalars } = read('date', ['3/4/2021', '5/6/2021'])
    expect([doubts[0].code, scalars]).toEqual(['order-of-dates', [null, null]])
    expect(read('date', ['3/4/2021'], { [doubts[0].id]: 'day first' }).scalars).toEqual([day('2021-04-03')])
    expect(read('date', ['3/4/2021', '3/25/2021']).scalars).toEqual([day('2021-03-04'), day('2021-03-25')])
    expect(read('date', ['31.2.2021', 'soon']).doubts).toMatchObject([{ code: 'unclear', rows: [0, 1] }])
  })
})

test('words of the table itself stand above those that are known', () => {
  const spec = { id: 'er', kind: 'receptor', column: 'er', words: { weak: 'positive', n: 'negative' } } as const
  expect(readClinical({ columns: ['er'], rows: [['Weak'], ['N'], ['-']] }, [spec], {}).values.er.map(({ value }) => value)).toEqual(['positive', 'negative', 'negative']) // prettier-ignore
})
