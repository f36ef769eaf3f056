import { expect, test, vi } from 'vitest'
import { madeFound, madeRegion } from './madeVolumes.ts'
import { createSaveStore } from './saveMask.ts'

const bytes = (n: number) => Promise.resolve(Uint8Array.of(n))

function page(voxelCount = 1) {
  const open = madeRegion(madeFound('T1'))
  const download = vi.fn()
  const saveImage = vi.fn((_: unknown, __: string, ___: AbortSignal) => bytes(1))
  const saveSegmentation = vi.fn(() => bytes(2))
  const saveStructures = vi.fn((): Promise<Uint8Array<ArrayBuffer>> => Promise.reject(new Error('It is not from DICOM files.')))
  const store = createSaveStore({
    roi: { getState: () => ({ open, voxelCount, revision: 7 }) },
    nameRegion: () => ({ label: 'P0001', stem: 'P0001_T1_reader-1' }),
    saveImage,
    saveSegmentation,
    saveStructures,
    download,
    version: '1.2.3',
  })
  return { store, open, download, saveSegmentation, saveImage }
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
  expect(saveSegmentation).toHaveBeenCalledWith(open.mask, open.image.source, { version: '1.2.3' }, expect.any(AbortSignal))
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
