import { createStore, type StoreApi } from 'zustand/vanilla'
import { changedVoxelCount, countAddedAndRemoved, revertDifference, splitDifference } from '../core/mask/difference.ts'
import type { Mask } from '../core/mask/mask.ts'
import type {
  ContourJob,
  ContourResult,
  ContourStart,
  MaskBridge,
  MaskJob,
  MaskResult,
  OpenContour,
} from '../../workers/maskBridge.ts'
import type { DrawOverState } from './drawOver.ts'
import type { Watched } from './readable.ts'
import type { RoiStore } from './roi.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { told } from './messages.ts'

export type OperationRun =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly action: string; readonly percent: number | null }
  | {
      readonly status: 'preview'
      readonly action: string
      /** As far as it may be drawn over what is there. */
      readonly result: MaskResult
      /** Voxels that it would have changed else. */
      readonly heldBack: number
      /** Null unless it is a contour, which can go on. */
      readonly contour: ContourRun | null
    }
  /** Nothing came of it, and why: in words of the screen's, or as what failed tells it. */
  | { readonly status: 'told'; readonly action: string; readonly kind: 'info' | 'error'; readonly text: string | Message }

/** A contour under preview, with what it was started with. */
export interface ContourRun extends Pick<ContourStart, 'setup' | 'speed'> {
  readonly rounds: number
  readonly changedVoxels: number
  readonly isEvolving: boolean
}

export interface MaskOperationState {
  readonly run: OperationRun
  /** Runs an operation on the region in hand and previews what it makes; ends the one before. @param action as undo names it */
  start(action: string, job: MaskJob): Promise<void>
  /** @returns false where it was refused, e.g. because the ROI is locked, and where it failed */
  startContour(action: string, job: ContourJob): Promise<boolean>
  /** Lets the contour under preview evolve by so many rounds; `Infinity`: until it stands or is stopped. */
  evolve(rounds: number): Promise<void>
  stopEvolving(): void
  /** What is previewed takes the place of the region; undo brings that back. @returns whether there was a preview */
  accept(): boolean
  /** Ends what runs and forgets what is previewed; the region stays as it is. @returns whether there was anything */
  cancel(): boolean
  /** Says why an operation cannot begin. */
  tell(action: string, text: string): void
}

export type MaskOperationStore = StoreApi<MaskOperationState>

/** Rounds between two pictures of a contour that evolves. */
const roundsAPicture = 2
/** A contour that has not come to stand by then runs away. */
const mostRounds = 400

