import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinPatients } from './joinPatients.ts'
import { matchPatients } from './matchPatients.ts'
import { readClinical } from './readClinical.ts'

const match = (rowIds: readonly string[], patientIds: readonly string[], ...accepted: Parameters<typeof matchPatients>[2] extends ReadonlySet<infer D> ? D[] : never) => matchPatients(rowIds, patientIds, new Set(accepted)) // prettier-ignore

test('equal IDs meet, in any width and with blanks at the ends, and nothing else does by itself', () => {
  const { rowsOf, likely, rowsWithoutPatient, patientsWithoutRow } = match([' A1', '\uff21\uff12', 'a3', 'A4', '', 'A1'], ['A1', 'A2', 'A3', 'B9']) // prettier-ignore
  expect([...rowsOf]).toEqual([['A1', [0, 5]], ['A2', [1]]]) // prettier-ignore
  expect(likely).toEqual([{ difference: 'case', rowId: 'a3', patientId: 'A3' }])
  expect([rowsWithoutPatient, patientsWithoutRow]).toEqual([
    [3, 4],
    ['A3', 'B9'],
  ])
})

test.each([
  ['leading zeros', ['12', '0013'], ['0012', '13']],
  ['prefix or suffix', ['HOSP-12', 'HOSP-7'], ['12', '7']],
  ['prefix or suffix', ['12_MR', '007_MR'], ['P12', 'P7']],
  ['other than digits', ['12/a', 'x7'], ['p-12', '7']],
] as const)('IDs that differ in %s are proposed, and joined once accepted', (difference, rowIds, patientIds) => {
  expect(match(rowIds, patientIds).likely).toEqual(rowIds.map((rowId, i) => ({ difference, rowId, patientId: patientIds[i] })))
  const accepted = match(rowIds, patientIds, difference)
  expect([...accepted.rowsOf]).toEqual(patientIds.map((id, i) => [id, [i]]))
  expect(accepted.likely).toEqual([])
})

test('where two could be meant, none is proposed', () => {
  expect(match(['a1', 'A-1'], ['1', '01']).likely).toEqual([])
  expect(match(['2021-1', '2022-1'], ['1']).likely).toEqual([])
})

test('every row and every patient is in one place only, whatever the IDs', () => {
  const ids = fc.array(fc.stringMatching(/^[aA0]{0,2}[-_ ]?[0-3]{0,2}$/), { maxLength: 8 })
  fc.assert(
    fc.property(
      ids,
      fc.uniqueArray(
        ids.map((list) => list.join('')),
        { maxLength: 8 },
      ),
      (rowIds, patients) => {
        // prettier-ignore
        const patientIds = patients.filter((id) => id.trim() !== '')
        const { rowsOf, likely, rowsWithoutPatient, patientsWithoutRow } = match(rowIds, patientIds)
        const proposed = rowIds.flatMap((id, row) => (likely.some(({ rowId }) => rowId === id.trim()) ? [row] : []))
        expect([...rowsOf.values()].flat().concat(rowsWithoutPatient, proposed).sort((a, b) => a - b)).toEqual(rowIds.map((_, i) => i)) // prettier-ignore
        expect([...rowsOf.keys(), ...patientsWithoutRow].sort()).toEqual([...patientIds].sort())
        expect(new Set(likely.map(({ patientId }) => patientId)).size).toBe(likely.length)
      },
    ),
  )
})

test('rows of one patient that agree are one; where they differ an answer names what counts', () => {
  const table = { columns: ['age', 'ki67'], rows: [['49', '20'], ['49', '45'], ['', '20 %'], ['51', '10']] } // prettier-ignore
  const reading = readClinical(table, [{ id: 'age', kind: 'age', column: 'age' }, { id: 'ki67', kind: 'ki67', column: 'ki67' }], {}) // prettier-ignore
  const rowsOf = new Map([['P1', [0, 2]], ['P2', [0, 1]], ['P3', [3]]]) // prettier-ignore
  const { valuesOf, differ } = joinPatients(reading, rowsOf, {})
  expect(valuesOf.get('P1')).toMatchObject({ age: { value: 49, status: 'ok' }, ki67: { value: 'low', status: 'ok' } })
  expect(valuesOf.get('P2')).toMatchObject({ age: { value: 49 }, ki67: { raw: '20 | 45', value: null, status: 'undecided' } })
  expect(differ).toEqual([{ id: 'rows-differ ki67 P2', patient: 'P2', variable: 'ki67', rows: [0, 1], texts: ['20', '45'] }])
  expect(joinPatients(reading, rowsOf, { 'rows-differ ki67 P2': '2' }).valuesOf.get('P2')!.ki67).toEqual({ raw: '45', value: 'high', status: 'corrected' }) // prettier-ignore
})
