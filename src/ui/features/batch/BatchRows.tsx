import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useMemo, useRef, useState } from 'react'
import { groupRows, type BatchRow } from '../../../core/study/batchRows.ts'
import { say } from '../../../messages/say.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { useSession } from '../../shared/session.ts'
import { filterNames, fits, headlineOf, patients, rowFilters, tellComputedOn, tellOf, type RowFilter } from './batchTexts.ts'
import { useLanguage } from '../../shared/useLanguage.ts'

/** Pixels, grown with the text as the style's lengths are. */
const rowHeight = () => (30 * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16

/** What can be computed and what cannot, by reasons; each number leads to its patients. */
export function BatchRows({ rows }: { rows: readonly BatchRow[] }) {
  const [filter, setFilter] = useState<RowFilter>('all')
  const [code, setCode] = useState<string | null>(null)
  const counts = useMemo(
    () => new Map(rowFilters.map((one) => [one, rows.filter((row) => fits(row, one)).length] as const)),
    [rows],
  )
  // A filter that fits nothing any more is not looked through.
  const shownFilter = filter === 'all' || counts.get(filter)! > 0 ? filter : 'all'
  const filtered = useMemo(() => rows.filter((row) => fits(row, shownFilter)), [rows, shownFilter])
  const groups = useMemo(() => groupRows(filtered, tellOf), [filtered])
  const group = groups.find((one) => one.code === code)
  const shown = group ? group.rows : filtered
  const choose = (next: RowFilter) => {
    setFilter(next)
    setCode(null)
  }
  if (rows.length === 0)
    return (
      <div className="card emptyState">
        <p>No patient of the study has an image with a role yet. Give roles on the screen Images or on the work list.</p>
      </div>
    )
  return (
    <>
      <div className="row batchChips" role="group" aria-label="ROIs by state">
        {rowFilters.map((one) =>
          one === 'all' || one === 'ready' || one === 'current' || counts.get(one)! > 0 ? (
            <button key={one} type="button" className="chip" aria-pressed={shownFilter === one} onClick={() => choose(one)}>
              {filterNames[one]} <strong>{formatCount(counts.get(one)!)}</strong>
            </button>
          ) : null,
        )}
      </div>
      {groups.length > 0 && (
        <ul className="card reasons" aria-label="What is to be known" tabIndex={0}>
          {groups.map((one) => (
            <li key={one.code}>
              <button type="button" aria-pressed={one === group} onClick={() => setCode(one === group ? null : one.code)}>
                <strong className="number">{formatCount(one.rows.length)}</strong>
                <span>{headlineOf(one.code, one.example)}</span>
                <span className="dim">{patients(new Set(one.rows.map(({ patient }) => patient)).size)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <RowTable rows={shown} />
    </>
  )
}

function RowTable({ rows }: { rows: readonly BatchRow[] }) {
  const { openPatient } = useSession()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 8,
  })
  return (
    <div className="card tableScroll" ref={scroller} tabIndex={0} aria-label="ROIs, scrollable">
      <table className="batchRows" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th>Study ID</th>
            <th>Sequence</th>
            <th>State</th>
            <th className="number">Voxels</th>
            <th>What is to be known</th>
          </tr>
        </thead>
        <tbody style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <Row
              key={`${rows[index].id} ${rows[index].role}`}
              row={rows[index]}
              index={index}
              start={start}
              onOpen={openPatient}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly row: BatchRow
  readonly index: number
  readonly start: number
  readonly onOpen: (patient: string, image?: string) => Promise<void>
}

const Row = memo(function Row({ row, index, start, onOpen }: RowProps) {
  useLanguage()
  const { id, role, state, region, patient, image, computedOn } = row
  const told = [hasOlder(row) ? 'Its features are older than what they would be computed from now.' : '', computedOn ? tellComputedOn(computedOn) : '', ...tellOf(row).map(say)].filter(Boolean).join(' ') // prettier-ignore
  return (
    <tr aria-rowindex={index + 2} data-state={state} style={{ transform: `translateY(${start}px)` }}>
      <td>
        <button type="button" className="link" title="Open this ROI" onClick={() => void onOpen(patient, image?.id)}>
          {id}
        </button>
      </td>
      <td>{role}</td>
      <td>{filterNames[state]}</td>
      <td className="number">{region ? formatCount(region.voxelCount) : ''}</td>
      <td title={told || undefined}>{told}</td>
    </tr>
  )
})

const hasOlder = ({ age }: BatchRow) => age !== null && age.length > 0
