import { expect, test, vi } from 'vitest'
import { createTabClaims } from './claimTab.ts'

type Held = { readonly done: Promise<void> }

/** Web Locks as browsers have them, of one name and one page. */
function createLocks(): Pick<LockManager, 'request'> {
  const held = new Map<string, Held>()
  const request = async (
    name: string,
    { ifAvailable, signal }: LockOptions,
    callback: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    if (ifAvailable && held.has(name)) return callback(null)
    while (held.has(name)) {
      await Promise.race([
        held.get(name)!.done,
        new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve())),
      ])
      if (signal?.aborted) throw signal.reason
    }
    const done = Promise.resolve(callback({ name, mode: 'exclusive' })).then(() => void held.delete(name))
    held.set(name, { done })
    return done
  }
  return { request } as Pick<LockManager, 'request'>
}

test('the second tab is refused, and is told when the first one gives the name back', async () => {
  const locks = createLocks()
  const [first, second] = [createTabClaims(locks).claim, createTabClaims(locks).claim]
  const onFree = vi.fn()
  expect(await first('a', vi.fn())).toBe(true)
  expect(await first('a', vi.fn())).toBe(true)
  expect(await second('a', vi.fn())).toBe(false)
  expect(await second('a', onFree)).toBe(false)
  expect(await first('b', vi.fn())).toBe(true)
  await vi.waitFor(() => expect(onFree).toHaveBeenCalledOnce())
  expect(await second('a', onFree)).toBe(true)
  expect(await first('a', vi.fn())).toBe(false)
})

test('a tab that went on to another image does not take the one it waited for', async () => {
  const locks = createLocks()
  const [first, second, third] = [createTabClaims(locks).claim, createTabClaims(locks).claim, createTabClaims(locks).claim]
  const onFree = vi.fn()
  await first('a', vi.fn())
  await second('a', onFree)
  expect(await second('b', vi.fn())).toBe(true)
  expect(await first('c', vi.fn())).toBe(true)
  await vi.waitFor(async () => expect(await third('a', vi.fn())).toBe(true))
  expect(onFree).not.toHaveBeenCalled()
})

test('without locks nobody is refused', async () => {
  expect(await createTabClaims(undefined).claim('a', vi.fn())).toBe(true)
})

test('whether another tab has a name is told, and does not take it', async () => {
  const locks = createLocks()
  const [first, second] = [createTabClaims(locks), createTabClaims(locks)]
  await first.claim('a', vi.fn())
  expect([await first.isElsewhere('a'), await second.isElsewhere('a')]).toEqual([false, true])
  expect([await first.isElsewhere('b'), await second.isElsewhere('b')]).toEqual([false, false])
  expect(await second.claim('b', vi.fn())).toBe(true)
  expect(await createTabClaims(undefined).isElsewhere('a')).toBe(false)
})

test('names of another kind are other names, and what is given back is free', async () => {
  const locks = createLocks()
  const [roi, study, other] = [createTabClaims(locks), createTabClaims(locks, 'study'), createTabClaims(locks, 'study')]
  expect([await roi.claim('a', vi.fn()), await study.claim('a', vi.fn()), await other.claim('b', vi.fn())]).toEqual([
    true,
    true,
    true,
  ])
  const onFree = vi.fn()
  expect(await other.claim('a', onFree)).toBe(false)
  study.release()
  await vi.waitFor(() => expect(onFree).toHaveBeenCalledOnce())
})
