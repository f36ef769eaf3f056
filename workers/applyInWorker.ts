import { transfer } from 'comlink'
import type { ApplyChoice } from '../src/io/records/checkTable.ts'
import type { ModelFile } from '../src/io/records/modelFile.ts'
import type { PlacedScores } from '../src/core/apply/scorePatients.ts'
import type { AppliedScores, CheckedTable } from './applyApi.ts'
import { startStatistics } from './browserStatistics.ts'
import { runInWorker } from './runInWorker.ts'
import { startScores } from './scoresInWorker.ts'
import type { NamedBytes } from './studyApi.ts'
import { namedBytesOf } from './studyInWorker.ts'

/** Copied for each worker: work that is done once more has it still. */
async function moved(file: File): Promise<NamedBytes> {
  const named = await namedBytesOf(file)
  return transfer(named, [named.bytes.buffer])
}

/** Tables that a model scores, off the page's thread. @throws the signal's reason when it aborts; DataError for what is wrong in the files */
export const applyInWorker = {
  check: (model: ModelFile, table: File, choice: ApplyChoice, signal: AbortSignal): Promise<CheckedTable> =>
    runInWorker(startScores, async (api) => api.checkApplied(model, await moved(table), choice), signal),
  async score(model: ModelFile, table: File, choice: ApplyChoice, signal: AbortSignal): Promise<AppliedScores> {
    const { outcomeOf, marked, measured, by, clinical } = await runInWorker(startScores, async (api) => api.readApplied(model, await moved(table), choice), signal) // prettier-ignore
    const scored = await runInWorker(
      startStatistics,
      (api): Promise<PlacedScores> => api.score(model, measured, by, clinical),
      signal,
    )
    return runInWorker(startScores, (api) => api.writeApplied(model, { marked, outcomeOf }, scored), signal)
  },
}
