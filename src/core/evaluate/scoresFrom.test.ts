import { expect, test } from 'vitest'
import { nameScores } from './scoresFrom.ts'

test('scores are named by where they come from, once', () => {
  const scoresFrom = 'out-of-fold'
  const name = nameScores({ cohort: 'I', scoresFrom })
  expect(name).toBe('I, out-of-fold')
  expect(nameScores({ cohort: name, scoresFrom })).toBe(name)
  expect([nameScores({ cohort: 'II', scoresFrom: 'new' }), nameScores({ cohort: 'II', scoresFrom: null })]).toEqual(['II', 'II'])
})
