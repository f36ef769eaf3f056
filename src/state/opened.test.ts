// @vitest-environment node
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test, vi } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { openDatabase } from '../storage/database.ts'
import { createOpenedStore, type OpenedStore } from '../storage/openedStore.ts'
import { createImagesStore, type NamedFile, type ReadFiles, type ReadOutcome } from './images.ts'
import { createOpenedImagesStore } from './opened.ts'
import type { Database } from '../storage/schema.ts'

const names = { present: 'opened test', before: 'before opened test' }
const opened: Database[] = []

afterEach(async () => {
  for (const database of opened.splice(0)) database.close()
  await Dexie.delete(names.present)
})

const file = (path: string, text: string): NamedFile => ({ path, file: new Blob([text]) })
const volumeOf = (path: string, text: string): Volume => ({
  size: [1, 1, 1], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identityDirection, voxels: new Int16Array(1),
  source: { path, format: 'NIfTI', identity: { image: text, content: text, file: text } },
}) // prettier-ignore

/** Files whose text is the names of the volumes in them. */
async function* readFiles(files: readonly NamedFile[]): AsyncGenerator<ReadOutcome> {
  for (const one of files)
    for (const name of (await one.file.text()).split(' '))
      yield { volume: volumeOf(one.path, name), warnings: [], isMask: name.startsWith('mask'), files: [one] }
}

function openPage(change: (store: OpenedStore) => OpenedStore = (store) => store, read: ReadFiles = readFiles) {
  const database = openDatabase(names)
  opened.push(database)
  const images = createImagesStore(read)
  let clock = 0
  const keeping = createOpenedImagesStore(images, change(createOpenedStore(database)), () => ++clock)
  return {
    images,
    keeping,
    database,
    tell: () => images.getState().volumes.map(({ volume, kind }) => `${volume.source.identity!.image} ${kind}`),
    counts: async () => [await database.openedImages.count(), await database.openedFiles.count()],
  }
}
const shows = (page: ReturnType<typeof openPage>, told: readonly string[]) =>
  vi.waitFor(() => expect([page.tell(), page.images.getState().reading.status]).toEqual([told, 'idle']))
const has = (page: ReturnType<typeof openPage>, counts: readonly number[]) =>
  vi.waitFor(async () => expect(await page.counts()).toEqual(counts))

test('what was open comes back as it was; what was closed does not, and its file goes with the last image in it', async () => {
  const before = openPage()
  await before.images.getState().addFiles([file('a.nii', 'a'), file('4d.nii', 'p1 p2 p3'), file('m.nii', 'mask1')])
  await before.images.getState().addFiles([file('b.nii', 'b')])
  await has(before, [6, 4])
  const idOf = (name: string) => before.images.getState().volumes.find(({ volume }) => volume.source.identity!.image === name)!.id
  before.images.getState().setKind(idOf('p3'), 'mask')
  before.images.getState().remove(idOf('p1'))
  before.images.getState().remove(idOf('a'))
  await has(before, [4, 3])

  const page = openPage()
  await shows(page, ['p2 image', 'p3 mask', 'mask1 mask', 'b image'])
  // They are there already, and are not kept again.
  const [again] = await page.images.getState().addFiles([file('b.nii', 'b')])
  expect(again.id).toBe(page.images.getState().volumes.at(-1)!.id)
  expect(page.tell()).toHaveLength(4)
  for (const { id } of page.images.getState().volumes) page.images.getState().remove(id)
  await has(page, [0, 0])
  await shows(openPage(), [])
})

test('a part of a series that is closed leaves its files to the other parts, which come back under their names', async () => {
  // Parts are named and found by all files of the series.
  const read: ReadFiles = async function* (files) {
    for (const one of files)
      yield { volume: volumeOf('series', `${one.path} of ${files.length}`), warnings: [], isMask: false, files: [one] }
  }
  const before = openPage(undefined, read)
  await before.images.getState().addFiles([file('1', 'x'), file('2', 'y'), file('3', 'z')])
  await has(before, [3, 3])
  before.images.getState().remove(before.images.getState().volumes[0].id)
  await has(before, [2, 3])
  const page = openPage(undefined, read)
  await shows(page, ['2 of 3 image', '3 of 3 image'])
  for (const { id } of page.images.getState().volumes) page.images.getState().remove(id)
  await has(page, [0, 0])
})

