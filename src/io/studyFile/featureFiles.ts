import { z } from '../../core/messages/zod.ts'
import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import { messageOf } from '../../core/messages/message.ts'
import { groupBy } from '../../core/numeric/groupBy.ts'
import type { TravellingTable } from '../../core/study/contents.ts'
import { rowIdOf } from '../../core/study/lesions.ts'
import { lesion, message } from '../../core/study/recordSchemas.ts'
import { hashBytes } from '../hashBytes.ts'
import type { Bytes } from '../sourceFile.ts'
import { writeParquet } from '../tables/writeParquet.ts'
import { refuse } from './messages.ts'
import { parseStudyJson } from './parseStudyJson.ts'

/** A table with its numbers. */
export interface FiledTable {
  readonly table: TravellingTable
  readonly result: ExtractionResult
}

/** A file of a study file. */
export interface StudyEntry {
  readonly name: string
  readonly bytes: Bytes
}

const listName = 'features/columns.json'

/** What is told of a row apart from its numbers: where they stand, and from what they were made. */
const row = z.object({
  file: z.string(),
  /** Within the file, from 0. */
  row: z.int().nonnegative(),
  label: z.string(),
  image: z.string(),
  reader: z.string(),
  lesion,
  savedAt: z.number(),
  readerName: z.string(),
  voxelCount: z.number(),
  featureCount: z.number(),
  isPartial: z.boolean(),
  seconds: z.number(),
  maskHash: z.string(),
  parametersName: z.string(),
  program: z.string(),
  /** File of the parameters. */
  parameters: z.string(),
  /** Hash of the names. */
  columns: z.string(),
  diagnostics: z.array(z.tuple([z.string(), z.union([z.string(), message])])),
  warnings: z.array(message),
  failures: z.array(z.object({ imageType: z.string(), reason: message })),
})
const list = z.object({ columns: z.record(z.string(), z.array(z.string())), rows: z.array(row) })

/** A row each region, one file each reader; the numbers have all their digits. @param roleOf of an image, '' where it has none */
export async function formatFeatures(tables: readonly FiledTable[], roleOf: (image: string) => string): Promise<StudyEntry[]> {
  if (tables.length === 0) return []
  const { formatParameterFile } = await import('../records/parameterFile.ts')
  const columns: Record<string, readonly string[]> = {}
  const parameters = new Map<string, StudyEntry>()
  const rows: z.infer<typeof row>[] = []
  const entries: StudyEntry[] = []
  for (const [reader, own] of groupBy(tables, ({ table }) => table.reader)) {
    const file = `features/${safeName(reader)}.parquet`
    for (const [i, { table, result }] of own.entries()) {
      const { parameters: values, ...about } = table
      const yaml = encode(formatParameterFile(values))
      const hash = await hashBytes(yaml)
      const named = `features/parameters-${hash.slice(0, 16)}.yaml`
      parameters.set(named, { name: named, bytes: yaml })
      const names = result.features.map(([name]) => name)
      const namesHash = await hashBytes(encode(JSON.stringify(names)))
      columns[namesHash] = names
      const { diagnostics, warnings, failures } = result
      rows.push({ ...about, file, row: i, parameters: named, columns: namesHash, diagnostics: diagnostics.map(([name, value]) => [name, value]), warnings: [...warnings], failures: [...failures] }) // prettier-ignore
    }
    const names = [...new Set(own.flatMap(({ result }) => result.features.map(([name]) => name)))]
    const values = own.map(({ result }) => new Map(result.features))
    const told = own.map(({ table }) => [rowIdOf(table.label, table.lesion), table.label, table.lesion, roleOf(table.image), table.image, table.maskHash, table.program]) // prettier-ignore
    const heads = ['id', 'label', 'lesion', 'role', 'image', 'mask_sha256', 'program']
    const bytes = await writeParquet([
      ...heads.map((name, at) => ({ name, texts: told.map((cells) => cells[at]) })),
      ...names.map((name) => ({ name, numbers: values.map((of) => of.get(name) ?? null) })),
    ])
    entries.push({ name: file, bytes })
  }
  return [...entries, ...parameters.values(), { name: listName, bytes: encode(`${JSON.stringify(list.parse({ columns, rows }), null, 1)}\n`) }]
} // prettier-ignore

/**
 * Rows one by one: those of a file that is damaged are told and left out.
 * @param read an entry, throws where it is damaged
 * @param onLost of the entry that is damaged, with how many rows are lost
 */
export async function readFeatures(
  names: readonly string[],
  read: (name: string) => Promise<Bytes>,
  onLost: (name: string, rows: number) => void,
): Promise<FiledTable[]> {
  if (!names.includes(listName)) return []
  const { columns, rows } = parseStudyJson('columns', decode(await read(listName)), list)
  const { parseParameterFile } = await import('../records/parameterFile.ts')
  const found: FiledTable[] = []
  for (const [file, own] of groupBy(rows, (one) => one.file)) {
    try {
      const numbers = await readNumbers(file, await read(file))
      for (const one of own) {
        const { file: name, row: at, parameters, columns: hash, diagnostics, warnings, failures, ...about } = one
        const values = numbers[at]
        const features = columns[hash].map((name) => [name, values[name]] as const)
        if (features.some(([, value]) => typeof value !== 'number')) throw refuse('entry-damaged', { name })
        found.push({
          table: { ...about, parameters: parseParameterFile(decode(await read(parameters))) },
          result: { diagnostics, warnings, failures, partial: about.isPartial, features: features as [string, number][] },
        })
      }
    } catch (error) {
      if (messageOf(error).step === 'program') throw error
      onLost(file, own.length)
    }
  }
  return found
}

/** @throws DataError where its bytes are as they were written, and no Parquet file */
async function readNumbers(name: string, bytes: Bytes): Promise<Record<string, unknown>[]> {
  const { parquetReadObjects } = await import('hyparquet')
  try {
    return await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) })
  } catch (cause) {
    throw refuse('entry-damaged', { name }, { cause })
  }
}

/** Of people's words a name that every system takes. */
export const safeName = (words: string): string => words.replace(/[^\p{L}\p{N}+_-]/gu, '_')

const encode = (text: string): Bytes => new TextEncoder().encode(text)
const decode = (bytes: Bytes): string => new TextDecoder().decode(bytes)
