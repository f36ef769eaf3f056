import { Button, Select, Switch } from '@mantine/core'
import { useStore } from 'zustand'
import type { Settings } from '../../storage/settings.ts'
import { isEditing, toolRow } from '../../viewer/index.ts'
import { formatNumber } from '../shared/formatNumber.ts'
import { GreyInput } from '../shared/GreyInput.tsx'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'

type DrawOver = Settings['drawOver']

/** Over what all tools draw. It stays in sight while something is held back by it, whatever the hand holds. */
export function DrawOverPanel() {
  const { drawOverStore, handStore, lesionsStore, roiStore } = useSession()
  const { drawOver, held, set } = useStore(drawOverStore)
  const settings = useStore(handStore, (state) => state.settings)
  const open = useStore(roiStore, (state) => state.open)
  const { listOf } = useStore(lesionsStore)
  const { over, range } = drawOver
  const isLimited = over !== 'everything' || range !== null
  if (!open || !settings || !(isLimited || isEditing(toolRow(settings.tool).drag))) return null
  const others = listOf(open.imageId).filter(({ id }) => id !== open.lesion)
  // A rule of another patient, or of another lesion in hand.
  const isLost = over !== 'everything' && over !== 'background' && !others.some(({ id }) => id === over)
  return (
    <Panel title="Draw only over">
      <div className="control">
        <span>Voxels</span>
        <Select
          aria-label="Voxels that are drawn over"
          size="xs"
          allowDeselect={false}
          value={over}
          onChange={(value) => set({ over: value as DrawOver['over'] })}
          data={[
            { value: 'everything', label: 'All' },
            { value: 'background', label: 'Background: of no other lesion' },
            ...others.map(({ id, name }) => ({ value: id, label: name ? `${id}, ${name}` : id })),
            ...(isLost ? [{ value: over, label: `${over}: not there beside ${open.lesion}` }] : []),
          ]}
        />
        <span>Grey levels</span>
        <Switch
          size="xs"
          aria-label="Draw only within a range of grey levels"
          label={range ? 'Within a range' : 'All'}
          checked={range !== null}
          onChange={({ currentTarget: { checked } }) => set({ range: checked ? rangeToBegin(settings.threshold) : null })}
        />
        {range && (
          <>
            <span />
            <div className="row wide" style={{ flexWrap: 'nowrap' }}>
              <GreyInput
                label="Lowest grey level that is drawn over"
                prefix="≥"
                value={range.low}
                onChange={(low) => set({ range: { ...range, low } })}
              />
              <GreyInput
                label="Highest grey level that is drawn over"
                prefix="≤"
                value={range.high}
                onChange={(high) => set({ range: { ...range, high } })}
              />
            </div>
          </>
        )}
      </div>
      {isLimited && held !== 'all' && (
        <p className="dim">
          {held === 'some' && 'Some voxels were left as they are. '}
          Painting and erasing, by every tool, change only voxels {describe(drawOver)}.
        </p>
      )}
      {held === 'all' && (
        <Notice kind="warn">
          Nothing changed: there is no voxel {describe(drawOver)} where you drew.
          <div className="row" style={{ marginTop: 6 }}>
            <Button size="compact-sm" variant="default" onClick={() => set({ over: 'everything', range: null })}>
              Draw over all
            </Button>
          </div>
        </Notice>
      )}
    </Panel>
  )
}

/** What the threshold brush holds, rounded as it is shown. */
function rangeToBegin({ low, high }: NonNullable<DrawOver['range']>): DrawOver['range'] {
  const digits = Math.max(Math.abs(low), Math.abs(high)) < 10 ? 3 : 1
  const [from, to] = [low, high].map((level) => Number(level.toFixed(digits)))
  return { low: from, high: to }
}

function describe({ over, range }: DrawOver): string {
  return [
    ...(over === 'everything' ? [] : over === 'background' ? ['of no other lesion'] : [`of ${over}`]),
    ...(range ? [`with a grey level from ${formatNumber(range.low)} to ${formatNumber(range.high)}`] : []),
  ].join(' ')
}
