import { partsOfCell, type PaperCell, type PaperRow, type PaperTable } from '../../../io/results/paperTable.ts'

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const font = 'font-family:Arial,Helvetica,sans-serif'
const pad = 'padding:2px 10px'

/** In one file, as it is pasted into a manuscript: styles stand at the cells, since word processors read no others. */
export function paperHtml({ title, heads, rows, notes }: PaperTable): string {
  const head = (text: string) => `<th style="${pad};border-bottom:1px solid #000;text-align:left">${escapeHtml(text)}</th>`
  const inner = (cell: PaperCell) => {
    const { text, mark } = partsOfCell(cell)
    return `${escapeHtml(text)}${mark && `<sup>${escapeHtml(mark)}</sup>`}`
  }
  const cell = (text: PaperCell, kind: PaperRow['kind'], at: number) => `<td style="${pad}${kind === 'below' && at === 0 ? ';padding-left:24px' : ''}">${inner(text)}</td>` // prettier-ignore
  const row = ({ cells, kind }: PaperRow) =>
    kind === 'heading'
      ? `<tr><td colspan="${heads.length}" style="${pad};padding-top:6px"><b>${inner(cells[0])}</b></td></tr>`
      : `<tr>${cells.map((text, at) => cell(text, kind, at)).join('')}</tr>`
  return [
    `<!doctype html><meta charset="utf-8"><title>${escapeHtml(title)}</title>`,
    `<table style="border-collapse:collapse;border-top:1px solid #000;border-bottom:1px solid #000;${font};font-size:10pt">`,
    `<thead><tr>${heads.map(head).join('')}</tr></thead>`,
    `<tbody>${rows.map(row).join('\n')}</tbody></table>`,
    `<p style="${font};font-size:9pt">${notes.map(escapeHtml).join(' ')}</p>`,
    '',
  ].join('\n')
}

/** Lines with tabs. */
export function paperText({ heads, rows, notes }: PaperTable): string {
  const plain = (cell: PaperCell) => Object.values(partsOfCell(cell)).join('')
  return [heads, ...rows.map(({ cells }) => cells.map(plain)), notes].map((cells) => cells.join('\t')).join('\n')
}
