import { createAnswerStore } from './answerStore.ts'
import type { Database, KeptFolderLink } from './schema.ts'

/** Among the links: the folder that copies of the study go to, which holds no images. */
export const copyFolderId = 'copies'

/** Among what was answered of patients: texts of which a person said that they name nobody, by `nameOfFound`. */
export const confirmedKey = 'confirmed texts'

/** Where copies go by themselves, and what a person has said of texts in them. */
export interface CopyFolderStore {
  get(): Promise<KeptFolderLink | undefined>
  /** @param handle null: nowhere */
  put(handle: FileSystemDirectoryHandle | null): Promise<void>
  confirmed(): Promise<readonly string[]>
  confirm(texts: readonly string[]): Promise<void>
}

export function createCopyFolderStore(database: Database): CopyFolderStore {
  const { links } = database
  const answers = createAnswerStore(database, 'patientAnswers')
  const confirmed = async () => ((await answers.get(confirmedKey)) ?? []) as readonly string[]
  return {
    get: async () => (await links.get(copyFolderId)) as KeptFolderLink | undefined,
    put: async (handle) => {
      if (handle) await links.put({ id: copyFolderId, name: handle.name, handle })
      else await links.delete(copyFolderId)
    },
    confirmed,
    confirm: async (texts) => {
      const known = await confirmed()
      const news = texts.filter((text) => !known.includes(text))
      if (news.length > 0) await answers.put(confirmedKey, [...known, ...news])
    },
  }
}
