import type { Bytes } from '../../sourceFile.ts'
import type { Message } from '../../../core/messages/message.ts'
import { decodeText } from '../decodeText.ts'
import { refuse, tell } from '../messages.ts'
import { readRows } from '../readRows.ts'
import { nameColumns } from './nameColumns.ts'

/** A table as it lies in its file: text, nothing said of its columns yet. */
export interface RawTable {
  readonly path: string
  /** Blank names are `column 3`; repeated ones are told apart. */
  readonly header: readonly string[]
  /** Each as long as the header; blanks at the ends are gone. */
  readonly rows: readonly (readonly string[])[]
  /** Where each row stands in the file, the header being row 1 if nothing is above it. */
  readonly rowNumbers: readonly number[]
  /** The file of each row, where the table is of several. */
  readonly files?: readonly string[]
  /** What was assumed of the file: its encoding, the sheet. */
  readonly notes?: readonly Message[]
}

/**
 * @throws DataError as `readRows` does, for no rows, and for rows of another length than the header
 */
export async function readRawTable(bytes: Bytes, path: string): Promise<RawTable> {
  const notes: Message[] = []
  const decode = (plain: Bytes) => {
    const { text, encoding } = decodeText(plain)
    if (encoding !== null) notes.push(tell('encoding-assumed', { encoding }))
    return text
  }
  const { rows: lines, note } = await readRows(bytes, path, { decode })
  if (note) notes.push(note)
  const trimmed = lines.map((line) => line.map((cell) => cell.trim()))
  const filled = trimmed.flatMap((line, at) => (line.some((cell) => cell !== '') ? [at] : []))
  const [head, ...body] = filled
  if (head === undefined) throw refuse('table-empty', { path })
  if (body.length === 0) throw refuse('table-without-rows', { path })
  const header = nameColumns(trimmed[head])
  const wrong = body.find((at) => trimmed[at].length !== header.length)
  if (wrong !== undefined)
    throw refuse('row-cells', { path, row: wrong + 1, cells: trimmed[wrong].length, columns: header.length })
  return { path, header, rows: body.map((at) => trimmed[at]), rowNumbers: body.map((at) => at + 1), notes }
}
