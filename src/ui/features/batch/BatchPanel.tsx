import { Button } from '@mantine/core'
import { IconDownload, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useStore } from 'zustand'
import type { BatchRow } from '../../../core/study/batchRows.ts'
import type { TableAge } from '../../../core/study/tableAge.ts'
import { downloadFile } from '../../../state/actions/downloadFile.ts'
import { Notice } from '../../shared/Notice.tsx'
import { Panel } from '../../shared/Panel.tsx'
import { useSession } from '../../shared/session.ts'
import { rois, tellRest } from './batchTexts.ts'
import { ElsewherePanel } from './ElsewherePanel.tsx'
import { useBatchAct, useOwnRows } from './useBatch.ts'

/** Starts, pauses and ends the run, tries again what failed, and writes the table. @param isEditing parameters are edited, and taking them comes first */
export function BatchPanel({ isEditing }: { isEditing: boolean }) {
  const { batchStore } = useSession()
  const run = useStore(batchStore, (state) => state.run)
  const rows = useOwnRows()
  const act = useBatchAct()
  const ready = rows.filter(({ state }) => state === 'ready')
  const failed = rows.filter(({ state }) => state === 'failed' || state === 'setAside')
  const rest = tellRest(rows)
  const isRunning = run.status === 'running'
  const isPaused = run.status === 'paused'
  return (
    <>
      <Panel title="Compute">
        {isRunning || isPaused ? (
          <>
            {isPaused ? (
              <Button
                size="sm"
                variant={isEditing ? 'default' : 'filled'}
                leftSection={<IconPlayerPlay size={16} />}
                onClick={() => act(({ resume }) => resume())}
              >
                Go on
              </Button>
            ) : (
              <Button size="sm" leftSection={<IconPlayerPause size={16} />} onClick={() => act(({ pause }) => pause())}>
                Pause
              </Button>
            )}
            <Button size="sm" leftSection={<IconPlayerStop size={16} />} onClick={() => act(({ cancel }) => cancel())}>
              Cancel
            </Button>
            <p className="dim">
              Each ROI is kept as soon as it is done. A pause begins once those in work have ended; the page may be used
              meanwhile, but not closed.
            </p>
          </>
        ) : (
          <>
            <OlderFeatures rows={rows} />
            {rest && <Notice kind={rest.kind}>{rest.text}</Notice>}
            <Button
              size="sm"
              variant={isEditing ? 'default' : 'filled'}
              leftSection={<IconPlayerPlay size={16} />}
              disabled={ready.length === 0 || run.status === 'checking'}
              onClick={() => act(({ start }) => start())}
            >
              {ready.length > 0 ? `Compute ${rois(ready.length)}` : 'Compute'}
            </Button>
            {failed.length > 0 && (
              <Button size="sm" onClick={() => act(({ retry }) => retry(failed))}>
                Try {rois(failed.length)} again
              </Button>
            )}
          </>
        )}
      </Panel>
      <ExportPanel />
      <ElsewherePanel />
    </>
  )
}

const ages: Readonly<Record<TableAge, string>> = {
  mask: 'the ROI as it was',
  parameters: 'other parameters',
  program: 'another version of Texel',
}

/** What was computed of other inputs is not in the table. */
function OlderFeatures({ rows }: { rows: readonly BatchRow[] }) {
  const old = rows.filter(({ age }) => age !== null && age.length > 0)
  if (old.length === 0) return null
  const reasons = [...new Set(old.flatMap(({ age }) => age ?? []))].map((age) => ages[age])
  return (
    <Notice kind="warn">
      The features of {rois(old.length)} belong to {reasons.join(', or to ')}. They are not in the table until they are computed
      anew.
    </Notice>
  )
}

function ExportPanel() {
  const { readersStore } = useSession()
  const reader = useStore(readersStore, (state) => state.reader)
  const rows = useOwnRows()
  const act = useBatchAct()
  const count = rows.filter(({ age }) => age?.length === 0).length
  const name = `features-wide_reader-${reader}`
  const save = (kind: 'csv' | 'excel' | 'parquet') =>
    act(async ({ readTable }) => {
      const [table, { formatWideTable, packWideTable }] = await Promise.all([
        readTable(),
        import('../../../io/tables/writeWideTable.ts'),
      ])
      if (kind === 'parquet') downloadFile(`${name}.parquet`, await packWideTable(table), 'application/vnd.apache.parquet')
      else downloadFile(`${name}.csv`, formatWideTable(table, { forExcel: kind === 'excel' }), 'text/csv')
    })
  return (
    <Panel title="Save the table">
      <p className="dim">
        {count > 0
          ? 'A row a patient, a column a sequence and feature. What is not computed is empty.'
          : 'There is a table once an ROI is computed.'}
      </p>
      <div className="row wide">
        <Button px={6} disabled={count === 0} leftSection={<IconDownload size={15} />} onClick={() => save('csv')}>
          CSV
        </Button>
        <Button
          px={6}
          disabled={count === 0}
          onClick={() => save('excel')}
          title="A CSV that Excel opens with its letters as they are"
        >
          For Excel
        </Button>
        <Button px={6} disabled={count === 0} onClick={() => save('parquet')} title="For pandas and R: smaller, and read at once">
          Parquet
        </Button>
      </div>
    </Panel>
  )
}
