import { SegmentedControl } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { isBatchRunning, isLookedAt } from '../../../state/batch/batchState.ts'
import { say } from '../../../messages/say.ts'
import { FolderBanner } from '../../shared/FolderBanner.tsx'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { BatchProgressCard } from './BatchProgressCard.tsx'
import { BatchRows } from './BatchRows.tsx'
import { patients, rois } from './batchTexts.ts'
import { useBatchChecks, useOwnRows } from './useBatch.ts'
import { WideTableView } from './WideTableView.tsx'
import './batch.css'

/** The rows of the study: what can be computed, what is computed, and the table that comes of it. */
export function BatchColumn({ extentSwitch }: { extentSwitch: ReactNode }) {
  const { batchStore, readersStore } = useSession()
  useBatchChecks()
  const { run, reader: computed, problem } = useStore(batchStore)
  const { names, reader } = useStore(readersStore)
  const rows = useOwnRows()
  const [shown, setShown] = useState<'rows' | 'table'>('rows')
  const isRunning = useStore(batchStore, isBatchRunning)
  const isKnown = useStore(batchStore, (state) => isLookedAt(state, reader))
  const current = rows.filter(({ age }) => age?.length === 0).length
  return (
    <div className="main batch">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What do the ROIs of the study measure?
          </h1>
          <p className="dim">
            {rows.length > 0
              ? `${names[reader]}, ${rois(rows.length)} of ${patients(new Set(rows.map(({ patient }) => patient)).size)}`
              : 'The features of all ROIs, a row a patient'}
          </p>
        </div>
        <div className="row">
          <SegmentedControl
            aria-label="What is shown"
            value={shown}
            onChange={(value) => setShown(value)}
            data={[
              { value: 'rows', label: 'ROIs' },
              { value: 'table', label: 'Table' },
            ]}
          />
          {extentSwitch}
        </div>
      </header>
      <FolderBanner />
      {problem && (
        <Notice kind="error" onClose={() => batchStore.setState({ problem: null })}>
          {say(problem)}
        </Notice>
      )}
      {computed === reader && <BatchProgressCard />}
      {isRunning && computed !== reader ? (
        <div className="card emptyState">
          <p>The ROIs of another reader are being computed: yours are looked at when that is done.</p>
        </div>
      ) : shown === 'table' ? (
        <WideTableView key={`${reader} ${current} ${isRunning}`} />
      ) : !isKnown && rows.length === 0 ? (
        <div className="card emptyState" role="status">
          <p>Looking at the ROIs{run.status === 'checking' && run.of > 0 ? `, ${run.done} of ${run.of}` : ''} …</p>
        </div>
      ) : (
        <BatchRows rows={rows} />
      )}
    </div>
  )
}
