import { readFile } from 'node:fs/promises'
import type { ExtractionResult } from '../src/core/extraction/collectResult.ts'
import { listFeatureNames } from '../src/core/extraction/featureNames.ts'
import { planOf, type AnyParameters } from '../src/core/parameters/parameters.ts'
import { listSome } from '../src/messages/listSome.ts'
import type { ExtractionRun, MeasuredCase } from '../src/io/records/extractionRecord.ts'
import { recordCells } from '../src/io/tables/featureCsv.ts'
import { imageColumn, maskColumn, parametersColumn } from '../src/io/tables/rowColumns.ts'
import { BatchTable, type RowEntry } from './batchTable.ts'
import { keyOfCase, type CaseEntry } from './caseList.ts'
import { readRuns, writeRuns } from './extractionRecord.ts'
import { findTrouble, isAboutMemory } from './findTrouble.ts'
import { fingerprint, fingerprintText } from './fingerprint.ts'
import type { ProgressBar } from './progressBar.ts'
import type { CaseRequest } from './readCase.ts'
import { UsageError } from './usageError.ts'
import { workAhead } from './workAhead.ts'
import { say, sayError } from '../src/messages/say.ts'
import type { ExtractedCase } from './extractCase.ts'

export type ExtractCase = (request: CaseRequest) => Promise<ExtractedCase>

/** How rows are told apart, and what they are made from. */
export interface RowSource<Entry> {
  /** The key of an entry again, by the columns of its row. */
  readonly keyOf: (value: (column: string) => string) => string
  /** Tells its image or mask again: a row of other ones is not taken up. @throws what the file system says where it is gone */
  readonly hashOf: (entry: Entry, what: 'image' | 'mask') => Promise<string>
}

export interface BatchOptions<Entry = CaseEntry> {
  readonly output: string
  readonly parameters: AnyParameters
  /** As it begins; it is written beside the output at once, and again with what was measured. */
  readonly run: ExtractionRun
  /** What becomes of rows that an earlier run left in `output`: they are never erased without a word. */
  readonly earlier: 'refuse' | 'resume' | 'overwrite'
  /** Tells what the first of several cases says of the whole list, before hours are spent; no case need tell it again. */
  readonly foretell?: (first: Entry) => Promise<readonly string[]>
  readonly signal: AbortSignal
  /** Aborts when the output is no longer this run's to write. */
  readonly lost?: AbortSignal
  readonly progress: ProgressBar
  /** Cases that `extract` is asked for at the same time. */
  readonly atOnce: number
}

export interface BatchOutcome {
  readonly done: number
  readonly failed: number
  readonly errorsPath: string
  /** Names of failed cases that a later try may measure: memory was short, or a disk failed. */
  readonly troubled: readonly string[]
}

/** Where the cases that failed are told. */
export const errorsPathOf = (output: string) => `${output}.errors.csv`

/** @param maskThreshold of the cases whose line gives none; as the parameters it must be the same in a run that is resumed */
export function hashParameters(parameters: AnyParameters, maskThreshold: number | undefined): string {
  return fingerprintText(JSON.stringify(maskThreshold === undefined ? parameters : { ...parameters, maskThreshold }))
}

/** Measures the cases of a list, see `extractRows`. */
export function extractCases(cases: readonly CaseEntry[], extract: ExtractCase, options: BatchOptions): Promise<BatchOutcome> {
  const { label } = options.parameters.settings
  return extractRows(cases, extract, options, {
    keyOf: (value) => keyOfCase(value, label),
    hashOf: ({ imagePath, maskPath }, what) => fingerprint(what === 'image' ? imagePath : maskPath),
  })
}

/**
 * Measures the cases, some of them at the same time. Rows and messages come in the order of the list. A row is written when it is ready; when all are done the rows are in the order
 * of the list. A case that fails, or fails in part, is told in `<output>.errors.csv`, and the rest goes on; where all fail, the table has its
 * header alone, with the features that the parameters ask for. What is said of several cases is
 * said of the first one, and at the end of how many; failures stand together at the end.
 * @throws UsageError if there are rows of an earlier run and nothing was said of them, or they cannot be resumed; what the file system
 *   says if a row cannot be written: it is of no use to measure on then
 */
