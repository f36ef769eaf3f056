import type { ReportPart } from '../../core/report/clauseMessages.ts'
import { partsOfCell, type PaperCell, type PaperSize } from './paperTable.ts'
import type { ReportFigure } from './reportFigures.ts'
import type { ReportBlock, ReportSection, Sentence } from './reportSections.ts'
import style from './report.css?raw'

/** Nothing is loaded and nothing runs: what the file shows, it holds. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/**
 * The report as one HTML file without a script, which prints to its paper. Each sentence keeps the place of its record in
 * `data-record`; what a person must answer is a ruled line in print.
 */
export function formatReport(title: string, sections: readonly ReportSection[], paper: PaperSize = 'A4'): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>\n${style}${runningHead(title, paper)}</style>`,
    '</head>',
    '<body>',
    '<main class="report">',
    ...drawReport(title, sections, true),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** Every printed page: its size, what it is of, and its number. */
function runningHead(title: string, paper: PaperSize): string {
  const text = title.replaceAll(/["\\<\n\r\f]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `)
  return `\n@page {\n  size: ${paper.toLowerCase()};\n\n  @top-left {\n    content: "${text}";\n    font: 8pt Arial, Helvetica, sans-serif;\n  }\n  @bottom-right {\n    content: counter(page);\n    font: 8pt Arial, Helvetica, sans-serif;\n  }\n}\n`
}

/** What stands in its page, line by line: `formatReport` puts it into a file, the screen shows it beside contents of its own. */
export function drawReport(title: string, sections: readonly ReportSection[], withContents: boolean): string[] {
  const [first, ...others] = sections
  const draw = ({ of, blocks }: ReportSection) => blocks.flatMap((block) => drawBlock(block, of))
  return [
    `<header id="${anchor(first.of)}">`,
    `<h1 tabindex="-1">${escapeHtml(title)}</h1>`,
    ...draw(first),
    '</header>',
    ...(withContents ? ['<nav><ul>', ...others.map(({ of, heading }) => `<li><a href="#${anchor(of)}">${escapeHtml(heading)}</a></li>`), '</ul></nav>'] : []), // prettier-ignore
    ...others.flatMap((section) => [
      `<section id="${anchor(section.of)}">`,
      `<h2 tabindex="-1">${escapeHtml(section.heading)}</h2>`,
      ...draw(section),
      '</section>',
    ]),
  ]
}

export const reportStyle = style

export const anchor = (of: ReportPart) => of.replaceAll(' ', '-')

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** An interval goes to the next line whole. */
const keepWhole = (html: string) => html.replaceAll(/ (\([^)]*\)|\[[^\]]*\])/g, ' <span class="whole">$1</span>')

