import { messagesOf } from '../../messages/message.ts'
import type { ChecklistName, ItemCounts, ItemState } from './items.ts'
import type { MetricsScore } from './metrics.ts'

export interface ChecklistMessages {
  'item-name': { readonly list: ChecklistName; readonly id: string }
  'item-state': { readonly state: ItemState; readonly value: 'yes' | 'no' | null }
  /** Whose list it is, and how to read it. */
  'list-source': { readonly list: ChecklistName }
  'list-counts': { readonly counts: ItemCounts }
  'metrics-score': { readonly score: MetricsScore }
  'rqs-points': { readonly points: number; readonly known: number; readonly items: number }
  'item-head': { readonly of: 'number' | 'item' | 'state' | 'where' | 'points' | 'range' | 'weight' }
}

export const { tell } = messagesOf<ChecklistMessages>('checklists')
