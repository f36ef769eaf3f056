import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { formatFeatureLines, formatFeatureTable } from '../../io/featureCsv.ts'
import type { FinishedRun, RegionName } from '../../state/extraction.ts'
import { downloadFile } from '../shared/downloadFile.ts'
import { Notice } from '../shared/Notice.tsx'
import { FeatureTable } from './FeatureTable.tsx'

/** What a run gave: what went wrong, the files, the table. */
export function ResultPanel({ run }: { run: FinishedRun }) {
  const { result, about } = run
  const name = `${about.stem}-features${result.partial ? '-partial' : ''}`
  const saveRow = () => downloadFile(`${name}.csv`, formatFeatureTable([{ identity: identityOf(about), ...result }]), 'text/csv')
  const saveLines = () => downloadFile(`${name}-long.csv`, formatFeatureLines(result), 'text/csv')
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
                <span className="dim">{imageType}:</span> {reason}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {result.warnings.map((warning) => (
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

/** The columns before the diagnostics: whose row it is, and of which image and reader. */
function identityOf({ label, stem }: RegionName) {
  return [
    ['ID', label],
    ['Image', stem],
  ] as const
}
