import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ListedVolume } from '../core/cohort/clusterPhases.ts'
import type { Volume } from '../core/image/volume.ts'
import { DataError, messageOf, type Message } from '../core/messages/message.ts'
import { told } from './messages.ts'
import type { MaskHint } from '../core/mask/looksLikeMask.ts'
import type { SeenSlice } from '../io/dicom/readSeries.ts'
import { imageKey } from '../storage/imageKey.ts'
import type { Opening } from '../storage/openedStore.ts'

/** A file as it was chosen: its path inside the folder that was given, and its content. */
export interface NamedFile {
  readonly path: string
  readonly file: Blob
  /** The folder that was given with it, where the browser may read it again. */
  readonly root?: FileSystemDirectoryHandle
  /** Its own, where it came alone and the browser may read it again. */
  readonly handle?: FileSystemFileHandle
}

export type ReadOutcome =
  /** `isMask`: a guess from its values. `maskHint`: why to ask where it says no. `files`: those that hold it. */
  | {
      readonly volume: Volume
      readonly warnings: readonly Message[]
      readonly isMask: boolean
      readonly maskHint?: MaskHint | undefined
      readonly files: readonly NamedFile[]
    }
  /** A file or series that cannot be used. */
  | { readonly path: string; readonly series?: string; readonly phase?: string; readonly error: Message }

export interface ReadProgress {
  /** Whole files and series, and the part of the one that is being read. */
  readonly done: number
  /** 0 until it is known. */
  readonly total: number
  readonly step: Message
  /** A slice of the series that is being read, to be looked at meanwhile. */
  readonly seen?: SeenSlice
}

export type ReadFiles = (
  files: readonly NamedFile[],
  options: { readonly signal: AbortSignal; readonly onProgress: (progress: ReadProgress) => void },
) => AsyncIterable<ReadOutcome>

export interface FoundVolume {
  readonly id: string
  readonly name: string
  readonly volume: Volume
  readonly warnings: readonly Message[]
  /** A guess from the voxels that the user may overrule. */
  readonly kind: 'image' | 'mask'
  /** Why it may be a mask although it is taken for an image, until a person has said what it is. */
  readonly maskHint?: MaskHint
  /** Which opening brought it: volumes of equal paths are of one file only within one. */
  readonly opening: number
  /** Those that hold it, maybe with others. */
  readonly files: readonly NamedFile[]
  /** Tells it again, by its content and path, when its files are read another time; null where no file holds it. */
  readonly keptAs: string | null
  /** An earlier session had it open. */
  readonly isRestored: boolean
  /** Of an image that lies in a study file. @throws DataError where it is not at hand, or damaged; the signal's reason */
  readonly readVoxels?: (signal: AbortSignal) => Promise<Volume>
}

/** An image whose voxels were put away, or not read yet, and can be read from its files. */
export interface SleepingImage extends Omit<FoundVolume, 'volume' | 'files'> {
  readonly volume: ListedVolume
  /** See `VolumeIdentity`; the content is null until it was read once. */
  readonly identity: { readonly image: string; readonly content: string | null }
  /** Those that hold it, maybe with others. @throws DataError where they are not at hand */
  findFiles(): Promise<readonly NamedFile[]>
}

/** An image as an import lists it. */
export type ListedImageFiles = Pick<SleepingImage, 'volume' | 'identity' | 'findFiles' | 'warnings' | 'readVoxels'> & {
  /** Missing where series and files name it. */
  readonly name?: string
}

export interface FileProblem {
  readonly path: string
  readonly reason: Message
}

export type Reading =
  | { readonly status: 'idle' }
  | (Omit<ReadProgress, 'step'> & {
      readonly status: 'running'
      /** Of what was chosen, in the user's words. */
      readonly name: string
      /** Missing at first. */
      readonly step?: Message
      readonly runId: number
      /** What an earlier session had open: anything else goes before it. */
      readonly isRestoring: boolean
    })