export async function extractRows<Entry extends RowEntry>(
  cases: readonly Entry[],
  extract: (entry: Entry) => Promise<ExtractedCase>,
  options: BatchOptions<Entry>,
  { keyOf, hashOf }: RowSource<Entry>,
): Promise<BatchOutcome> {
  const { output, parameters, signal, progress, lost } = options
  const parametersHash = options.run.parametersSha256
  const table = new BatchTable(output, keyOf)
  const errors = new BatchTable(errorsPathOf(output), keyOf)
  if (options.earlier === 'refuse') await refuseRows(output)
  if (options.earlier === 'resume') await takeUp(table, errors, cases, parametersHash, hashOf)
  else await table.clear()
  await errors.clear()
  const before = options.earlier === 'resume' ? await readRuns(output) : []
  await writeRuns(output, [...before, options.run])

  const waiting = cases.filter(({ key }) => !table.has(key))
  let finished = cases.length - waiting.length
  const foretold = waiting.length > 1 && options.foretell ? await options.foretell(waiting[0]) : []
  const casesOf = new Map<string, string[]>(foretold.map((sentence) => [sentence, []]))
  const warn = (entry: Entry, warning: string) => {
    const told = casesOf.get(warning)
    if (!told) progress.say(`${entry.name}: ${warning}`)
    casesOf.set(warning, [...(told ?? []), entry.name])
  }
  const failures: string[] = []
  const troubled: string[] = []
  const begun = new Map<Entry, number>()
  const measuredCases: MeasuredCase[] = []
  const note = (entry: Entry, state: MeasuredCase['state']) => {
    const seconds = Math.round(performance.now() - begun.get(entry)!) / 1000
    measuredCases.push({ name: entry.name, state, seconds, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 })
  }
  const fail = (entry: Entry, reason: string) => {
    progress.say(`${entry.name}: ${reason}`)
    failures.push(`${entry.name}: ${reason}`)
    return errors.add(entry.key, [...entry.identity, ['reason', reason.replace(/\s*[\r\n]+\s*/g, ' ')]])
  }
  const nextMeasured = workAhead(waiting, options.atOnce, async (entry) => {
    begun.set(entry, performance.now())
    const result = await extract(entry)
    // Of a case that was cancelled no row is written.
    if (result.partial) return undefined
    return { result, imageHash: await hashOf(entry, 'image'), maskHash: await hashOf(entry, 'mask') }
  })
  for (const entry of waiting) {
    if (signal.aborted) break
    progress.update(finished, cases.length, entry.name)
    const measured = await nextMeasured()!.catch((error: unknown) => ({ error }))
    if (!measured) break
    // A row that cannot be written is no failure of its case.
    if ('error' in measured) {
      if (findTrouble(measured.error)) troubled.push(entry.name)
      await fail(entry, sayError(measured.error))
      note(entry, 'failed')
    } else {
      const { result, imageHash, maskHash } = measured
      for (const warning of result.warnings) warn(entry, warning)
      await table.add(entry.key, [
        ...entry.identity,
        [parametersColumn, parametersHash],
        [imageColumn, imageHash],
        [maskColumn, maskHash],
        ...recordCells(result, say),
      ])
      if (result.failures.length > 0) await fail(entry, describeFailures(result.failures))
      if (result.failures.some(({ reason }) => isAboutMemory(reason))) troubled.push(entry.name)
      note(entry, result.failures.length > 0 ? 'in part' : 'done')
    }
    finished++
    progress.update(finished, cases.length, entry.name)
  }
  lost?.throwIfAborted()
  const order = cases.map(({ key }) => key)
  await table.arrange(order)
  await errors.arrange(order)
  if (!signal.aborted)
    await table.addHeader([
      ...cases[0].identity.map(([name]) => name),
      parametersColumn,
      imageColumn,
      maskColumn,
      ...listFeatureNames(planOf(parameters)),
    ])
  await writeRuns(output, [...before, { ...options.run, endedAt: new Date().toISOString(), cases: measuredCases }])
  for (const line of summarise(casesOf, failures, waiting.length)) progress.say(line)
  return { done: table.size, failed: errors.size, errorsPath: errors.path, troubled }
}

