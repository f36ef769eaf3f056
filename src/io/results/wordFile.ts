import {
  AlignmentType,
  BorderStyle,
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { partsOfCell, type PaperCell, type PaperRow, type PaperTable } from './paperTable.ts'

/** Half points. */
const [textSize, noteSize] = [20, 18]
const font = 'Arial'
/** Twentieths of a point. */
const indent = 240
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' }

/** A Word file with real tables, the row of names repeated on every page; each table with its title above it and its notes below. */
export function writeWordFile(tables: readonly PaperTable[]): Promise<ArrayBuffer> {
  const children = tables.flatMap((table) => [
    new Paragraph({ text: table.title, heading: HeadingLevel.HEADING_2 }),
    drawTable(table),
    new Paragraph({ children: [new TextRun({ text: table.notes.join(' '), size: noteSize, font })], spacing: { before: 80, after: 360 } }), // prettier-ignore
  ])
  return Packer.toArrayBuffer(new Document({ creator: 'Texel', title: tables.map(({ title }) => title).join(', '), sections: [{ children }] })) // prettier-ignore
}

function drawTable({ heads, rows }: PaperTable): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: { top: line, bottom: line, left: none, right: none, insideHorizontal: none, insideVertical: none },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: heads.map((head, at) => drawCell(head, { at, isBold: true, borders: { bottom: line } })),
      }),
      ...rows.map((row) => drawRow(row, heads.length)),
    ],
  })
}

function drawRow({ cells, kind }: PaperRow, columns: number): TableRow {
  const children =
    kind === 'heading'
      ? [drawCell(cells[0], { at: 0, isBold: true, columnSpan: columns })]
      : cells.map((cell, at) => drawCell(cell, { at, isBelow: kind === 'below' }))
  return new TableRow({ cantSplit: true, children })
}

interface CellLook {
  /** Its column: names stand at the left, figures in the middle. */
  readonly at: number
  readonly isBold?: boolean
  readonly isBelow?: boolean
  readonly columnSpan?: number
  readonly borders?: { readonly bottom: typeof line }
}

function drawCell(cell: PaperCell, { at, isBold = false, isBelow = false, columnSpan, borders }: CellLook): TableCell {
  const { text, mark } = partsOfCell(cell)
  const run = { size: textSize, font, bold: isBold }
  return new TableCell({
    ...(columnSpan !== undefined && { columnSpan }),
    ...(borders && { borders }),
    margins: { top: 30, bottom: 30, left: 80, right: 80 },
    children: [
      new Paragraph({
        alignment: at === 0 ? AlignmentType.LEFT : AlignmentType.CENTER,
        ...(isBelow && at === 0 && { indent: { left: indent } }),
        children: [
          new TextRun({ ...run, text }),
          ...(mark === '' ? [] : [new TextRun({ ...run, text: mark, superScript: true })]),
        ],
      }),
    ],
  })
}
