import { createStore, type StoreApi } from 'zustand/vanilla'

/** Whether the page's files are kept, so that it works without its server, and whether a newer build waits. */
export interface OfflineState {
  /** `none`: this browser, or an address that is neither of this machine nor https, cannot. */
  readonly status: 'none' | 'getting' | 'ready' | 'failed'
  /** `blocked`: something runs, here or in another tab, that a reload would end. */
  readonly update: 'none' | 'waiting' | 'asking' | 'blocked' | 'taking'
  /** Begins to keep the page's files; once a page. */
  start(): Promise<void>
  /** Asks every tab; where nothing would be lost the waiting build takes over, and all tabs load it. */
  takeUpdate(): Promise<void>
}

export type OfflineStore = StoreApi<OfflineState>

export interface OfflineServices {
  /** Missing where `status` is `none`. */
  readonly container:
    | (Pick<ServiceWorkerContainer, 'addEventListener' | 'controller'> & {
        register(url: string, options: RegistrationOptions): Promise<ServiceWorkerRegistration | undefined>
      })
    | undefined
  /** Has a worker take in what it should keep and does not. @returns whether all is there then */
  readonly isWhole: (worker: ServiceWorker) => Promise<boolean>
  readonly announce: (message: OfflineMessage) => void
  /** Keeps what is on the way. @returns whether nothing would be lost or ended by a reload then */
  readonly mayReload: () => Promise<boolean>
  readonly reload: () => void
}

/** What tabs say to each other before a build is taken over. */
export type OfflineMessage = (typeof offlineMessages)[number]
const offlineMessages = ['may update?', 'no update now'] as const

export const isOfflineMessage = (data: unknown): data is OfflineMessage => offlineMessages.some((message) => message === data)

/** Other tabs answer within it, or have nothing against it: one that is asleep draws and computes nothing. */
const answerMs = 1000
/** A page that stays open asks so often whether there is a newer build. */
const lookMs = 3_600_000

/** As `isWhole`, by the worker's own word; one of an earlier build that does not know the question never answers. */
export const askWorker = (worker: ServiceWorker) =>
  new Promise<boolean>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<boolean>) => resolve(data)
    worker.postMessage('take missing', [port2])
  })

export function createOfflineStore({ container, isWhole, announce, mayReload, reload }: OfflineServices) {
  let registration: ServiceWorkerRegistration | undefined
  let isRefused = false

  const store = createStore<OfflineState>()((set, get) => {
    /** Of the first build, until it is there; of a newer one, until it waits. */
    function follow(worker: ServiceWorker, isFirst: boolean) {
      const look = () => {
        if (worker.state === 'activated' && isFirst) set({ status: 'ready' })
        if (worker.state === 'installed' && !isFirst) set({ update: 'waiting' })
        // A newer build that could not be taken whole changes nothing: this one goes on.
        if (worker.state === 'redundant' && isFirst) set({ status: 'failed' })
      }
      look()
      worker.addEventListener('statechange', look)
    }

    return {
      status: 'none',
      update: 'none',
      async start() {
        if (!container || get().status !== 'none') return
        set({ status: 'getting' })
        // The first build that takes a page that had none ends nothing.
        let hadController = container.controller !== null
        container.addEventListener('controllerchange', () => {
          if (hadController) reload()
          hadController = true
        })
        try {
          registration = await container.register('./sw.js', { updateViaCache: 'none' })
        } catch {
          // It is said on screen; the page works as long as its server does.
          return set({ status: 'failed' })
        }
        // Where something stands in front of the browser's own, nothing comes back.
        if (!registration) return set({ status: 'failed' })
        const { active, waiting, installing } = registration
        if (active) void isWhole(active).then((whole) => set({ status: whole ? 'ready' : 'failed' }))
        if (waiting) follow(waiting, !active)
        if (installing) follow(installing, !active)
        registration.addEventListener('updatefound', () => follow(registration!.installing!, !registration!.active))
        setInterval(() => void registration!.update().catch(() => {}), lookMs)
      },
      async takeUpdate() {
        if (!registration?.waiting) return
        set({ update: 'asking' })
        isRefused = false
        announce('may update?')
        const [may] = await Promise.all([mayReload(), new Promise((resolve) => setTimeout(resolve, answerMs))])
        if (!may || isRefused) return set({ update: 'blocked' })
        set({ update: 'taking' })
        registration.waiting.postMessage('take over')
      },
    }
  })

  return {
    store,
    /** What another tab says. */
    async hear(message: OfflineMessage) {
      if (message === 'no update now') isRefused = true
      else if (!(await mayReload())) announce('no update now')
    },
  }
}
