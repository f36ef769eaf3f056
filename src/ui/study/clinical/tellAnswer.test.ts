import { expect, test } from 'vitest'
import { readClinicalStudy } from '../../../core/cohort/clinical/clinicalStudy.ts'
import { tellAnswer } from './tellAnswer.ts'

const table = { columns: ['age', 'ki67'], rows: [['44', '10 %'], ['51', '20'], ['44', '35 %']] } // prettier-ignore
const specs = [{ id: 'ki67', kind: 'ki67', column: 'ki67' }] as const
const read = (answers: Readonly<Record<string, string>>) => readClinicalStudy(table, ['a', 'b', 'a'], specs, [{ label: 'A-0007', id: 'a' }], answers) // prettier-ignore

test('of rows that differ what is told is what the chosen one says, not which of the texts it is', () => {
  const [{ id, options }] = read({}).open
  expect(options).toEqual(['1', '2'])
  const told = (answer: string) => tellAnswer(id, answer, read({ [id]: answer }))
  expect(told('2')).toEqual({ asked: 'A-0007, Ki-67: two rows of a patient differ', said: '35 %' })
  expect(told('1').said).toBe('10 %')
})

test('other answers are told by their words', () => {
  expect(tellAnswer('her2-equivocal her2', 'missing', read({}))).toEqual({
    asked: 'HER2: IHC 2+ without in-situ hybridisation: HER2 is unknown',
    said: 'not known',
  })
  expect(tellAnswer('same-patient leading zeros', 'yes', read({}))).toEqual({
    asked: 'IDs that are likely the same, but for leading zeros',
    said: 'yes, the same patient',
  })
})
