import type { Figure } from '../../../charts/figure.ts'
import { programServer } from '../../../io/programServer.ts'
import { withResolution } from '../../../io/results/figureFile.ts'
import { formatTable } from '../../../io/tables/tableFile.ts'
import { downloadFile, fileNameFrom } from '../../../state/actions/downloadFile.ts'
import type { ChartTable } from './DataTable.tsx'

/** Of a figure over two columns of a page. */
const widthMm = 120
const dpi = 300

/** What is not defined is an empty cell, as in the program's other tables. */
const csvOf = ({ columns, rows }: ChartTable) => formatTable(columns, rows)

export function saveCsv(name: string, table: ChartTable): void {
  downloadFile(`${fileNameFrom(name)}.csv`, csvOf(table), 'text/csv')
}

/** As text that a sheet takes. */
export function copyTable({ columns, rows }: ChartTable): Promise<void> {
  const text = [columns, ...rows].map((row) => row.map((cell) => (Number.isNaN(cell) ? '' : String(cell))).join('\t')).join('\n')
  return navigator.clipboard.writeText(text)
}

/** @param ratio height over width */
export async function saveFigure(name: string, figure: Figure, kind: 'svg' | 'png', ratio: number): Promise<void> {
  const { figureImage } = await programServer.load(() => import('../../../charts/Chart.tsx'))
  const named = { ...figure, layout: { ...figure.layout, showlegend: figure.data.filter(({ name }) => name).length > 1, legend: { orientation: 'h' as const, y: -0.25 } } } // prettier-ignore
  const image = await figureImage(named, kind, widthMm, dpi, ratio)
  const content = kind === 'svg' ? image : withResolution(new Uint8Array(await image.arrayBuffer()), dpi)
  downloadFile(`${fileNameFrom(name)}.${kind}`, content, image.type)
}
