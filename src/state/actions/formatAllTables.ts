import { programServer } from '../../io/programServer.ts'
import { rowIdOf } from '../../core/study/lesions.ts'
import type { ReaderId } from '../../core/study/study.ts'
import type { KeptTable } from '../../storage/schema.ts'
import { tellApart } from '../imageNames.ts'
import type { Readable } from '../readable.ts'
import type { TablesState } from '../tables.ts'
import { sayInFiles } from '../../messages/say.ts'

/**
 * All tables of a reader as one, or those of one image, a row a region; rows of one name are told apart by their images' content.
 */
export const createFormatAllTables =
  (tables: Readable<Pick<TablesState, 'tables' | 'read'>>) =>
  async (reader: ReaderId, image?: string): Promise<string> => {
    const own = tables
      .getState()
      .tables.filter((table) => table.reader === reader && (image === undefined || table.image === image))
    const inOrder = [...own].sort((a, b) => (a.stem < b.stem ? -1 : a.stem > b.stem ? 1 : 0))
    const names = tellApart(
      inOrder.map(({ stem, image }) => ({ name: stem, hints: [image.slice(0, 8)] })),
      (name, hint) => `${name}-${hint}`,
    )
    const results = await Promise.all(inOrder.map(({ key }) => tables.getState().read(key)))
    const { formatFeatureTable } = await programServer.load(() => import('../../io/tables/featureCsv.ts'))
    return formatFeatureTable(
      inOrder.flatMap((table, i) => {
        const result = results[i]
        return result ? [{ identity: identifyRow(table, names[i]), ...result }] : []
      }),
      sayInFiles,
    )
  }

/** The columns before the diagnostics: whose row it is and of which lesion, and of which image and reader. */
export function identifyRow({ label, lesion }: Pick<KeptTable, 'label' | 'lesion'>, stem: string) {
  return [
    ['ID', rowIdOf(label, lesion)],
    ['Image', stem],
  ] as const
}
