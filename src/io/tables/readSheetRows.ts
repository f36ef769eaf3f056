import type { Message } from '../../core/messages/message.ts'
import type { Bytes } from '../sourceFile.ts'
import { decodeText, type DecodedText } from './decodeText.ts'
import { readRows } from './readRows.ts'

/** A table as it was written, before anything is known of its columns. */
export interface SheetRows {
  readonly rows: readonly (readonly string[])[]
  /** Of a workbook with several of them; none of other files, and where one was named. */
  readonly sheets: readonly string[]
  /** Of text that is not UTF-8: what was assumed, and some lines of which a person can tell whether it is right. */
  readonly assumed: { readonly encoding: NonNullable<DecodedText['encoding']>; readonly lines: readonly string[] } | null
  readonly note: Message | null
}

const shownLines = 3

/** @param sheet of a workbook; null for the first @throws DataError as `readRows` */
export async function readSheetRows(bytes: Bytes, path: string, sheet: string | null): Promise<SheetRows> {
  let assumed: SheetRows['assumed'] = null
  const decode = (plain: Bytes) => {
    const { text, encoding } = decodeText(plain)
    const telling = text.split(/\r?\n/).filter((line) => /[^\0-\x7f]/.test(line))
    if (encoding !== null) assumed = { encoding, lines: telling.slice(0, shownLines) }
    return text
  }
  const { rows, note } = await readRows(bytes, path, { ...(sheet !== null && { sheet }), decode })
  const { sheets } = (note?.values ?? {}) as { readonly sheets?: readonly string[] }
  return { rows, sheets: sheets ?? [], assumed, note }
}
