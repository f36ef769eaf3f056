import type { PaperTable } from '../../../io/results/paperTable.ts'
import { paperHtml, paperText } from './paperHtml.ts'

/** Into a word processor as a table, into anything else as lines with tabs. */
export function copyPaperTable(table: PaperTable): Promise<void> {
  const blob = (content: string, type: string) => new Blob([content], { type })
  return navigator.clipboard.write([new ClipboardItem({ 'text/html': blob(paperHtml(table), 'text/html'), 'text/plain': blob(paperText(table), 'text/plain') })]) // prettier-ignore
}
