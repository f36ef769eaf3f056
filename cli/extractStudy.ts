import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Volume } from '../src/core/image/volume.ts'
import { placeMask } from '../src/core/mask/maskPart.ts'
import { DataError } from '../src/core/messages/message.ts'
import { groupBy } from '../src/core/numeric/groupBy.ts'
import type { BatchRow } from '../src/core/study/batchRows.ts'
import type { ReaderId, StudyImage } from '../src/core/study/study.ts'
import { listImages } from '../src/io/importing/listImages.ts'
import { fileFromDisk, filesBelow } from '../src/io/sourceFile.node.ts'
import type { SourceFile } from '../src/io/sourceFile.ts'
import { openStudyFile, type StudyFile } from '../src/io/studyFile/openStudyFile.ts'
import { say } from '../src/messages/say.ts'
import { limitMemory, limitProcessors } from '../workers/limits.node.ts'
import { count } from './count.ts'
import { describeRun } from './describeRun.ts'
import { openExtractorOf } from './extractCase.ts'
import { extractRows, hashParameters, refuseRows } from './extractCases.ts'
import { beginRun } from './extractionRecord.ts'
import { refuseTroubled } from './findTrouble.ts'
import { fingerprint } from './fingerprint.ts'
import { lockOutput } from './lockOutput.ts'
import { createProgressBar, type HowToProgress, type ProgressBar } from './progressBar.ts'
import type { ReadCase } from './readCase.ts'
import { readListedImage } from './readListedImage.ts'
import { refuseOutput, refuseToReplace } from './refuseOutput.ts'
import { formatShard, takeShard, type Shard } from './shard.ts'
import { listStudyRows, parametersOf, regionSource, rowsPathOf, type RegionEntry } from './studyRows.ts'
import { UsageError } from './usageError.ts'

export interface ExtractStudyOptions {
  readonly output: string
  readonly reader?: ReaderId
  /** Folders with the images. */
  readonly images?: readonly string[]
  readonly workers?: number
  readonly progress: HowToProgress
  readonly shard?: Shard
  readonly failuresOk?: true
  readonly resume?: true
  readonly overwrite?: true
}

/**
 * The features of all complete regions of a reader, as the page computes them, and its wide table of them. Beside it stay the rows, one a
 * region with its diagnostics, from which a run that was stopped goes on. Of a part of the regions the rows are all that is written, as
 * `output`: merge makes the wide table.
 * @returns whether all could be measured, or each that failed was told and that is enough
 * @throws DataError if the study file cannot be opened; TroubleError, once all else is measured, for what another try may not meet
 */
export async function extractStudy(path: string, options: ExtractStudyOptions, signal: AbortSignal): Promise<boolean> {
  const { output, shard } = options
  const rowsPath = shard ? output : rowsPathOf(output)
  refuseOutput(output)
  refuseToReplace(output, [['the study file', path]])
  const earlier = options.resume ? 'resume' : options.overwrite ? 'overwrite' : 'refuse'
  if (earlier === 'refuse') await refuseRows(output)
  const file = await openStudyFile(await fileFromDisk(path))
  const parameters = parametersOf(file)
  const progress = createProgressBar(options.progress)
  try {
    for (const problem of file.problems) progress.say(say(problem))
    const folders = await listFolders(options.images ?? [], progress)
    const images = createImageReader(file, folders)
    const all = listStudyRows(file, options.reader, images.has)
    tellRest(all.rest, progress)
    const entries = shard ? takeShard(all.entries, shard, 'ROI') : all.entries
    const processors = limitProcessors()
    const memory = limitMemory()
    const workers = options.workers ?? processors.amount
    const size = {
      what: 'ROI',
      measured: entries.length,
      listed: all.entries.length,
      ...(shard && { shard }),
      ...(options.workers !== undefined && { workers }),
    }
    progress.say(describeRun(size, processors, memory))
    const lock = await lockOutput(rowsPath)
    const ended = AbortSignal.any([signal, lock.lost])
    const extractor = openExtractorOf<RegionEntry>(
      {
        parametersFor: () => parameters,
        async read({ row, region, problem }, aborted): Promise<ReadCase> {
          if (problem) throw new DataError(problem)
          const part = await file.readMask(region)
          const image = await images.read(row.image!, region.image, aborted)
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
        memoryBytes: memory.amount,
        parametersSha256: hashParameters(parameters, undefined),
        list: { file: basename(path), sha256: await fingerprint(path) },
        shard: shard ? formatShard(shard) : null,
      })
      const outcome = await extractRows(
        entries,
        (entry) => extractor.extract(entry),
        { output: rowsPath, parameters, run, earlier, signal: ended, lost: lock.lost, progress, atOnce: workers + casesAhead },
        regionSource,
      )
      if (signal.aborted) return false
      if (!shard) await all.writeTable(output, outcome.done > 0 ? rowsPath : null)
      const where = outcome.failed > 0 ? ` (${outcome.errorsPath})` : ''
      progress.say(
        `${count(entries.length, 'ROI')} of ${all.readerName}: ${outcome.done} in ${output}, ${outcome.failed} failed${where}.`,
      )
      refuseTroubled(outcome.troubled)
      return outcome.failed === 0 || options.failuresOk === true
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

/** What is not drawn to its end is told by number. */
function tellRest(rest: readonly BatchRow[], progress: ProgressBar): void {
  for (const [, own] of groupBy(rest, ({ reason }) => reason!.code)) progress.say(`${own.length} without features: ${say(own[0].reason!)}`) // prettier-ignore
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
