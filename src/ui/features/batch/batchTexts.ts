import type { BatchRow } from '../../../core/study/batchRows.ts'
import type { Message } from '../../../core/messages/message.ts'
import { formatCount } from '../../shared/formatNumber.ts'

/** What rows are looked at: all, those of a state, or those of which something is to be known. */
export type RowFilter = 'all' | BatchRow['state'] | 'warned'

export const filterNames: Readonly<Record<RowFilter, string>> = {
  all: 'All',
  ready: 'Ready',
  current: 'Up to date',
  blocked: 'Blocked',
  failed: 'Failed',
  setAside: 'Set aside',
  warned: 'With a warning',
}

export const rowFilters = Object.keys(filterNames) as readonly RowFilter[]

export const fits = (row: BatchRow, filter: RowFilter): boolean =>
  filter === 'all' ||
  row.state === filter ||
  (filter === 'warned' && row.warnings.length > 0 && (row.state === 'ready' || row.state === 'current'))

/** What is to be known of a row: why it is not computed, else what is unusual of it. */
export const tellOf = ({ state, reason, warnings }: BatchRow): readonly Message[] =>
  state === 'ready' || state === 'current' ? warnings : reason ? [reason] : []

export const rois = (count: number) => `${formatCount(count)} ${count === 1 ? 'ROI' : 'ROIs'}`
export const patients = (count: number) => `${formatCount(count)} ${count === 1 ? 'patient' : 'patients'}`
