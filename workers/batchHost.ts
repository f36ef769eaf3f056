import { computeMemory, createBrowserCompute } from './browserCompute.ts'
import type { ComputeBridge } from './computeBridge.ts'
import { memoryForCase } from './prepareInWorkers.ts'
import { openReader, readFiles, type NamedFile } from './readFiles.ts'

/** More would wait for each other, and for the thread that gives them their cases. */
const mostWorkers = 8

export type BatchHost = ReturnType<typeof openBatchHost>

/** What many cases are measured with, one a worker. @param version of this program */
export function openBatchHost(version: string) {
  const reader = openReader()
  return {
    /** @param voxels that filters see of the largest case */
    countWorkers: (voxels: number): number =>
      Math.max(1, Math.min(navigator.hardwareConcurrency, mostWorkers, Math.floor(computeMemory() / memoryForCase(voxels)))),
    /** One that measures a case at a time. @param workers among which memory is shared */
    openWorker: (workers: number): ComputeBridge =>
      createBrowserCompute(version, { maximumWorkers: 1, memoryBudget: computeMemory() / workers }),
    /** See `readFiles`: by one worker, which stays. */
    readFiles: (files: readonly NamedFile[], options: Parameters<typeof readFiles>[1]) => readFiles(files, options, reader),
    close: () => reader.staying.close(),
  }
}
