import { Button, CloseButton } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { WideTable } from '../../../core/table/wideTable.ts'
import { formatDateTime } from '../../../messages/formatDateTime.ts'
import { keptKey } from '../../../storage/regionKey.ts'
import { Facts } from '../../shared/Facts.tsx'
import { formatCount, formatNumber, formatVoxels } from '../../shared/formatNumber.ts'
import { useSession } from '../../shared/session.ts'
import { useBatchAct, useOwnRows } from './useBatch.ts'
import { SearchField } from '../../shared/SearchField.tsx'

/** Pixels, grown with the text as the style's lengths are. */
const grown = (pixels: number) => (pixels * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16
const rowHeight = () => grown(28)
const columnWidth = () => grown(172)
const idWidth = () => grown(120)
const headHeight = () => grown(44)

interface Cell {
  readonly row: number
  /** Of the whole table. */
  readonly column: number
}

/** A row a patient, a column a sequence and feature; a number leads to its ROI. */
export function WideTableView() {
  const act = useBatchAct()
  const [table, setTable] = useState<WideTable | null>(null)
  useEffect(() => {
    let isWanted = true
    act(async ({ readTable }) => {
      const read = await readTable()
      if (isWanted) setTable(read)
    })
    return () => void (isWanted = false)
  }, [act])
  if (!table)
    return (
      <div className="card emptyState" role="status">
        <p>The table is being read.</p>
      </div>
    )
  if (table.ids.length === 0)
    return (
      <div className="card emptyState">
        <p>No ROI is computed yet. Press Compute: the table grows with each ROI that is done.</p>
      </div>
    )
  return <Cells table={table} />
}

function Cells({ table }: { table: WideTable }) {
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<Cell | null>(null)
  const columns = useMemo(() => findColumns(table.columns, search), [table, search])
  return (
    <>
      <section className="card results wideTable" aria-label="Table of the study">
        <div className="filters">
          <SearchField className="search" label="Search columns" hint="Search columns" value={search} onChange={setSearch} />
          <span className="dim" data-testid="table-size" aria-live="polite">
            {formatCount(table.ids.length)} {table.ids.length === 1 ? 'row' : 'rows'},{' '}
            {columns.length === table.columns.length
              ? `${formatCount(columns.length)} columns`
              : `${formatCount(columns.length)} of ${formatCount(table.columns.length)} columns`}
          </span>
        </div>
        <Grid table={table} columns={columns} chosen={chosen} onChoose={setChosen} />
      </section>
      {chosen && <Provenance table={table} cell={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

/** Positions of the columns whose names hold all words. */
function findColumns(columns: readonly string[], search: string): readonly number[] {
  const words = search.toLowerCase().split(/[\s_]+/).filter(Boolean) // prettier-ignore
  return columns.flatMap((name, at) => (words.every((word) => name.toLowerCase().includes(word)) ? [at] : []))
}

interface GridProps {
  readonly table: WideTable
  /** Positions of those that are shown. */
  readonly columns: readonly number[]
  readonly chosen: Cell | null
  readonly onChoose: (cell: Cell) => void
}

/** Only the cells in sight are drawn. The arrows move the cell in hand. */
function Grid({ table, columns, chosen, onChoose }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const common = { getScrollElement: () => scroller.current, overscan: 3 }
  const rows = useVirtualizer({ ...common, count: table.ids.length, estimateSize: rowHeight, scrollPaddingEnd: headHeight() })
  const shown = useVirtualizer({
    ...common,
    count: columns.length,
    estimateSize: columnWidth,
    horizontal: true,
    // The IDs stay in sight.
    paddingStart: idWidth(),
    scrollPaddingStart: idWidth(),
  })
  const width = shown.getTotalSize()
  const step = (event: KeyboardEvent) => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
    if (!by || columns.length === 0) return
    event.preventDefault()
    const at = chosen ? columns.indexOf(chosen.column) : -1
    const row = chosen && at >= 0 ? Math.min(table.ids.length - 1, Math.max(0, chosen.row + by[0])) : 0
    const column = at >= 0 ? Math.min(columns.length - 1, Math.max(0, at + by[1])) : 0
    rows.scrollToIndex(row)
    shown.scrollToIndex(column)
    onChoose({ row, column: columns[column] })
  }
  return (
    <div
      className="tableScroll"
      ref={scroller}
      tabIndex={0}
      aria-label="Cells, scrollable; the arrows move between them"
      onKeyDown={step}
    >
      <table
        className="wide"
        role="grid"
        aria-rowcount={table.ids.length + 1}
        aria-colcount={columns.length + 1}
        style={{ width }}
      >
        <thead>
          <tr style={{ width }}>
            <th className="id" style={{ width: idWidth() }}>
              Study ID
            </th>
            {shown.getVirtualItems().map(({ index, start }) => (
              <Head key={columns[index]} name={table.columns[columns[index]]} index={index} left={start} />
            ))}
          </tr>
        </thead>
        <tbody style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index: row, start: top }) => (
            <tr key={table.ids[row]} aria-rowindex={row + 2} style={{ width, transform: `translateY(${top}px)` }}>
              <th scope="row" className="id" style={{ width: idWidth() }}>
                {table.ids[row]}
              </th>
              {shown.getVirtualItems().map(({ index, start }) => {
                const column = columns[index]
                const at = column * table.ids.length + row
                const isThere = table.isMeasured[at] === 1
                return (
                  <td
                    key={column}
                    aria-colindex={index + 2}
                    aria-selected={chosen?.row === row && chosen.column === column}
                    className="number"
                    style={{ left: start, width: columnWidth() }}
                    data-value={isThere ? String(table.values[at]) : ''}
                    onClick={() => onChoose({ row, column })}
                  >
                    {isThere ? formatNumber(table.values[at], 5, { zeros: true }) : ''}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {columns.length === 0 && <p className="emptyState">No column holds these words.</p>}
    </div>
  )
}

/** In two lines: where the number comes from, and what it is. */
function Head({ name, index, left }: { name: string; index: number; left: number }) {
  const { role, imageType, feature } = partsOf(name)
  return (
    <th aria-colindex={index + 2} style={{ left, width: columnWidth() }} title={name}>
      <span className="dim">
        {role} {imageType}
      </span>
      <span>{feature}</span>
    </th>
  )
}

/** A feature's name has three parts without underscores; a role may have some. */
function partsOf(column: string) {
  const parts = column.split('_')
  return { role: parts.slice(0, -3).join('_'), imageType: parts.at(-3), feature: parts.slice(-2).join(' ') }
}

/** Of a number its row, the ROI that it was measured in, and the way to it. */
function Provenance({ table, cell: { row, column }, onClose }: { table: WideTable; cell: Cell; onClose: () => void }) {
  const { openPatient, tablesStore } = useSession()
  const rows = useOwnRows()
  const tables = useStore(tablesStore, (state) => state.tables)
  const [id, name] = [table.ids[row], table.columns[column]]
  const own = rows.find((one) => one.id === id && one.role === partsOf(name).role)
  const kept = own?.region && tables.find(({ key }) => key === keptKey(own.region!))
  const at = column * table.ids.length + row
  return (
    <section className="card provenance" aria-label="This number">
      <div className="row">
        <strong className="ellipsis">{name}</strong>
        <span className="grow" />
        <CloseButton size="sm" aria-label="Close" onClick={onClose} />
      </div>
      <Facts
        entries={[
          ['Value', table.isMeasured[at] === 1 ? String(table.values[at]) : 'not computed'],
          ['Row', id],
          ['ROI', own?.region ? `${own.role}, lesion ${own.lesion}, ${formatVoxels(own.region.voxelCount)}` : undefined],
          ['Computed', kept ? `${formatDateTime(kept.savedAt)}, Texel ${kept.program}` : undefined],
          ['Parameters', kept?.parametersName],
        ]}
      />
      {own?.image && (
        <Button style={{ justifySelf: 'start' }} onClick={() => void openPatient(own.patient, own.image!.id)}>
          Open the ROI
        </Button>
      )}
    </section>
  )
}
