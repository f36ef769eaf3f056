import type { LivingWorker } from './livingWorker.ts'
import type { MaskApi } from './maskApi.ts'
import { watchWorker } from './watchWorker.ts'

/** Starts a worker for masks in a browser. */
export function startMaskWorker(): LivingWorker<MaskApi> {
  return watchWorker(new Worker(new URL('./mask.worker.ts', import.meta.url), { type: 'module' }), 'works on ROIs')
}
