import type { Say } from '../messages/message.ts'
import { formatP } from '../numeric/formatP.ts'
import { formatQuartiles, formatShare, type CategoricalRow, type ContinuousRow, type Table1 } from './table1.ts'

/** Header and rows of text: a line each variable, then one each level, then one for missing values where there are any. */
export function formatTable1({ groups, rows }: Table1, say: Say): { readonly columns: string[]; readonly rows: string[][] } {
  const columns = ['variable', 'level', ...groups.map(({ name, patients }) => `${name} (n=${patients})`), 'p', 'fisher_p', 'test', 'note'] // prettier-ignore
  return { columns, rows: rows.flatMap((row) => formatRow(row, groups.map(({ patients }) => patients), say)) } // prettier-ignore
}

function formatRow(row: ContinuousRow | CategoricalRow, patients: readonly number[], say: Say): string[][] {
  const { method, p, fisherP } = row.test
  const tail = [formatP(p), formatP(fisherP ?? NaN), method, row.notes.map(say).join('; ')]
  const rest = ['', '', '', '']
  const present = patients.map((count, g) => count - row.missing[g])
  const missing = row.missing.some((count) => count > 0) ? [[row.name, 'missing', ...row.missing.map(String), ...rest]] : []
  if (row.kind === 'continuous')
    return [[row.name, '', ...row.quartiles.map((quartiles) => formatQuartiles(quartiles)), ...tail], ...missing]
  const levels = row.levels.map((level, l) => [row.name, level, ...row.counts[l].map((count, g) => formatShare(count, present[g])), ...rest]) // prettier-ignore
  return [[row.name, '', ...patients.map(() => ''), ...tail], ...levels, ...missing]
}
