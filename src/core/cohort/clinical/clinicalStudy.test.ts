import { expect, test } from 'vitest'
import { readClinicalStudy } from './clinicalStudy.ts'

const table = { columns: ['er'], rows: [['1 %'], ['1'], ['1 %'], ['5 %']] } // prettier-ignore
const specs = [{ id: 'er', kind: 'receptor', column: 'er' }] as const

test('who stands at exactly 1 % is counted among the patients of the study, each once, however many rows are nobody’s', () => {
  const atOne = (patients: Parameters<typeof readClinicalStudy>[3]) => readClinicalStudy(table, ['a', 'b', 'a', 'c'], specs, patients, {}).atOnePercent // prettier-ignore
  expect(atOne([])).toEqual({ er: 0 })
  expect(atOne([{ label: 'A-0001', id: 'other' }])).toEqual({ er: 0 })
  expect(atOne([{ label: 'A-0001', id: 'a' }, { label: 'A-0002', id: 'c' }])).toEqual({ er: 1 }) // prettier-ignore
})