export interface ImagesState {
  readonly reading: Reading
  /** What was dropped or picked meanwhile and is read after it, in the user's words. */
  readonly waiting: readonly string[]
  readonly volumes: readonly FoundVolume[]
  /** Off the list to make room: `wake` puts them back. */
  readonly asleep: readonly SleepingImage[]
  readonly problems: readonly FileProblem[]
  /** The image that is shown and drawn on. */
  readonly imageId: string | null
  /**
   * Reads what was dropped or picked, after what was before it; what was found before stays, also where it is found again.
   * Resolves to the volumes that are there for it, none where it was cancelled.
   */
  addFiles(files: readonly NamedFile[]): Promise<readonly FoundVolume[]>
  /** Reads again what an earlier session had open, whenever nothing else is read, until it is cancelled. */
  restore(openings: readonly Opening[]): Promise<void>
  /** Ends what is read, and what waits after it: one act of the user's for all that is named where it is told how far reading is. */
  cancelReading(): void
  chooseImage(id: string): void
  /** What a person says that it is. */
  setKind(id: string, kind: FoundVolume['kind']): void
  /** Tells a problem that came before the reader, e.g. files that could not be taken. */
  addProblem(problem: FileProblem): void
  dismissProblems(): void
  remove(id: string): void
  /** An image that the program made comes on the list, beside the one whose patient and place it has; no other session will have it. */
  addMade(volume: Volume, of: Pick<FoundVolume, 'opening'>): FoundVolume
  /** Gives the voxels of an image back to memory, if its files hold them. @returns whether they do */
  sleep(id: string): boolean
  /** Images that were listed, to be read when they are wanted; of those that are there already the files are at hand again. */
  addListed(images: readonly ListedImageFiles[]): void
  /** Images that were listed are none of the study any more. @param images IDs of their files' content */
  removeListed(images: ReadonlySet<string>): void
  /** Reads it again, beside whatever else is read. @returns undefined where it is not asleep, or cannot be read: a problem says why */
  wake(id: string): Promise<FoundVolume | undefined>
}

export type ImagesStore = StoreApi<ImagesState>

/** Why a reading ended that the user ended. */
const cancelled = new Error('Cancelled.')

