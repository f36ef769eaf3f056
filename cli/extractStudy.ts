import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import { listFeatureNames } from '../src/core/extraction/featureNames.ts'
import type { Volume } from '../src/core/image/volume.ts'
import { placeMask, type MaskPart } from '../src/core/mask/maskPart.ts'
import { describePart } from '../src/core/mask/measure/describePart.ts'
import { DataError, messageOf, type Message } from '../src/core/messages/message.ts'
import { compare } from '../src/core/numeric/compare.ts'
import { groupBy } from '../src/core/numeric/groupBy.ts'
import { planExtraction } from '../src/core/parameters/profiles/pyradiomics.ts'
import { listBatchRows, type BatchRegion, type BatchRow } from '../src/core/study/batchRows.ts'
import type { ReaderId, RegionId, StudyImage } from '../src/core/study/study.ts'
import { wideTable, type MeasuredRegion } from '../src/core/table/wideTable.ts'
import { listImages } from '../src/io/importing/listImages.ts'
import { studyParameters } from '../src/io/records/studyParameters.ts'
import { fileFromDisk, filesBelow } from '../src/io/sourceFile.node.ts'
import type { SourceFile } from '../src/io/sourceFile.ts'
import { openStudyFile, type StudyFile } from '../src/io/studyFile/openStudyFile.ts'
import { withoutFile } from '../src/io/studyFile/recordsFile.ts'
import { describesRow, parseNumber } from '../src/io/tables/tableFile.ts'
import { formatWideTable } from '../src/io/tables/writeWideTable.ts'
import { say } from '../src/messages/say.ts'
import { limitMemory } from '../workers/limits.node.ts'
import type { RowEntry } from './batchTable.ts'
import { openExtractorOf } from './extractCase.ts'
import { extractRows, hashParameters, refuseRows } from './extractCases.ts'
import { beginRun } from './extractionRecord.ts'
import { fingerprint } from './fingerprint.ts'
import { lockOutput } from './lockOutput.ts'
import { createProgressBar, type ProgressBar } from './progressBar.ts'
import type { ReadCase } from './readCase.ts'
import { readListedImage } from './readListedImage.ts'
import { refuseOutput, refuseToReplace } from './refuseOutput.ts'
import { readTableFile, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

export interface ExtractStudyOptions {
  readonly output: string
  readonly reader?: ReaderId
  /** Folders with the images. */
  readonly images?: readonly string[]
  readonly workers: number
  readonly resume?: true
  readonly overwrite?: true
}

/** A region that is measured, or of which it is told why it is not. */
interface RegionEntry extends RowEntry {
  readonly row: BatchRow
  /** Why nothing can be measured. */
  readonly problem: Message | null
}

/**
 * The features of all complete regions of a reader, as the page computes them, and its wide table of them. Beside it stay the rows, one a
 * region with its diagnostics, from which a run that was stopped goes on.
 * @returns whether all could be measured
 * @throws DataError if the study file cannot be opened
 */
export async function extractStudy(path: string, options: ExtractStudyOptions, signal: AbortSignal): Promise<boolean> {
  const { output, workers } = options
  const rowsPath = `${output}.rows.csv`
  refuseOutput(output)
  refuseToReplace(output, [['the study file', path]])
  const earlier = options.resume ? 'resume' : options.overwrite ? 'overwrite' : 'refuse'
  if (earlier === 'refuse') await refuseRows(output)
  const file = await openStudyFile(await fileFromDisk(path))
  const { study } = file.records
  const reader = chooseReader(study.readers, options.reader)
  const parameters = study.parameters?.values ?? studyParameters
  const progress = createProgressBar()
  try {
    for (const problem of file.problems) progress.say(say(problem))
    const folders = await listFolders(options.images ?? [], progress)
    const images = createImageReader(file, folders)
    const { rows, masks } = await listRows(file, reader, images.has)
    tellRest(rows, progress)
    const entries = rows.filter(isAsked).map(entryOf)
    if (entries.length === 0) throw new UsageError(`${nameOfReader(study.readers, reader)} has no complete ROI in ${path}.`)
    const lock = await lockOutput(rowsPath)
    const ended = AbortSignal.any([signal, lock.lost])
    const extractor = openExtractorOf<RegionEntry>(
      {
        parametersFor: () => parameters,
        async read({ row, problem }, aborted): Promise<ReadCase> {
          if (problem) throw new DataError(problem)
          const image = await images.read(row.image!, row.region!.image, aborted)
          const part = masks.get(row.region!)!
          const { size, spacingMm, originMm, direction } = image
          const voxels = placeMask(part)
          return {
            image,
            mask: { size, spacingMm, originMm, direction, voxels, ...(part.box && { within: part.box }) },
            warnings: [],
          }
        },
      },
      { workers, signal: ended },
    )
    try {
      const run = beginRun({
        workers,
        memoryBytes: limitMemory().amount,
        parametersSha256: hashParameters(parameters, undefined),
        list: { file: basename(path), sha256: await fingerprint(path) },
        shard: null,
      })
      const outcome = await extractRows(
        entries,
        (entry) => extractor.extract(entry),
        { output: rowsPath, parameters, run, earlier, signal: ended, lost: lock.lost, progress, atOnce: workers + casesAhead },
        {
          keyOf: (value) => keyOf(value('id'), value('sequence')),
          hashOf: async ({ row }, what) => (what === 'image' ? row.region!.image : row.region!.maskHash),
        },
      )
      if (signal.aborted) return false
      const roles = study.roles.map(({ id }) => id)
      const ids = [...new Set(rows.map(({ id }) => id))]
      const features = listFeatureNames(planExtraction(parameters))
      const measured = outcome.done > 0 ? await readMeasured(rowsPath) : []
      await writeResult(output, formatWideTable(wideTable(measured, { ids, roles, features })))
      const where = outcome.failed > 0 ? ` (${outcome.errorsPath})` : ''
      progress.say(`${entries.length === 1 ? '1 ROI' : `${entries.length} ROIs`} of ${nameOfReader(study.readers, reader)}: ${outcome.done} in ${output}, ${outcome.failed} failed${where}.`) // prettier-ignore
      return outcome.failed === 0
    } finally {
      extractor.close()
      await lock.release()
    }
  } finally {
    progress.stop()
  }
}

/** Images that are read while the workers measure others. */
const casesAhead = 2

type Readers = StudyFile['records']['study']['readers']

/** @throws UsageError with those there are */
function chooseReader(readers: Readers, wanted: ReaderId | undefined): ReaderId {
  if (wanted === undefined) return readers[0].id
  if (readers.some(({ id }) => id === wanted)) return wanted
  throw new UsageError(`There is no reader ${wanted}; there is ${readers.map(({ id, name }) => `${id} (${name})`).join(', ')}.`)
}

const nameOfReader = (readers: Readers, reader: ReaderId) => readers.find(({ id }) => id === reader)!.name

const keyOf = (id: string, role: string) => JSON.stringify([id, role])

function entryOf(row: BatchRow): RegionEntry {
  const { id, role, region, reason } = row
  const identity = [['id', id], ['sequence', role], ['reader', region!.reader]] as const // prettier-ignore
  return { row, key: keyOf(id, role), name: `${id}, ${role}`, identity, problem: reason }
}

/** Images by their IDs, from headers alone, with the files that hold them. */
async function listFolders(
  folders: readonly string[],
  progress: ProgressBar,
): Promise<ReadonlyMap<string, readonly SourceFile[]>> {
  const files: SourceFile[] = []
  for (const folder of folders) {
    if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw new UsageError(`--images ${folder} is no folder.`)
    files.push(...(await filesBelow(folder)))
  }
  const { images } = await listImages(
    files.map((file) => ({ file, inFolder: true })),
    { onProgress: (done, total) => progress.update(done, total, 'reading headers') },
  )
  return new Map(images.map(({ id, files: own }) => [id, own.map((at) => files[at])]))
}

/** The rows as the page has them, and the voxels of their regions. */
async function listRows({ records, readMask }: StudyFile, reader: ReaderId, isAtHand: (image: StudyImage) => boolean) {
  const { study, patients, images } = records
  const parameters = study.parameters?.values ?? studyParameters
  const masks = new Map<RegionId, MaskPart>()
  const regions: BatchRegion[] = []
  for (const filed of records.regions.filter((region) => region.reader === reader)) {
    const region = withoutFile(filed)
    try {
      const part = await readMask(filed)
      const known = { ...region, described: describePart(part) }
      masks.set(known, part)
      regions.push(known)
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      regions.push({ ...region, described: undefined, problem: messageOf(error) })
    }
  }
  const rows = listBatchRows({
    study,
    patients: [...patients].sort((a, b) => compare(a.label, b.label)),
    images,
    regions,
    tables: [],
    attempts: [],
    reader,
    now: { parameters, program: packageJson.version },
    plan: planExtraction(parameters),
    isAtHand,
  })
  return { rows, masks }
}

const unfinished = new Set(['row-to-do', 'row-in-progress', 'row-without-image'])

/** Whether its features are asked for: what nobody has drawn to its end is no failure. */
const isAsked = ({ region, reason }: BatchRow) => region !== null && !(reason?.step === 'study' && unfinished.has(reason.code))

/** What is not drawn to its end is told by number. */
function tellRest(rows: readonly BatchRow[], progress: ProgressBar): void {
  const rest = rows.filter((row) => !isAsked(row))
  for (const [, own] of groupBy(rest, ({ reason }) => reason!.code)) progress.say(`${own.length} without features: ${say(own[0].reason!)}`) // prettier-ignore
}

/** From the folders, else from the study file. Lesions of one image come one after the other: the last one that was read is kept. */
function createImageReader({ records, readImage }: StudyFile, folders: ReadonlyMap<string, readonly SourceFile[]>) {
  const inFile = new Map(records.imageFiles.map((filed) => [filed.image, filed]))
  const readAny = (id: string, signal: AbortSignal) => {
    const files = folders.get(id)
    return files ? readListedImage(id, files, signal) : readImage(inFile.get(id)!)
  }
  let last: { readonly id: string; readonly reading: Promise<Volume> } | undefined
  return {
    has: ({ id }: StudyImage) => folders.has(id) || inFile.has(id),
    /** @param drawnOn with the hash of its voxels @throws Error if the files do not hold it any more */
    async read({ id }: StudyImage, drawnOn: string, signal: AbortSignal): Promise<Volume> {
      if (last?.id !== id) last = { id, reading: readAny(id, signal) }
      const volume = await last.reading
      if (`${id}.${volume.source.identity!.content}` !== drawnOn)
        throw new Error(`${volume.source.path} holds other voxels than those that the ROI was drawn on.`)
      return volume
    },
  }
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
