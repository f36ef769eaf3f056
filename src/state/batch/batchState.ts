import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Message } from '../../core/messages/message.ts'
import type { BatchRow } from '../../core/study/batchRows.ts'
import type { ReaderId } from '../../core/study/study.ts'
import type { TakenRows } from './takeComputed.ts'

/** A row of this run that did not end well, and why. */
export interface RowFailure {
  readonly row: BatchRow
  readonly reason: Message
}

export interface BatchProgress {
  /** Rows of this run that have ended, well or not. */
  readonly done: number
  readonly of: number
  /** As they came. */
  readonly failures: readonly RowFailure[]
  /** Rows whose region was changed while they were computed: nothing of them is kept. */
  readonly dropped: number
  readonly workers: number
  /** Those that are computed now. */
  readonly inHand: readonly BatchRow[]
  /** Milliseconds that rows were computed, pauses apart. */
  readonly workedMs: number
  /** Null before some rows are done, which tell how long the others will take. */
  readonly leftMs: number | null
}

export type BatchRun =
  | { readonly status: 'idle' }
  /** Kept regions are looked at, so many of so many. */
  | { readonly status: 'checking'; readonly done: number; readonly of: number }
  | { readonly status: 'ready' }
  | { readonly status: 'running'; readonly progress: BatchProgress }
  /** `problem`: why it paused by itself. */
  | { readonly status: 'paused'; readonly progress: BatchProgress; readonly problem: Message | null }
  /** 'stopped': by its user, before all rows were done. */
  | { readonly status: 'done' | 'stopped'; readonly progress: BatchProgress }

export interface BatchState {
  readonly run: BatchRun
  /** Whose rows. */
  readonly reader: ReaderId | null
  /** As they were checked last, and as they ended since. */
  readonly rows: readonly BatchRow[]
  /** What could not be done, and why. */
  readonly problem: Message | null
  /** What became of the table that was given back last. */
  readonly taken: TakenRows | null
}

export type BatchStore = StoreApi<BatchState>

/** Its acts come with the part of the page that shows it: `createBatch.ts`. */
export const createBatchState = (): BatchStore =>
  createStore<BatchState>()(() => ({ run: { status: 'idle' }, reader: null, rows: [], problem: null, taken: null }))

/** Whether leaving the page would end rows that are computed. */
export const isBatchRunning = ({ run }: Pick<BatchState, 'run'>): boolean => run.status === 'running' || run.status === 'paused'

const none: readonly BatchRow[] = []

/** The rows of the reader in hand: while those of another one are computed nothing is told of them. */
export const ownRows = ({ rows, reader }: Pick<BatchState, 'rows' | 'reader'>, inHand: ReaderId): readonly BatchRow[] =>
  reader === inHand ? rows : none

/** Whether what there is to compute is known of the reader in hand: rows of the one before tell nothing of it. */
export const isLookedAt = ({ run, reader }: Pick<BatchState, 'run' | 'reader'>, inHand: ReaderId): boolean =>
  reader === inHand && run.status !== 'checking' && run.status !== 'idle'
