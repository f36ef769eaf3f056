import packageJson from '../package.json' with { type: 'json' }
import { listFeatureNames } from '../src/core/extraction/featureNames.ts'
import type { Message } from '../src/core/messages/message.ts'
import { compare } from '../src/core/numeric/compare.ts'
import { planExtraction } from '../src/core/parameters/profiles/pyradiomics.ts'
import { listBatchRows, type BatchRegion, type BatchRow } from '../src/core/study/batchRows.ts'
import type { ReaderId, StudyImage } from '../src/core/study/study.ts'
import { wideTable, type MeasuredRegion } from '../src/core/table/wideTable.ts'
import { studyParameters } from '../src/io/records/studyParameters.ts'
import type { StudyFile } from '../src/io/studyFile/openStudyFile.ts'
import { withoutFile, type FiledRegion } from '../src/io/studyFile/recordsFile.ts'
import { describesRow, parseNumber } from '../src/io/tables/tableFile.ts'
import { formatWideTable } from '../src/io/tables/writeWideTable.ts'
import type { RowEntry } from './batchTable.ts'
import type { RowSource } from './extractCases.ts'
import { readTableFile, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

/*
 * The rows of a reader in a study file: what a run over all of it, one over a part, and a merge of parts have in common.
 */

/** A region that is measured, or of which it is told why it is not. */
export interface RegionEntry extends RowEntry {
  readonly row: BatchRow
  readonly region: FiledRegion
  /** Why nothing can be measured. */
  readonly problem: Message | null
}

export interface StudyRows {
  readonly readerName: string
  /** The regions whose features are asked for, by patient, role and lesion. */
  readonly entries: readonly RegionEntry[]
  /** What nobody has drawn to its end: no features, and no failure. */
  readonly rest: readonly BatchRow[]
  /** Writes the wide table of a reader, as the page does. @param rowsPath a table with a row a region; null where nothing was measured */
  writeTable(output: string, rowsPath: string | null): Promise<void>
}

/** Where the rows stand from which the wide table `output` was made. */
export const rowsPathOf = (output: string) => `${output}.rows.csv`

/** How the rows of a study file are told apart, and what they are made from. */
export const regionSource: RowSource<RegionEntry> = {
  keyOf: (value) => keyOf(value('id'), value('sequence')),
  hashOf: async ({ region }, what) => (what === 'image' ? region.image : region.maskHash),
}

const keyOf = (id: string, role: string) => JSON.stringify([id, role])

export const parametersOf = ({ records }: StudyFile) => records.study.parameters?.values ?? studyParameters

/**
 * No mask is read: a job of many that share a study would read those of all the others.
 * @param reader the first one if it is undefined
 * @param isAtHand whether the voxels of an image can be read
 * @throws UsageError where there is no such reader, or nothing that they have drawn to its end
 */
export function listStudyRows(
  file: StudyFile,
  reader: ReaderId | undefined,
  isAtHand: (image: StudyImage) => boolean = () => true,
): StudyRows {
  const { study, patients, images, regions } = file.records
  const chosen = chooseReader(study.readers, reader)
  const parameters = parametersOf(file)
  const plan = planExtraction(parameters)
  const filed = new Map<BatchRegion, FiledRegion>()
  for (const region of regions.filter((one) => one.reader === chosen.id))
    filed.set({ ...withoutFile(region), described: undefined }, region)
  const rows = listBatchRows({
    study,
    patients: [...patients].sort((a, b) => compare(a.label, b.label)),
    images,
    regions: [...filed.keys()],
    tables: [],
    attempts: [],
    reader: chosen.id,
    now: { parameters, program: packageJson.version },
    plan,
    isAtHand,
  })
  const entries = rows.filter(isAsked).map((row) => entryOf(row, filed.get(row.region!)!))
  if (entries.length === 0) throw new UsageError(`${chosen.name} has no complete ROI in this study file.`)
  const ids = [...new Set(rows.map(({ id }) => id))]
  return {
    readerName: chosen.name,
    entries,
    rest: rows.filter((row) => !isAsked(row)),
    async writeTable(output, rowsPath) {
      const measured = rowsPath === null ? [] : await readMeasured(rowsPath)
      const of = { ids, roles: study.roles.map(({ id }) => id), features: listFeatureNames(plan) }
      await writeResult(output, formatWideTable(wideTable(measured, of)))
    },
  }
}

type Readers = StudyFile['records']['study']['readers']

/** @throws UsageError with those there are */
function chooseReader(readers: Readers, wanted: ReaderId | undefined): Readers[number] {
  if (wanted === undefined) return readers[0]
  const found = readers.find(({ id }) => id === wanted)
  if (found) return found
  throw new UsageError(`There is no reader ${wanted}; there is ${readers.map(({ id, name }) => `${id} (${name})`).join(', ')}.`)
}

const unfinished = new Set(['row-to-do', 'row-in-progress', 'row-without-image'])

const isAsked = ({ region, reason }: BatchRow) => region !== null && !(reason?.step === 'study' && unfinished.has(reason.code))

function entryOf(row: BatchRow, region: FiledRegion): RegionEntry {
  const { id, role, reason } = row
  const identity = [['id', id], ['sequence', role], ['reader', region.reader]] as const // prettier-ignore
  return { row, region, key: keyOf(id, role), name: `${id}, ${role}`, identity, problem: reason }
}

/** The numbers of the rows, with all their digits. */
async function readMeasured(path: string): Promise<MeasuredRegion[]> {
  const { ids, columns, cells } = await readTableFile(path, {})
  const roleAt = columns.indexOf('sequence')
  const features = columns.flatMap((name, at) => (describesRow(name) ? [] : [{ name, at }]))
  const names = features.map(({ name }) => name)
  return cells.map((row, i) => {
    const measured = features.filter(({ at }) => row[at] !== '')
    return {
      id: ids[i],
      role: row[roleAt],
      names: measured.length === features.length ? names : measured.map(({ name }) => name),
      values: measured.map(({ at }) => parseNumber(row[at]) as number),
    }
  })
}