/** One mask operation at a time, from its start to its preview to its place in the history. */
export function createMaskOperationStore(
  bridge: MaskBridge,
  roi: RoiStore,
  drawOver: Watched<Pick<DrawOverState, 'accepts' | 'drawOver'>>,
): MaskOperationStore {
  let abort = new AbortController()
  let contour: OpenContour | undefined
  /** Counts calls of `evolve`, so that a new one ends the one before. */
  let evolution = 0
  /** What is previewed, before it was kept from anything. */
  let found: MaskResult | undefined

  const holdBack = (result: MaskResult) => {
    const accepts = drawOver.getState().accepts()
    if (!accepts) return { result, heldBack: 0 }
    const { accepted, refused } = splitDifference(result.difference, accepts)
    const voxels = result.voxels.slice()
    revertDifference(voxels, refused)
    const held = { voxels, difference: accepted, ...countAddedAndRemoved(accepted) }
    return { result: held, heldBack: changedVoxelCount(refused) }
  }

  return createStore<MaskOperationState>()((set, get) => {
    const end = () => {
      abort.abort(new Error('The operation was cancelled.'))
      contour?.close()
      contour = found = undefined
    }
    /** @returns the region and a signal that aborts when this operation is over */
    const begin = (action: string): { readonly mask: Mask; readonly signal: AbortSignal } | undefined => {
      const { open } = roi.getState()
      if (!open || roi.getState().refuseLocked()) return undefined
      end()
      abort = new AbortController()
      set({ run: { status: 'running', action, percent: null } })
      return { mask: open.mask, signal: abort.signal }
    }
    const fail = (action: string, error: unknown) => {
      end()
      set({ run: { status: 'told', action, kind: 'error', text: messageOf(error) } })
    }
    const show = (action: string, result: MaskResult, contour: ContourRun | null) => {
      found = result
      set({ run: { status: 'preview', action, ...holdBack(result), contour } })
    }
    const showContour = (action: string, result: ContourResult, isEvolving: boolean) => {
      const { rounds, changedVoxels } = result
      const { setup, speed } = contour!.start
      show(action, result, { rounds, changedVoxels, isEvolving, setup, speed })
    }
    const mustKeepOn = (since: number) => {
      const { run } = get()
      return since === evolution && run.status === 'preview' && run.contour?.isEvolving === true
    }

    roi.subscribe((state, before) => {
      const { run } = get()
      if (state.revision === before.revision && state.open === before.open) return
      if (run.status === 'idle' || run.status === 'told') {
        if (run.status === 'told') set({ run: { status: 'idle' } })
        return
      }
      end()
      const isSameImage = state.open?.imageId === before.open?.imageId
      const text = told('operation-dropped', {})
      set({ run: isSameImage ? { status: 'told', action: run.action, kind: 'info', text } : { status: 'idle' } })
    })

    drawOver.subscribe((state, before) => {
      const { run } = get()
      if (state.drawOver !== before.drawOver && run.status === 'preview' && found) set({ run: { ...run, ...holdBack(found) } })
    })

    return {
      run: { status: 'idle' },

      async start(action, job) {
        const begun = begin(action)
        if (!begun) return
        const { mask, signal } = begun
        try {
          const result = await bridge.run(mask, job, signal, (percent) => {
            if (!signal.aborted) set({ run: { status: 'running', action, percent } })
          })
          if (signal.aborted) return
          if (result.added + result.removed > 0) show(action, result, null)
          else set({ run: { status: 'told', action, kind: 'info', text: told('operation-changes-nothing', {}) } })
        } catch (error) {
          if (!signal.aborted) fail(action, error)
        }
      },

      async startContour(action, job) {
        const begun = begin(action)
        if (!begun) return false
        const { mask, signal } = begun
        try {
          const started = await bridge.startContour(mask, job, signal)
          if (signal.aborted) {
            started.close()
            return true
          }
          contour = started
          showContour(action, started.start, false)
        } catch (error) {
          if (signal.aborted) return true
          fail(action, error)
          return false
        }
        return true
      },

      async evolve(rounds) {
        const { run } = get()
        const evolving = contour
        if (!evolving || run.status !== 'preview' || !run.contour || run.contour.isEvolving) return
        const { signal } = abort
        const { action } = run
        const since = ++evolution
        set({ run: { ...run, contour: { ...run.contour, isEvolving: true } } })
        try {
          for (let left = rounds; left > 0 && mustKeepOn(since); left -= roundsAPicture) {
            const result = await evolving.evolve(Math.min(left, roundsAPicture))
            if (signal.aborted || since !== evolution) return
            const goesOn = mustKeepOn(since) && left > roundsAPicture && result.changedVoxels > 0 && result.rounds < mostRounds
            showContour(action, result, goesOn)
          }
        } catch (error) {
          if (!signal.aborted) fail(action, error)
        }
      },

      stopEvolving() {
        const { run } = get()
        if (run.status === 'preview' && run.contour) set({ run: { ...run, contour: { ...run.contour, isEvolving: false } } })
      },

      accept() {
        const { run } = get()
        if (run.status !== 'preview') return false
        // It stays to be looked at, and to be accepted when the region is unlocked.
        if (roi.getState().refuseLocked()) return true
        end()
        set({ run: { status: 'idle' } })
        // All of it was held back.
        if (run.result.difference.starts.length === 0) return true
        try {
          roi.getState().makeChange(run.action, run.result.difference)
        } catch (error) {
          // A stroke was begun while the operation read the mask, and given up.
          fail(run.action, error)
        }
        return true
      },

      cancel() {
        if (get().run.status === 'idle') return false
        end()
        set({ run: { status: 'idle' } })
        return true
      },

      tell(action, text) {
        end()
        set({ run: { status: 'told', action, kind: 'error', text } })
      },
    }
  })
}
