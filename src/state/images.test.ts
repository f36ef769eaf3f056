// @vitest-environment node
import { expect, test } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { createImagesStore, nameOf, type ReadFiles, type ReadOutcome } from './images.ts'
import { tell } from '../io/images/messages.ts'
import { say } from '../messages/say.ts'

const volume = (path: string): Volume => ({
  size: [2, 2, 2],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: Int16Array.from({ length: 8 }, (_, i) => i + 1),
  source: { path, format: 'NIfTI' },
})
const file = { path: 'a.nii', file: new Blob() }

/** A reader whose answers the test gives when it likes. */
function manualReader() {
  const waiting: ((outcome: ReadOutcome | undefined) => void)[] = []
  const read: ReadFiles = async function* () {
    for (;;) {
      const outcome = await new Promise<ReadOutcome | undefined>((resolve) => waiting.push(resolve))
      if (!outcome) return
      yield outcome
    }
  }
  return { read, answer: (run: number, outcome?: ReadOutcome) => waiting.splice(run, 1)[0](outcome) }
}
const settle = () => new Promise((resolve) => setTimeout(resolve))

test('what can be read is listed, what cannot is told, and one does not harm the other', async () => {
  const store = createImagesStore(async function* () {
    yield { path: 'bad.nii', error: tell('empty-file', {}) }
    yield { volume: volume('good.nii'), warnings: [tell('two-dimensional', { thicknessMm: 1 })], isMask: false, files: [] }
  })
  const added = await store.getState().addFiles([file])
  expect(added.map(({ name }) => name)).toEqual(['good'])
  expect(store.getState()).toMatchObject({
    reading: { status: 'idle' },
    problems: [{ path: 'bad.nii', reason: tell('empty-file', {}) }],
  })
})

test('a reader that breaks leaves what it had read and says why', async () => {
  const store = createImagesStore(async function* () {
    yield { volume: volume('good.nii'), warnings: [], isMask: false, files: [] }
    throw new Error('The worker stopped.')
  })
  await store.getState().addFiles([file])
  expect(store.getState().volumes).toHaveLength(1)
  expect(say(store.getState().problems[0].reason)).toBe('The worker stopped.')
  expect(store.getState().reading.status).toBe('idle')
})

test('what is dropped while other files are read is read after them, and nothing of either is lost', async () => {
  const { read, answer } = manualReader()
  const store = createImagesStore(read)
  const first = store.getState().addFiles([{ ...file, path: 'first.nii' }])
  const second = store.getState().addFiles([{ ...file, path: 'second.nii' }, file])
  await settle()
  expect(store.getState()).toMatchObject({ reading: { name: 'first.nii' }, waiting: ['2 files'] })
  answer(0, { volume: volume('first.nii'), warnings: [], isMask: false, files: [] })
  await settle()
  answer(0)
  expect(await first).toHaveLength(1)
  await settle()
  expect(store.getState()).toMatchObject({ reading: { name: '2 files' }, waiting: [] })
  answer(0, { volume: volume('second.nii'), warnings: [], isMask: false, files: [] })
  await settle()
  answer(0)
  expect(await second).toHaveLength(1)
  expect(store.getState().volumes.map(({ name }) => name)).toEqual(['first', 'second'])
})

test('a cancelled reading adds nothing more', async () => {
  const { read, answer } = manualReader()
  const store = createImagesStore(read)
  const reading = store.getState().addFiles([file])
  await settle()
  store.getState().cancelReading()
  answer(0, { volume: volume('late.nii'), warnings: [], isMask: false, files: [] })
  expect(await reading).toEqual([])
  expect(store.getState()).toMatchObject({ volumes: [], reading: { status: 'idle' } })
})

test('one cancel ends what waits too, and what comes after it is read', async () => {
  const { read, answer } = manualReader()
  const store = createImagesStore(read)
  const [first, second] = ['first.nii', 'second.nii'].map((path) => store.getState().addFiles([{ ...file, path }]))
  await settle()
  store.getState().cancelReading()
  expect(store.getState()).toMatchObject({ reading: { status: 'idle' }, waiting: [] })
  const third = store.getState().addFiles([{ ...file, path: 'third.nii' }])
  answer(0)
  expect([await first, await second]).toEqual([[], []])
  await settle()
  expect(store.getState()).toMatchObject({ reading: { name: 'third.nii' }, waiting: [] })
  answer(0, { volume: volume('third.nii'), warnings: [], isMask: false, files: [] })
  await settle()
  answer(0)
  expect(await third).toHaveLength(1)
})

test.each([
  [['brain1/image.nii.gz', 'brain1/mask.nii.gz'], 'brain1, 2 files'],
  [['a.nii', 'b.nii'], '2 files'],
  [['one/a.nii', 'two/b.nii', 'c.nii'], '3 files'],
])('files that are read or wait are called by the folder that they share: %j', async (paths, name) => {
  const { read, answer } = manualReader()
  const store = createImagesStore(read)
  const files = paths.map((path) => ({ ...file, path }))
  const readings = [store.getState().addFiles(files), store.getState().addFiles(files)]
  await settle()
  expect(store.getState()).toMatchObject({ reading: { name: name }, waiting: [name] })
  store.getState().cancelReading()
  answer(0)
  await Promise.all(readings)
})

test('removing the open image closes it', async () => {
  const store = createImagesStore(async function* () {
    yield { volume: volume('a.nii'), warnings: [], isMask: false, files: [] }
  })
  const [{ id }] = await store.getState().addFiles([file])
  store.getState().chooseImage(id)
  store.getState().remove(id)
  expect(store.getState()).toMatchObject({ volumes: [], imageId: null })
})

test('a volume is called by its series and phase, or by its file', () => {
  expect(nameOf(volume('case/7/t1.nii.gz'))).toBe('7 / t1')
  expect(
    nameOf({ ...volume('dicom'), source: { path: 'dicom', format: 'DICOM', series: 'T1 DCE', phase: 'phase 2 of 6' } }),
  ).toBe('T1 DCE, phase 2 of 6')
})

test('a hint that an image may be a mask holds until a person says what it is', async () => {
  const store = createImagesStore(async function* () {
    yield { volume: volume('prob.nii'), warnings: [], isMask: false, maskHint: 'shares' as const, files: [] }
  })
  await store.getState().addFiles([])
  expect(store.getState().volumes).toMatchObject([{ kind: 'image', maskHint: 'shares' }])
  store.getState().setKind(store.getState().volumes[0].id, 'image')
  expect(store.getState().volumes[0]).not.toHaveProperty('maskHint')
})
