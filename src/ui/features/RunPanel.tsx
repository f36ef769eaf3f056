import { Button, Progress } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { formatDateTime } from '../../messages/formatDateTime.ts'
import { compareLesions } from '../../core/study/lesions.ts'
import type { TableAge } from '../../core/study/tableAge.ts'
import { formatSeconds } from '../shared/formatNumber.ts'
import { describeOverlap } from '../shared/describeOverlap.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useNow } from '../shared/useNow.ts'
import { describeRate } from './describeRate.ts'
import { useShownTable } from './useShownTable.ts'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

/** Start, progress, cancel, and how the last run ended. */
export function RunPanel({ isEditing }: { isEditing: boolean }) {
  const { extractLesions, extractionStore, otherLesionsStore, regionInHand, roiStore, tablesStore } = useSession()
  const { run, cancel } = useStore(extractionStore)
  const { voxelCount, open } = useStore(roiStore)
  const { others, overlaps } = useStore(otherLesionsStore)
  const drawn = [...(open && voxelCount > 0 ? [open.lesion] : []), ...others.map(({ lesion }) => lesion)].sort(compareLesions)
  const { table, age } = useShownTable()
  const result = useStore(tablesStore, ({ results }) => (table ? results[table.key] : undefined))
  const now = useNow(250, run.status === 'running')
  if (run.status === 'running') {
    const { done, total, step } = run.progress
    return (
      <Panel title="Extracting" aside={<span className="dim number">{total > 0 ? `${done} of ${total}` : ''}</span>}>
        <Progress value={total > 0 ? (100 * done) / total : 3} animated={total === 0} aria-label="Progress" />
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <span className="ellipsis" style={{ flex: 1 }} aria-live="polite">
            {say(step)}
          </span>
          <span className="dim number">
            {describeRate(run.progress, now - run.startedAt) || formatSeconds(Math.max(0, now - run.startedAt) / 1000)}
          </span>
        </div>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
      </Panel>
    )
  }
  return (
    <Panel title="Extract">
      {run.status === 'failed' && <Notice kind="error">{say(run.reason)}</Notice>}
      {run.status === 'done' && run.result.partial && result !== run.result && table?.key === run.about.key && (
        <Notice kind="info">Cancelled: the table from before stays.</Notice>
      )}
      {table?.isPartial && (
        <Notice kind="warn">
          Cancelled: {table.featureCount} features of the image types that were finished are kept and marked as partial.
        </Notice>
      )}
      {table && !table.isPartial && (
        <Notice kind={age.length > 0 || (result && result.failures.length > 0) ? 'warn' : 'safe'}>
          {age.length > 0
            ? `Out of date: ${age.map((reason) => describeAge(reason, table.parametersName, table.program)).join('; ')}.`
            : `Done ${run.status === 'done' && run.result === result ? '' : `on ${formatDateTime(table.savedAt)} `}in ${formatSeconds(table.seconds)}${
                result && result.failures.length > 0 ? ', but not all image types could be measured.' : '.'
              }`}
        </Notice>
      )}
      {overlaps.map((overlap) => (
        <Notice key={overlap.lesion} kind="warn">
          {describeOverlap(open!.lesion, overlap)}
        </Notice>
      ))}
      <Button
        size="sm"
        // While parameters are edited, taking them comes first.
        variant={isEditing ? 'default' : 'filled'}
        leftSection={<IconPlayerPlay size={16} />}
        disabled={drawn.length === 0}
        onClick={() => void (others.length > 0 ? extractLesions() : regionInHand()?.start())}
      >
        {table && table.key === open?.key ? 'Extract again' : 'Extract features'}
        {others.length > 0 && ` of ${drawn.join(', ')}`}
      </Button>
    </Panel>
  )
}

function describeAge(reason: TableAge, parametersName: string, program: string): string {
  switch (reason) {
    case 'mask':
      return 'the ROI changed since'
    case 'parameters':
      return `it was made with other parameters (${parametersName}) than those chosen now`
    case 'program':
      return `it was made by Texel ${program}`
  }
}
