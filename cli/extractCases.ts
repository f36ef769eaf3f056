import type { ExtractionResult } from '../src/core/extraction/collectResult.ts'
import type { ExtractionParameters } from '../src/core/parameters.ts'
import { recordCells } from '../src/io/featureCsv.ts'
import { BatchTable } from './batchTable.ts'
import { keyOfCase, type CaseEntry } from './caseList.ts'
import { fingerprint, fingerprintText } from './fingerprint.ts'
import type { ProgressBar } from './progressBar.ts'
import type { CaseRequest } from './readCase.ts'
import { UsageError } from './usageError.ts'

export type ExtractCase = (request: CaseRequest) => Promise<ExtractionResult>

export interface BatchOptions {
  readonly output: string
  readonly parameters: ExtractionParameters
  readonly resume: boolean
  readonly signal: AbortSignal
  readonly progress: ProgressBar
}

export interface BatchOutcome {
  readonly done: number
  readonly failed: number
  readonly errorsPath: string
}

const parametersColumn = 'diagnostics_Texel_ParametersHash'
const imageColumn = 'diagnostics_Texel_ImageFileHash'
const maskColumn = 'diagnostics_Texel_MaskFileHash'

/**
 * Measures the cases one after the other. A row is written when it is ready; when all are done the rows are in the order
 * of the list. A case that fails, or fails in part, is told in `<output>.errors.csv`, and the rest goes on.
 * @throws UsageError if an earlier run cannot be resumed
 */
export async function extractCases(
  cases: readonly CaseEntry[],
  extract: ExtractCase,
  options: BatchOptions,
): Promise<BatchOutcome> {
  const { output, parameters, signal, progress } = options
  const keyOf = (value: (column: string) => string) => keyOfCase(value, parameters.settings.label)
  const table = new BatchTable(output, keyOf)
  const errors = new BatchTable(`${output}.errors.csv`, keyOf)
  const parametersHash = fingerprintText(JSON.stringify(parameters))
  if (options.resume) await takeUp(table, errors, cases, parametersHash)
  else await table.clear()
  await errors.clear()

  const waiting = cases.filter(({ key }) => !table.has(key))
  let finished = cases.length - waiting.length
  const fail = (entry: CaseEntry, reason: string) => {
    progress.say(`${entry.name}: ${reason}`)
    return errors.add(entry.key, [...entry.identity, ['reason', reason.replace(/\s*[\r\n]+\s*/g, ' ')]])
  }
  for (const entry of waiting) {
    if (signal.aborted) break
    progress.update(finished, cases.length, entry.name)
    try {
      const result = await extract(entry)
      if (result.partial) break
      for (const warning of result.warnings) progress.say(`${entry.name}: ${warning}`)
      await table.add(entry.key, [
        ...entry.identity,
        [parametersColumn, parametersHash],
        [imageColumn, await fingerprint(entry.imagePath)],
        [maskColumn, await fingerprint(entry.maskPath)],
        ...recordCells(result),
      ])
      if (result.failures.length > 0) await fail(entry, describeFailures(result.failures))
    } catch (error) {
      await fail(entry, error instanceof Error ? error.message : String(error))
    }
    finished++
    progress.update(finished, cases.length, entry.name)
  }
  const order = cases.map(({ key }) => key)
  await table.arrange(order)
  await errors.arrange(order)
  return { done: table.size, failed: errors.size, errorsPath: errors.path }
}

/** Image types that failed while the rest of their case is there. */
export function describeFailures(failures: ExtractionResult['failures']): string {
  return failures.map(({ imageType, reason }) => `${imageType} is missing: ${reason}`).join(' ')
}

/** Keeps the rows of an earlier run that are complete, after checking that they would come out the same. */
async function takeUp(table: BatchTable, errors: BatchTable, cases: readonly CaseEntry[], parametersHash: string): Promise<void> {
  const rows = await table.resume(['id', parametersColumn, imageColumn, maskColumn])
  const failed = await errors.resume(['id'])
  const byKey = new Map(cases.map((entry) => [entry.key, entry]))
  const unknown = [...rows].filter(([key]) => !byKey.has(key)).map(([, row]) => row.get('id'))
  if (unknown.length > 0) throw new UsageError(`${table.path} has ${unknown.length} rows that are not in the list of cases (${unknown.slice(0, 5).join(', ')}). Choose another output, or leave --resume out to start anew.`) // prettier-ignore
  const problems: string[] = []
  for (const [key, row] of rows) {
    const entry = byKey.get(key)!
    const changed = [
      ...(row.get(parametersColumn) === parametersHash ? [] : ['parameters']),
      ...((await isUnchanged(entry.imagePath, row.get(imageColumn))) ? [] : ['image']),
      ...((await isUnchanged(entry.maskPath, row.get(maskColumn))) ? [] : ['mask']),
    ]
    if (changed.length > 0) problems.push(`${entry.name}: ${changed.join(', ')}`)
  }
  if (problems.length > 0) {
    const list = problems.slice(0, 10).map((line) => `  ${line}`).join('\n') // prettier-ignore
    throw new UsageError(`${table.path} cannot be resumed: what ${problems.length} of its rows were made from has changed since.\n${list}\nRestore it, choose another output, or leave --resume out to start anew.`) // prettier-ignore
  }
  await table.arrange([...rows.keys()].filter((key) => !failed.has(key)))
}

/** A file that is gone has changed. */
async function isUnchanged(path: string, hash: string | undefined): Promise<boolean> {
  try {
    return (await fingerprint(path)) === hash
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
