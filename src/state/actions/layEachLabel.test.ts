// @vitest-environment node
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import type { Volume } from '../../core/image/volume.ts'
import { differenceOfPositions } from '../../core/mask/difference.ts'
import { messageOf } from '../../core/messages/message.ts'
import { imageKey } from '../../storage/imageKey.ts'
import { openMadePage, type MadePage } from '../madePage.ts'
import type { MaskProposal, OpenLabels } from '../maskReview.ts'
import { createLayEachLabel } from './layEachLabel.ts'
import { madeFound, madeVolume } from './madeVolumes.ts'

let page: MadePage
const roi = () => page.session.roiStore.getState()
const listed = () => page.session.lesionsStore.getState().listOf(roi().open?.imageId)
let proposal: MaskProposal | null = null
let isClosed = true

/** Labels as they stand in the voxels, on the image's own grid. */
const openLabels = async (mask: Volume): Promise<OpenLabels> => {
  isClosed = false
  return {
    list: {} as OpenLabels['list'],
    lay: async (value) => {
      const region = Uint8Array.from(mask.voxels, (one) => Number(one === value))
      return { region, voxelCount: region.filter(Boolean).length, outsideVoxels: 0, labelVoxels: 1, boundingBox: null }
    },
    close: () => void (isClosed = true),
  }
}
const layEach = () => {
  const { roiStore, lesionsStore } = page.session
  return createLayEachLabel({
    roi: roiStore,
    lesions: lesionsStore,
    maskReview: { getState: () => ({ proposal, dismiss: () => void (proposal = null) }) },
    openLabels,
    channels: () => channels,
    imageKeys: () => new Set([imageKey(roi().open!.image)]),
  })()
}
let channels: ReturnType<typeof madeFound>[] = []
const propose = (voxels: readonly number[], segments?: readonly { value: number; name: string }[]) => {
  const volume = { ...madeVolume('mask'), voxels: Uint8Array.from(voxels) }
  const counted = segments?.map((one) => ({ ...one, voxelCount: voxels.filter((value) => value === one.value).length }))
  const mask: Volume = counted ? { ...volume, source: { ...volume.source, segments: counted } } : volume
  const labels = [...new Set(voxels)].filter(Boolean).map((value) => ({ value, count: 1 }))
  proposal = { maskId: 'mask', name: 'mask', mask, image: roi().open!.image, isWorking: false, labels, differences: [] } as unknown as MaskProposal // prettier-ignore
  return mask
}
/** Voxels of each lesion, the one in hand too. */
const drawn = async () => {
  const { open, voxelCount, readLesions } = roi()
  const others = await readLesions(listed().map(({ id }) => id))
  const own = voxelCount > 0 ? [{ lesion: open!.lesion, mask: open!.mask }] : []
  return Object.fromEntries([...own, ...others].map(({ lesion, mask }) => [lesion, Array.from(mask.voxels)]))
}

beforeEach(async () => {
  if (page) await page.database.delete()
  page = openMadePage()
  channels = []
  await page.session.openFiles([{ path: 'a', file: new File(['a'], 'a') }])
  const [found] = page.session.imagesStore.getState().volumes
  await page.session.openImage(found)
})

test('each label of a label map is a lesion; the review and the worker are ended, and each lesion has its own undo', async () => {
  propose([1, 2, 2, 4])
  await layEach()
  expect(listed()).toEqual([{ id: 'L1' }, { id: 'L2' }, { id: 'L3' }])
  expect(await drawn()).toEqual({ L1: [1, 0, 0, 0], L2: [0, 1, 1, 0], L3: [0, 0, 0, 1] })
  expect(roi().open?.lesion).toBe('L1')
  expect([proposal, isClosed]).toEqual([null, true])
  expect(roi().notice).toEqual(expect.toSay('3 lesions were laid on the image'))
  await roi().chooseLesion('L2')
  roi().undo()
  expect(await drawn()).toEqual({ L1: [1, 0, 0, 0], L3: [0, 0, 0, 1] })
})

test('segments keep their names and, in further channels, stay whole where they overlap; empty ones are left out', async () => {
  const mask = propose([1, 1, 0, 0], [{ value: 1, name: 'Tumour' }])
  const second = { ...mask, voxels: Uint8Array.of(0, 2, 2, 0), source: { ...mask.source, segments: [{ value: 2, name: 'Rim', voxelCount: 2 }, { value: 3, name: 'None', voxelCount: 0 }] } } // prettier-ignore
  channels = [madeFound('mask', { volume: mask }), madeFound('other', { volume: second })]
  await layEach()
  expect(listed()).toEqual([
    { id: 'L1', name: 'Tumour' },
    { id: 'L2', name: 'Rim' },
  ])
  expect(await drawn()).toEqual({ L1: [1, 1, 0, 0], L2: [0, 1, 1, 0] })
  // Another mask of the patient meets the same lesions.
  channels = []
  propose([2, 0, 1, 0], [{ value: 1, name: 'rim' }, { value: 2, name: 'tumour' }]) // prettier-ignore
  await layEach()
  expect(listed()).toHaveLength(2)
  expect(await drawn()).toEqual({ L1: [1, 0, 0, 0], L2: [0, 0, 1, 0] })
})

test('the words of the patient’s name are no part of a lesion’s', async () => {
  const mask = propose([1, 2, 0, 0], [{ value: 1, name: 'Tumour of Weatherby' }, { value: 2, name: 'Weatherby' }]) // prettier-ignore
  proposal = { ...proposal!, mask: { ...mask, source: { ...mask.source, dicom: { PatientName: 'WEATHERBY^ANN' } } } }
  await layEach()
  expect(listed()).toEqual([{ id: 'L1', name: 'Tumour of' }, { id: 'L2' }])
})

test('a label that Texel wrote of a lesion without a name is that lesion', async () => {
  propose([1, 2, 2, 0])
  await layEach()
  propose([2, 1, 0, 0], [{ value: 1, name: 'L2' }, { value: 2, name: 'L1' }]) // prettier-ignore
  await layEach()
  expect(listed()).toEqual([{ id: 'L1' }, { id: 'L2' }])
  expect(await drawn()).toEqual({ L1: [1, 0, 0, 0], L2: [0, 1, 0, 0] })
})

test('a locked lesion stays as it is, and that is told', async () => {
  roi().open!.mask.voxels[3] = 1
  roi().recordStroke('Brush', differenceOfPositions([3], 0, 1))
  await roi().setProgress('locked')
  propose([1, 2, 0, 0])
  await layEach()
  expect(await drawn()).toEqual({ L1: [0, 0, 0, 1], L2: [0, 1, 0, 0] })
  expect(roi().notice).toEqual(expect.toSay('L1 is locked and stayed'))
})

test('a mask that cannot be opened is told, and changes nothing', async () => {
  propose([1, 2, 0, 0])
  const { roiStore, lesionsStore } = page.session
  await createLayEachLabel({
    roi: roiStore,
    lesions: lesionsStore,
    maskReview: { getState: () => ({ proposal, dismiss: () => undefined }) },
    openLabels: () => Promise.reject(new Error('out of memory')),
    channels: () => [],
    imageKeys: () => new Set(),
  })()
  expect(roi().notice).toEqual(messageOf(new Error('out of memory')))
  expect(listed()).toHaveLength(1)
})
