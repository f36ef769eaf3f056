import { expect, test } from 'vitest'
import { otherReadersProgress, progressOnceChanged, refuseProgress, type ProgressSituation } from './progress.ts'

const drawn: ProgressSituation = {
  progress: 'inProgress',
  otherProgress: 'empty',
  voxelCount: 5,
  isRecoveryWaiting: false,
  isOpenElsewhere: false,
}

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

test('a region that is drawn, decided on and open here alone is completed, locked and unlocked', () => {
  expect(refuseProgress(drawn, 'complete')).toBeNull()
  expect(refuseProgress(drawn, 'locked')).toBeNull()
  expect(refuseProgress({ ...drawn, progress: 'locked', otherProgress: 'complete' }, 'inProgress')).toBeNull()
  expect(refuseProgress({ ...drawn, otherProgress: 'locked' }, 'locked')).toBeNull()
})

test('neither reader unlocks once both have locked: they may see each other’s regions', () => {
  expect(refuseProgress({ ...drawn, progress: 'locked', otherProgress: 'locked' }, 'inProgress')).toBe('bothLocked')
})

test('an empty region, one that waits for a decision, and locking while another tab has the image are refused', () => {
  expect(refuseProgress({ ...drawn, voxelCount: 0 }, 'complete')).toBe('nothingDrawn')
  expect(refuseProgress({ ...drawn, isRecoveryWaiting: true }, 'complete')).toBe('recoveryWaiting')
  expect(refuseProgress({ ...drawn, isOpenElsewhere: true }, 'locked')).toBe('openElsewhere')
  expect(refuseProgress({ ...drawn, isOpenElsewhere: true }, 'complete')).toBeNull()
})
