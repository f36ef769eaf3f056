import { strFromU8, unzipSync } from 'fflate'
import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import type { PaperTable } from './paperTable.ts'
import { writeWordFile } from './wordFile.ts'

const table: PaperTable = {
  title: 'Table 1 & more',
  heads: ['Variable', '', 'II (n = 4)', 'P'],
  rows: [
    { kind: 'heading', cells: ['All <113> & "others"'] },
    { cells: ['Age', '57.00', '51.50', { text: '<0.001', mark: 'a' }] },
    { kind: 'below', cells: ['missing', '1', '', ''] },
  ],
  notes: ['a: Fisher’s exact test, count < 5.'],
}

const documentOf = async (tables: readonly PaperTable[]) => strFromU8(unzipSync(new Uint8Array(await writeWordFile(tables)))['word/document.xml']) // prettier-ignore
const parse = (xml: string) => new new Window().DOMParser().parseFromString(xml, 'application/xml')
const textOf = (xml: string) => [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text)

test('a Word file has real tables: rows, cells, a row of names that repeats, merged headings, raised marks', async () => {
  const xml = await documentOf([table, { ...table, title: 'Table 2' }])
  const page = parse(xml)
  expect(page.querySelector('parsererror')).toBeNull()
  const tables = xml.split('<w:tbl>').slice(1)
  expect(tables).toHaveLength(2)
  const rows = tables[0].split('<w:tr>').slice(1)
  expect(rows.map((row) => row.split('<w:tc>').length - 1)).toEqual([4, 1, 4, 4])
  expect(rows.map((row) => row.includes('<w:tblHeader/>'))).toEqual([true, false, false, false])
  expect(rows[1]).toContain('<w:gridSpan w:val="4"/>')
  expect(rows[2]).toMatch(/<w:vertAlign w:val="superscript"\/>.*<w:t[^>]*>a<\/w:t>/)
})

test('what a name or a P holds is escaped, and an empty cell is a cell', async () => {
  const xml = await documentOf([table])
  expect(textOf(xml)).toEqual([
    'Table 1 &amp; more',
    ...['Variable', '', 'II (n = 4)', 'P'],
    'All &lt;113&gt; &amp; &quot;others&quot;',
    ...['Age', '57.00', '51.50', '&lt;0.001', 'a'],
    ...['missing', '1', '', ''],
    'a: Fisher’s exact test, count &lt; 5.',
  ])
})
