import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import packageJson from '../package.json' with { type: 'json' }
import { formatExtractionRecord, parseExtractionRecord, type ExtractionRun } from '../src/io/records/extractionRecord.ts'
import { writeResult } from './tableFiles.ts'

const extractionRecordPath = (output: string) => `${output}.run.json`

/** A run that begins now, on this machine. */
export function beginRun(
  known: Pick<ExtractionRun, 'workers' | 'memoryBytes' | 'parametersSha256' | 'list' | 'shard'>,
): ExtractionRun {
  return {
    texel: packageJson.version,
    node: process.version,
    host: hostname(),
    startedAt: new Date().toISOString(),
    endedAt: null,
    ...known,
    cases: [],
  }
}

/** None where there is no record. */
export async function readRuns(output: string): Promise<readonly ExtractionRun[]> {
  try {
    return parseExtractionRecord(await readFile(extractionRecordPath(output), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

export const writeRuns = (output: string, runs: readonly ExtractionRun[]): Promise<void> =>
  writeResult(extractionRecordPath(output), formatExtractionRecord(runs))
