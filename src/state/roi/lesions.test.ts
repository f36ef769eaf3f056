// @vitest-environment node
import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { differenceOfPositions } from '../../core/mask/difference.ts'
import { openMadePage, type MadePage } from '../madePage.ts'

let page: MadePage
const roi = () => page.session.roiStore.getState()
const lesions = () => page.session.lesionsStore.getState()
const paint = (...positions: number[]) => {
  for (const position of positions) roi().open!.mask.voxels[position] = 1
  roi().recordStroke('Brush', differenceOfPositions(positions, 0, 1))
}
const drawn = () => [...roi().open!.mask.voxels.keys()].filter((at) => roi().open!.mask.voxels[at])
const openIt = async () => {
  await page.session.openFiles([{ path: 'a', file: new File(['a'], 'a') }])
  const [found] = page.session.imagesStore.getState().volumes
  await page.session.openImage(found)
  return found
}
const openAgain = async () => {
  page.database.close()
  page = openMadePage()
  await page.session.patientsStore.getState().whenKept()
  return openIt()
}

beforeEach(async () => {
  if (page) await page.database.delete()
  page = openMadePage()
})

test('each lesion has its own region, history, progress and key on an image', async () => {
  const { id } = await openIt()
  paint(0, 1)
  expect(await lesions().add(id)).toBe('L2')
  await roi().chooseLesion('L2')
  expect(roi()).toMatchObject({ open: { lesion: 'L2', imageId: id }, voxelCount: 0, undoCount: 0, status: null })
  paint(1, 2, 3)
  void roi().setProgress('complete')
  expect(roi()).toMatchObject({ voxelCount: 3, undoCount: 1, status: { progress: 'complete' } })
  await roi().chooseLesion('L1')
  expect(drawn()).toEqual([0, 1])
  expect(roi()).toMatchObject({ voxelCount: 2, undoCount: 1, status: { progress: 'inProgress' } })
  roi().undo()
  expect(roi().voxelCount).toBe(0)
  await roi().chooseLesion('L2')
  expect(drawn()).toEqual([1, 2, 3])
  await roi().whenKept()
  const kept = await page.database.regions.toArray()
  expect(
    kept.map(({ key, voxelCount, called }) => [key.replace(/.* (L\d reader \d)$/, '$1'), voxelCount, called?.stem]).sort(),
  ).toEqual([
    ['L1 reader 1', 0, 'P0001_image-1_reader-1'],
    ['L2 reader 1', 3, 'P0001_image-1_reader-1_L2'],
  ])
})

test('lesions and their regions are there in the next session; others are shown as they are kept until they are in hand', async () => {
  const { id } = await openIt()
  paint(1, 2)
  await lesions().add(id, 'medial')
  await roi().chooseLesion('L2')
  paint(3)
  await roi().whenKept()
  const again = await openAgain()
  await vi.waitFor(() => expect(lesions().listOf(again.id)).toEqual([{ id: 'L1' }, { id: 'L2', name: 'medial' }]))
  expect(roi().open?.lesion).toBe('L1')
  expect(roi().recovery?.voxelCount).toBe(2)
  const [other, ...rest] = await roi().readLesions(['L1', 'L2'])
  expect(rest).toEqual([])
  expect(other).toMatchObject({ lesion: 'L2', voxelCount: 1 })
  expect(other.mask.voxels[3]).toBe(1)
  await roi().chooseLesion('L2')
  await roi().restoreKept()
  expect(drawn()).toEqual([3])
  // Taken up and emptied here: what is kept of it is not shown in its place.
  roi().undo()
  await roi().chooseLesion('L1')
  expect(await roi().readLesions(['L2'])).toEqual([])
})

test('the other reader has the same lesions and sees nothing of what is drawn of them; both see a lesion that both have locked, and no other', async () => {
  const { id } = await openIt()
  const { setProgress } = roi()
  paint(1, 2)
  await lesions().add(id)
  await setProgress('locked')
  await roi().chooseLesion('L2')
  paint(0)
  await roi().chooseReader('2')
  expect(roi()).toMatchObject({ open: { lesion: 'L2', reader: '2' }, voxelCount: 0, otherProgress: 'inProgress' })
  expect(await roi().readLesions(['L1', 'L2'])).toEqual([])
  paint(3)
  await setProgress('locked')
  expect(await roi().readLockedMasks()).toBeNull()
  await roi().chooseLesion('L1')
  expect(roi().otherProgress).toBe('locked')
  paint(2, 3)
  await setProgress('locked')
  const both = await roi().readLockedMasks()
  expect([both![1].voxels[1], both![2].voxels[1]]).toEqual([1, 0])
})
