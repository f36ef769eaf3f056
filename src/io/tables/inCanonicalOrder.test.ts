import { expect, test } from 'vitest'
import { protocolSchema } from '../../core/protocol/protocol.ts'
import { inCanonicalOrder } from './inCanonicalOrder.ts'
import { readStudy } from './readStudy.ts'
import type { TextTable } from './tableFile.ts'
import { readTable } from './madeTable.ts'

const header = ['id', 'b', 'reader', 'a', 'sequence', 'Ä', 'Z']
const rows = [
  ['P10', '1', 'R1', '2', 'T1', '3', '4'],
  ['P9', '5', 'R1', '6', 'T2', '7', '8'],
  ['P10', '9', 'R2', '10', 'T1', '11', '12'],
  ['p1', '13', 'R1', '14', 'T1', '15', '16'],
  ['P9', '17', 'R1', '18', 'T1', '19', '20'],
  ['P10', '21', 'R1', '22', 'T2', '23', '24'],
  ['p1', '25', 'R1', '26', 'T2', '27', '28'],
  ['P10', '29', 'R2', '30', 'T2', '31', '32'],
]
const table = (columns: readonly string[], lines: readonly (readonly string[])[]) =>
  readTable([columns, ...lines].map((line) => line.join(',')).join('\n'), 't.csv')
/** The ID stays in front. */
const turned = (lines: readonly string[][]) => [...lines].reverse().map(([id, ...cells]) => [id, ...cells.reverse()])

test('rows go by ID, sequence and reader, columns by name, by code units; each row keeps its place in the file for messages', () => {
  const sorted = inCanonicalOrder(table(header, rows))
  expect(sorted.columns).toEqual(['Z', 'a', 'b', 'reader', 'sequence', 'Ä'])
  expect(sorted.ids).toEqual(['P10', 'P10', 'P10', 'P10', 'P9', 'P9', 'p1', 'p1'])
  expect(sorted.cells.slice(0, 5).map((row) => row.slice(3, 5).join())).toEqual(['R1,T1', 'R2,T1', 'R1,T2', 'R2,T2', 'R1,T1'])
  expect(sorted.cells[0]).toEqual(['4', '2', '1', 'R1', 'T1', '3'])
  expect(sorted.rowNumbers).toEqual([2, 4, 7, 9, 6, 3, 5, 8])
})

test('a study in another order is the same study, to the order of all that it holds', () => {
  const clinical = [['id', 'cohort', 'scanner', 'outcome', 'age'], ['P9', 'training', 'B', '1', '60'], ['P10', 'training', 'A', '0', '50'], ['p1', 'validation', 'B', '0', '70']] // prettier-ignore
  const read = (ordered: (table: TextTable) => TextTable, isTurned: boolean) => {
    const protocol = protocolSchema.parse({ harmonise: { covariates: ['age'] } })
    const [head, ...lines] = isTurned ? [...turned([clinical[0]]), ...turned(clinical.slice(1))] : clinical
    const features = isTurned ? table(turned([header])[0], turned(rows)) : table(header, rows)
    const { study, notes } = readStudy(ordered(features), ordered(table(head, lines)), protocol)
    // Maps are compared with the order of their entries.
    return JSON.stringify([study, notes], (_, value: unknown) => (value instanceof Map ? [...(value as Map<string, unknown>)] : value)) // prettier-ignore
  }
  expect(read(inCanonicalOrder, true)).toBe(read(inCanonicalOrder, false))
  // The second reader stands first there.
  expect(() => read((given) => given, true)).toThrowSaying('read by R1 but not by R2')
})
