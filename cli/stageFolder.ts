import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StageStore } from '../src/core/analysis/stages/stageStore.ts'
import { formatRecord, parseRecord } from '../src/io/records/recordFile.ts'
import { makeFolder, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

/**
 * Keeps the results of stages in a folder, a file each that is called by its key: jobs on several machines may share it.
 * @throws UsageError when there cannot be such a folder; of what stands there, DataError for a file that is no record
 */
export async function openStageFolder(folder: string): Promise<StageStore> {
  await makeFolder(folder)
  const pathOf = (key: string) => join(folder, `${key}.json`)
  return {
    async have(key) {
      const path = pathOf(key)
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      if (text === undefined) return undefined
      const found = parseRecord(text, path)
      if (found.key !== key) throw new UsageError(`${path} holds the record of another stage: take it away.`)
      return found.record
    },
    onStage: (key, record) => writeResult(pathOf(key), formatRecord(key, record)),
  }
}
