import type { Database, KeptImage } from './schema.ts'

/** A file by its path inside what was dropped or chosen. */
interface OpenedFile {
  readonly path: string
  readonly file: Blob
}

/** What was opened at once, as far as it is open still. */
export interface Opening {
  readonly files: readonly OpenedFile[]
  /** By `KeptImage.key`: what else these files hold was closed. */
  readonly kinds: ReadonlyMap<string, Pick<KeptImage, 'kind' | 'maskHint'>>
}

/** The files of open images, from one session to the next. */
export interface OpenedStore {
  /** @throws if the browser does not take the files; nothing of the image is kept then */
  keep(image: Omit<KeptImage, 'files'>, files: readonly OpenedFile[]): Promise<void>
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
  const { openedImages: images, openedFiles: files } = database
  /** Files that hold several images are kept once. */
  const ids = new WeakMap<Blob, number>()

  async function removeAll(gone: readonly KeptImage[]) {
    await images.bulkDelete(gone.map(({ key }) => key))
    await removeFiles(gone)
  }

  /** Those that no image has any more. */
  async function removeFiles(gone: readonly KeptImage[]) {
    const used = new Set((await images.toArray()).flatMap((one) => one.files))
    await files.bulkDelete(gone.flatMap((one) => one.files).filter((id) => !used.has(id)))
  }

  return {
    async keep(image, opened) {
      const known = opened.flatMap(({ file }) => ids.get(file) ?? [])
      const kept = await database.transaction('rw', images, files, async () => {
        const there = new Set(await files.where('id').anyOf(known).primaryKeys())
        const own: number[] = []
        for (const { path, file } of opened) {
          const id = ids.get(file)
          own.push(id !== undefined && there.has(id) ? id : await files.add({ path, file }))
        }
        const before = await images.get(image.key)
        await images.put({ ...image, files: own })
        if (before) await removeFiles([before])
        return own
      })
      opened.forEach(({ file }, i) => ids.set(file, kept[i]))
    },
    async setKind(key, kind) {
      await images.update(key, { kind, maskHint: undefined })
    },
    remove: (key) =>
      database.transaction('rw', images, files, async () => {
        const gone = await images.get(key)
        if (!gone) return
        const sister = (await images.toArray()).find(
          (one) => one.key !== key && one.opening === gone.opening && one.path === gone.path,
        )
        if (sister) await images.update(sister.key, { files: [...new Set([...sister.files, ...gone.files])] })
        await removeAll([gone])
      }),
    list: () =>
      database.transaction('r', images, files, async () => {
        const openings = new Map<string, KeptImage[]>()
        for (const image of await images.orderBy('openedAt').toArray())
          openings.set(image.opening, [...(openings.get(image.opening) ?? []), image])
        return Promise.all(
          [...openings.values()].map(async (own): Promise<Opening> => {
            const found = await files.bulkGet([...new Set(own.flatMap((image) => image.files))].sort((a, b) => a - b))
            const there = found.flatMap((one) => one ?? [])
            for (const { id, file } of there) ids.set(file, id)
            return {
              files: there.map(({ path, file }) => ({ path, file })),
              kinds: new Map(own.map((image) => [image.key, image])),
            }
          }),
        )
      }),
    makeRoom: () =>
      database.transaction('rw', images, files, async () => {
        const first = await images.orderBy('openedAt').first()
        const gone = (await images.toArray()).filter(({ opening }) => opening === first?.opening)
        await removeAll(gone)
        return gone.map(({ key }) => key)
      }),
  }
}
