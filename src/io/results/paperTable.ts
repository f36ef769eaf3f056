/** What a report is printed on. */
export type PaperSize = 'A4' | 'Letter'

/** A table as a paper prints it. */
export interface PaperTable {
  readonly title: string
  readonly heads: readonly string[]
  readonly rows: readonly PaperRow[]
  /** Under the table. */
  readonly notes: readonly string[]
}

export interface PaperRow {
  readonly cells: readonly PaperCell[]
  /** Stands below the row before it; a heading goes over all columns. */
  readonly kind?: 'below' | 'heading'
}

/** A text, with the mark of a footnote behind it. */
export type PaperCell = string | { readonly text: string; readonly mark: string }

export const partsOfCell = (cell: PaperCell) => (typeof cell === 'string' ? { text: cell, mark: '' } : cell)