test('whether a volume is a mask is asked at the next visit too, until a person has answered', async () => {
  const read: ReadFiles = async function* (files) {
    yield { volume: volumeOf('a', 'a'), warnings: [], isMask: false, maskHint: 'name', files }
  }
  const before = openPage(undefined, read)
  await before.images.getState().addFiles([file('a', 'a')])
  await has(before, [1, 1])
  const asked = openPage(undefined, read)
  await shows(asked, ['a image'])
  const [found] = asked.images.getState().volumes
  expect(found.maskHint).toBe('name')
  asked.images.getState().setKind(found.id, 'image')
  await vi.waitFor(async () =>
    expect(await asked.database.openedImages.toArray()).toEqual([expect.not.objectContaining({ maskHint: 'name' })]),
  )
  const answered = openPage(undefined, read)
  await shows(answered, ['a image'])
  expect(answered.images.getState().volumes[0].maskHint).toBeUndefined()
})

test('files that are dropped while earlier ones are read again come first; both are there in the end', async () => {
  const before = openPage()
  await before.images.getState().addFiles([file('a.nii', 'a'), file('b.nii', 'b')])
  await has(before, [2, 2])
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  let isFirst = true
  const page = openPage(undefined, async function* (files) {
    const isGated = isFirst
    isFirst = false
    for await (const outcome of readFiles(files)) {
      yield outcome
      if (isGated) await gate
    }
  })
  await vi.waitFor(() => expect(page.tell()).toEqual(['a image']))
  const added = page.images.getState().addFiles([file('new.nii', 'new')])
  expect((await added).map(({ name }) => name)).toEqual(['new'])
  release()
  await shows(page, ['a image', 'new image', 'b image'])
})

test('a file that is given again before it was read again is kept once', async () => {
  const before = openPage()
  await before.images.getState().addFiles([file('4d.nii', 'p1 p2')])
  await has(before, [2, 1])
  const page = openPage()
  await page.images.getState().addFiles([file('4d.nii', 'p1 p2')])
  await shows(page, ['p1 image', 'p2 image'])
  await has(page, [2, 1])
})

test('a cancelled reading of what was open leaves it for the next time', async () => {
  const before = openPage()
  await before.images.getState().addFiles([file('a.nii', 'a')])
  await before.images.getState().addFiles([file('b.nii', 'b')])
  await has(before, [2, 2])
  const never = { next: () => new Promise<never>(() => {}) }
  const page = openPage(undefined, () => ({ [Symbol.asyncIterator]: () => never }))
  await vi.waitFor(() => expect(page.images.getState().reading).toMatchObject({ isRestoring: true, name: 'a.nii' }))
  page.images.getState().cancelReading()
  expect(page.tell()).toEqual([])
  await shows(openPage(), ['a image', 'b image'])
})

test('it is known that what was found would be lost with the page, until it is kept or refused', async () => {
  let goOn = () => {}
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  const page = openPage(undefined, async function* (files) {
    for await (const outcome of readFiles(files)) {
      yield outcome
      await gate
    }
  })
  const isBehind = () => page.keeping.getState().isBehind
  const reading = page.images.getState().addFiles([file('a.nii', 'a'), file('b.nii', 'b')])
  await vi.waitFor(() => expect(page.tell()).toEqual(['a image']))
  expect(isBehind()).toBe(true)
  goOn()
  await reading
  expect(isBehind()).toBe(true)
  await vi.waitFor(() => expect(isBehind()).toBe(false))
  await has(page, [2, 2])

  const refused = openPage((store) => ({ ...store, keep: () => Promise.reject(new Error('refused')) }))
  await refused.images.getState().addFiles([file('c.nii', 'c')])
  await vi.waitFor(() => expect(refused.keeping.getState()).toMatchObject({ notKept: ['c'], isBehind: false }))
})

test('where there is no room an image is named and the others are kept; nothing of it stays behind', async () => {
  const refusal = Object.assign(new Error('aborted'), {
    name: 'AbortError',
    inner: new DOMException('full', 'QuotaExceededError'),
  })
  const page = openPage((store) => ({
    ...store,
    keep: (image, files) => (image.key.startsWith('b.') ? Promise.reject(refusal) : store.keep(image, files)),
  }))
  await page.images.getState().addFiles([file('a.nii', 'a'), file('b.nii', 'b')])
  await vi.waitFor(() => expect(page.keeping.getState()).toMatchObject({ notKept: ['b'], reason: null }))
  await has(page, [1, 1])
})

test('for an ROI the first opening gives way, which is told, and no file of an image that stays', async () => {
  const page = openPage()
  await page.images.getState().addFiles([file('a.nii', 'a'), file('4d.nii', 'p1 p2')])
  await page.images.getState().addFiles([file('b.nii', 'b')])
  await has(page, [4, 3])
  expect(await page.keeping.getState().makeRoom()).toBe(true)
  expect(await page.counts()).toEqual([1, 1])
  expect(page.keeping.getState()).toMatchObject({ notKept: ['a', '4d'], reason: null })
  expect(await page.keeping.getState().makeRoom()).toBe(true)
  expect(await page.keeping.getState().makeRoom()).toBe(false)
})
