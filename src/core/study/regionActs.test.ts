import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RoiProgress } from '../mask/progress.ts'
import { actOnRegion, refuseProgress, type RegionAct, type RegionSituation } from './regionActs.ts'

const drawn: RegionSituation = {
  progress: 'inProgress',
  otherProgress: 'empty',
  voxelCount: 5,
  isRecoveryWaiting: false,
  isOpenElsewhere: false,
  isExcluded: false,
}

/** The table of the states as a person reads it: from, act, to. */
const table = new Set([
  'empty draw inProgress', 'inProgress draw inProgress', 'inProgress done complete', 'complete draw inProgress', 'complete reopen inProgress',
  'complete lock locked', 'locked unlock complete', 'inProgress clear empty', 'complete clear empty',
]) // prettier-ignore

const acts: readonly RegionAct[] = ['draw', 'done', 'reopen', 'lock', 'unlock', 'clear']

test('after any acts a region is in a state that the table leads to, and what is complete or locked is not empty', () => {
  const act = fc.record({
    act: fc.constantFrom(...acts),
    otherProgress: fc.constantFrom<RoiProgress>('empty', 'inProgress', 'complete', 'locked'),
    isRecoveryWaiting: fc.boolean(),
    isOpenElsewhere: fc.boolean(),
    isExcluded: fc.boolean(),
    firstReading: fc.option(fc.constantFrom<RoiProgress>('complete', 'locked'), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (steps) => {
      let state: Pick<RegionSituation, 'progress' | 'voxelCount'> = { progress: 'empty', voxelCount: 0 }
      for (const { act, ...around } of steps) {
        const before = state.progress
        const done = actOnRegion({ ...state, ...around }, act)
        if ('refused' in done) continue
        const voxelCount = act === 'draw' ? state.voxelCount + 1 : act === 'clear' && done.to === 'empty' ? 0 : state.voxelCount
        state = { progress: done.to, voxelCount }
        if (done.to !== before) expect(table).toContain(`${before} ${act} ${done.to}`)
        expect(state.progress === 'empty').toBe(state.voxelCount === 0)
        if (act === 'draw') expect(around.isExcluded || around.firstReading === 'complete').toBe(false)
        if (before === 'locked' && around.otherProgress === 'locked') expect(done.to).toBe('locked')
      }
    }),
  )
})

test('each way of the table is open where nothing speaks against it', () => {
  for (const way of table) {
    const [progress, act, to] = way.split(' ') as [RoiProgress, RegionAct, RoiProgress]
    expect([way, actOnRegion({ ...drawn, progress }, act)]).toEqual([way, { to }])
  }
})

test('a locked region, a patient who is excluded and a first reading that is not locked are not drawn on', () => {
  expect(actOnRegion({ ...drawn, progress: 'locked' }, 'draw')).toEqual({ refused: 'locked' })
  expect(actOnRegion({ ...drawn, progress: 'locked' }, 'clear')).toEqual({ refused: 'locked' })
  expect(actOnRegion({ ...drawn, isExcluded: true }, 'draw')).toEqual({ refused: 'excluded' })
  expect(actOnRegion({ ...drawn, firstReading: 'complete' }, 'draw')).toEqual({ refused: 'firstNotLocked' })
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
  expect(refuseProgress({ ...drawn, progress: 'empty', voxelCount: 0 }, 'complete')).toBe('nothingDrawn')
  expect(refuseProgress({ ...drawn, isRecoveryWaiting: true }, 'complete')).toBe('recoveryWaiting')
  expect(refuseProgress({ ...drawn, isOpenElsewhere: true }, 'locked')).toBe('openElsewhere')
  expect(refuseProgress({ ...drawn, isOpenElsewhere: true }, 'complete')).toBeNull()
})
