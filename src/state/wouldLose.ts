import { isBatchRunning, type BatchState } from './batch/batchState.ts'
import type { ExtractionState } from './extraction.ts'
import type { ImagesState } from './images.ts'
import type { OpenedState } from './opened.ts'
import type { Readable } from './readable.ts'
import type { RoiState } from './roi.ts'
import type { SaveState } from './actions/saveMask.ts'
import type { SaveAllState } from './saveAllRois.ts'
import type { StudyState } from './analysis/studyState.ts'

export interface LosableStores {
  readonly roiStore: Readable<Pick<RoiState, 'keeping' | 'isKeeping' | 'voxelCount' | 'revision' | 'whenKept'>>
  readonly saveStore: Readable<Pick<SaveState, 'saving' | 'savedRevision'>>
  readonly imagesStore: Readable<Pick<ImagesState, 'reading' | 'waiting'>>
  readonly openedStore: Readable<Pick<OpenedState, 'isBehind'>>
  readonly batchStore: Readable<Pick<BatchState, 'run'>>
}

export interface RunningStores {
  readonly extractionStore: Readable<Pick<ExtractionState, 'run'>>
  readonly studyStore: Readable<Pick<StudyState, 'run'>>
  readonly saveAllStore: Readable<Pick<SaveAllState, 'saving'>>
}

/** The ROI in hand is neither kept in the browser nor saved as a file, or something is on its way into the browser. */
function wouldLoseRoi({ roiStore, saveStore }: LosableStores): boolean {
  const { keeping, isKeeping, voxelCount, revision } = roiStore.getState()
  return isKeeping || (voxelCount > 0 && keeping.status === 'failed' && saveStore.getState().savedRevision !== revision)
}

/** Files that were given are not read to their end, or what was found in them is not kept yet. What is read again is kept. */
function wouldLoseImages({ imagesStore, openedStore }: LosableStores): boolean {
  const { reading, waiting } = imagesStore.getState()
  return openedStore.getState().isBehind || waiting.length > 0 || (reading.status === 'running' && !reading.isRestoring)
}

/** Whether something that was made would be gone with the page, or a run of many hours would end with it. */
export const wouldLose = (stores: LosableStores): boolean =>
  wouldLoseRoi(stores) || wouldLoseImages(stores) || isBatchRunning(stores.batchStore.getState())

/** Whether the page may be loaded again without a loss and without ending what runs; once what is on the way is kept. */
export async function mayReload(stores: LosableStores & RunningStores): Promise<boolean> {
  const { roiStore, extractionStore, studyStore, saveAllStore, saveStore } = stores
  await roiStore.getState().whenKept()
  const runs = [
    extractionStore.getState().run,
    studyStore.getState().run,
    saveAllStore.getState().saving,
    saveStore.getState().saving,
  ]
  return !wouldLose(stores) && runs.every(({ status }) => status !== 'running')
}
