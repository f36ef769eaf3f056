import {
  formatQuartiles,
  formatShare,
  type CategoricalRow,
  type ContinuousRow,
  type Table1,
} from '../../../core/cohort/table1.ts'
import { formatP } from '../../../core/numeric/formatP.ts'

/** A line of Table 1 as a paper prints it. */
export interface FormLine {
  readonly name: string
  /** A level of the variable above it, or how many are missing. */
  readonly isLevel: boolean
  /** One a group. */
  readonly cells: readonly string[]
  readonly p: string
  /** Of the test, for its footnote; '' where there is no P. */
  readonly mark: string
}

export interface Table1Form {
  readonly heads: readonly string[]
  readonly lines: readonly FormLine[]
  /** Marks and the tests that they stand for. */
  readonly footnotes: readonly (readonly [mark: string, test: string])[]
}

const marks = ['a', 'b', 'c', 'd', 'e']

export function formOfTable1({ groups, rows }: Table1): Table1Form {
  const tests = [...new Set(rows.flatMap((row) => testOf(row) ?? []))]
  const markOf = (row: ContinuousRow | CategoricalRow) => marks[tests.indexOf(testOf(row) ?? '')] ?? ''
  const patients = groups.map(({ patients }) => patients)
  const below = (name: string, cells: readonly string[]): FormLine => ({ name, isLevel: true, cells, p: '', mark: '' })
  const lines = rows.flatMap((row): FormLine[] => {
    const head = { name: row.name, isLevel: false, p: formatP(row.test.fisherP ?? row.test.p), mark: markOf(row) }
    const missing = row.missing.some((count) => count > 0) ? [below('missing', row.missing.map(String))] : []
    if (row.kind === 'continuous')
      return [{ ...head, cells: row.quartiles.map((quartiles) => formatQuartiles(quartiles)) }, ...missing]
    const present = patients.map((count, g) => count - row.missing[g])
    const levels = row.levels.map((level, l) =>
      below(
        level,
        row.counts[l].map((count, g) => formatShare(count, present[g])),
      ),
    )
    return [{ ...head, cells: patients.map(() => '') }, ...levels, ...missing]
  })
  return {
    heads: groups.map(({ name, patients }) => `${name} (n = ${patients})`),
    lines,
    footnotes: tests.map((test, i) => [marks[i], test]),
  }
}

function testOf({ test: { p, fisherP, method } }: ContinuousRow | CategoricalRow): string | undefined {
  if (fisherP !== undefined) return 'Fisher’s exact test, as an expected count is below 5'
  return Number.isNaN(p) ? undefined : method
}

export const continuousNote = 'Median [first quartile;third quartile], or number of patients (%).'

/** In one file, as it is pasted into a manuscript. */
export function table1Html({ heads, lines, footnotes }: Table1Form, withP: boolean): string {
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const cell = (text: string, style = '') => `<td style="padding:2px 10px;${style}">${escape(text)}</td>`
  const head = (text: string) => `<th style="padding:2px 10px;border-bottom:1px solid #000;text-align:left">${escape(text)}</th>`
  const body = lines.map(({ name, isLevel, cells, p, mark }) => {
    const last = withP ? `<td style="padding:2px 10px">${escape(p)}${mark ? `<sup>${mark}</sup>` : ''}</td>` : ''
    return `<tr>${cell(name, isLevel ? 'padding-left:24px' : '')}${cells.map((text) => cell(text)).join('')}${last}</tr>`
  })
  const notes = [continuousNote, ...(withP ? footnotes.map(([mark, test]) => `${mark}: ${test}.`) : [])]
  return [
    '<!doctype html><meta charset="utf-8"><title>Table 1</title>',
    '<table style="border-collapse:collapse;border-top:1px solid #000;border-bottom:1px solid #000;font-family:Arial,Helvetica,sans-serif;font-size:10pt">',
    `<thead><tr>${['Variable', ...heads, ...(withP ? ['P'] : [])].map(head).join('')}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody></table>`,
    `<p style="font-family:Arial,Helvetica,sans-serif;font-size:9pt">${escape(notes.join(' '))}</p>`,
    '',
  ].join('\n')
}
