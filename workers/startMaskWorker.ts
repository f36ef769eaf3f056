import type { MaskApi } from './maskApi.ts'
import { workerKind } from './workerKind.ts'

/** Starts a worker for masks in a browser. */
export const startMaskWorker = workerKind<MaskApi>(
  'rois',
  () => new Worker(new URL('./mask.worker.ts', import.meta.url), { type: 'module' }),
)
