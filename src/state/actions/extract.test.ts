// @vitest-environment node
import { expect, test, vi } from 'vitest'
import { cutMask } from '../../core/mask/maskPart.ts'
import type { Mask } from '../../core/mask/mask.ts'
import { studyParameters } from '../../io/records/studyParameters.ts'
import { hashMask } from '../../io/images/hashMask.ts'
import { lesionSuffix } from '../../core/study/lesions.ts'
import type { LesionId } from '../../core/study/study.ts'
import type { CaseLabel, ExtractionState } from '../extraction.ts'
import { createExtract } from './extract.ts'
import { madeFound, madeRegion } from './madeVolumes.ts'

const box = { lower: [0, 0, 0], upper: [0, 0, 0] } as const

/** @param others lesions that are drawn beside the one in hand */
function page(voxelCount = 1, others: readonly LesionId[] = []) {
  const open = madeRegion(madeFound('T1'))
  const start = vi.fn(async (..._: [unknown, Mask, CaseLabel]) => undefined)
  const readLesions = async () =>
    others.map((lesion) => ({ lesion, progress: 'complete' as const, mask: open.mask, box, voxelCount: 1 }))
  const run = { current: { status: 'done', result: { partial: false } } as ExtractionState['run'] }
  const count = vi.fn(async () => undefined)
  const cancel = vi.fn()
  const actions = createExtract({
    roi: { getState: () => ({ open, voxelCount, drawnBox: voxelCount > 0 ? box : null, revision: 4, readLesions }) },
    lesions: { getState: () => ({ listOf: () => [{ id: 'L1' }, { id: 'L2' }, { id: 'L3' }] }) },
    extraction: { getState: () => ({ parameters: studyParameters, start, run: run.current }) },
    greyLevels: { getState: () => ({ count, cancel }) },
    readers: { getState: () => ({ names: { 1: 'Ada', 2: 'Bo' } }) },
    nameRegion: ({ lesion }) => ({ label: 'P0001', stem: `P0001_T1_reader-1${lesionSuffix(lesion)}` }),
  })
  return { ...actions, run, open, start, count, cancel }
}

test('what is extracted is the region as it was when the run began, under its hash and names', async () => {
  const { regionInHand, open, start, cancel } = page()
  const maskHash = await hashMask(cutMask(open.mask, box))
  const running = regionInHand()!.start()
  // Drawn while it is hashed.
  open.mask.voxels.fill(1)
  await running
  const [, mask, about] = start.mock.calls[0]
  expect([...mask.voxels]).toEqual([1, 0, 0, 0])
  expect(mask.within).toEqual(box)
  expect(about).toMatchObject({ maskHash, readerName: 'Ada', label: 'P0001', stem: 'P0001_T1_reader-1', key: open.key })
  expect(cancel).toHaveBeenCalledOnce()
})

test('grey levels are counted for the region as it is, by its revision', () => {
  const { countGreyLevels, count } = page()
  countGreyLevels()
  expect(count.mock.calls[0]).toMatchObject([{}, { within: box }, { imageId: 'T1', maskRevision: 4 }])
})

test('of an empty region nothing is extracted or counted', () => {
  const { regionInHand, countGreyLevels, count } = page(0)
  expect(regionInHand()).toBeUndefined()
  countGreyLevels()
  expect(count).not.toHaveBeenCalled()
})

test('each drawn lesion is measured under its own key and name, until one is cancelled', async () => {
  const { extractLesions, start, run } = page(1, ['L3'])
  await extractLesions()
  expect(start.mock.calls.map(([, , { key, lesion, stem }]) => [key.replace(/^.* (L\d )/, '$1'), lesion, stem])).toEqual([
    ['L1 reader 1', 'L1', 'P0001_T1_reader-1'],
    ['L3 reader 1', 'L3', 'P0001_T1_reader-1_L3'],
  ])
  run.current = { status: 'idle' }
  await extractLesions()
  expect(start).toHaveBeenCalledTimes(3)
})
