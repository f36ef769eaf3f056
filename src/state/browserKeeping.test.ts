import { expect, test, vi } from 'vitest'
import { createBrowserKeepingStore } from './browserKeeping.ts'

/** A browser that answers in this way when it is asked to keep everything. */
function browser(answer: boolean, before = false) {
  let persisted = before
  const persist = vi.fn(async () => (persisted = answer))
  return { persist, persisted: async () => persisted, estimate: async () => ({ usage: 1_234_567 }) }
}

test('looking finds out without asking; asking once is asking once', async () => {
  const storage = browser(true)
  const keeping = createBrowserKeepingStore(storage)
  await keeping.getState().look()
  expect(keeping.getState()).toMatchObject({ promise: 'mayDelete', usedBytes: 1_234_567 })
  expect(storage.persist).not.toHaveBeenCalled()
  await keeping.getState().ask()
  await keeping.getState().ask()
  expect(storage.persist).toHaveBeenCalledOnce()
  expect(keeping.getState().promise).toBe('keeps')
})

test('a browser that refuses may be asked again by hand, one that keeps already is not asked', async () => {
  const refusing = browser(false)
  const keeping = createBrowserKeepingStore(refusing)
  await keeping.getState().ask()
  expect(keeping.getState().promise).toBe('mayDelete')
  await keeping.getState().ask({ again: true })
  expect(refusing.persist).toHaveBeenCalledTimes(2)
  const knowing = browser(true, true)
  await createBrowserKeepingStore(knowing).getState().ask()
  expect(knowing.persist).not.toHaveBeenCalled()
})

test('a browser that cannot say is told as that', async () => {
  const deaf = createBrowserKeepingStore(undefined)
  await deaf.getState().ask()
  const broken = createBrowserKeepingStore({ ...browser(true), persisted: () => Promise.reject(new Error('no')) })
  await broken.getState().ask()
  for (const store of [deaf, broken]) expect(store.getState()).toMatchObject({ promise: 'unknown', usedBytes: null })
})
