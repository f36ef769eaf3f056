import { expect, it } from 'vitest'
import { addLesion, deleteLesion, indexLesion, joinProgress, markIndex, mergeLesions, oneLesion, presentLesions, renameLesion, restoreLesion, rowIdOf } from './lesions.ts' // prettier-ignore

const idsOf = (lesions: readonly { readonly id: string }[]) => lesions.map(({ id }) => id).join(' ')

it('gives a number to one lesion only, deleted or not', () => {
  const two = addLesion(oneLesion)
  expect(idsOf(two)).toBe('L1 L2')
  const gone = deleteLesion(two, 'L2', 5)
  expect(idsOf(presentLesions(gone))).toBe('L1')
  expect(idsOf(presentLesions(addLesion(gone)))).toBe('L1 L3')
  expect(idsOf(presentLesions(restoreLesion(gone, 'L2')))).toBe('L1 L2')
  expect(restoreLesion(gone, 'L2')).toEqual(two)
})

it('keeps the last lesion of a patient', () => {
  expect(deleteLesion(oneLesion, 'L1', 5)).toBe(oneLesion)
  const left = deleteLesion(addLesion(oneLesion), 'L1', 5)
  expect(deleteLesion(left, 'L2', 6)).toBe(left)
})

it('has one index lesion: the one that is marked, else the first that is there', () => {
  const three = addLesion(addLesion(oneLesion))
  expect(indexLesion(three)).toBe('L1')
  expect(indexLesion(deleteLesion(three, 'L1', 5))).toBe('L2')
  const marked = markIndex(markIndex(three, 'L2'), 'L3')
  expect(marked.filter(({ isIndex }) => isIndex)).toEqual([{ id: 'L3', isIndex: true }])
  expect(indexLesion(deleteLesion(marked, 'L3', 5))).toBe('L1')
})

it('names a lesion, and takes the name away', () => {
  const named = renameLesion(addLesion(oneLesion, 'medial'), 'L1', ' lateral ')
  expect(named).toEqual([
    { id: 'L1', name: 'lateral' },
    { id: 'L2', name: 'medial' },
  ])
  expect(renameLesion(named, 'L2', '  ')).toEqual([{ id: 'L1', name: 'lateral' }, { id: 'L2' }])
})

it('puts together what two have that are one patient', () => {
  const three = addLesion(addLesion(oneLesion, 'medial'))
  expect(mergeLesions(three, oneLesion)).toBe(three)
  expect(mergeLesions(oneLesion, markIndex(three, 'L2'))).toEqual(three)
  // What one deleted is there, where the other has it.
  expect(mergeLesions(deleteLesion(three, 'L2', 5), three)).toEqual(three)
  expect(idsOf(presentLesions(mergeLesions(oneLesion, deleteLesion(three, 'L3', 5))))).toBe('L1 L2')
})

it('names rows by the patient, and by the lesion from the second on', () => {
  expect([rowIdOf('A-0120', 'L1'), rowIdOf('A-0120', 'L2')]).toEqual(['A-0120', 'A-0120_L2'])
})

it('takes an image to be as far as the least far lesion that is drawn on it', () => {
  expect(joinProgress([])).toBe('empty')
  expect(joinProgress(['empty', 'empty'])).toBe('empty')
  expect(joinProgress(['locked', 'empty', 'complete'])).toBe('complete')
  expect(joinProgress(['locked', 'inProgress', 'complete'])).toBe('inProgress')
  expect(joinProgress(['locked', 'locked'])).toBe('locked')
})
