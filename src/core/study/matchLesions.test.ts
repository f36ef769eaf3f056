import { expect, it } from 'vitest'
import { matchLesions } from './matchLesions.ts'

const named = (...names: string[]) => names.map((name, i) => ({ value: i + 1, name }))
const none = new Set<never>()

it('gives the first labels of a patient to the lesion that is there, and the others to new ones', () => {
  expect(matchLesions([{ id: 'L1' }], named('Tumour', 'Rim'), new Set(['L1'] as const))).toEqual(['L1', null])
  expect(matchLesions([{ id: 'L1' }], named('Tumour', 'Rim'), none)).toEqual([null, null])
})

it('knows lesions of another sequence by their names, in whatever order they come', () => {
  const lesions = [{ id: 'L1', name: 'Tumour' }, { id: 'L2', name: 'Rim' }, { id: 'L3' }] as const
  expect(matchLesions(lesions, named(' rim', 'Core', 'TUMOUR'), none)).toEqual(['L2', null, 'L1'])
  expect(matchLesions(lesions, named('Core'), new Set(['L1', 'L3'] as const))).toEqual(['L3'])
})

it('knows labels without names by their numbers', () => {
  const lesions = [{ id: 'L1' }, { id: 'L2', name: 'Rim' }, { id: 'L3', deletedAt: 4 }] as const
  expect(matchLesions(lesions, [{ value: 2 }, { value: 1 }, { value: 3 }, { value: 0.5 }], none)).toEqual([
    'L2',
    'L1',
    null,
    null,
  ])
  expect(matchLesions([{ id: 'L1' }], [{ value: 255 }], new Set(['L1'] as const))).toEqual(['L1'])
})

it('gives no lesion to two labels', () => {
  expect(matchLesions([{ id: 'L1', name: 'node' }], named('node', 'Node'), new Set(['L1'] as const))).toEqual(['L1', null])
})