export function createImagesStore(readFiles: ReadFiles): ImagesStore {
  let lastRun = 0
  /** Counts down: an import ends nothing that is read. */
  let lastListing = 0
  let lastVolume = 0
  let lastCancel = 0
  let abort = new AbortController()
  let last: Promise<unknown> = Promise.resolve()

  return createStore<ImagesState>()((set, get, store) => {
    /** Ends what is read now. @param kinds only these are taken, as they were; all where it is missing */
    async function read(files: readonly NamedFile[], kinds?: Opening['kinds']) {
      abort.abort()
      abort = new AbortController()
      const { signal } = abort
      const runId = ++lastRun
      const isCurrent = () => runId === lastRun
      const isRestoring = kinds !== undefined
      const name = nameFiles(files)
      const added: FoundVolume[] = []
      set({ reading: { status: 'running', runId, isRestoring, name, done: 0, total: 0 } })
      const onProgress = (progress: ReadProgress) => {
        if (isCurrent()) set({ reading: { status: 'running', runId, isRestoring, name, ...progress } })
      }
      try {
        for await (const outcome of readFiles(files, { signal, onProgress })) {
          if (!isCurrent()) break
          if ('error' in outcome) {
            set({
              problems: [
                ...get().problems,
                { path: [outcome.path, outcome.series, outcome.phase].filter(Boolean).join(', '), reason: outcome.error },
              ],
            })
            continue
          }
          const found = describeVolume(outcome, `volume-${lastVolume + 1}`, runId, kinds)
          if (!found) continue
          const isSame = ({ keptAs }: Pick<FoundVolume, 'keptAs'>) => keptAs !== null && keptAs === found.keptAs
          const known = get().volumes.find(isSame)
          added.push(known ?? found)
          if (known) continue
          set({ asleep: get().asleep.filter((one) => !isSame(one)) })
          lastVolume++
          set({ volumes: [...get().volumes, found] })
        }
      } catch (error) {
        if (isCurrent()) set({ problems: [...get().problems, { path: name, reason: messageOf(error) }] })
      } finally {
        if (isCurrent()) set({ reading: { status: 'idle' } })
      }
      return { added, isWhole: isCurrent(), isCancelled: signal.reason === cancelled }
    }

    async function wakeNow(id: string): Promise<FoundVolume | undefined> {
      const sleeping = get().asleep.find((one) => one.id === id)
      if (!sleeping) return undefined
      try {
        const { volume, files } = await readAgain(readFiles, sleeping)
        const { asleep, volumes } = get()
        // Taken off the list, or found anew, meanwhile.
        if (!asleep.includes(sleeping)) return volumes.find((one) => one.id === id)
        const found = { ...aboutOf(sleeping), volume, files, keptAs: keptAsOf(volume) }
        set({ volumes: [...volumes, found], asleep: asleep.filter((one) => one !== sleeping) })
        return found
      } catch (error) {
        set({ problems: [...get().problems, { path: sleeping.name, reason: messageOf(error) }] })
        return undefined
      }
    }
    const waking = new Map<string, Promise<FoundVolume | undefined>>()

    async function untilIdle() {
      while (get().reading.status !== 'idle' || get().waiting.length > 0)
        await new Promise<void>((resolve) => {
          const stop = store.subscribe(() => {
            stop()
            resolve()
          })
        })
    }

    return {
      reading: { status: 'idle' },
      waiting: [],
      volumes: [],
      asleep: [],
      problems: [],
      imageId: null,

      async addFiles(files) {
        const cancelBefore = lastCancel
        set({ waiting: [...get().waiting, nameFiles(files)] })
        const turn = last.then(() => {
          if (lastCancel !== cancelBefore) return undefined
          set({ waiting: get().waiting.slice(1) })
          return read(files)
        })
        last = turn
        const done = await turn
        return done?.isWhole ? done.added : []
      },

      async restore(openings) {
        for (const { files, kinds } of openings) {
          for (let isDone = false; !isDone;) {
            await untilIdle()
            const { isWhole, isCancelled } = await read(files, kinds)
            if (isCancelled) return
            // Else other files came first.
            isDone = isWhole
          }
        }
      },

      cancelReading() {
        lastRun++
        lastCancel++
        abort.abort(cancelled)
        set({ reading: { status: 'idle' }, waiting: [] })
      },

      chooseImage: (id) => set({ imageId: id }),
      setKind(id, kind) {
        const said = ({ maskHint: _, ...found }: FoundVolume): FoundVolume => ({ ...found, kind })
        set({ volumes: get().volumes.map((found) => (found.id === id ? said(found) : found)) })
      },
      addProblem: (problem) => set({ problems: [...get().problems, problem] }),
      dismissProblems: () => set({ problems: [] }),
      remove: (id) =>
        set({ volumes: get().volumes.filter((found) => found.id !== id), imageId: get().imageId === id ? null : get().imageId }),

      addMade(volume, { opening }) {
        const made: FoundVolume = {
          id: `volume-${++lastVolume}`,
          name: nameOf(volume),
          volume,
          warnings: [],
          kind: 'image',
          opening,
          files: [],
          keptAs: null,
          isRestored: false,
        }
        set({ volumes: [...get().volumes, made] })
        return made
      },

      sleep(id) {
        const { volumes, asleep, imageId } = get()
        const found = volumes.find((one) => one.id === id)
        if (!found || (found.files.length === 0 && !found.readVoxels) || !found.volume.source.identity) return false
        set({
          volumes: volumes.filter((one) => one !== found),
          asleep: [...asleep, putAway(found)],
          imageId: imageId === id ? null : imageId,
        })
        return true
      },

      addListed(listed) {
        const { volumes, asleep } = get()
        const isOpen = new Set(volumes.map(({ volume }) => volume.source.identity?.image))
        const byImage = new Map(listed.map((one) => [one.identity.image, one]))
        const again = asleep.map((one) => {
          const found = byImage.get(one.identity.image)
          if (!found) return one
          const { identity, findFiles, readVoxels } = found
          return { ...withoutReader(one), identity, findFiles, ...(readVoxels && { readVoxels }) }
        })
        const known = new Set(asleep.map(({ identity }) => identity.image))
        const news = [...byImage.values()].filter(({ identity: { image } }) => !isOpen.has(image) && !known.has(image))
        const opening = --lastListing
        const added = news.map((one): SleepingImage => ({
          ...one,
          id: `volume-${++lastVolume}`,
          name: one.name ?? nameOf(one.volume),
          kind: 'image',
          opening,
          keptAs: null,
          isRestored: false,
        }))
        set({ asleep: [...again, ...added] })
      },

      removeListed(gone) {
        const { volumes, asleep, imageId } = get()
        const left = volumes.filter(({ volume: { source } }) => !source.identity || !gone.has(source.identity.image))
        set({
          volumes: left,
          asleep: asleep.filter(({ identity }) => !gone.has(identity.image)),
          imageId: left.some(({ id }) => id === imageId) ? imageId : null,
        })
      },

      wake(id) {
        const own = waking.get(id) ?? wakeNow(id).finally(() => waking.delete(id))
        waking.set(id, own)
        return own
      },
    }
  })
}

