// @vitest-environment node
import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { differenceOfPositions } from '../../core/mask/difference.ts'
import { programServer } from '../../io/programServer.ts'
import { openMadePage, type MadePage } from '../madePage.ts'
import { madeVolume } from './madeVolumes.ts'

let page: MadePage
const roi = () => page.session.roiStore.getState()
const refusal = () => page.session.deletionsStore.getState().refusal?.code
const paint = (...positions: number[]) => {
  for (const position of positions) roi().open!.mask.voxels[position] = 1
  roi().recordStroke('Brush', differenceOfPositions(positions, 0, 1))
}
const idsOf = () => page.session.lesionsStore.getState().listOf(roi().open?.imageId).map(({ id }) => id).join(' ') // prettier-ignore
const regionsOf = async (lesion: string) =>
  (await page.database.regions.toArray()).filter((one) => one.lesion === lesion && !one.deleted && one.voxelCount > 0)
const show = async (at: number) => page.session.openImage(page.session.imagesStore.getState().volumes[at])

/** L1 on T1; L2 on T1 and T2 of the same patient; L2 in hand on T2. */
beforeEach(async () => {
  if (page) await page.database.delete()
  page = openMadePage(async function* () {
    const dicom = { PatientID: '7', PatientName: 'Lee', StudyInstanceUID: '1.2' }
    for (const name of ['T1', 'T2']) {
      const made = madeVolume(name)
      const voxels = made.voxels.map((value) => value + (name === 'T2' ? 1 : 0))
      yield { volume: { ...made, voxels, source: { ...made.source, dicom: { ...dicom, SeriesInstanceUID: name } } }, warnings: [], isMask: false, files: [] } // prettier-ignore
    }
  })
  await page.session.openFiles([{ path: 'a', file: new File(['a'], 'a') }])
  await page.session.patientsStore.getState().whenKept()
  await show(0)
  paint(0)
  await page.session.addLesion()
  paint(1, 2)
  await show(1)
  paint(3)
  await roi().whenKept()
})

test('a new lesion is in hand on all images of the patient; the keys go round the list', async () => {
  expect(roi().open).toMatchObject({ lesion: 'L2', image: { source: { path: 'T2' } } })
  await page.session.addLesion()
  expect(roi().open?.lesion).toBe('L3')
  // At once: a stroke that follows the key is of that lesion.
  const stepped = page.session.stepLesion(1)
  expect(roi().open?.lesion).toBe('L1')
  await stepped
  await page.session.stepLesion(-1)
  expect(roi().open?.lesion).toBe('L3')
})

test('no part of the program is waited for before a new lesion is in hand', async () => {
  const loading = vi.spyOn(programServer, 'load')
  await page.session.addLesion()
  expect(loading).not.toHaveBeenCalled()
  loading.mockRestore()
})

test('a lesion goes with its regions on all images, and comes back with them', async () => {
  await page.session.deleteLesion('L2')
  expect(idsOf()).toBe('L1')
  expect(roi().open?.lesion).toBe('L1')
  expect(await regionsOf('L2')).toEqual([])
  expect(await regionsOf('L1')).toHaveLength(1)
  await page.session.restoreLesion('P0001', 'L2')
  expect(idsOf()).toBe('L1 L2')
  expect((await regionsOf('L2')).map(({ voxelCount }) => voxelCount).sort()).toEqual([1, 2])
  await page.session.deleteLesion('L1')
  expect(idsOf()).toBe('L2')
  await page.session.deleteLesion('L2')
  expect(idsOf()).toBe('L2')
})

test('a lesion of which one region is locked stays whole', async () => {
  await roi().setProgress('locked')
  await page.session.deleteLesion('L2')
  expect([idsOf(), refusal()]).toEqual(['L1 L2', 'lesion-locked'])
  expect(await regionsOf('L2')).toHaveLength(2)
})

test('a lesion that the other reader has drawn stays whole', async () => {
  await roi().chooseReader('2')
  paint(0)
  await roi().whenKept()
  await page.session.deleteLesion('L2')
  expect([idsOf(), refusal()]).toEqual(['L1 L2', 'lesion-of-others'])
  await roi().chooseReader('1')
  await page.session.deleteLesion('L2')
  expect([idsOf(), refusal()]).toEqual(['L1 L2', 'lesion-of-others'])
  expect(await regionsOf('L2')).toHaveLength(3)
})

test('the other lesions of the open image are shown, and what they share with the one in hand is told with every stroke', async () => {
  const others = () => page.session.otherLesionsStore.getState()
  await show(0)
  await vi.waitFor(() => expect(others().others.map(({ lesion, voxelCount }) => [lesion, voxelCount])).toEqual([['L1', 1]]))
  expect(others().overlaps).toEqual([])
  paint(0)
  expect(others().overlaps).toEqual([{ lesion: 'L1', voxelCount: 1, at: [0, 0, 0] }])
  expect(page.session.shownLayersStore.getState().others.map(({ colour }) => colour)).toEqual([[255, 138, 71]])
  roi().undo()
  expect(others().overlaps).toEqual([])
  await roi().chooseLesion('L1')
  await vi.waitFor(() => expect(others().others.map(({ lesion, voxelCount }) => [lesion, voxelCount])).toEqual([['L2', 2]]))
  await show(1)
  await vi.waitFor(() => expect(others().others.map(({ lesion, voxelCount }) => [lesion, voxelCount])).toEqual([['L2', 1]]))
  await roi().chooseReader('2')
  expect(others().others).toEqual([])
})
