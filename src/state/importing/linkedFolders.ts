import { DataError } from '../../core/messages/message.ts'
import { groupBy } from '../../core/numeric/groupBy.ts'
import type { StudyImage } from '../../core/study/study.ts'
import { folderOf } from '../../io/sourceFile.ts'
import type { ImportStore } from '../../storage/importStore.ts'
import type { PatientRecordStore } from '../../storage/patientRecordStore.ts'
import { fileFromBlob } from '../../io/sourceFile.ts'
import { programServer } from '../../io/programServer.ts'
import type { StudyFile } from '../../io/studyFile/openStudyFile.ts'
import type { FiledImage } from '../../io/studyFile/recordsFile.ts'
import { randomId } from '../../storage/newPatient.ts'
import type { FileRef, KeptFileLink, KeptFolderLink, KeptLink, KeptPlace } from '../../storage/schema.ts'
import type { FoldersStore, StudyFolder } from '../folders.ts'
import type { ImagesState, ListedImageFiles, NamedFile } from '../images.ts'
import { told } from '../messages.ts'
import type { Readable } from '../readable.ts'

export interface LinkedFoldersServices {
  readonly folders: FoldersStore
  readonly kept: Pick<ImportStore, 'links' | 'places' | 'keepPlaces'>
  readonly records: Pick<PatientRecordStore, 'load'>
  readonly images: Readable<Pick<ImagesState, 'addListed' | 'asleep' | 'volumes'>>
  /** Milliseconds that a browser is given to ask whether a folder may be read. */
  readonly patienceMs?: number
}

/** A browser asks again on every visit unless somebody said otherwise; the lists of names of TypeScript do not know of it yet. */
type AskingHandle = FileSystemHandle & {
  queryPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>
  requestPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>
}

/** One click may bring up a question of the browser that nobody sees: it is not waited for without end. */
const patience = 60_000

const loadReader = () => programServer.load(() => import('../../io/studyFile/openStudyFile.ts'))

