import { transfer } from 'comlink'
import type { Analysis } from '../src/core/analysis/analysis.ts'
import type { ModelContext } from '../src/core/apply/describeModel.ts'
import type { DataKeys } from '../src/core/analysis/stages/hashStudy.ts'
import { listPlan } from '../src/core/analysis/stages/planStages.ts'
import type { PlannedStage } from '../src/core/analysis/stages/stageStore.ts'
import type { StudyData } from '../src/core/analysis/studyData.ts'
import type { ScoreRecord } from '../src/core/evaluate/scoreRecord.ts'
import type { Protocol } from '../src/core/protocol/protocol.ts'
import type { StudyChoice, StudyFiles } from '../src/io/tables/roles/studyChoice.ts'
import type { SheetRows } from '../src/io/tables/readSheetRows.ts'
import { createBrowserStatisticsBridge } from './browserStatistics.ts'
import { runInWorker } from './runInWorker.ts'
import { scoresInWorker, startScores } from './scoresInWorker.ts'
import type { StatisticsBridge, StatisticsOptions } from './statisticsBridge.ts'
import type { NamedBytes, ReadyStudy, StudyCheck, StudyFileBytes } from './studyApi.ts'

export async function namedBytesOf(file: File): Promise<NamedBytes> {
  return { bytes: new Uint8Array(await file.arrayBuffer()), path: file.name }
}

/** Copied for each worker: work that is done once more has them still. */
async function bytesOf({ features, clinical, second }: StudyFiles): Promise<StudyFileBytes> {
  const files = {
    features: await namedBytesOf(features),
    clinical: clinical && (await namedBytesOf(clinical)),
    second: second && (await namedBytesOf(second)),
  }
  return transfer(files, Object.values(files).flatMap((file) => (file ? [file.bytes.buffer] : []))) // prettier-ignore
}

/** The study that a page has in hand, off its thread. @throws the signal's reason when it aborts; DataError for what is wrong in the tables */
export function createStudyInWorker() {
  let bridge: StatisticsBridge | undefined
  const workers = () => (bridge ??= createBrowserStatisticsBridge(navigator.hardwareConcurrency))
  return {
    look: scoresInWorker.look,
    plan: async (keys: DataKeys, protocol: Protocol): Promise<readonly PlannedStage[]> => listPlan(keys, protocol),
    check: (files: StudyFiles, choice: StudyChoice, signal: AbortSignal): Promise<StudyCheck> =>
      runInWorker(startScores, async (api) => api.checkStudy(await bytesOf(files), choice), signal),
    read: (files: StudyFiles, choice: StudyChoice, protocol: Protocol | null, signal: AbortSignal): Promise<ReadyStudy> =>
      runInWorker(startScores, async (api) => api.readStudy(await bytesOf(files), choice, protocol), signal),
    sheet: (file: File, sheet: string | null, signal: AbortSignal): Promise<SheetRows> =>
      runInWorker(startScores, async (api) => api.readSheet(await namedBytesOf(file), sheet), signal),
    judge: ({ path, resampling, evaluation }: Analysis, study: StudyData, signal: AbortSignal): Promise<ScoreRecord> =>
      runInWorker(startScores, (api) => api.judgeStudy({ path, resampling, evaluation }, study), signal),
    /** The workers are there from the first analysis on. */
    analyse(study: StudyData, protocol: Protocol, options: StatisticsOptions): Promise<Analysis> {
      return workers().analyse(study, protocol, options)
    },
    describe: (analysis: Analysis, study: StudyData, signal: AbortSignal): Promise<readonly ModelContext[]> =>
      workers().describeModels(analysis, study, signal),
  }
}
