import { dirname, resolve, sep } from 'node:path'
import Papa from 'papaparse'
import { caseColumns } from '../src/io/tables/tableFile.ts'
import type { RowEntry } from './batchTable.ts'
import type { CaseRequest } from './readCase.ts'
import { readTextFile } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

/** One line of a list of cases; its paths are absolute. */
export interface CaseEntry extends CaseRequest, RowEntry {}

export interface CaseList {
  readonly cases: readonly CaseEntry[]
  readonly ignoredColumns: readonly string[]
  /** It names no patient: a case is called by the number of its row, as by the pyradiomics command. */
  readonly isNumbered: boolean
}

/** Of cases whose line gives none. */
export type CaseDefaults = Pick<CaseRequest, 'label' | 'maskThreshold'>

const required = ['id', 'image', 'mask']
const optional: readonly string[] = caseColumns.filter((name) => !required.includes(name))

/** What a row of an earlier run is recognised by, with the label and the threshold. */
const keyColumns = ['id', 'sequence', 'reader', 'series', 'phase', 'mask-phase', 'label-channel'] as const

/**
 * Reads a list of cases: CSV with the columns id, image, mask and, if wanted, the other `caseColumns`, in any case of letters; blanks, - and _ in a
 * name are one. Lists of the pyradiomics command serve as they are: Image, Mask, Label, Label_channel, with ID or PatientID, or the number of the row. Paths are
 * relative to the list, with / or \\ between folders.
 * @throws UsageError that names every line that cannot be used, and cases that are given twice
 */
export async function readCaseList(path: string, defaults: CaseDefaults): Promise<CaseList> {
  return parseCaseList(await readTextFile(path), path, defaults)
}

export function parseCaseList(text: string, path: string, defaults: CaseDefaults): CaseList {
  // A list of one column, or none, leaves the delimiter unknown; that is no error.
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken) throw new UsageError(`${path}, line ${(broken.row ?? 0) + 1}: ${broken.message}.`)
  const given = (data[0] ?? []).map((name) => name.trim())
  const named = given.map(knownName)
  const isNumbered = !named.includes('id') && named.includes('image') && named.includes('mask')
  const columns = isNumbered ? ['id', ...named] : named
  const missing = required.filter((name) => !columns.includes(name))
  if (missing.length > 0) {
    const found = given.filter(Boolean).join(', ') || 'nothing'
    throw new UsageError(`${path} has no column ${missing.join(', ')}; its first line must name id,image,mask (and ${optional.join(', ')} if wanted), it has ${found}.`) // prettier-ignore
  }
  const known = columns.filter((name) => required.includes(name) || optional.includes(name))
  const twice = known.find((name, i) => known.indexOf(name) !== i)
  if (twice) throw new UsageError(`${path} has the column ${twice} twice.`)
  const rows = data.slice(1).map((values, i) => {
    const fields = isNumbered ? [String(i + 1), ...values] : values
    const identity = known.map((name): [string, string] => [name, (fields[columns.indexOf(name)] ?? '').trim()])
    return readEntry(identity, path, i + 1, defaults)
  })
  const problems = [...rows.flatMap(({ problems }) => problems), ...findDuplicates(rows.map(({ entry }) => entry))]
  if (problems.length > 0) throw new UsageError(`${path} cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`)
  if (rows.length === 0) throw new UsageError(`${path} lists no case.`)
  return {
    cases: rows.map(({ entry }) => entry),
    ignoredColumns: columns.filter((name) => name && !known.includes(name)),
    isNumbered,
  }
}

/** A column of ours in any case of letters, with any sign between words or none; PatientID is id. */
function knownName(name: string): string {
  const fold = (text: string) => text.toLowerCase().replaceAll(/[ _-]/g, '')
  if (fold(name) === 'patientid') return 'id'
  return [...required, ...optional].find((known) => fold(known) === fold(name)) ?? name
}

function readEntry(identity: CaseEntry['identity'], path: string, number: number, defaults: CaseDefaults) {
  const values = new Map(identity)
  const problems = required.filter((name) => !values.get(name)).map((name) => `case ${number}: ${name} is empty.`)
  if (identity.some(([, text]) => /[\r\n]/.test(text))) problems.push(`case ${number}: a value holds a line break.`)
  const aboveZero = (column: string) => {
    const text = values.get(column)
    if (!text) return undefined
    const value = Number(text)
    if (!(value > 0 && Number.isFinite(value)))
      problems.push(`case ${number}: ${column} is "${text}"; a number above 0 was expected.`)
    return value
  }
  const label = aboveZero('label') ?? defaults.label
  const maskThreshold = aboveZero('mask-threshold') ?? defaults.maskThreshold
  const channel = values.get('label-channel') ?? ''
  if (!/^\d*$/.test(channel)) problems.push(`case ${number}: label-channel is "${channel}"; a whole number from 0 was expected.`)
  const [series, phase, maskPhase] = ['series', 'phase', 'mask-phase'].map((column) => values.get(column))
  const absolute = (name: string) => {
    const given = values.get(name) ?? ''
    if (sep === '/' && /^[a-z]:[\\/]/i.test(given))
      problems.push(
        `case ${number}: ${name} is "${given}", a path of Windows. Give it as it is on this computer, or relative to the list.`,
      )
    return resolve(dirname(path), given.replaceAll('\\', sep))
  }
  const [imagePath, maskPath] = [absolute('image'), absolute('mask')]
  const entry: CaseEntry = {
    key: keyOfCase((column) => values.get(column) ?? '', defaults.label),
    name: [...keyColumns, 'mask-threshold', 'label'].map((name) => values.get(name)).filter(Boolean).join(', '), // prettier-ignore
    identity,
    imagePath,
    maskPath,
    label,
    ...((series || phase) && { choice: { ...(series && { series }), ...(phase && { phase }) } }),
    ...(maskPhase && { maskPhase }),
    ...(maskThreshold !== undefined && { maskThreshold }),
    ...(channel !== '' && { labelChannel: Number(channel) }),
  }
  return { entry, problems }
}

function findDuplicates(cases: readonly CaseEntry[]): string[] {
  const first = new Map<string, number>()
  return cases.flatMap(({ key, name }, i) => {
    const earlier = first.get(key)
    if (earlier !== undefined) return [`case ${i + 1} is the same as case ${earlier + 1} (${name}): ${keyColumns.join(', ')}, mask-threshold and label together must differ.`] // prettier-ignore
    first.set(key, i)
    return []
  })
}

/** What tells a case, or a row that was written for it, from all others. @param value the text of a column, '' without it */
export function keyOfCase(value: (column: string) => string, defaultLabel: number): string {
  const number = (column: string) => {
    const text = value(column).trim()
    return text === '' ? undefined : Number(text)
  }
  return JSON.stringify([...keyColumns.map(value), number('mask-threshold') ?? null, number('label') ?? defaultLabel])
}
