import type { Message } from '../messages/message.ts'

/**
 * Runs jobs that do not depend on each other, in this thread or spread over workers, and gives their results in the order of
 * the jobs. A job is plain data. How work is cut into jobs never depends on the number of workers, so that it cannot change
 * a bit. Rejects when one fails or when the run is cancelled.
 */
export type RunJobs<Job, Result> = (jobs: readonly Job[]) => Promise<readonly Result[]>

export interface Progress {
  readonly done: number
  readonly total: number
  readonly step: Message
}

/** Told after each finished piece; `done` and `total` count pieces. */
export type OnProgress = (progress: Progress) => void

/** The same, waited for: the host may let other things happen meanwhile, and end the work by rejecting. */
export type PauseForProgress = (progress: Progress) => void | Promise<void>
