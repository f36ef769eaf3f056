import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { formatFeatureLines, formatFeatureTable } from '../../io/tables/featureCsv.ts'
import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import type { KeptTable } from '../../storage/schema.ts'
import { identifyRow } from '../../state/actions/formatAllTables.ts'
import { downloadFile } from '../../state/actions/downloadFile.ts'
import { Notice } from '../shared/Notice.tsx'
import { FeatureTable } from './FeatureTable.tsx'
import { say } from '../../messages/say.ts'

/** What an extraction gave: what went wrong, the files, the table. */
export function ResultPanel({ table, result }: { table: KeptTable; result: ExtractionResult }) {
  const { stem } = table
  const name = `${stem}-features${result.partial ? '-partial' : ''}`
  const saveRow = () =>
    downloadFile(`${name}.csv`, formatFeatureTable([{ identity: identifyRow(table, stem), ...result }], say), 'text/csv')
  const saveLines = () => downloadFile(`${name}-long.csv`, formatFeatureLines(result, say), 'text/csv')
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
              onClick={saveRow}
              title="Diagnostics first, then features; one row a case, as PyRadiomics's batch output. Full precision."
            >
              CSV, one row
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