const withoutVoxels = ({ voxels: _, ...volume }: Volume): ListedVolume => volume
const withoutReader = ({ readVoxels: _, ...image }: SleepingImage) => image
const aboutOf = ({ findFiles: _, identity: __, ...about }: SleepingImage) => about

function putAway({ volume, files, ...found }: FoundVolume): SleepingImage {
  const { image, content } = volume.source.identity!
  return { ...found, volume: withoutVoxels(volume), identity: { image, content }, findFiles: async () => files }
}

/** @throws DataError if its files are not at hand, or do not hold it any more, by its voxels; the signal's reason */
export async function readAgain(
  readFiles: ReadFiles,
  { volume: listed, identity, name, findFiles, readVoxels }: SleepingImage,
  signal = new AbortController().signal,
): Promise<{ readonly volume: Volume; readonly files: readonly NamedFile[] }> {
  if (readVoxels) return { volume: await readVoxels(signal), files: [] }
  const files = await findFiles()
  let problem: Message | undefined
  for await (const outcome of readFiles(files, { signal, onProgress: () => undefined })) {
    if ('error' in outcome) {
      problem = outcome.error
      continue
    }
    const { volume } = outcome
    const { image, content } = volume.source.identity ?? {}
    if (image !== identity.image || (identity.content !== null && content !== identity.content)) continue
    // Read alone a phase does not know of its sisters: what it was called with them stays.
    const { path, series, phase } = listed.source
    return {
      volume: { ...volume, source: { ...volume.source, path, ...(series && { series }), ...(phase && { phase }) } },
      files,
    }
  }
  throw new DataError(problem ?? told('image-changed', { imageName: name }))
}

/** Several by the folder that they share, as a folder or a sample case that was chosen is called. */
function nameFiles(files: readonly NamedFile[]): string {
  if (files.length === 1) return files[0].path
  const folders = new Set(files.map(({ path }) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')))
  const [folder] = folders
  return folders.size === 1 && folder ? `${folder}, ${files.length} files` : `${files.length} files`
}

function describeVolume(
  { volume, warnings, isMask, maskHint, files }: Exclude<ReadOutcome, { error: Message }>,
  id: string,
  opening: number,
  kinds: Opening['kinds'] | undefined,
): FoundVolume | undefined {
  const keptAs = keptAsOf(volume)
  // An empty channel of a vector mask looks like nothing, but its sisters tell what it is.
  const guess = { kind: isMask || isChannel(volume) ? ('mask' as const) : ('image' as const), maskHint }
  // Of one that comes back a person may have said what it is.
  const known = kinds ? kinds.get(keptAs ?? '') : guess
  if (!known) return undefined
  const about = { kind: known.kind, ...(known.maskHint && { maskHint: known.maskHint }) }
  return { id, name: nameOf(volume), volume, warnings, ...about, opening, files, keptAs, isRestored: kinds !== undefined }
}

const keptAsOf = (volume: Volume) => (volume.source.identity ? `${imageKey(volume)} ${volume.source.path}` : null)

function isChannel({ source }: Volume): boolean {
  return source.phase?.startsWith('channel ') ?? false
}

/** The channels of the vector mask that a volume is one of; none for other volumes. */
export function channelsOf(volumes: readonly FoundVolume[], id: string): readonly FoundVolume[] {
  const one = volumes.find((found) => found.id === id)
  if (!one || !isChannel(one.volume)) return []
  return volumes.filter(({ volume }) => isChannel(volume) && volume.source.path === one.volume.source.path)
}

/** What a user calls the volume: series and phase, or the file with the folder it lies in. */
export function nameOf({ source: { series, phase, path } }: ListedVolume): string {
  const parts = path.split('/').filter(Boolean)
  const file = parts
    .slice(-2)
    .join(' / ')
    .replace(/\.(nii|nii\.gz|nrrd|nhdr|mha|mhd|dcm)$/i, '')
  return [series ?? file, phase].filter(Boolean).join(', ')
}
