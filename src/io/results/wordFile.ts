import {
  AlignmentType,
  BorderStyle,
  Document,
  HeadingLevel,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { ReportBlock, ReportSection } from './reportSections.ts'
import { partsOfCell, type PaperCell, type PaperRow, type PaperSize, type PaperTable } from './paperTable.ts'

/** Half points. */
const [textSize, noteSize] = [20, 18]
const font = 'Arial'
/** Twentieths of a point. */
const indent = 240
const paperSizes: Readonly<Record<PaperSize, { readonly width: number; readonly height: number }>> = { A4: { width: 11906, height: 16838 }, Letter: { width: 12240, height: 15840 } } // prettier-ignore
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

/** An SVG as a picture. */
export interface WordPicture {
  readonly png: Uint8Array
  /** In Word's pixels, 96 an inch. */
  readonly width: number
  readonly height: number
}

/**
 * The whole report as a Word file. An open question has an empty line to write on; values are plain text.
 * @param pictures by the SVG of each panel of its figures
 */
export function writeWordReport(title: string, sections: readonly ReportSection[], pictures: ReadonlyMap<string, WordPicture>, paper: PaperSize): Promise<ArrayBuffer> {
  const [first, ...others] = sections
  const draw = ({ blocks }: ReportSection) => blocks.flatMap((block) => drawBlock(block, pictures))
  const children = [
    new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
    ...draw(first),
    ...others.flatMap((section) => [new Paragraph({ text: section.heading, heading: HeadingLevel.HEADING_1, keepNext: true }), ...draw(section)]),
  ]
  return Packer.toArrayBuffer(new Document({ creator: 'Texel', title, sections: [{ properties: { page: { size: paperSizes[paper] } }, children }] }))
} // prettier-ignore

function drawBlock(block: ReportBlock, pictures: ReadonlyMap<string, WordPicture>): (Paragraph | Table)[] {
  const run = (text: string, more: { readonly size?: number; readonly bold?: boolean } = {}) => new TextRun({ text, size: textSize, font, ...more }) // prettier-ignore
  const paragraph = (text: string) => new Paragraph({ children: [run(text)], spacing: { after: 80 } })
  const bullet = (text: string) => new Paragraph({ children: [run(text)], bullet: { level: 0 } })
  const small = (text: string) =>
    new Paragraph({ children: [run(text, { size: noteSize })], spacing: { before: 80, after: 240 } })
  switch (block.kind) {
    case 'sentences':
      return block.isList
        ? block.sentences.map(({ text }) => bullet(text))
        : [paragraph(block.sentences.map(({ text }) => text).join(' '))]
    case 'text':
      return [paragraph(block.text)]
    case 'list':
      return block.items.map(({ text }) => bullet(text))
    case 'questions':
      return block.questions.flatMap(({ text, answer }) => [new Paragraph({ children: [run(text, { bold: true })] }), ...(answer ?? ' ').split('\n').map(paragraph)]) // prettier-ignore
    case 'table':
      return [
        ...(block.caption === '' ? [] : [new Paragraph({ children: [run(block.caption, { bold: true })], keepNext: true, spacing: { before: 160, after: 80 } })]),
        drawTable(block.table),
        small(block.table.notes.join(' ')),
      ] // prettier-ignore
    case 'checklist':
      return [
        drawTable({ title: '', heads: block.heads, rows: block.rows.map(({ cells }) => ({ cells })), notes: [] }, true),
        small(''),
      ]
    case 'figure': {
      const drawn = block.figure.panels.flatMap((svg) => {
        const picture = pictures.get(svg)
        return picture ? [new ImageRun({ type: 'png', data: picture.png, transformation: picture, altText: { name: block.figure.of, title: block.caption, description: block.caption } })] : [] // prettier-ignore
      })
      return [new Paragraph({ children: drawn, keepNext: true }), small(block.caption)]
    }
  }
}

function drawTable({ heads, rows }: PaperTable, isWords = false): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: { top: line, bottom: line, left: none, right: none, insideHorizontal: none, insideVertical: none },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: heads.map((head, at) => drawCell(head, { at, isWords, isBold: true, borders: { bottom: line } })),
      }),
      ...rows.map((row) => drawRow(row, heads.length, isWords)),
    ],
  })
}

function drawRow({ cells, kind }: PaperRow, columns: number, isWords: boolean): TableRow {
  const children =
    kind === 'heading'
      ? [drawCell(cells[0], { at: 0, isBold: true, columnSpan: columns })]
      : cells.map((cell, at) => drawCell(cell, { at, isWords, isBelow: kind === 'below' }))
  return new TableRow({ cantSplit: true, children })
}

interface CellLook {
  /** Its column: names stand at the left, figures in the middle. */
  readonly at: number
  /** All columns hold words. */
  readonly isWords?: boolean
  readonly isBold?: boolean
  readonly isBelow?: boolean
  readonly columnSpan?: number
  readonly borders?: { readonly bottom: typeof line }
}

function drawCell(
  cell: PaperCell,
  { at, isWords = false, isBold = false, isBelow = false, columnSpan, borders }: CellLook,
): TableCell {
  const { text, mark } = partsOfCell(cell)
  const run = { size: textSize, font, bold: isBold }
  return new TableCell({
    ...(columnSpan !== undefined && { columnSpan }),
    ...(borders && { borders }),
    margins: { top: 30, bottom: 30, left: 80, right: 80 },
    children: [
      new Paragraph({
        alignment: at === 0 || isWords ? AlignmentType.LEFT : AlignmentType.CENTER,
        ...(isBelow && at === 0 && { indent: { left: indent } }),
        children: [
          new TextRun({ ...run, text }),
          ...(mark === '' ? [] : [new TextRun({ ...run, text: mark, superScript: true })]),
        ],
      }),
    ],
  })
}