/** Numbers of a sentence, which are those of its record; a name with a digit in it, or a hash, is none. */
const markValues = (html: string) =>
  html.replaceAll(/(?<![\w.,:-]|\w\(|&#?)\d+(?:\.\d+)?(?![\w:-]|\.\w)/g, '<b class="value">$&</b>')

function drawBlock(block: ReportBlock, of: ReportPart): string[] {
  switch (block.kind) {
    case 'sentences':
      return drawSentences(block)
    case 'text':
      return [`<p${of === 'title page' ? ' class="how"' : ''}>${escapeHtml(block.text)}</p>`]
    case 'figure':
      return [
        // So many stand on a page together with their caption.
        block.figure.panels.length > 4 ? '<figure>' : '<figure class="together">',
        `<div class="panels">${block.figure.panels.join('')}</div>`,
        `<figcaption>${escapeHtml(block.caption)}</figcaption>`,
        ...drawData(block.figure),
        '</figure>',
      ]
    case 'list':
      return [
        `<ul${of === 'reviewer' ? ' class="reviewer"' : ''}>`,
        ...block.items.map(({ text, isGrave }) => `<li${isGrave ? ' class="grave"' : ''}>${escapeHtml(text)}</li>`),
        '</ul>',
      ]
    case 'table':
      return [drawTable(block)]
    case 'checklist':
      return [
        '<table class="checklist">',
        `<thead><tr>${block.heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('')}</tr></thead>`,
        '<tbody>',
        ...block.rows.map(({ key, state, cells }) => `<tr class="${state.replaceAll(' ', '-')}"${key === null ? '' : ` data-item="${key}"`}>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`), // prettier-ignore
        '</tbody>',
        '</table>',
      ]
    case 'questions':
      return [
        '<ul class="questions">',
        ...block.questions.map(({ of, text, answer }) =>
          answer === null
            ? `<li class="open"><span data-question="${of}">${escapeHtml(text)}</span></li>`
            : `<li><span data-question="${of}">${escapeHtml(text)}</span><p>${escapeHtml(answer).replaceAll('\n', '<br>')}</p></li>`,
        ),
        '</ul>',
      ]
  }
}

function drawSentences({ isList, sentences, files }: Extract<ReportBlock, { kind: 'sentences' }>): string[] {
  const draw = ({ record, text }: Sentence, tag: string) => `<${tag} data-record="${escapeHtml(record)}">${markValues(escapeHtml(text))}</${tag}>` // prettier-ignore
  const text = isList
    ? ['<ul>', ...sentences.map((sentence) => draw(sentence, 'li')), '</ul>']
    : ['<p>', ...sentences.map((sentence) => draw(sentence, 'span')), '</p>']
  return [...text, `<p class="from">${escapeHtml(files.join(', '))}</p>`]
}

/** The numbers behind a figure, folded away; they do not print. */
function drawData({ data: { columns, rows }, dataTitle }: ReportFigure): string[] {
  const cell = (value: string | number) => (typeof value === 'number' ? (Number.isNaN(value) ? '' : String(Number(value.toPrecision(5)))) : escapeHtml(value)) // prettier-ignore
  return [
    `<details><summary>${escapeHtml(dataTitle)}</summary>`,
    `<table><thead><tr>${columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead><tbody>`,
    ...rows.map((row) => `<tr>${row.map((value) => `<td>${cell(value)}</td>`).join('')}</tr>`),
    '</tbody></table></details>',
  ]
}

function drawTable({ caption, table: { heads, rows, notes }, records }: Extract<ReportBlock, { kind: 'table' }>): string {
  const inner = (cell: PaperCell) => {
    const { text, mark } = partsOfCell(cell)
    return `${keepWhole(escapeHtml(text))}${mark && `<sup>${escapeHtml(mark)}</sup>`}`
  }
  const figure = (cell: PaperCell, record: string | null) => record === null ? `<td>${inner(cell)}</td>` : `<td data-record="${escapeHtml(record)}"><span class="value">${inner(cell)}</span></td>` // prettier-ignore
  const drawn = rows.map(({ cells: [first, ...others], kind }, row) =>
    kind === 'heading'
      ? `<tr class="heading"><th scope="rowgroup" colspan="${heads.length}">${inner(first)}</th></tr>`
      : `<tr${kind === 'below' ? ' class="below"' : ''}><th scope="row">${inner(first)}</th>${others.map((cell, at) => figure(cell, at === 0 ? records[row] : null)).join('')}</tr>`,
  )
  return [
    rows.length > 12 ? '<table>' : '<table class="together">',
    ...(caption === '' ? [] : [`<caption>${escapeHtml(caption)}</caption>`]),
    `<thead><tr>${heads.map((head) => `<th scope="col">${keepWhole(escapeHtml(head))}</th>`).join('')}</tr></thead>`,
    `<tbody>`,
    ...drawn,
    '</tbody>',
    '</table>',
    ...(notes.length > 0 ? [`<p class="notes">${escapeHtml(notes.join(' '))}</p>`] : []),
  ].join('\n')
}
