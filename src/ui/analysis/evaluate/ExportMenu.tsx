import { Button, Popover, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { programServer } from '../../../io/programServer.ts'
import type { ShownModel } from '../../../state/analysis/threshold.ts'
import type { ScoreRecord } from '../../../core/evaluate/scoreRecord.ts'
import type { TableIntervals } from '../../../io/results/performanceTables.ts'
import { CopyPaper } from '../charts/CopyPaper.tsx'
import { firstPrintedAs, PrintSize } from '../charts/PrintSize.tsx'
import { makeWordFile, makeWorkbook, wordType, workbookType } from '../charts/savedTables.ts'
import { SaveFile } from '../charts/SaveFile.tsx'
import { sayError } from '../../../messages/say.ts'
import { downloadFile, fileNameFrom } from '../../../state/actions/downloadFile.ts'

/** Loaded when something is saved or copied. */
const exporting = () => programServer.load(() => import('./exportFiles.ts'))
const exportingFigures = () => programServer.load(() => import('./exportFigures.ts'))
const papers = () => programServer.load(() => import('./paperTables.ts'))

interface ExportMenuProps {
  readonly record: ScoreRecord
  readonly shown: ShownModel | null
  readonly fileName: string
  /** Hash of the cohorts, where they were fixed before anything was learnt. */
  readonly freeze: string | undefined
}

/** Tables as a paper prints them with the data behind each curve, and the figures for print. */
export function ExportMenu({ record, shown, fileName, freeze }: ExportMenuProps) {
  const [printedAs, setPrintedAs] = useState(firstPrintedAs)
  const [intervals, setIntervals] = useState<TableIntervals>('Clopper-Pearson')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const stem = fileNameFrom(fileName.replace(/\.[^.]*$/, ''))
  const save = async (name: string, collect: () => Promise<Uint8Array<ArrayBuffer>>) => {
    setIsBusy(true)
    setProblem(null)
    try {
      downloadFile(name, await collect(), 'application/zip')
    } catch (error) {
      setProblem(sayError(error))
    } finally {
      setIsBusy(false)
    }
  }
  const saveTables = () => save(`${stem}-evaluation.zip`, async () => (await exporting()).zipTables(record, intervals, freeze))
  const saveFigures = () => save(`${stem}-figures.zip`, async () => (await exportingFigures()).zipFigures(shown!, printedAs))
  return (
    <Popover position="bottom-end" withArrow trapFocus returnFocus>
      <Popover.Target>
        <Button leftSection={<IconDownload size={15} />}>Export</Button>
      </Popover.Target>
      <Popover.Dropdown className="exportMenu">
        <p>
          <strong>Tables</strong>{' '}
          <span className="dim">CSV: Table 2 and 3, every threshold, cut-offs, DeLong, curves, calibration</span>
        </p>
        <SegmentedControl
          aria-label="Intervals of Table 2"
          data={[
            { value: 'Clopper-Pearson', label: 'exact intervals' },
            { value: 'bootstrap', label: 'bootstrap, as the paper' },
          ]}
          value={intervals}
          onChange={setIntervals}
        />
        <div className="row">
          <Button onClick={() => void saveTables()} disabled={isBusy}>
            Save tables
          </Button>
          <CopyPaper label="Copy Table 2" make={async () => (await papers()).paperOfTable2(record, intervals)} />
          <CopyPaper label="Copy Table 3" make={async () => (await papers()).paperOfTable3(record)} />
        </div>
        <div className="row">
          <SaveFile
            label="Word"
            title="Tables 2 and 3 in a Word file, as tables that can be edited"
            name={`${stem}-tables.docx`}
            type={wordType}
            make={async () => {
              const { paperOfTable2, paperOfTable3 } = await papers()
              return makeWordFile([paperOfTable2(record, intervals), paperOfTable3(record)])
            }}
          />
          <SaveFile
            label="Excel"
            title="Tables 2 and 3 and the scores of every patient in a workbook"
            name={`${stem}-tables.xlsx`}
            type={workbookType}
            make={async () => makeWorkbook((await exporting()).sheetsOf(record, intervals))}
          />
          <span className="dim">Tables 2 and 3; Excel with the scores of every patient</span>
        </div>
        <p>
          <strong>Figures</strong> <span className="dim">of the cohort on screen, light, for print</span>
        </p>
        <PrintSize value={printedAs} onChange={setPrintedAs} />
        <Button onClick={() => void saveFigures()} disabled={isBusy || !shown}>
          Save figures
        </Button>
        {problem && <p role="alert">Nothing was saved: {problem}</p>}
      </Popover.Dropdown>
    </Popover>
  )
}
