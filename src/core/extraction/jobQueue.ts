import { messageOf } from '../messages/message.ts'
import type { Job } from './planJobs.ts'
import type { JobResult } from './runJob.ts'

/** A job whose turn it is. */
export interface ReadyJob {
  readonly job: Job
  /** Values of the jobs that it needs, in the order of `job.needs`. */
  readonly parts: readonly Float64Array<ArrayBuffer>[]
}

/** The jobs of one extraction, on one thread or many: which comes next, and what has come of them. */
export interface JobQueue {
  /** The costliest job whose parts are all there: it is no longer in the queue. Undefined where none is ready, or none is left. */
  next(): ReadyJob | undefined
  /** Jobs that need one that failed fail with it, for its reason. @param result of a job that `next` gave */
  finish(result: JobResult): void
  /** Whether jobs are left that `next` has not given yet. */
  hasMore(): boolean
  /** So far, in the order in which the jobs ended. */
  results(): readonly JobResult[]
}

export function createJobQueue(jobs: readonly Job[]): JobQueue {
  let waiting = [...jobs].sort((a, b) => b.cost - a.cost)
  const results = new Map<string, JobResult>()

  function finish(result: JobResult) {
    results.set(result.id, result)
    if (result.failure === undefined) return
    const lost = waiting.filter(({ needs }) => needs.includes(result.id))
    waiting = waiting.filter((job) => !lost.includes(job))
    for (const { id } of lost) finish({ id, failure: result.failure })
  }
  return {
    next() {
      const at = waiting.findIndex(({ needs }) => needs.every((id) => results.has(id)))
      if (at < 0) return undefined
      const [job] = waiting.splice(at, 1)
      return { job, parts: job.needs.map((id) => results.get(id)!.values!) }
    },
    finish,
    hasMore: () => waiting.length > 0,
    results: () => [...results.values()],
  }
}

/** What comes of a job that threw: the others go on. */
export function failedJob({ id }: Job, error: unknown): JobResult {
  return { id, failure: messageOf(error) }
}
