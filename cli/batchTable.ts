import { appendFile, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { createReadStream, existsSync } from 'node:fs'
import Papa from 'papaparse'
import { arrangeCells, formatCsvLine, mergeColumns } from '../src/io/tables/featureCsv.ts'
import { UsageError } from './usageError.ts'

/** What a row of the table is about. */
export interface RowEntry {
  /** Tells it from all others: who it is and how it is measured. */
  readonly key: string
  /** What a person calls it. */
  readonly name: string
  /** Its first columns. */
  readonly identity: readonly (readonly [column: string, text: string])[]
}

/** Where a row stands in its file. */
export interface Line {
  readonly start: number
  readonly bytes: number
}

/**
 * A CSV file that grows by a row whenever a case is ready, so that nothing is lost when the program is stopped. Only the
 * places of the rows are kept in memory, not their text.
 */
export class BatchTable {
  readonly path: string
  private readonly keyOf: (value: (column: string) => string) => string
  private columns: string[] = []
  private lines = new Map<string, Line>()
  private end = 0

  /** @param keyOf tells rows apart, by the text of their columns */
  constructor(path: string, keyOf: (value: (column: string) => string) => string) {
    this.path = path
    this.keyOf = keyOf
  }

  /**
   * Takes up what an earlier run left; an unfinished last line is dropped.
   * @returns the rows by key
   * @throws UsageError if the file is no table of this kind
   */
  async resume(columnsToKeep: readonly string[]): Promise<Map<string, ReadonlyMap<string, string>>> {
    const rows = new Map<string, ReadonlyMap<string, string>>()
    if (!existsSync(this.path)) return rows
    let unfinished = false
    for await (const { text, start, bytes, complete } of readLines(this.path)) {
      const values = cellsOf(text)
      if (!complete || (this.columns.length > 0 && values.length !== this.columns.length)) {
        if (complete) throw new UsageError(`${this.path} is not a table of this program: a row has ${values.length} values where its header has ${this.columns.length}. Choose another output, or take --overwrite to start anew.`) // prettier-ignore
        unfinished = true
        continue
      }
      this.end = start + bytes
      if (this.columns.length === 0) {
        this.columns = values
        continue
      }
      const value = (column: string) => values[this.columns.indexOf(column)] ?? ''
      const key = this.keyOf(value)
      this.lines.set(key, { start, bytes })
      rows.set(key, new Map(columnsToKeep.map((column) => [column, value(column)])))
    }
    if (unfinished) await truncate(this.path, this.end)
    return rows
  }

  /** Starts anew: what was there is gone. */
  async clear(): Promise<void> {
    await rm(this.path, { force: true })
    this.columns = []
    this.lines = new Map()
    this.end = 0
  }

  has(key: string): boolean {
    return this.lines.has(key)
  }

  get size(): number {
    return this.lines.size
  }

  /** Writes a row at the end; a row of the same key is forgotten. */
  async add(key: string, cells: readonly (readonly [string, string])[]): Promise<void> {
    const names = cells.map(([name]) => name)
    const merged = mergeColumns(this.columns, names)
    if (this.end === 0) {
      this.columns = merged
      await this.append(formatCsvLine(merged))
    } else if (merged.length > this.columns.length) await this.rewrite([...this.lines.keys()], merged)
    const line = formatCsvLine(arrangeCells(cells, this.columns))
    const start = this.end
    await this.append(line)
    this.lines.set(key, { start, bytes: this.end - start })
  }

  /** Writes the header of a table that got no row, so that what reads it finds a table. */
  async addHeader(columns: readonly string[]): Promise<void> {
    if (this.end > 0) return
    this.columns = [...columns]
    await this.append(formatCsvLine(columns))
  }

  /** Leaves the rows of these keys alone, in this order; without any the file is removed. */
  async arrange(keys: readonly string[]): Promise<void> {
    const present = keys.filter((key) => this.lines.has(key))
    const starts = present.map((key) => this.lines.get(key)!.start)
    const isInOrder = present.length === this.lines.size && starts.every((start, i) => i === 0 || start > starts[i - 1])
    if (present.length === 0) await this.clear()
    else if (!isInOrder) await this.rewrite(present, this.columns)
  }

  private async append(text: string): Promise<void> {
    await appendFile(this.path, text)
    this.end += Buffer.byteLength(text)
  }

  /** Writes a new file beside the old one and puts it in its place, so that a stop in between harms nothing. */
  private async rewrite(keys: readonly string[], columns: string[]): Promise<void> {
    const temporary = `${this.path}.new`
    const source = await open(this.path)
    const target = await open(temporary, 'w')
    const header = formatCsvLine(columns)
    let end = Buffer.byteLength(header)
    const lines = new Map<string, Line>()
    try {
      await target.write(header)
      for (const key of keys) {
        const old = await readSlice(source, this.lines.get(key)!)
        const line = columns === this.columns ? old : widen(old, this.columns, columns)
        await target.write(line)
        const bytes = Buffer.byteLength(line)
        lines.set(key, { start: end, bytes })
        end += bytes
      }
    } finally {
      await source.close()
      await target.close()
    }
    await rename(temporary, this.path)
    this.columns = columns
    this.lines = lines
    this.end = end
  }
}

export async function readSlice(source: FileHandle, { start, bytes }: Line): Promise<string> {
  const buffer = Buffer.alloc(bytes)
  await source.read(buffer, 0, bytes, start)
  return buffer.toString('utf8')
}

export function cellsOf(line: string): string[] {
  return Papa.parse<string[]>(line.replace(/^\uFEFF/, '').trimEnd(), { delimiter: ',' }).data[0] ?? []
}

/** A row of a table with the columns `from`, as a row of one with the columns `to`. */
export function widen(line: string, from: readonly string[], to: readonly string[]): string {
  return formatCsvLine(arrangeCells(cellsOf(line).map((value, i) => [from[i], value]), to)) // prettier-ignore
}

async function truncate(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.truncate(bytes)
  } finally {
    await file.close()
  }
}

/** Lines with their places in bytes; `complete` is false for a last line without its line break. */
export async function* readLines(path: string) {
  const newline = 10
  let start = 0
  let parts: Buffer[] = []
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, at + 1)])
      yield { text: line.toString('utf8'), start, bytes: line.length, complete: true }
      start += line.length
      parts = []
      from = at + 1
    }
    if (from < chunk.length) parts.push(chunk.subarray(from))
  }
  const rest = Buffer.concat(parts)
  if (rest.length > 0) yield { text: rest.toString('utf8'), start, bytes: rest.length, complete: false }
}
