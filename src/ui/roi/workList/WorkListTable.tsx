import { IconFlagFilled } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { readsBlind } from '../../../core/study/readers.ts'
import { lesionsForgotten, type RoleCell, type WorkListRow } from '../../../core/study/workList.ts'
import { clinicalWords } from '../../../messages/words/clinicalWords.ts'
import { formatDateTime } from '../../../messages/formatDateTime.ts'
import { useSession } from '../../shared/session.ts'
import { ProgressMark } from './ProgressMark.tsx'
import { useLanguage } from '../../shared/useLanguage.ts'

/** Pixels, grown with the text as the style's lengths are. */
const rowHeight = () => (30 * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16

interface ListColumn {
  readonly id: string
  readonly head: string
  /** Of the grid. */
  readonly width: string
  readonly isNumber?: boolean
}

/** @param isFirst the first reader: the curve of the first region is nothing for the others */
function listColumns(roles: readonly string[], isFirst: boolean): readonly ListColumn[] {
  return [
    { id: 'label', head: 'Study ID', width: 'minmax(70px, 0.8fr)' },
    { id: 'centre', head: 'Centre', width: '56px' },
    { id: 'cohort', head: 'Cohort', width: '80px' },
    ...roles.map((role) => ({ id: `role ${role}`, head: role, width: 'minmax(94px, 1fr)' })),
    { id: 'phases', head: 'Phases', width: '62px', isNumber: true },
    ...(isFirst
      ? [
          { id: 'curve', head: 'TIC', width: '36px' },
          { id: 'peak', head: 'Peak', width: '46px', isNumber: true },
        ]
      : []),
    { id: 'reread', head: 'Reread', width: '60px' },
    { id: 'changed', head: 'Changed', width: '126px' },
    { id: 'note', head: 'Note', width: 'minmax(44px, 1.4fr)' },
  ]
}

function textOf({ patient, changedAt, isReread }: WorkListRow, id: string): string {
  switch (id) {
    case 'label':
      return patient.label
    case 'centre':
      return patient.centre
    case 'cohort':
      return patient.cohort ?? ''
    case 'phases':
      return patient.dce ? String(patient.dce.phases.length) : ''
    case 'curve':
      return patient.dce?.curve ?? ''
    case 'peak':
      return typeof patient.dce?.peak === 'number' ? String(patient.dce.peak + 1) : ''
    case 'reread':
      return isReread ? 'yes' : ''
    case 'changed':
      return changedAt === null ? '' : formatDateTime(changedAt)
    default:
      return patient.exclusion
        ? `excluded: ${clinicalWords().nameExclusion(patient.exclusion.reason)}`
        : [patient.flag, patient.note].filter(Boolean).join(': ')
  }
}

/** The patients that the filter leaves; only the rows in sight are drawn. */
export function WorkListTable({ rows }: { rows: readonly WorkListRow[] }) {
  const { openPatient, readersStore, workListStore } = useSession()
  const roles = useStore(workListStore, (state) => state.records?.study.roles)
  const chosen = useStore(workListStore, (state) => state.patient)
  const isFirst = useStore(readersStore, ({ reader, study }) => !readsBlind(study, reader))
  const shown = useMemo(
    () =>
      listColumns(
        (roles ?? []).map(({ id }) => id),
        isFirst,
      ),
    [roles, isFirst],
  )
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 6,
  })
  const at = chosen === null ? -1 : rows.findIndex(({ patient }) => patient.id === chosen)
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at)
  }, [at, virtualizer])
  const template = { gridTemplateColumns: shown.map(({ width }) => width).join(' ') }
  return (
    <div className="card tableScroll" ref={scroller} tabIndex={0} data-list aria-label="Patients, scrollable">
      <table className="patients" aria-rowcount={rows.length + 1}>
        <thead>
          <tr style={template}>
            {shown.map(({ id, head, isNumber }) => (
              <th key={id} className={isNumber ? 'number' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <Row
              key={rows[index].patient.id}
              row={rows[index]}
              columns={shown}
              index={index}
              start={start}
              isChosen={index === at}
              onChoose={workListStore.getState().choose}
              onOpen={openPatient}
            />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="emptyState">No patient fits the filter.</p>}
    </div>
  )
}

/** How far the ROI of a role is; where a lesion of the patient is not drawn while others are, that. */
function RoleMark({ row, cell }: { row: WorkListRow; cell: RoleCell }) {
  const missing = lesionsForgotten(row, cell)
  if (missing === 0) return <ProgressMark progress={cell.progress} />
  const all = cell.lesions + missing
  return (
    <span title={`${cell.lesions} of ${all} lesions of this patient are drawn on ${cell.role}`}>
      <ProgressMark progress={cell.progress} brief />{' '}
      <span className="forgotten">
        {cell.lesions} of {all}
      </span>
    </span>
  )
}

interface RowProps {
  readonly row: WorkListRow
  readonly columns: readonly ListColumn[]
  readonly index: number
  readonly start: number
  readonly isChosen: boolean
  readonly onChoose: (patient: string) => void
  readonly onOpen: (patient: string) => Promise<void>
}

const Row = memo(function Row({ row, columns, index, start, isChosen, onChoose, onOpen }: RowProps) {
  useLanguage()
  const { id, flag } = row.patient
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      data-state={row.state}
      style={{ transform: `translateY(${start}px)`, gridTemplateColumns: columns.map(({ width }) => width).join(' ') }}
      onClick={() => onChoose(id)}
      onDoubleClick={() => void onOpen(id)}
    >
      {columns.map(({ id: name, isNumber }) => {
        const cell = row.cells.find(({ role }) => name === `role ${role}`)
        const text = cell ? '' : textOf(row, name)
        return (
          <td key={name} className={isNumber ? 'number' : undefined} title={text || undefined}>
            {cell && <RoleMark row={row} cell={cell} />}
            {name === 'note' && flag !== null && <IconFlagFilled size={12} className="flag" role="img" aria-label="Flagged" />}
            {text}
          </td>
        )
      })}
    </tr>
  )
})
