/** A table as a paper prints it; texts are HTML (`escapeHtml`). */
export interface PaperTable {
  readonly title: string
  readonly heads: readonly string[]
  readonly rows: readonly PaperRow[]
  /** Under the table. */
  readonly notes: readonly string[]
}

export interface PaperRow {
  readonly cells: readonly string[]
  /** Stands below the row before it; a heading goes over all columns. */
  readonly kind?: 'below' | 'heading'
}

export const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const font = 'font-family:Arial,Helvetica,sans-serif'
const pad = 'padding:2px 10px'

/** In one file, as it is pasted into a manuscript: styles stand at the cells, since word processors read no others. */
export function paperHtml({ title, heads, rows, notes }: PaperTable): string {
  const head = (text: string) => `<th style="${pad};border-bottom:1px solid #000;text-align:left">${text}</th>`
  const cell = (text: string, kind: PaperRow['kind'], at: number) => `<td style="${pad}${kind === 'below' && at === 0 ? ';padding-left:24px' : ''}">${text}</td>` // prettier-ignore
  const row = ({ cells, kind }: PaperRow) =>
    kind === 'heading'
      ? `<tr><td colspan="${heads.length}" style="${pad};padding-top:6px"><b>${cells[0]}</b></td></tr>`
      : `<tr>${cells.map((text, at) => cell(text, kind, at)).join('')}</tr>`
  return [
    `<!doctype html><meta charset="utf-8"><title>${escapeHtml(title)}</title>`,
    `<table style="border-collapse:collapse;border-top:1px solid #000;border-bottom:1px solid #000;${font};font-size:10pt">`,
    `<thead><tr>${heads.map(head).join('')}</tr></thead>`,
    `<tbody>${rows.map(row).join('\n')}</tbody></table>`,
    `<p style="${font};font-size:9pt">${notes.join(' ')}</p>`,
    '',
  ].join('\n')
}

/** Into a word processor as a table, into anything else as lines with tabs. */
export function copyPaper(table: PaperTable): Promise<void> {
  const html = paperHtml(table)
  const plain = (text: string) => new DOMParser().parseFromString(text, 'text/html').body.textContent
  const text = [table.heads, ...table.rows.map(({ cells }) => cells), table.notes].map((cells) => cells.map(plain).join('\t')).join('\n') // prettier-ignore
  const blob = (content: string, type: string) => new Blob([content], { type })
  return navigator.clipboard.write([new ClipboardItem({ 'text/html': blob(html, 'text/html'), 'text/plain': blob(text, 'text/plain') })]) // prettier-ignore
}
