// @vitest-environment node
import { expect, test, vi } from 'vitest'
import { cutMask } from '../../core/mask/maskPart.ts'
import type { Mask } from '../../core/mask/mask.ts'
import { studyParameters } from '../../io/records/studyParameters.ts'
import { hashMask } from '../../storage/hashMask.ts'
import type { CaseLabel } from '../extraction.ts'
import { createExtract } from './extract.ts'
import { madeFound, madeRegion } from './madeVolumes.ts'

const box = { lower: [0, 0, 0], upper: [0, 0, 0] } as const

function page(voxelCount = 1) {
  const open = madeRegion(madeFound('T1'))
  const start = vi.fn(async (..._: [unknown, Mask, CaseLabel]) => undefined)
  const count = vi.fn(async () => undefined)
  const cancel = vi.fn()
  const actions = createExtract({
    roi: { getState: () => ({ open, voxelCount, drawnBox: voxelCount > 0 ? box : null, revision: 4 }) },
    extraction: { getState: () => ({ parameters: studyParameters, start }) },
    greyLevels: { getState: () => ({ count, cancel }) },
    readers: { getState: () => ({ names: { 1: 'Ada', 2: 'Bo' } }) },
    nameRegion: () => ({ label: 'P0001', stem: 'P0001_T1_reader-1' }),
  })
  return { ...actions, open, start, count, cancel }
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
