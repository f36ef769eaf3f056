import { strFromU8, unzipSync } from 'fflate'
import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import type { PaperTable } from './paperTable.ts'
import type { ReportSection } from './reportSections.ts'
import { writeWordFile, writeWordReport } from './wordFile.ts'

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

test('the report as a Word file: headings, sentences, real tables whose names repeat, pictures, questions with room to answer', async () => {
  const figure = { of: 'roc' as const, caption: 'c', panels: ['<svg a>', '<svg b>'], data: { name: 'd', columns: [], rows: [] }, dataTitle: 'd' } // prettier-ignore
  const sections: ReportSection[] = [
    { of: 'title page', heading: 'Title page', blocks: [{ kind: 'text', text: 'How & why' }] },
    { of: 'data', heading: 'Patients', blocks: [{ kind: 'sentences', isList: false, sentences: [{ record: 'split', text: 'One.' }, { record: 'split', text: 'Two < 3.' }], files: ['split.json'] }, { kind: 'table', caption: 'Table 1', table, records: [null, null, null] }] },
    { of: 'figures', heading: 'Figures', blocks: [{ kind: 'figure', caption: 'Figure 1. ROC', figure }] },
    { of: 'questions', heading: 'For a person', blocks: [{ kind: 'questions', questions: [{ of: 'ethics', text: 'Which board?', answer: null }, { of: 'funding', text: 'Who paid?', answer: 'Nobody\nat all' }] }] },
    { of: 'clear', heading: 'CLEAR', blocks: [{ kind: 'checklist', heads: ['No.', 'Item'], rows: [{ key: 'clear/1', state: 'open', cells: ['1', 'title'] }] }] },
  ] // prettier-ignore
  const pictures = new Map([['<svg a>', { png: new Uint8Array([137, 80, 78, 71]), width: 310, height: 290 }], ['<svg b>', { png: new Uint8Array([137, 80, 78, 71, 1]), width: 310, height: 290 }]]) // prettier-ignore
  const files = unzipSync(new Uint8Array(await writeWordReport('R & <D>', sections, pictures, 'Letter')))
  const xml = strFromU8(files['word/document.xml'])
  expect(xml).toContain('<w:pgSz w:w="12240" w:h="15840"')
  expect(parse(xml).querySelector('parsererror')).toBeNull()
  expect(textOf(xml)).toEqual(expect.arrayContaining(['R &amp; &lt;D&gt;', 'How &amp; why', 'Patients', 'One. Two &lt; 3.', 'Which board?', 'Nobody', 'at all', 'title'])) // prettier-ignore
  expect(xml.split('<w:tbl>')).toHaveLength(3)
  expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(2)
  expect(xml.match(/<pic:pic/g)).toHaveLength(2)
  expect(Object.keys(files).filter((name) => name.startsWith('word/media/'))).toHaveLength(2)
})
