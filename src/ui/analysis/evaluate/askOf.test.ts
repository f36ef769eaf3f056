import { expect, test } from 'vitest'
import { askOf } from './askOf.ts'

test('only a cohort of its own is called another centre', () => {
  expect(askOf('training', null)).toContain('other centre')
  expect(askOf('training', { kind: 'second file' })).toContain('other centre')
  expect(askOf('training', { kind: 'split', seed: 1, share: 0.3, stratified: true })).toContain('held out at random')
  expect(askOf('training', { kind: 'all train' })).toContain('folds')
  expect(askOf(null, null)).not.toContain('centre')
})
