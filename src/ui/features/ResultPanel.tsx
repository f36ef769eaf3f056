import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { formatFeatureLines, formatFeatureTable } from '../../io/tables/featureCsv.ts'
import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import type { KeptTable } from '../../storage/schema.ts'
import { identifyRow } from '../../state/actions/formatAllTables.ts'
import { downloadFile } from '../../state/actions/downloadFile.ts'
import { useSession } from '../shared/session.ts'
import { Notice } from '../shared/Notice.tsx'
import { FeatureTable } from './FeatureTable.tsx'
import { say, sayInFiles } from '../../messages/say.ts'

interface ResultPanelProps {
  readonly table: KeptTable
  /** With those of the other lesions on its image: all go into one file, a row each. */
  readonly lesions: readonly KeptTable[]
  readonly result: ExtractionResult
}

/** What an extraction gave: what went wrong, the files, the table. */
export function ResultPanel({ table, lesions, result }: ResultPanelProps) {
  const { formatAllTables } = useSession()
  const { stem } = table
  const rows = lesions.length
  const name = `${stem}-features${result.partial ? '-partial' : ''}`
  const saveRows = async () =>
    downloadFile(`${stem.replace(/_L\d+$/, '')}-features.csv`, await formatAllTables(table.reader, table.image), 'text/csv')
  const saveRow = () =>
    downloadFile(`${name}.csv`, formatFeatureTable([{ identity: identifyRow(table, stem), ...result }], sayInFiles), 'text/csv')
  const saveLines = () => downloadFile(`${name}-long.csv`, formatFeatureLines(result, sayInFiles), 'text/csv')
  return (
    <>
      {result.failures.length > 0 && (
        <Notice kind="error">
          <strong>
            {result.failures.length === 1
              ? 'One image type failed; the rest is here.'
              : `${result.failures.length} image types failed; the rest is here.`}
          </strong>
          <ul>
            {result.failures.map(({ imageType, reason }) => (
              <li key={imageType}>
                <span className="dim">{imageType}:</span> {say(reason)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {result.warnings.map(say).map((warning) => (
        <Notice key={warning} kind="warn">
          {warning}
        </Notice>
      ))}
      <FeatureTable
        result={result}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconDownload size={15} />}
              onClick={() => (rows > 1 ? void saveRows() : saveRow())}
              title="Diagnostics first, then features; one row a case, as PyRadiomics's batch output. Full precision."
            >
              {rows > 1 ? `CSV, ${rows} rows` : 'CSV, one row'}
            </Button>
            <Button
              variant="default"
              leftSection={<IconDownload size={15} />}
              onClick={saveLines}
              title="feature,value: one line a feature, diagnostics first. Full precision."
            >
              CSV, long
            </Button>
          </>
        }
      />
    </>
  )
}
