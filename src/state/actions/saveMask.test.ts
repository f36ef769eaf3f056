import { expect, test, vi } from 'vitest'
import { lesionSuffix } from '../../core/study/lesions.ts'
import type { LesionId } from '../../core/study/study.ts'
import { madeFound, madeRegion } from './madeVolumes.ts'
import { soleRegion, type DicomRegion } from '../../io/dicom/aboutSeries.ts'
import { createSaveStore } from './saveMask.ts'

const bytes = (n: number) => Promise.resolve(Uint8Array.of(n))

const box = { lower: [0, 0, 0], upper: [1, 1, 0] } as const

/** @param others lesions that are drawn beside the first one, by their voxels */
function page(voxelCount = 1, others: Readonly<Record<LesionId, readonly number[]>> = {}) {
  const open = madeRegion(madeFound('T1'))
  const tell = vi.fn()
  const readLesions = async () =>
    Object.entries(others).map(([lesion, voxels]) => ({
      lesion: lesion as LesionId,
      progress: 'complete' as const,
      mask: { ...open.mask, voxels: Uint8Array.from(voxels) },
      box,
      voxelCount: 1,
    }))
  const download = vi.fn()
  const saveImage = vi.fn((_: unknown, __: string, ___: AbortSignal) => bytes(1))
  const saveSegmentation = vi.fn(() => bytes(2))
  const saveStructures = vi.fn((): Promise<Uint8Array<ArrayBuffer>> => Promise.reject(new Error('It is not from DICOM files.')))
  const store = createSaveStore({
    roi: { getState: () => ({ open, voxelCount, drawnBox: box, status: null, revision: 7, readLesions, tell }) },
    lesions: { getState: () => ({ listOf: () => [{ id: 'L1' }, { id: 'L2', name: 'medial' }, { id: 'L3' }] }) },
    nameRegion: ({ lesion }) => ({ label: 'P0001', stem: `P0001_T1_reader-1${lesionSuffix(lesion)}` }),
    saveImage,
    saveSegmentation,
    saveStructures,
    download,
    version: '1.2.3',
  })
  return { store, open, tell, download, saveSegmentation, saveImage }
}

test('the region goes into a file of the format that was chosen, named after its patient, never after its image', async () => {
  const { store, open, download, saveSegmentation } = page()
  await store.getState().saveMask()
  await store.getState().saveMask('NRRD')
  await store.getState().saveMask('DICOM SEG')
  expect(download.mock.calls.map(([name, , type]) => [name, type])).toEqual([
    ['P0001_T1_reader-1.nii.gz', 'application/gzip'],
    ['P0001_T1_reader-1.nrrd', 'application/octet-stream'],
    ['P0001_T1_reader-1-seg.dcm', 'application/dicom'],
  ])
  expect(saveSegmentation).toHaveBeenCalledWith(
    [{ mask: open.mask, ...soleRegion }],
    open.image.source,
    { version: '1.2.3' },
    expect.any(AbortSignal),
  )
  expect(store.getState().savedRevision).toBe(7)
})

test('why a file cannot be made is told, and the region does not count as saved', async () => {
  const { store, download } = page()
  await store.getState().saveMask('DICOM RTSTRUCT')
  expect(store.getState()).toMatchObject({
    saving: { status: 'failed', reason: expect.toSay('It is not from DICOM files.') },
    savedRevision: null,
  })
  expect(download).not.toHaveBeenCalled()
})

test('an empty region is no file, and one is written at a time', async () => {
  const empty = page(0)
  await empty.store.getState().saveMask()
  expect(empty.saveImage).not.toHaveBeenCalled()
  const { store, saveImage } = page()
  await Promise.all([store.getState().saveMask(), store.getState().saveMask()])
  expect(saveImage).toHaveBeenCalledOnce()
})

test('what is cancelled ends with its work, makes no file and is no failure', async () => {
  const { store, download, saveImage } = page()
  let ended = false
  saveImage.mockImplementationOnce(
    (_, __, signal) =>
      new Promise((___, reject) =>
        signal.addEventListener('abort', () => {
          ended = true
          reject(signal.reason as Error)
        }),
      ),
  )
  const saving = store.getState().saveMask()
  store.getState().cancel()
  await saving
  expect([ended, store.getState().saving, store.getState().savedRevision]).toEqual([true, { status: 'idle' }, null])
  expect(download).not.toHaveBeenCalled()
})

const writtenOf = ({ saveImage }: ReturnType<typeof page>) =>
  saveImage.mock.calls.map(([volume, name]) => [name, Array.from((volume as { voxels: Uint8Array }).voxels)])

test('all lesions go into one label map, each by its number, or into a mask each', async () => {
  const made = page(1, { L2: [0, 1, 0, 0], L3: [0, 0, 1, 1] })
  await made.store.getState().saveLabelMap('NIfTI')
  await made.store.getState().saveEachLesion()
  expect(writtenOf(made)).toEqual([
    ['P0001_T1_reader-1_lesions.nii.gz', [1, 2, 3, 3]],
    ['P0001_T1_reader-1.nii.gz', [1, 0, 0, 0]],
    ['P0001_T1_reader-1_L2.nii.gz', [0, 1, 0, 0]],
    ['P0001_T1_reader-1_L3.nii.gz', [0, 0, 1, 1]],
  ])
  expect(made.download.mock.calls.map(([name]) => name as string)).toEqual(writtenOf(made).map(([name]) => name))
  expect(made.tell).not.toHaveBeenCalled()
})

test('lesions that overlap are in several files, each whole, and that is told; NRRD has their names', async () => {
  const made = page(1, { L2: [1, 1, 0, 0], L3: [0, 0, 1, 1] })
  made.saveImage.mockImplementation(async () => new TextEncoder().encode('NRRD0004\n\n'))
  await made.store.getState().saveLabelMap('NRRD')
  expect(writtenOf(made)).toEqual([
    ['P0001_T1_reader-1_lesions-1.seg.nrrd', [1, 0, 3, 3]],
    ['P0001_T1_reader-1_lesions-2.seg.nrrd', [2, 2, 0, 0]],
  ])
  const names = made.download.mock.calls.map(([, bytes]) => [...new TextDecoder().decode(bytes as Uint8Array).matchAll(/_Name:=(.*)/g)].map(([, name]) => name)) // prettier-ignore
  expect(names).toEqual([['L1', 'L3'], ['medial']])
  expect(made.tell).toHaveBeenCalledWith(expect.toSay('P0001_T1_reader-1_lesions-1.seg.nrrd: L1, L3'))
})

test('lesions that overlap are whole in one DICOM segmentation, a segment each under their names', async () => {
  const made = page(1, { L2: [1, 1, 0, 0], L3: [0, 0, 1, 1] })
  await made.store.getState().saveLabelMap('DICOM SEG')
  const [regions] = made.saveSegmentation.mock.calls[0] as unknown as [readonly DicomRegion[]]
  expect(regions.map(({ label, mask }) => [label, Array.from(mask.voxels)])).toEqual([
    ['L1', [1, 0, 0, 0]],
    ['medial', [1, 1, 0, 0]],
    ['L3', [0, 0, 1, 1]],
  ])
  expect(made.download.mock.calls.map(([name]) => name as string)).toEqual(['P0001_T1_reader-1_lesions-seg.dcm'])
  expect(made.tell).not.toHaveBeenCalled()
  // Of an image that is not from DICOM there is none, and that is told.
  await made.store.getState().saveLabelMap('DICOM RTSTRUCT')
  expect(made.store.getState().saving.status).toBe('failed')
})
