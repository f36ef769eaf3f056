import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOfflineStore, type OfflineMessage } from './offline.ts'

/** What a browser has of service workers, as far as the store looks at it. */
function madeContainer({ controlled = false } = {}) {
  const worker = (state: string) => {
    const made = Object.assign(new EventTarget(), { state, postMessage: vi.fn() })
    return Object.assign(made, { become: (next: string) => (Object.assign(made, { state: next }), made.dispatchEvent(new Event('statechange'))) }) // prettier-ignore
  }
  type Worker = ReturnType<typeof worker>
  const registration = Object.assign(new EventTarget(), {
    active: controlled ? worker('activated') : null,
    waiting: null as Worker | null,
    installing: controlled ? null : (worker('installing') as Worker | null),
    update: async () => {},
  })
  const container = Object.assign(new EventTarget(), {
    controller: controlled ? ({} as ServiceWorker) : null,
    register: vi.fn(async () => registration as unknown as ServiceWorkerRegistration),
  })
  const offer = () => {
    const next = (registration.installing = worker('installing'))
    registration.dispatchEvent(new Event('updatefound'))
    registration.waiting = next
    next.become('installed')
    return next
  }
  return { container, registration, offer, changeController: () => container.dispatchEvent(new Event('controllerchange')) }
}

function open(made: ReturnType<typeof madeContainer> | undefined, mayReload = async () => true, isWhole = async () => true) {
  const reload = vi.fn()
  const told: OfflineMessage[] = []
  const offline = createOfflineStore({ container: made?.container, isWhole, announce: (message) => told.push(message), mayReload, reload }) // prettier-ignore
  return { ...offline, reload, told, state: () => { const { status, update } = offline.store.getState(); return [status, update] } } // prettier-ignore
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const settle = () => vi.advanceTimersByTimeAsync(1500)

test('ready is said when the build is there whole, failed when it is not, nothing where the browser cannot', async () => {
  const made = madeContainer()
  const { store, state, reload } = open(made)
  expect(state()).toEqual(['none', 'none'])
  await store.getState().start()
  expect(state()).toEqual(['getting', 'none'])
  made.registration.installing!.become('installed')
  expect(state()).toEqual(['getting', 'none'])
  made.registration.installing!.become('activated')
  made.changeController()
  expect(state()).toEqual(['ready', 'none'])
  expect(reload).not.toHaveBeenCalled()

  const broken = madeContainer()
  const failed = open(broken)
  await failed.store.getState().start()
  broken.registration.installing!.become('redundant')
  expect(failed.state()).toEqual(['failed', 'none'])

  const refused = madeContainer()
  refused.container.register.mockRejectedValue(new Error('404'))
  const without = open(refused)
  await without.store.getState().start()
  expect(without.state()).toEqual(['failed', 'none'])

  const blocked = madeContainer()
  blocked.container.register.mockResolvedValue(undefined as never)
  const behind = open(blocked)
  await behind.store.getState().start()
  expect(behind.state()).toEqual(['failed', 'none'])

  const none = open(undefined)
  await none.store.getState().start()
  expect(none.state()).toEqual(['none', 'none'])
})

test('a build that was there before is ready only once its worker says that all of it is there still', async () => {
  const worker = madeContainer({ controlled: true })
  let answer = (_: boolean) => {}
  const { store, state } = open(worker, undefined, () => new Promise((resolve) => (answer = resolve)))
  await store.getState().start()
  expect(state()).toEqual(['getting', 'none'])
  answer(true)
  await settle()
  expect(state()).toEqual(['ready', 'none'])

  const without = open(madeContainer({ controlled: true }), undefined, async () => false)
  await without.store.getState().start()
  await settle()
  expect(without.state()).toEqual(['failed', 'none'])
})

test('a newer build waits until it is taken up; then it takes over, and the page is loaded again', async () => {
  const made = madeContainer({ controlled: true })
  const { store, state, reload, told } = open(made)
  await store.getState().start()
  const next = made.offer()
  expect(state()).toEqual(['ready', 'waiting'])
  await settle()
  expect(next.postMessage).not.toHaveBeenCalled()
  void store.getState().takeUpdate()
  expect(state()).toEqual(['ready', 'asking'])
  await settle()
  expect([state(), told]).toEqual([['ready', 'taking'], ['may update?']])
  expect(next.postMessage).toHaveBeenCalledExactlyOnceWith('take over')
  expect(reload).not.toHaveBeenCalled()
  made.changeController()
  expect(reload).toHaveBeenCalledOnce()
})

test('a newer build that breaks on the way changes nothing', async () => {
  const made = madeContainer({ controlled: true })
  const { store, state } = open(made)
  await store.getState().start()
  const next = (made.registration.installing = madeContainer().registration.installing!)
  made.registration.dispatchEvent(new Event('updatefound'))
  next.become('redundant')
  expect(state()).toEqual(['ready', 'none'])
})

test('it is not taken up while work would be lost here, or another tab says so; it may be tried again', async () => {
  const made = madeContainer({ controlled: true })
  let isFree = false
  const { store, state, hear } = open(made, async () => isFree)
  await store.getState().start()
  const next = made.offer()
  void store.getState().takeUpdate()
  await settle()
  expect(state()).toEqual(['ready', 'blocked'])
  isFree = true
  void store.getState().takeUpdate()
  await hear('no update now')
  await settle()
  expect(state()).toEqual(['ready', 'blocked'])
  expect(next.postMessage).not.toHaveBeenCalled()
  void store.getState().takeUpdate()
  await settle()
  expect(next.postMessage).toHaveBeenCalledOnce()
})

test('asked by another tab, a busy one answers, a free one does not', async () => {
  const busy = open(madeContainer({ controlled: true }), async () => false)
  await busy.hear('may update?')
  expect(busy.told).toEqual(['no update now'])
  const free = open(madeContainer({ controlled: true }))
  await free.hear('may update?')
  expect(free.told).toEqual([])
})
