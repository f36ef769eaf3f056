import { expose } from 'comlink'
import { vi } from 'vitest'

type Api = Record<string, (...sent: never[]) => unknown>

/**
 * Workers and Web Locks of a browser, for tests: each worker runs in the test's own thread behind a message channel, is told by
 * the name of its script, holds a lock while it lives, and can be killed: then it answers nothing more, as a real one.
 */
export function fakeBrowser(apis: Readonly<Record<string, () => object>>) {
  const held = new Map<string, () => void>()
  const started: FakeWorker[] = []
  let toKill: { readonly method: string; left: number; readonly isMeant: (...sent: never[]) => boolean } | undefined

  class FakeWorker extends EventTarget {
    readonly name: string
    readonly holds = `lock ${started.length}`
    isTerminated = false
    readonly channel = new MessageChannel()

    constructor(url: URL) {
      super()
      started.push(this)
      held.set(this.holds, () => {})
      const { port1, port2 } = this.channel
      port1.onmessage = ({ data }: MessageEvent) => this.dispatchEvent(new MessageEvent('message', { data }))
      this.name = /([^/]+)\.worker\.ts$/.exec(url.pathname)![1]
      expose(this.mortal(apis[this.name]() as Api), port2)
      if (fake.serverIsGone) setImmediate(() => this.dispatchEvent(new Event('error')))
      else {
        port2.postMessage({ holds: this.holds })
        if (!fake.neverLoads) port2.postMessage({ isLoaded: true })
      }
    }
    mortal(api: Api): Api {
      const guard = (method: string, call: Api[string]): Api[string] => {
        return (...sent) => {
          if (toKill?.method !== method || toKill.left === 0 || !toKill.isMeant(...sent)) return call(...sent)
          toKill.left--
          this.kill()
          return new Promise(() => {})
        }
      }
      return Object.fromEntries(Object.entries(api).map(([method, call]) => [method, guard(method, call)]))
    }
    postMessage(message: unknown, transferred: Transferable[] = []) {
      this.channel.port1.postMessage(message, transferred)
    }
    terminate() {
      this.isTerminated = true
      this.kill()
    }
    /** As the system kills it: no event, but its lock comes back. */
    kill() {
      this.channel.port1.close()
      const wake = held.get(this.holds)
      held.delete(this.holds)
      wake?.()
    }
  }

  vi.stubGlobal('Worker', FakeWorker)
  vi.stubGlobal('location', { href: 'http://localhost/' })
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('navigator', {
    hardwareConcurrency: 2,
    locks: {
      request: (name: string, { signal }: { signal: AbortSignal }, granted: () => void) =>
        new Promise<void>((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error))
          const give = () => resolve(granted())
          if (held.has(name)) held.set(name, give)
          else give()
        }),
    },
  })
  vi.stubGlobal('fetch', () =>
    fake.serverIsGone ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve({ status: 200 }),
  )
  const fake = {
    /** Then no script of a worker can be loaded either. */
    serverIsGone: false,
    /** Then a worker begins, and is not loaded. */
    neverLoads: false,
    started,
    /** Workers that the page ended, or that were killed. */
    living: () => started.filter(({ holds }) => held.has(holds)),
    /** The next so many workers that are asked for it die of it. @param isMeant by what they are sent */
    killAt(method: string, times: number, isMeant: (...sent: never[]) => boolean = () => true) {
      toKill = { method, left: times, isMeant }
    },
  }
  return fake
}
