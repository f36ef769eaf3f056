import { randomId } from './newPatient.ts'
import type { Database, KeptImage, KeptOpenedPlace } from './schema.ts'

/** A file by its path inside what was dropped or chosen. */
interface OpenedFile {
  readonly path: string
  readonly file: Blob
}

/** What was opened at once, as far as it is open still. */
export interface Opening {
  readonly files: readonly OpenedFile[]
  /** By `KeptOpenedPlace.key`: what else these files hold was closed. */
  readonly kinds: ReadonlyMap<string, Pick<KeptImage, 'kind' | 'maskHint'>>
}

/** An image and where it was found. */
type OpenedImage = Omit<KeptImage, 'key' | 'files'> & Omit<KeptOpenedPlace, 'opened'>
type Opened = KeptImage & { readonly place: KeptOpenedPlace }

/** The files of open images, from one session to the next. */
export interface OpenedStore {
  /** @throws if the browser does not take the files; nothing of the image is kept then */
  keep(image: OpenedImage, files: readonly OpenedFile[]): Promise<void>
  /** What a person says of it. */
  setKind(key: string, kind: KeptImage['kind']): Promise<void>
  /** Files that hold no other open image go with it, but those of a series stay while a part of it is open. */
  remove(key: string): Promise<void>
  /** In the order of opening. */
  list(): Promise<Opening[]>
  /** Gives up what was opened first. @returns its keys; none where there was nothing */
  makeRoom(): Promise<readonly string[]>
}

export function createOpenedStore(database: Database): OpenedStore {
  const { openedImages: images, openedPlaces: places, openedFiles: files } = database
  const stores = [images, places, files]
  /** Files that hold several images are kept once. */
  const ids = new WeakMap<Blob, number>()

  /** In the order of opening. */
  async function listOpened(): Promise<Opened[]> {
    const placeOf = new Map((await places.toArray()).map((place) => [place.opened, place]))
    return (await images.orderBy('openedAt').toArray()).map((image) => ({ ...image, place: placeOf.get(image.key)! }))
  }

  async function removeAll(gone: readonly Opened[]) {
    await images.bulkDelete(gone.map(({ key }) => key))
    await places.bulkDelete(gone.map(({ place }) => place.key))
    await removeFiles(gone)
  }

  /** Those that no image has any more. */
  async function removeFiles(gone: readonly KeptImage[]) {
    const used = new Set((await images.toArray()).flatMap((one) => one.files))
    await files.bulkDelete(gone.flatMap((one) => one.files).filter((id) => !used.has(id)))
  }

  return {
    async keep({ key, path, ...image }, opened) {
      const known = opened.flatMap(({ file }) => ids.get(file) ?? [])
      const kept = await database.transaction('rw', stores, async () => {
        const there = new Set(await files.where('id').anyOf(known).primaryKeys())
        const own: number[] = []
        for (const { path, file } of opened) {
          const id = ids.get(file)
          own.push(id !== undefined && there.has(id) ? id : await files.add({ path, file }))
        }
        const place = await places.get(key)
        const before = place && (await images.get(place.opened))
        const id = place?.opened ?? randomId()
        await places.put({ key, ...(path !== undefined && { path }), opened: id })
        await images.put({ ...image, key: id, files: own })
        if (before) await removeFiles([before])
        return own
      })
      opened.forEach(({ file }, i) => ids.set(file, kept[i]))
    },
    setKind: (key, kind) =>
      database.transaction('rw', stores, async () => {
        const place = await places.get(key)
        if (place) await images.update(place.opened, { kind, maskHint: undefined })
      }),
    remove: (key) =>
      database.transaction('rw', stores, async () => {
        const all = await listOpened()
        const gone = all.find(({ place }) => place.key === key)
        if (!gone) return
        const sister = all.find((one) => one !== gone && one.opening === gone.opening && one.place.path === gone.place.path)
        if (sister) await images.update(sister.key, { files: [...new Set([...sister.files, ...gone.files])] })
        await removeAll([gone])
      }),
    list: () =>
      database.transaction('r', stores, async () => {
        const openings = new Map<string, Opened[]>()
        for (const image of await listOpened()) openings.set(image.opening, [...(openings.get(image.opening) ?? []), image])
        return Promise.all(
          [...openings.values()].map(async (own): Promise<Opening> => {
            const found = await files.bulkGet([...new Set(own.flatMap((image) => image.files))].sort((a, b) => a - b))
            const there = found.flatMap((one) => one ?? [])
            for (const { id, file } of there) ids.set(file, id)
            return {
              files: there.map(({ path, file }) => ({ path, file })),
              kinds: new Map(own.map((image) => [image.place.key, image])),
            }
          }),
        )
      }),
    makeRoom: () =>
      database.transaction('rw', stores, async () => {
        const all = await listOpened()
        const gone = all.filter(({ opening }) => opening === all[0].opening)
        await removeAll(gone)
        return gone.map(({ place }) => place.key)
      }),
  }
}
