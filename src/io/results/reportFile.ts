import type { Message, Say } from '../../core/messages/message.ts'
import type { Clause } from '../../core/report/clauses.ts'
import { clauseTopics, tell, type ClauseTopic, type ReportPart } from '../../core/report/clauseMessages.ts'
import type { Report } from '../../core/report/writeReport.ts'
import { partsOfCell, type PaperCell, type PaperTable } from './paperTable.ts'
import style from './report.css?raw'

/** Null where there is nothing to put in it. */
export interface ReportTables {
  readonly table1: PaperTable | null
  readonly table2: PaperTable | null
  readonly table3: PaperTable | null
}

/** Nothing is loaded and nothing runs: what the file shows, it holds. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/**
 * The report as one HTML file without a script, which prints to A4 or Letter. Each sentence keeps the place of its record in
 * `data-record`; what a person must answer is a ruled line in print.
 */
export function formatReport({ title, clauses, notDone, reviewer, questions }: Report, tables: ReportTables, say: Say): string {
  const name = (of: ReportPart) => escapeHtml(say(tell('heading', { of })))
  const section = (of: ReportPart, content: readonly string[]) => ({ of, html: [`<section id="${anchor(of)}">`, `<h2>${name(of)}</h2>`, ...content, '</section>'] }) // prettier-ignore
  const table = (of: ReportPart, paper: PaperTable | null) => (paper === null || paper.rows.length === 0 ? [] : [drawTable(paper, name(of))]) // prettier-ignore
  const tablesOf: Partial<Record<ClauseTopic, readonly string[]>> = {
    data: table('table 1', tables.table1),
    results: [...table('table 2', tables.table2), ...table('table 3', tables.table3)],
  }
  const told = (topic: ClauseTopic) => {
    const own = clauses.filter((clause) => clause.topic === topic)
    const content = [...(tablesOf[topic] ?? []), ...(own.length === 0 ? [] : drawClauses(topic, own, say))]
    return content.length === 0 ? [] : [section(topic, content)]
  }
  const list = (messages: readonly Message[], otherwise: Message) => messages.length === 0 ? [`<p>${escapeHtml(say(otherwise))}</p>`] : ['<ul>', ...messages.map((message) => `<li>${escapeHtml(say(message))}</li>`), '</ul>'] // prettier-ignore
  const asked = reviewer.map(({ grave, message }) => `<li${grave ? ' class="grave"' : ''}>${escapeHtml(say(message))}</li>`)
  const sections = [
    ...clauseTopics.filter((topic) => topic !== 'reproducibility').flatMap(told),
    section('not done', list(notDone.map((what) => tell('not-done', { what })), tell('everything-done', {}))),
    section('reviewer', asked.length === 0 ? list([], tell('nothing-to-ask', {})) : ['<ul class="reviewer">', ...asked, '</ul>']),
    section('questions', ['<ul class="questions">', ...questions.map((of) => `<li><span>${escapeHtml(say(tell('question', { of })))}</span></li>`), '</ul>']),
    ...told('reproducibility'),
  ] // prettier-ignore
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>\n${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="how">${escapeHtml(say(tell('how-to-read', {})))}</p>`,
    '<nav><ul>',
    ...sections.map(({ of }) => `<li><a href="#${anchor(of)}">${name(of)}</a></li>`),
    '</ul></nav>',
    ...sections.flatMap(({ html }) => html),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** An interval goes to the next line whole. */
const keepWhole = (html: string) => html.replaceAll(/ (\([^)]*\)|\[[^\]]*\])/g, ' <span class="whole">$1</span>')

const anchor = (of: ReportPart) => of.replaceAll(' ', '-')

/** Topics of which each sentence is a fact by itself; the others are read as a text. */
const listed: readonly ClauseTopic[] = ['selection', 'models', 'resampling', 'results', 'looks', 'reproducibility']

function drawClauses(topic: ClauseTopic, clauses: readonly Clause[], say: Say): string[] {
  const isList = listed.includes(topic)
  const draw = ({ record, message }: Clause, tag: string) => `<${tag} data-record="${escapeHtml(record)}">${escapeHtml(say(message))}</${tag}>` // prettier-ignore
  const text = isList
    ? ['<ul>', ...clauses.map((clause) => draw(clause, 'li')), '</ul>']
    : ['<p>', ...clauses.map((clause) => draw(clause, 'span')), '</p>']
  const files = [...new Set(clauses.map(({ record }) => fileOf(record)))]
  return [...text, `<p class="from">${escapeHtml(files.join(', '))}</p>`]
}

/** The file of a run that holds a record. */
export function fileOf(record: string): string {
  const [name, within] = record.split('/')
  if (name === 'models') return `models/${within}.json`
  if (name === 'protocol') return 'protocol.yaml'
  return name === 'missing' || name === 'likelihood_ratio' ? `${name}.csv` : `${name}.json`
}

function drawTable({ heads, rows, notes }: PaperTable, caption: string): string {
  const inner = (cell: PaperCell) => {
    const { text, mark } = partsOfCell(cell)
    return `${keepWhole(escapeHtml(text))}${mark && `<sup>${escapeHtml(mark)}</sup>`}`
  }
  const drawn = rows.map(({ cells: [first, ...others], kind }) =>
    kind === 'heading'
      ? `<tr class="heading"><th scope="rowgroup" colspan="${heads.length}">${inner(first)}</th></tr>`
      : `<tr${kind === 'below' ? ' class="below"' : ''}><th scope="row">${inner(first)}</th>${others.map((cell) => `<td>${inner(cell)}</td>`).join('')}</tr>`,
  )
  return [
    '<table>',
    `<caption>${caption}</caption>`,
    `<thead><tr>${heads.map((head) => `<th scope="col">${keepWhole(escapeHtml(head))}</th>`).join('')}</tr></thead>`,
    `<tbody>`,
    ...drawn,
    '</tbody>',
    '</table>',
    ...(notes.length > 0 ? [`<p class="notes">${escapeHtml(notes.join(' '))}</p>`] : []),
  ].join('\n')
}
