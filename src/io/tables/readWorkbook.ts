import type * as Xlsx from '@e965/xlsx'
import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx'
import { zipSync } from 'fflate'
import type { Message } from '../../core/messages/message.ts'
import type { Bytes } from '../sourceFile.ts'
import { refuse, tell } from './messages.ts'

export interface WorkbookRows {
  /** Row by row from the first of the sheet to the last that holds something, of the same length or, where blank, empty: what a CSV would hold, with all digits. */
  readonly rows: readonly (readonly string[])[]
  /** Says which of several sheets was read, where nobody chose; else null. */
  readonly note: Message | null
}

/** The module, which is loaded when it is needed. */
type Library = typeof Xlsx

/** Whether bytes are those of a zip (.xlsx) or of an OLE file (.xls, or a workbook behind a password); text has neither beginning. */
export function isWorkbook(bytes: Bytes): boolean {
  return isZip(bytes) || isOle(bytes)
}

/**
 * A sheet of an .xlsx file as text. Numbers have all their digits, whatever the format shows, but whole ones keep the zeros, letters and
 * hyphens that it puts in (`007`, `P012`, `123-45`): these are names. Dates and times are ISO 8601; of a formula the value stored by Excel is taken.
 * @param sheet its name; without, and where the only sheet has another name, the first
 * @throws DataError for other files, for no sheet of that name, and for cells that are merged, errors, or formulas without a value
 */
export async function readWorkbook(bytes: Bytes, path: string, sheet?: string): Promise<WorkbookRows> {
  refuseOle(bytes, path)
  // Large, and most tables are CSV: it is loaded when one is needed.
  const [library, { unpackWorkbook }] = await Promise.all([import('@e965/xlsx'), import('./unpackWorkbook.ts')])
  // The library's own unpacking looks at no check sum, and never ends on some damaged files.
  const book = open(library, zipSync(await unpackWorkbook(bytes, path), { level: 0 }), path)
  if (book.SheetNames.length === 0) throw refuse('workbook-damaged', { path })
  const name = chooseSheet(book.SheetNames, path, sheet)
  const chosen = book.Sheets[name] as WorkSheet | undefined
  if (!chosen) throw refuse('sheet-not-held', { path, sheet: name })
  const rows = readCells(library, book, chosen, { path, sheet: name })
  const others = book.SheetNames.filter((other) => other !== name)
  const note =
    sheet === undefined && others.length > 0
      ? tell('sheet-chosen', { path, sheets: book.SheetNames, chosen: name, other: others[0] })
      : null
  return { rows, note }
}

function isZip(bytes: Bytes): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}

function isOle(bytes: Bytes): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, at) => bytes[at] === byte)
}

function refuseOle(bytes: Bytes, path: string): void {
  if (!isOle(bytes)) return
  const isEncrypted = new TextDecoder('utf-16le').decode(bytes).includes('EncryptedPackage')
  throw refuse(isEncrypted ? 'workbook-encrypted' : 'workbook-old', { path })
}

function open(library: Library, bytes: Uint8Array, path: string): WorkBook {
  try {
    // Stubs tell formulas without a value from blank cells.
    return library.read(bytes, { type: 'array', dense: true, cellNF: true, cellHTML: false, sheetStubs: true })
  } catch (cause) {
    throw refuse('workbook-unreadable', { path, words: (cause as Error).message }, { cause })
  }
}

function chooseSheet(names: readonly string[], path: string, wanted: string | undefined): string {
  if (wanted === undefined || (names.length === 1 && names[0] !== wanted)) return names[0]
  if (names.includes(wanted)) return wanted
  throw refuse('no-sheet', { path, sheet: wanted, sheets: names })
}

function readCells(
  { SSF, utils }: Library,
  book: WorkBook,
  sheet: WorkSheet,
  where: { readonly path: string; readonly sheet: string },
): string[][] {
  const merged = (sheet['!merges'] ?? []).map((range) => utils.encode_range(range))
  if (merged.length > 0) throw refuse('cells-merged', { ...where, cells: merged })
  const cells = (sheet['!data'] ?? []) as ((CellObject | undefined)[] | undefined)[]
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const isUncalculated = asksForCalculation(book)
  const wrong: { cell: string; error: string | null }[] = []
  const rows = Array.from(cells, (row, r) =>
    Array.from(row ?? [], (cell, c) => {
      if (!cell) return ''
      if (cell.t === 'e') wrong.push({ cell: utils.encode_cell({ r, c }), error: String(cell.w) })
      if (cell.f !== undefined && (cell.t === 'z' || isUncalculated))
        wrong.push({ cell: utils.encode_cell({ r, c }), error: null })
      return textOf(SSF, cell, date1904)
    }),
  )
  if (wrong.length > 0) throw refuse('cells-without-value', { ...where, cells: wrong })
  return padAlike(rows)
}

/** Some programs write 0 beside every formula, and ask Excel to calculate them when it opens the workbook. */
function asksForCalculation({ Workbook }: WorkBook): boolean {
  const { CalcPr } = (Workbook ?? {}) as { readonly CalcPr?: { readonly fullCalcOnLoad?: unknown } }
  return /^(1|true)$/i.test(String(CalcPr?.fullCalcOnLoad))
}

/** Formats often reach to the last row and column of a sheet, 2^34 cells: what is blank there is no row or column of the table. */
function padAlike(rows: readonly (readonly string[])[]): string[][] {
  const filled = rows.map((row) => row.slice(0, 1 + row.findLastIndex((text) => text.trim() !== '')))
  const width = filled.reduce((most, row) => Math.max(most, row.length), 0)
  return filled
    .slice(0, 1 + filled.findLastIndex((row) => row.length > 0))
    .map((row) => (row.length === 0 ? [] : [...row, ...Array.from({ length: width - row.length }, () => '')]))
}

function textOf(SSF: Library['SSF'], { t, v, w, z }: CellObject, date1904: boolean): string {
  if (t === 'b') return v ? 'TRUE' : 'FALSE'
  if (t !== 'n') return t === 's' ? String(v) : ''
  const value = v as number
  if (z !== undefined && SSF.is_date(String(z))) return isoDate(SSF.parse_date_code(value, { date1904 }), value)
  return w !== undefined && Number.isInteger(value) && isName(w, String(z)) ? w : String(value)
}

/** What a format makes of a whole number where it is a name: zeros or letters in front, hyphens; a comma in the format divides by 1000. */
function isName(shown: string, format: string): boolean {
  return /^(\p{L}.*|[\d-]+)$/u.test(shown) && !format.includes(',')
}

/** A date, a time of day where there is no date, or both. */
function isoDate(
  { y, m, d, H, M, S }: { y: number; m: number; d: number; H: number; M: number; S: number },
  value: number,
): string {
  const padded = (number: number, digits = 2) => String(Math.floor(number)).padStart(digits, '0')
  const date = `${padded(y, 4)}-${padded(m)}-${padded(d)}`
  const time = `${padded(H)}:${padded(M)}:${padded(S)}`
  if (Number.isInteger(value)) return date
  return value < 1 ? time : `${date}T${time}`
}
