import { createStore, type StoreApi } from 'zustand/vanilla'
import type { GreyLevelCount } from '../core/extraction/greyLevels.ts'
import type { Volume } from '../core/image/volume.ts'
import type { Mask } from '../core/mask/mask.ts'
import type { ExtractionParameters } from '../core/parameters/profiles/pyradiomics/parameters.ts'
import type { ExtractionOptions, Progress } from '../../workers/computeBridge.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { tell as tellStep } from '../../workers/messages.ts'

export type CountGreyLevels = (
  image: Volume,
  mask: Mask,
  parameters: ExtractionParameters,
  options: ExtractionOptions,
) => Promise<readonly GreyLevelCount[]>

/** What was counted: another state of the mask or other parameters need another count. */
export interface Counted {
  readonly imageId: string
  readonly maskRevision: number
  readonly parameters: ExtractionParameters
}

export type GreyLevelCheck =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly about: Counted; readonly progress: Progress }
  | { readonly status: 'done'; readonly about: Counted; readonly counts: readonly GreyLevelCount[] }
  | { readonly status: 'failed'; readonly about: Counted; readonly reason: Message }

export interface GreyLevelState {
  readonly check: GreyLevelCheck
  /** Counts unless that is done already; takes the place of a count that is under way. */
  count(image: Volume, mask: Mask, about: Counted): Promise<void>
  /** Ends a count that is under way; what was counted stays. */
  cancel(): void
}

export type GreyLevelStore = StoreApi<GreyLevelState>

/** Grey levels of all images that an extraction would measure, told before it is started. */
export function createGreyLevelStore(count: CountGreyLevels): GreyLevelStore {
  let abort = new AbortController()
  return createStore<GreyLevelState>()((set, get) => ({
    check: { status: 'idle' },
    async count(image, mask, about) {
      if (isCountOf(get().check, about)) return
      abort.abort()
      abort = new AbortController()
      const { signal } = abort
      const tell = (check: GreyLevelCheck) => {
        if (!signal.aborted) set({ check })
      }
      tell({ status: 'running', about, progress: { done: 0, total: 0, step: tellStep('starting', {}) } })
      try {
        const onProgress = (progress: Progress) => tell({ status: 'running', about, progress })
        tell({ status: 'done', about, counts: await count(image, mask, about.parameters, { signal, onProgress }) })
      } catch (error) {
        tell({ status: 'failed', about, reason: messageOf(error) })
      }
    },
    cancel() {
      abort.abort()
      if (get().check.status === 'running') set({ check: { status: 'idle' } })
    },
  }))
}

export function isCountOf(check: GreyLevelCheck, { imageId, maskRevision, parameters }: Counted): boolean {
  return (
    check.status !== 'idle' &&
    check.about.imageId === imageId &&
    check.about.maskRevision === maskRevision &&
    check.about.parameters === parameters
  )
}
