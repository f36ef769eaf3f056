import { WorkerEnded } from './startWorker.ts'

/**
 * Does work, and once again where a worker ended by itself in the middle of it: what killed that one may have been over with it.
 * @param work starts a worker that lives, and sends it what it needs, each time it is called
 * @throws WorkerEnded where that happened twice, and whatever the work throws
 */
export async function onceAgain<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof WorkerEnded)) throw error
  }
  try {
    return await work()
  } catch (error) {
    throw error instanceof WorkerEnded ? new WorkerEnded(error.task, error.reason, 2) : error
  }
}
