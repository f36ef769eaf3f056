import { expect, test } from 'vitest'
import { madeImages, madePatient } from '../../core/study/madeStudy.ts'
import { unnamedStudy } from '../../core/study/unnamedStudy.ts'
import { say } from '../../messages/say.ts'
import { messageOf } from '../../core/messages/message.ts'
import type { KeptLink, KeptPlace } from '../../storage/schema.ts'
import { createFoldersStore } from '../folders.ts'
import { createImagesStore } from '../images.ts'
import { createLinkedFolders } from './linkedFolders.ts'

/** A folder with files by path, as a browser hands it out: what it may be asked for goes by `permission`. */
function fakeFolder(name: string, files: readonly string[]) {
  const state = { permission: 'granted' as PermissionState, answer: 'granted' as PermissionState | 'never', isThere: true }
  const refuse = () => {
    if (!state.isThere) throw new DOMException('no such folder', 'NotFoundError')
    if (state.permission !== 'granted') throw new DOMException('not allowed', 'NotAllowedError')
  }
  const folder = (path: string): unknown => ({
    name: path.split('/').at(-1),
    values: () => ({
      next: async () => {
        refuse()
        return { done: true }
      },
    }),
    queryPermission: async () => state.permission,
    requestPermission: () =>
      state.answer === 'never' ? new Promise(() => undefined) : Promise.resolve((state.permission = state.answer)),
    getDirectoryHandle: async (child: string) => {
      refuse()
      return folder(`${path}/${child}`)
    },
    getFileHandle: async (child: string) => {
      refuse()
      if (!files.includes(`${path}/${child}`)) throw new DOMException('no such file', 'NotFoundError')
      return { getFile: async () => new File([child], child) }
    },
  })
  return { state, handle: folder(name) as FileSystemDirectoryHandle }
}

const patient = madePatient(1)
const records = {
  study: unnamedStudy,
  patients: [patient],
  images: madeImages(patient),
  decisions: [],
  names: {},
  came: new Set<string>(),
}
const paths = records.images.map(({ id }) => `hospital/one/${id}.dcm`)

function begin(about: { readonly given?: boolean; readonly came?: boolean } = {}) {
  const { state, handle } = fakeFolder('hospital', paths)
  const link: KeptLink = { id: 'l', name: 'hospital', handle }
  const places = records.images.map(({ id }, i): KeptPlace => ({
    image: id,
    name: `image ${i}`,
    ...(!(about.given && i === 0) && { link: 'l', files: [{ path: paths[i], size: 1, lastModified: 1 }] }),
  }))
  const images = createImagesStore(async function* () {})
  const folders = createFoldersStore()
  const linked = createLinkedFolders({
    folders,
    kept: { links: async () => [link], places: async () => (about.came ? [] : places), keepPlaces: async () => undefined },
    records: { load: async () => (about.came ? { ...records, came: new Set([patient.id]) } : records) },
    images,
    patienceMs: 5,
  })
  return { state, images, folders: () => folders.getState().folders, ...linked }
}

test('a folder that may be read is connected without a word, and its files are opened when they are wanted', async () => {
  const { look, folders, images } = begin()
  await look()
  expect(folders()).toEqual([])
  const { asleep } = images.getState()
  expect(asleep.map(({ name }) => name)).toEqual(['image 0', 'image 1', 'image 2'])
  expect((await asleep[1].findFiles()).map(({ path }) => path)).toEqual([paths[1]])
})

test('one that has to be allowed asks; a click connects it, a refusal or no answer is told', async () => {
  const { state, look, connect, folders, images } = begin()
  state.permission = 'prompt'
  await look()
  expect(folders()).toEqual([{ id: 'l', name: 'hospital', state: 'asks', images: 3 }])
  expect(images.getState().asleep).toEqual([])
  state.answer = 'never'
  await connect('l')
  expect(folders()[0].state).toBe('refused')
  state.answer = 'denied'
  await connect('l')
  expect(folders()[0].state).toBe('refused')
  state.answer = 'granted'
  await connect('l')
  expect(folders()).toEqual([])
  expect(images.getState().asleep).toHaveLength(3)
})

test('a folder that is not there any more is told, be it after it was connected; permission that ends asks again', async () => {
  const { state, look, folders, images } = begin()
  state.isThere = false
  await look()
  expect(folders()).toMatchObject([{ state: 'gone' }])
  state.isThere = true
  await look()
  const [image] = images.getState().asleep
  state.permission = 'prompt'
  await expect(image.findFiles()).rejects.toThrow()
  expect(folders()).toEqual([{ id: 'l', name: 'hospital', state: 'asks', images: 3 }])
  state.permission = 'granted'
  state.isThere = false
  const error: unknown = await image.findFiles().catch((reason: unknown) => reason)
  expect(say(messageOf(error))).toContain('Folder hospital cannot be read')
  expect(folders()).toMatchObject([{ state: 'gone' }])
})

test('files that were given on an earlier visit are asked for again', async () => {
  const { look, folders } = begin({ given: true })
  await look()
  expect(folders()).toEqual([{ id: null, name: '', state: 'asks', images: 1 }])
})

test('images of a patient who came with a study file are not at hand', async () => {
  const { look, folders } = begin({ came: true })
  await look()
  expect(folders()).toEqual([{ id: null, name: '', state: 'never', images: records.images.length }])
})
