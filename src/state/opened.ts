import { createStore, type StoreApi } from 'zustand/vanilla'
import { isOutOfRoom } from '../storage/maskStore.ts'
import type { OpenedStore } from '../storage/openedStore.ts'
import type { FoundVolume, ImagesStore } from './images.ts'
import { sayError } from '../messages/say.ts'

export interface OpenedState {
  /** Names of open images that the next session will not have. */
  readonly notKept: readonly string[]
  /** Of the browser; null where it has no room. */
  readonly reason: string | null
  /** Images were found that would not come back if the page closed now. */
  readonly isBehind: boolean
  dismiss(): void
  /** Gives up files of images for what cannot be had again. @returns whether there were any */
  makeRoom(): Promise<boolean>
}

export type OpenedImagesStore = StoreApi<OpenedState>

/** Open images come back with the next session: what is opened is kept when nothing is read, what is closed goes. */
export function createOpenedImagesStore(images: ImagesStore, kept: OpenedStore, now: () => number): OpenedImagesStore {
  const session = crypto.getRandomValues(new Uint32Array(4)).join('-')
  let last: Promise<unknown> = Promise.resolve()

  const opened = createStore<OpenedState>()((set) => ({
    notKept: [],
    reason: null,
    isBehind: false,
    dismiss: () => set({ notKept: [], reason: null }),
    async makeRoom() {
      const gone = await kept.makeRoom()
      if (gone.length === 0) return false
      const isGone = ({ keptAs }: FoundVolume) => keptAs !== null && gone.includes(keptAs)
      const { volumes } = images.getState()
      tellNotKept(
        volumes.filter(isGone).map(({ name }) => name),
        null,
      )
      return true
    },
  }))

  function tellNotKept(names: readonly string[], reason: OpenedState['reason']) {
    opened.setState(({ notKept }) => ({ notKept: [...new Set([...notKept, ...names])], reason }))
  }

  /** One after the other: what is closed is gone, however fast. */
  const queue = (names: readonly string[], work: () => Promise<unknown>) => {
    last = last.then(work).catch((error: unknown) => {
      tellNotKept(names, isOutOfRoom(error) ? null : sayError(error))
    })
  }

  const keep = async ({ id, keptAs, opening, files, volume }: FoundVolume) => {
    // Closed before its turn came, or called a mask.
    const still = images.getState().volumes.find((one) => one.id === id)
    if (!still || keptAs === null) return
    const { kind, maskHint } = still
    const about = { kind, ...(maskHint && { maskHint }), path: volume.source.path }
    await kept.keep({ key: keptAs, ...about, opening: `${session} ${opening}`, openedAt: now() }, files)
  }

  let waiting: FoundVolume[] = []
  let onTheWay = 0
  const tellBehind = () => opened.setState({ isBehind: waiting.length + onTheWay > 0 })
  images.subscribe(({ volumes, asleep, reading }, before) => {
    if (volumes !== before.volumes) {
      // What sleeps is open still.
      const ids = new Set([...volumes, ...asleep].map(({ id }) => id))
      for (const { id, keptAs, name } of before.volumes)
        if (!ids.has(id) && keptAs !== null) queue([name], () => kept.remove(keptAs))
      const earlierById = new Map([...before.asleep, ...before.volumes].map((found) => [found.id, found]))
      for (const found of volumes) {
        const earlier = earlierById.get(found.id)
        if (!earlier && !found.isRestored && found.files.length > 0) waiting.push(found)
        const { keptAs, kind, maskHint, name } = found
        const isSaid = earlier && (earlier.kind !== kind || earlier.maskHint !== maskHint)
        if (isSaid && keptAs !== null) queue([name], () => kept.setKind(keptAs, kind))
      }
    }
    if (reading.status === 'idle') {
      for (const found of waiting)
        queue([found.name], () =>
          keep(found).finally(() => {
            onTheWay--
            tellBehind()
          }),
        )
      onTheWay += waiting.length
      waiting = []
    }
    tellBehind()
  })
  queue([], async () => void images.getState().restore(await kept.list()))
  return opened
}
