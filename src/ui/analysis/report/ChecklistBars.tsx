import type { ChecklistName, ReadItem } from '../../../core/report/checklists/items.ts'
import { countItems } from '../../../core/report/checklists/items.ts'
import type { Checklists } from '../../../core/report/checklists/readChecklists.ts'
import { formatFixed } from '../../shared/formatNumber.ts'

interface BarsProps {
  readonly checklists: Checklists
  readonly onShow: (list: ChecklistName) => void
}

/** How far each list is filled, which leads to it. */
export function ChecklistBars({ checklists: { clear, metrics, score, tripod }, onShow }: BarsProps) {
  const percent = (share: number) => `${formatFixed(100 * share, 0)} %`
  return (
    <section className="reportSide" aria-label="Checklists">
      <Bar name="CLEAR" items={clear} onShow={() => onShow('clear')} />
      <Bar name="METRICS" items={metrics} onShow={() => onShow('metrics')}>
        {percent(score.sure)} sure so far, {percent(score.ifDraftsHold)} if all drafts hold
      </Bar>
      <Bar name="TRIPOD+AI" items={tripod} onShow={() => onShow('tripod')} />
    </section>
  )
}

interface BarProps {
  readonly name: string
  readonly items: readonly ReadItem[]
  readonly children?: React.ReactNode
  readonly onShow: () => void
}

function Bar({ name, items, children, onShow }: BarProps) {
  const { filled, drafted, open, notApplicable } = countItems(items)
  const applicable = items.length - notApplicable
  const part = (count: number) => `${(100 * count) / applicable}%`
  return (
    <button type="button" className="checklistBar" onClick={onShow}>
      <span className="barHead">
        <strong>{name}</strong>
        <span className="dim">{applicable} items</span>
      </span>
      <span className="bar" aria-hidden>
        <span className="barFilled" style={{ width: part(filled) }} />
        <span className="barDrafted" style={{ width: part(drafted) }} />
      </span>
      <span className="barTold">
        {filled} filled · {drafted} to confirm · {open} open
      </span>
      {children && <span className="barTold">{children}</span>}
    </button>
  )
}
