import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import { programServer } from '../../../io/programServer.ts'
import type { PaperSize } from '../../../io/results/paperTable.ts'
import { formatReport } from '../../../io/results/reportFile.ts'
import { sayError } from '../../../messages/say.ts'
import { downloadFile } from '../../../state/actions/downloadFile.ts'
import { useSession } from '../../shared/session.ts'
import { firstPrintedAs, PrintSize } from '../charts/PrintSize.tsx'
import { makeWorkbook, wordType, workbookType } from '../charts/savedTables.ts'
import { drawPictures, zipPrinted } from './drawPictures.ts'
import { listTables, zipForCommand, zipReportTables } from './exportReport.ts'
import { printFile } from './printFile.ts'
import type { ReportInHand } from './useReport.ts'

const papers: PaperSize[] = ['A4', 'Letter']

/** The report to take away; one of them is what most people come for. */
export function ExportPanel({ made }: { made: ReportInHand }) {
  const { studyStore } = useSession()
  const { analysis, study, clinical, stale } = useStore(studyStore)
  const [isBusy, setIsBusy] = useState(false)
  const [paper, setPaper] = useState<PaperSize>('A4')
  const [printedAs, setPrintedAs] = useState(firstPrintedAs)
  const [problem, setProblem] = useState<string | null>(null)
  const { report, sections, evaluation, from } = made
  const isOld = from === 'study' && stale.size > 0
  const attempt = async (act: () => Promise<unknown> | void) => {
    setIsBusy(true)
    setProblem(null)
    try {
      await act()
    } catch (error) {
      setProblem(sayError(error))
    } finally {
      setIsBusy(false)
    }
  }
  const html = () => formatReport(report.title, sections, paper)
  const figures = sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : [])))
  const word = async () => {
    const panels = figures.flatMap((figure) => figure.panels)
    const { writeWordReport } = await programServer.load(() => import('../../../io/results/wordFile.ts'))
    downloadFile('report.docx', await writeWordReport(report.title, sections, await drawPictures(panels), paper), wordType)
  }
  const tables = () => listTables(evaluation, analysis && clinical ? { analysis, clinical } : null)
  const save = (label: string, title: string, act: () => Promise<unknown> | void) => (
    <Button title={title} disabled={isBusy} onClick={() => void attempt(act)}>
      {label}
    </Button>
  )
  return (
    <section className="reportSide exportPanel" aria-label="Take it with you">
      <h2>Take it with you</h2>
      <div className="exportGrid">
        <Button
          variant={isOld ? 'default' : 'filled'}
          title="One file that opens in every browser, without a script"
          disabled={isBusy}
          onClick={() => void attempt(() => downloadFile('report.html', html(), 'text/html'))}
        >
          HTML, one file
        </Button>
        {save('PDF (print)', 'The browser’s print of the same page', () => printFile(html()))}
        {save('Word', 'The whole report, its tables as tables that can be edited, figures of 300 dpi', word)}
        {save('Excel', 'Every table in a workbook, with all digits', async () =>
          downloadFile('report-tables.xlsx', await makeWorkbook(tables().filter(({ rows }) => rows.length > 0)), workbookType), // prettier-ignore
        )}
        {save('Tables CSV', 'Every table, and the data behind every figure', async () =>
          downloadFile('report-tables.zip', await zipReportTables(tables()), 'application/zip'),
        )}
        {analysis && study && clinical && save('To run again', 'Features, clinical values and protocol, for texel analyse', async () =>
          downloadFile('study-tables.zip', await zipForCommand(study, clinical, analysis), 'application/zip'),
        )}
      </div>
      <SegmentedControl aria-label="Paper" data={papers} value={paper} onChange={setPaper} />
      <h2>Figures</h2>
      <PrintSize value={printedAs} onChange={setPrintedAs} />
      <div className="exportGrid">
        {save('Save figures', 'Each figure as a file of its own, with all its panels', async () =>
          downloadFile('report-figures.zip', await zipPrinted(figures, printedAs), 'application/zip'),
        )}
      </div>
      {isOld && <p className="dim small">What is saved is of the protocol before: run the analysis again first.</p>}
      {problem && <p role="alert" className="warnText">Nothing was saved: {problem}</p>}
    </section>
  ) // prettier-ignore
}
