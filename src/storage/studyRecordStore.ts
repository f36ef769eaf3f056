import { renameReader } from '../core/study/readers.ts'
import type { ReaderId, Study } from '../core/study/study.ts'
import { unnamedStudy } from '../core/study/unnamedStudy.ts'
import { commit } from './commit.ts'
import type { Database } from './schema.ts'

export interface StudyRecordStore {
  /** The study of this database. */
  get(): Promise<Study>
  /** @param name an empty one puts the default back @throws if the browser does not keep it */
  renameReader(id: ReaderId, name: string): Promise<void>
}

export function createStudyRecordStore(database: Database): StudyRecordStore {
  const { meta } = database
  const get = async () => {
    const found = await meta.get('study')
    return found?.key === 'study' ? found.value : unnamedStudy
  }
  return {
    get,
    renameReader: (id, name) =>
      commit(database, { stores: [meta] }, async (note) => {
        await meta.put({ key: 'study', value: renameReader(await get(), id, name) })
        await note({ act: 'name-reader', subject: id })
      }),
  }
}
