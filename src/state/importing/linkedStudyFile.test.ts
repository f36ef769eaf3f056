// @vitest-environment node
import { beforeAll, expect, test, vi } from 'vitest'
import { messageOf } from '../../core/messages/message.ts'
import { madeContents } from '../../core/study/madeContents.ts'
import type { StudyImage } from '../../core/study/study.ts'
import { writeMade } from '../../io/studyFile/madeStudyFile.ts'
import type { Bytes } from '../../io/sourceFile.ts'
import { say } from '../../messages/say.ts'
import '../../messages/sayStudyFile.ts'
import type { KeptLink, KeptPlace } from '../../storage/schema.ts'
import { createFoldersStore } from '../folders.ts'
import { createImagesStore } from '../images.ts'
import { createLinkedFolders } from './linkedFolders.ts'

const made = madeContents(2)
/** The last one has no role. */
const contents = { ...made, images: made.images.map((image, i) => (i === made.images.length - 1 ? { ...image, role: null } : image)) } // prettier-ignore
const inFile = contents.images.filter(({ role }) => role !== null)
const firstVoxel = new Map(inFile.map(({ id }, i) => [id, 100 + i]))
/** Each with a first voxel of its own. */
const readImage = async ({ id, grid }: StudyImage) => {
  const voxels = new Int16Array(grid.size[0] * grid.size[1] * grid.size[2])
  voxels[0] = firstVoxel.get(id)!
  return { ...grid, voxels, source: { path: id, format: 'memory' as const } }
}
let bytes: Bytes
let others: Bytes
beforeAll(async () => {
  bytes = await writeMade(contents, {}, null, null, readImage)
  others = await writeMade(contents)
})

const fileOf = (content: Bytes) => new File([content], 'study.texel.zip')
/** As a browser has a file that is written anew after it was handed out. */
function goesStale(content: Bytes) {
  const file = fileOf(content)
  const state = { file, isStale: false }
  const slice = file.slice.bind(file)
  const stale = { arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) } as Blob
  file.slice = (...range) => (state.isStale ? stale : slice(...range))
  return state
}

/** A page that knows the file by its handle, unless the browser could keep none. */
function begin({ hasHandle = true }: { readonly hasHandle?: boolean } = {}) {
  const disk = { content: bytes, permission: 'granted' as PermissionState, isThere: true }
  const handle = {
    kind: 'file',
    name: 'study.texel.zip',
    queryPermission: async () => disk.permission,
    requestPermission: async () => (disk.permission = 'granted'),
    getFile: async () => {
      if (disk.permission !== 'granted') throw new DOMException('not allowed', 'NotAllowedError')
      if (!disk.isThere) throw new DOMException('no such file', 'NotFoundError')
      return fileOf(disk.content)
    },
  } as unknown as FileSystemFileHandle
  let links: KeptLink[] = []
  let places: KeptPlace[] = []
  const keepPlaces = vi.fn(async (where: { places: readonly KeptPlace[]; links: readonly KeptLink[] }) => {
    links = [...links.filter(({ id }) => !where.links.some((link) => link.id === id)), ...where.links]
    places = [...places, ...where.places]
  })
  const images = createImagesStore(async function* () {})
  const folders = createFoldersStore()
  const linked = createLinkedFolders({
    folders,
    kept: { links: async () => links, places: async () => places, keepPlaces },
    records: { load: async () => ({ ...contents, names: {}, came: new Set(contents.patients.map(({ id }) => id)) }) },
    images,
  })
  const link = () => linked.linkFile({ name: 'study.texel.zip' }, inFile.map(({ id }) => id), hasHandle ? handle : undefined) // prettier-ignore
  return { disk, handle, images: () => images.getState(), folders: () => folders.getState().folders, links: () => links, link, ...linked } // prettier-ignore
}

/** Of the study; the others are said to be missing. */
const missing = [{ id: null, name: '', state: 'never', images: 1 }]

test('images of a study file are at hand after the page was loaded again, and are read when they are wanted', async () => {
  const page = begin()
  await page.link()
  await page.look()
  expect(page.folders()).toEqual(missing)
  expect(
    page
      .images()
      .asleep.map(({ identity }) => identity.image)
      .sort(),
  ).toEqual(inFile.map(({ id }) => id).sort())
  for (const { id, identity } of page.images().asleep) {
    const found = (await page.images().wake(id))!
    expect(found.volume.voxels[0]).toBe(firstVoxel.get(identity.image))
    expect(found.volume.source.identity).toEqual(identity)
    // It is put away and comes back, although no file of its own holds it.
    expect(page.images().sleep(id)).toBe(true)
    expect((await page.images().wake(id))!.volume.voxels).toEqual(found.volume.voxels)
  }
})

test('a file that has to be allowed asks; one that is gone, or is another one now, is told', async () => {
  const page = begin()
  await page.link()
  const [{ id }] = page.links()
  const told = (state: string) => [{ id, name: 'study.texel.zip', isFile: true, state, images: inFile.length }, ...missing]
  page.disk.permission = 'prompt'
  await page.look()
  expect(page.folders()).toEqual(told('asks'))
  await page.connect(id)
  expect(page.folders()).toEqual(missing)
  for (const fault of [{ isThere: false }, { isThere: true, content: others }]) {
    const away = begin()
    await away.link()
    Object.assign(away.disk, fault)
    await away.look()
    expect(away.folders()).toMatchObject([{ isFile: true, state: 'gone' }, ...missing])
    expect(away.images().asleep).toEqual([])
  }
})

test('where the browser keeps no handle the file is asked for, and one that holds nothing of it is refused', async () => {
  const page = begin({ hasHandle: false })
  await page.link()
  await page.look()
  const [{ id }] = page.links()
  expect(page.folders()).toMatchObject([{ id, isFile: true, state: 'again', images: inFile.length }, ...missing])
  await expect(page.giveFile(id, fileOf(others))).rejects.toThrowSaying('holds none of the images')
  expect(page.folders()[0].state).toBe('again')
  await page.giveFile(id, fileOf(bytes), page.handle)
  expect(page.folders()).toEqual(missing)
  expect(page.images().asleep).toHaveLength(inFile.length)
  // From now on it has one.
  expect(page.links()).toMatchObject([{ id, handle: page.handle }])
})

test('a file that is written anew meanwhile is opened again; one that went is told', async () => {
  const page = begin()
  await page.link()
  const file = goesStale(bytes)
  vi.spyOn(page.handle, 'getFile').mockResolvedValueOnce(file.file)
  await page.look()
  const [first] = page.images().asleep
  const read = () => first.readVoxels!(new AbortController().signal)
  file.isStale = true
  expect((await read()).voxels[0]).toBe(firstVoxel.get(first.identity.image))

  const gone = begin()
  await gone.link()
  const other = goesStale(bytes)
  vi.spyOn(gone.handle, 'getFile').mockResolvedValueOnce(other.file)
  await gone.look()
  Object.assign(other, { isStale: true })
  gone.disk.isThere = false
  const error: unknown = await gone.images().asleep[0].readVoxels!(new AbortController().signal).catch((reason: unknown) => reason) // prettier-ignore
  expect(say(messageOf(error))).toContain('Study file study.texel.zip cannot be read')
  expect(gone.folders()[0].state).toBe('gone')
})