/** @throws UsageError where a file with rows is in the way */
export async function refuseRows(output: string): Promise<void> {
  const text = await readFile(output, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  })
  const rows = text.split('\n').filter((line) => line.trim() !== '').length - 1
  if (rows > 0)
    throw new UsageError(`${output} holds ${rows === 1 ? 'a row' : `${rows} rows`} of an earlier run. Add --resume to go on from there, or --overwrite to start anew.`) // prettier-ignore
}

/** What several cases have in common, and the failures once more. @param count of the cases that were measured */
function summarise(casesOf: ReadonlyMap<string, readonly string[]>, failures: readonly string[], count: number): string[] {
  const shared = [...casesOf].filter(([, names]) => names.length > 1)
  return [
    ...shared.map(([warning, names]) => `${names.length === count ? `All ${count}` : `${names.length} of ${count}`} cases${names.length === count ? '' : ` (${listSome(names, '; ')})`}: ${warning}`),
    ...(failures.length > 1 ? ['Failed:', ...failures.slice(0, mostShown).map((line) => `  ${line}`)] : []),
    ...(failures.length > mostShown ? [`  and ${failures.length - mostShown} more`] : []),
  ] // prettier-ignore
}

const mostShown = 20

/** Image types that failed while the rest of their case is there. */
export function describeFailures(failures: ExtractionResult['failures']): string {
  return failures.map(({ imageType, reason }) => `${imageType} is missing: ${say(reason)}`).join(' ')
}

/** Keeps the rows of an earlier run that are complete, after checking that they would come out the same. */
async function takeUp<Entry extends RowEntry>(
  table: BatchTable,
  errors: BatchTable,
  cases: readonly Entry[],
  parametersHash: string,
  hashOf: RowSource<Entry>['hashOf'],
): Promise<void> {
  const rows = await table.resume(['id', parametersColumn, imageColumn, maskColumn])
  const failed = await errors.resume(['id'])
  const byKey = new Map(cases.map((entry) => [entry.key, entry]))
  const unknown = [...rows].filter(([key]) => !byKey.has(key)).map(([, row]) => row.get('id'))
  if (unknown.length > 0) throw new UsageError(`${table.path} has ${unknown.length} rows that are not in the list of cases (${unknown.slice(0, 5).join(', ')}). Choose another output, or take --overwrite to start anew.`) // prettier-ignore
  const problems: string[] = []
  for (const [key, row] of rows) {
    const entry = byKey.get(key)!
    const changed = [
      ...(row.get(parametersColumn) === parametersHash ? [] : ['parameters']),
      ...((await isUnchanged(hashOf(entry, 'image'), row.get(imageColumn))) ? [] : ['image']),
      ...((await isUnchanged(hashOf(entry, 'mask'), row.get(maskColumn))) ? [] : ['mask']),
    ]
    if (changed.length > 0) problems.push(`${entry.name}: ${changed.join(', ')}`)
  }
  if (problems.length > 0) {
    const list = problems.slice(0, 10).map((line) => `  ${line}`).join('\n') // prettier-ignore
    throw new UsageError(`${table.path} cannot be resumed: what ${problems.length} of its rows were made from has changed since.\n${list}\nRestore it, choose another output, or take --overwrite to start anew.`) // prettier-ignore
  }
  await table.arrange([...rows.keys()].filter((key) => !failed.has(key)))
}

/** A file that is gone has changed. */
async function isUnchanged(now: Promise<string>, hash: string | undefined): Promise<boolean> {
  try {
    return (await now) === hash
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
