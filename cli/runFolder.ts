import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError } from '../src/core/messages/message.ts'
import { sayError } from '../src/messages/say.ts'
import { parseRunRecord, runRecordName, type RunRecord } from '../src/io/records/runRecord.ts'
import { makeFolder, readTextFile, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

/** What a run leaves, where no record lists it: a folder of an older Texel. */
const filesOfOlderRuns = ['combat.json', 'evaluation.json', 'harmonised.csv', 'notes.txt', 'optimism.json', 'protocol.yaml', 'resampling.json', 'scores.csv', 'selection.json', 'split.json', 'table2.csv'] // prettier-ignore

/** One of them. */
export interface RunFile {
  /** Path below the folder. */
  readonly name: string
  readonly content: string | Uint8Array
}

/** A folder that takes the files of one run. */
export interface RunFolder {
  /** The record of the run whose files are to be replaced. */
  readonly former: RunRecord | null
  /** Takes the former run's files away and writes these; what is not a run's stays. */
  write(files: readonly RunFile[]): Promise<void>
}

/**
 * Makes the folder, or finds it. Files of two runs never stand beside each other: a reader could not tell which belong together.
 * @throws UsageError when it holds another run's files and these are not to be overwritten, or when there cannot be such a folder
 */
export async function openRunFolder(path: string, overwrite: boolean): Promise<RunFolder> {
  await makeFolder(path)
  const entries = await readdir(path)
  const former = entries.includes(runRecordName) ? await readFormerRun(path) : null
  const old = former
    ? [runRecordName, ...former.files.map(({ name }) => name)]
    : [...filesOfOlderRuns.filter((name) => entries.includes(name)), ...(await oldModels(path, entries))]
  if (old.length > 0 && !overwrite)
    throw new UsageError(`${path} holds the files of another run${former ? ` (of ${former.startedAt})` : ''}: ${old[0]} and others. Name another folder, or add --overwrite to replace them.`) // prettier-ignore
  return {
    former,
    async write(files) {
      for (const name of old) await rm(join(path, name), { force: true })
      for (const { name } of files) await makeFolder(join(path, name, '..'))
      for (const { name, content } of files) await writeResult(join(path, name), content)
    },
  }
}

/** @throws UsageError when there is no such file, or it is no record of a run */
async function readRunRecord(path: string): Promise<RunRecord> {
  try {
    return parseRunRecord(await readTextFile(path), path)
  } catch (error) {
    if (error instanceof DataError) throw new UsageError(sayError(error), { cause: error })
    throw error
  }
}

async function readFormerRun(path: string): Promise<RunRecord> {
  try {
    return await readRunRecord(join(path, runRecordName))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(`${error.message} So it cannot be told which files of ${path} are a run's: name another folder.`, { cause: error }) // prettier-ignore
  }
}

/** @param path of a run's folder, or of its run.json */
export async function readEarlierRun(path: string): Promise<RunRecord> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new UsageError(`--after ${path} cannot be read: ${(cause as Error).message}.`, { cause })
  })
  return readRunRecord(info.isDirectory() ? join(path, runRecordName) : path)
}

async function oldModels(path: string, entries: readonly string[]): Promise<string[]> {
  if (!entries.includes('models') || !filesOfOlderRuns.some((name) => entries.includes(name))) return []
  return (await readdir(join(path, 'models'))).filter((name) => name.endsWith('.json')).map((name) => `models/${name}`)
}
