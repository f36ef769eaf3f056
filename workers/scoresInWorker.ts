import { transfer } from 'comlink'
import type { Classification } from '../src/core/evaluate/classification.ts'
import type { ScoreRecord } from '../src/core/evaluate/scoreRecord.ts'
import type { Progress } from '../src/core/numeric/jobs.ts'
import type { ScoreChoice } from '../src/io/tables/roles/scoreChoice.ts'
import type { ApplyApi } from './applyApi.ts'
import { progressUntilDone } from './progress.ts'
import { runInWorker } from './runInWorker.ts'
import type { ScoresApi, TableCheck, TableLook } from './scoresApi.ts'
import type { StudyApi } from './studyApi.ts'
import { workerKind } from './workerKind.ts'

export const startScores = workerKind<ScoresApi & StudyApi & ApplyApi>(
  'scores',
  () => new Worker(new URL('./scores.worker.ts', import.meta.url), { type: 'module' }),
)

/** Copied for each worker, as a file: work that is done once more has it still. */
async function bytesOf(file: File) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return transfer(bytes, [bytes.buffer])
}

/** Tables of scores, off the page's thread. @throws the signal's reason when it aborts; DataError for what is wrong in the table */
export const scoresInWorker = {
  look: (file: File, signal: AbortSignal): Promise<TableLook> =>
    runInWorker(startScores, async (api) => api.look(await bytesOf(file), file.name), signal),
  check: (file: File, choice: ScoreChoice, signal: AbortSignal): Promise<TableCheck> =>
    runInWorker(startScores, async (api) => api.check(await bytesOf(file), file.name, choice), signal),
  evaluate(file: File, choice: ScoreChoice, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<ScoreRecord> {
    const progress = progressUntilDone(onProgress)
    const work = runInWorker(
      startScores,
      async (api) => api.evaluate(await bytesOf(file), file.name, choice, progress.report),
      signal,
    )
    return work.finally(progress.done)
  },
  classify: (
    scores: Float64Array,
    outcome: Float64Array,
    threshold: number,
    options: Parameters<ScoresApi['classify']>[3],
    signal: AbortSignal,
  ): Promise<Classification> => runInWorker(startScores, (api) => api.classify(scores, outcome, threshold, options), signal),
}
