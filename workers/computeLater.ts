import { tell } from '../src/io/messages.ts'
import { keepLoaded } from '../src/io/keepLoaded.ts'
import { programServer } from '../src/io/programServer.ts'
import type { ComputeBridge } from './computeBridge.ts'

/** The compute bridge of the page as a part that is loaded when something is computed for the first time. @param version of this program */
export function computeLater(version: string): Omit<ComputeBridge, 'close'> {
  let bridge: ComputeBridge | undefined
  const { get } = keepLoaded(async () => {
    const { createBrowserCompute } = await import('./browserCompute.ts').catch(async (error: unknown) => {
      throw await programServer.describe(tell('not-loaded', { part: 'kernels', why: String(error) }))
    })
    return (bridge = createBrowserCompute(version))
  })
  return {
    extract: async (...asked) => (await get()).extract(...asked),
    countGreyLevels: async (...asked) => (await get()).countGreyLevels(...asked),
    workerCount: () => bridge?.workerCount() ?? 0,
  }
}
