import { programServer } from '../../../io/programServer.ts'
import type { NamedTable } from '../../../io/results/namedTable.ts'
import type { PaperTable } from '../../../io/results/paperTable.ts'
import { sayInFiles } from '../../../messages/say.ts'

export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What writes Word files is loaded with the first of them. */
export async function makeWordFile(tables: readonly PaperTable[]): Promise<ArrayBuffer> {
  const { writeWordFile } = await programServer.load(() => import('../../../io/results/wordFile.ts'))
  return writeWordFile(tables)
}

/** What writes workbooks is loaded with the first of them. */
export async function makeWorkbook(tables: readonly NamedTable[]): Promise<ArrayBuffer> {
  const { writeWorkbook } = await programServer.load(() => import('../../../io/results/workbookFile.ts'))
  return writeWorkbook(tables, sayInFiles)
}
