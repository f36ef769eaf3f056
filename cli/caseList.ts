import { dirname, resolve } from 'node:path'
import Papa from 'papaparse'
import { readTextFile } from './tableFiles.ts'
import type { VolumeChoice } from './chooseVolume.ts'
import { UsageError } from './usageError.ts'

/** One line of a list of cases. */
export interface CaseEntry {
  /** Tells the case from all others of the list: id + sequence + reader + series + phase + label. */
  readonly key: string
  /** What a person calls it. */
  readonly name: string
  /** The columns of the list that are kept, as they stand there. */
  readonly identity: readonly (readonly [column: string, text: string])[]
  /** Absolute paths; a folder is a DICOM series. */
  readonly imagePath: string
  readonly maskPath: string
  readonly label: number
  /** Which volume of the image is meant, where the list says it. */
  readonly choice?: VolumeChoice
}

const required = ['id', 'image', 'mask']
const optional = ['label', 'sequence', 'reader', 'series', 'phase']

/** What a row of an earlier run is recognised by. */
const keyColumns = ['id', 'sequence', 'reader', 'series', 'phase'] as const

/**
 * Reads a list of cases: CSV with the columns id, image, mask and, if wanted, label, sequence, reader, series, phase, in any case of letters. Lists of the
 * pyradiomics command serve as they are: Image, Mask, Label, with ID or PatientID, or the number of the row. Paths are relative to the list.
 * @param defaultLabel of cases whose line gives none
 * @throws UsageError that names every line that cannot be used, and cases that are given twice
 */
export async function readCaseList(
  path: string,
  defaultLabel: number,
): Promise<{ cases: CaseEntry[]; ignoredColumns: string[] }> {
  return parseCaseList(await readTextFile(path), path, defaultLabel)
}

export function parseCaseList(
  text: string,
  path: string,
  defaultLabel: number,
): { cases: CaseEntry[]; ignoredColumns: string[] } {
  // A list of one column, or none, leaves the delimiter unknown; that is no error.
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken) throw new UsageError(`${path}, line ${(broken.row ?? 0) + 1}: ${broken.message}.`)
  const given = (data[0] ?? []).map((name) => name.trim())
  const named = given.map(knownName)
  // As the pyradiomics command does, which numbers the rows of a list that names no patient.
  const isNumbered = !named.includes('id') && given.includes('Image') && given.includes('Mask')
  const columns = isNumbered ? ['id', ...named] : named
  const missing = required.filter((name) => !columns.includes(name))
  if (missing.length > 0) {
    const found = given.filter(Boolean).join(', ') || 'nothing'
    throw new UsageError(`${path} has no column ${missing.join(', ')}; its first line must name id,image,mask (and label, sequence, reader, series, phase if wanted), it has ${found}.`) // prettier-ignore
  }
  const known = columns.filter((name) => required.includes(name) || optional.includes(name))
  const twice = known.find((name, i) => known.indexOf(name) !== i)
  if (twice) throw new UsageError(`${path} has the column ${twice} twice.`)
  const rows = data.slice(1).map((values, i) => {
    const fields = isNumbered ? [String(i + 1), ...values] : values
    const identity = known.map((name): [string, string] => [name, (fields[columns.indexOf(name)] ?? '').trim()])
    return readEntry(identity, path, i + 1, defaultLabel)
  })
  const problems = [...rows.flatMap(({ problems }) => problems), ...findDuplicates(rows.map(({ entry }) => entry))]
  if (problems.length > 0) throw new UsageError(`${path} cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`)
  if (rows.length === 0) throw new UsageError(`${path} lists no case.`)
  return {
    cases: rows.map(({ entry }) => entry),
    ignoredColumns: columns.filter((name) => name && !known.includes(name)),
  }
}

/** A column of ours in any case of letters; PatientID is id. */
function knownName(name: string): string {
  const lower = name.toLowerCase()
  if (/^patient[ _]?id$/.test(lower)) return 'id'
  return required.includes(lower) || optional.includes(lower) ? lower : name
}

function readEntry(identity: CaseEntry['identity'], path: string, number: number, defaultLabel: number) {
  const values = new Map(identity)
  const problems = required.filter((name) => !values.get(name)).map((name) => `case ${number}: ${name} is empty.`)
  if (identity.some(([, text]) => /[\r\n]/.test(text))) problems.push(`case ${number}: a value holds a line break.`)
  const labelText = values.get('label') ?? ''
  const label = labelText === '' ? defaultLabel : Number(labelText)
  if (!(label > 0 && Number.isFinite(label)))
    problems.push(`case ${number}: label is "${labelText}"; a number above 0 was expected.`)
  const absolute = (name: string) => resolve(dirname(path), values.get(name) ?? '')
  const entry: CaseEntry = {
    key: keyOfCase((column) => values.get(column) ?? '', defaultLabel),
    name: [...keyColumns, 'label'].map((name) => values.get(name)).filter(Boolean).join(', '), // prettier-ignore
    identity,
    imagePath: absolute('image'),
    maskPath: absolute('mask'),
    label,
    ...((values.get('series') || values.get('phase')) && {
      choice: {
        ...(values.get('series') && { series: values.get('series')! }),
        ...(values.get('phase') && { phase: values.get('phase')! }),
      },
    }),
  }
  return { entry, problems }
}

function findDuplicates(cases: readonly CaseEntry[]): string[] {
  const first = new Map<string, number>()
  return cases.flatMap(({ key, name }, i) => {
    const earlier = first.get(key)
    if (earlier !== undefined) return [`case ${i + 1} is the same as case ${earlier + 1} (${name}): id, sequence, reader, series, phase and label together must differ.`] // prettier-ignore
    first.set(key, i)
    return []
  })
}

/** What tells a case, or a row that was written for it, from all others. @param value the text of a column, '' without it */
export function keyOfCase(value: (column: string) => string, defaultLabel: number): string {
  const label = value('label').trim()
  return JSON.stringify([...keyColumns.map(value), label === '' ? defaultLabel : Number(label)])
}