/** Folders, and study files with images, that stay where they are: the browser holds their handles, and reads an image when it is wanted. */
export function createLinkedFolders({ folders, kept, records, images, patienceMs = patience }: LinkedFoldersServices) {
  /** How many images a link has. */
  const counts = new Map<string, number>()
  const tell = ({ id, name, kind }: KeptLink, state: StudyFolder['state'] | 'connected') => {
    const others = folders.getState().folders.filter((one) => one.id !== id)
    const about = { id, name, images: counts.get(id) ?? 0, ...(kind && { isFile: true as const }) }
    const own: StudyFolder[] = state === 'connected' ? [] : [{ ...about, state }]
    folders.setState({ folders: [...own, ...others] })
  }

  /** Not at hand by other ways, such as a folder that was given on this visit. */
  const isMissing = () => {
    const { asleep, volumes } = images.getState()
    const there = new Set([
      ...asleep.map(({ identity }) => identity.image),
      ...volumes.flatMap(({ volume }) => volume.source.identity?.image ?? []),
    ])
    return ({ image }: Pick<KeptPlace, 'image'>) => !there.has(image)
  }

  function asListed({ image, name, files = [] }: KeptPlace, link: KeptFolderLink, record: StudyImage): ListedImageFiles {
    const { grid, content } = record
    const path = files.length === 1 ? files[0].path : folderOf(files[0]?.path ?? '')
    return {
      name,
      volume: { ...grid, source: { path, format: 'memory' } },
      identity: { image, content },
      warnings: [],
      findFiles: async () => {
        try {
          return await openFiles(link.handle, files)
        } catch (error) {
          tell(link, isForbidden(error) ? 'asks' : 'gone')
          throw new DataError(told('folder-not-there', { folder: link.name }), { cause: error })
        }
      },
    }
  }

  /** @param reopen the file as it is now: one that was written anew cannot be read any more as it was */
  function asFiled(
    filed: FiledImage,
    link: KeptFileLink,
    open: { file: File; study: StudyFile },
    reopen: () => Promise<File>,
  ): ListedImageFiles {
    const { image, file: path, grid, content } = filed
    return {
      volume: { ...grid, source: { path, format: 'memory' } },
      identity: { image, content },
      warnings: [],
      findFiles: async () => [],
      readVoxels: async (signal) => {
        if (!(await isReadable(open.file))) {
          try {
            open.file = await reopen()
            open.study = await readStudyFile(open.file)
          } catch (error) {
            tell(link, isForbidden(error) ? 'asks' : link.handle ? 'gone' : 'again')
            throw new DataError(told('study-file-not-there', { file: link.name }), { cause: error })
          }
        }
        const volume = await open.study.readImage(filed)
        signal.throwIfAborted()
        return volume
      },
    }
  }

  /** @returns whether an image of these lies in the file @throws DataError if it is no study file; DOMException if it cannot be read */
  async function attachFile(
    link: KeptFileLink,
    own: readonly Pick<KeptPlace, 'image'>[],
    file: File,
    reopen: () => Promise<File>,
  ): Promise<boolean> {
    const open = { file, study: await readStudyFile(file) }
    const wanted = new Set(own.map(({ image }) => image))
    const found = open.study.records.imageFiles.filter(({ image }) => wanted.has(image))
    images.getState().addListed(found.map((filed) => asFiled(filed, link, open, reopen)))
    return found.length > 0
  }

  async function attach(link: KeptLink, own: readonly KeptPlace[]): Promise<StudyFolder['state'] | 'connected'> {
    if (link.kind) {
      const { handle } = link
      if (!handle) return 'again'
      try {
        return (await attachFile(link, own, await handle.getFile(), () => handle.getFile())) ? 'connected' : 'gone'
      } catch (error) {
        return isForbidden(error) ? 'asks' : 'gone'
      }
    }
    try {
      await link.handle.values().next()
    } catch (error) {
      return isForbidden(error) ? 'asks' : 'gone'
    }
    const byId = new Map((await records.load()).images.map((image) => [image.id, image]))
    images
      .getState()
      .addListed(own.flatMap((place) => (byId.has(place.image) ? [asListed(place, link, byId.get(place.image)!)] : [])))
    return 'connected'
  }

  async function look(): Promise<void> {
    const [links, places] = await Promise.all([kept.links(), kept.places()])
    const { images: known, came } = await records.load()
    const imported = new Set(known.map(({ id }) => id))
    const missing = places.filter(({ image }) => imported.has(image)).filter(isMissing())
    // Whoever came with a study file came without images.
    const placed = new Set(places.map(({ image }) => image))
    const without = known.filter(({ id, patient }) => came.has(patient) && !placed.has(id)).map(({ id }) => ({ image: id }))
    const byLink = groupBy(missing, ({ link }) => link ?? '')
    for (const [link, own] of groupBy(places, ({ link: id }) => id ?? '')) counts.set(link, own.length)
    const unlinked = (state: StudyFolder['state'], images: number): StudyFolder[] => images > 0 ? [{ id: null, name: '', state, images }] : [] // prettier-ignore
    folders.setState({
      folders: [...unlinked('asks', byLink.get('')?.length ?? 0), ...unlinked('never', without.filter(isMissing()).length)],
    })
    for (const link of links) {
      const own = byLink.get(link.id) ?? []
      if (own.length === 0) continue
      const permission = (await (link.handle as AskingHandle | null)?.queryPermission?.({ mode: 'read' })) ?? 'granted'
      tell(link, permission === 'granted' ? await attach(link, own) : 'asks')
    }
  }

  return {
    /** Connects folders that may be read, and tells of those that a person has to connect. */
    look,

    /** Asks the browser to read the folder again: to be called while a click is handled. */
    async connect(id: string): Promise<void> {
      const link = (await kept.links()).find((one) => one.id === id)
      if (!link) return
      const asked = (link.handle as AskingHandle | null)?.requestPermission?.({ mode: 'read' }) ?? Promise.resolve('granted')
      await Promise.race([asked, new Promise((resolve) => void setTimeout(resolve, patienceMs))])
      // Whether it may be read is seen from reading it.
      const own = (await kept.places()).filter((place) => place.link === id)
      const state = await attach(link, own)
      tell(link, state === 'asks' ? 'refused' : state)
    },

    /** Images of the study lie in this file from now on, unless they lie in a folder. @param handle missing where the browser has none */
    async linkFile({ name }: Pick<File, 'name'>, filed: readonly string[], handle?: FileSystemFileHandle): Promise<void> {
      const placed = new Set((await kept.places()).flatMap(({ image, link }) => (link === undefined ? [] : [image])))
      const own = filed.filter((image) => !placed.has(image))
      if (own.length === 0) return
      const link: KeptFileLink = { id: randomId(), name, kind: 'studyFile', handle: handle ?? null }
      await kept.keepPlaces({ links: [link], places: own.map((image) => ({ image, name: '', link: link.id })) })
    },

    /**
     * A study file that the browser could not read again: its images are at hand for this visit, and later too where it has a handle now.
     * @throws DataError where it is no study file, or holds none of the images
     */
    async giveFile(id: string, file: File, handle?: FileSystemFileHandle): Promise<void> {
      const link = (await kept.links()).find((one) => one.id === id)
      if (link?.kind !== 'studyFile') return
      const own = (await kept.places()).filter((place) => place.link === id)
      const now: KeptFileLink = { ...link, name: file.name, handle: handle ?? null }
      const isOurs = await attachFile(now, own, file, () =>
        handle ? handle.getFile() : Promise.reject(new Error('It was written anew.')),
      )
      if (!isOurs) throw new DataError(told('study-file-of-others', { file: file.name }))
      await kept.keepPlaces({ links: [now], places: [] })
      tell(now, 'connected')
    },
  }
}

const readStudyFile = async (file: File) => (await loadReader()).openStudyFile(fileFromBlob(file.name, file))

/** Not where it was written anew or went since it was opened. */
const isReadable = (file: Blob) => file.slice(0, 1).arrayBuffer().then(() => true, () => false) // prettier-ignore

const isForbidden = (error: unknown) => error instanceof DOMException && error.name === 'NotAllowedError'

/** @throws DOMException where one is not there, or may not be read */
async function openFiles(root: FileSystemDirectoryHandle, files: readonly FileRef[]): Promise<NamedFile[]> {
  const opened = new Map<string, Promise<FileSystemDirectoryHandle>>([[root.name, Promise.resolve(root)]])
  const open = (folder: string): Promise<FileSystemDirectoryHandle> => {
    const known = opened.get(folder)
    if (known) return known
    const found = open(folderOf(folder)).then((above) => above.getDirectoryHandle(folder.slice(folderOf(folder).length + 1)))
    opened.set(folder, found)
    return found
  }
  return Promise.all(
    files.map(async ({ path }) => {
      const folder = folderOf(path)
      const handle = await (await open(folder)).getFileHandle(path.slice(folder.length + 1))
      return { path, file: await handle.getFile(), root }
    }),
  )
}
