import { expect, test } from 'vitest'
import { otherReadersProgress, progressOnceChanged } from './progress.ts'

test('a change takes a region back to in progress, or to nothing', () => {
  expect([progressOnceChanged(3), progressOnceChanged(0)]).toEqual(['inProgress', 'empty'])
})

test('the other reader is as far as this session says, but what is kept locked is locked', () => {
  const kept = (progress: 'complete' | 'locked') => ({ progress, readerName: 'Ada', changedAt: 1 })
  expect(otherReadersProgress(undefined, undefined)).toBe('empty')
  expect(otherReadersProgress(undefined, kept('complete'))).toBe('complete')
  expect(otherReadersProgress('inProgress', kept('complete'))).toBe('inProgress')
  expect(otherReadersProgress('inProgress', kept('locked'))).toBe('locked')
})
