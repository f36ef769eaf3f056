import { expect, test } from 'vitest'
import type { BatchRow } from '../../../core/study/batchRows.ts'
import { tellRest } from './batchTexts.ts'

const rows = (...states: BatchRow['state'][]) => states.map((state) => ({ state })) as BatchRow[]

test('good news is only what holds of all ROIs', () => {
  expect(tellRest([])).toBeNull()
  expect(tellRest(rows('current', 'ready', 'blocked'))).toBeNull()
  expect(tellRest(rows('current', 'current'))).toEqual({ kind: 'safe', text: 'All ROIs are up to date.' })
  expect(tellRest(rows('blocked'))).toEqual({ kind: 'info', text: '1 ROI cannot be computed yet: the reasons stand beside.' })
  expect(tellRest(rows('current', 'blocked', 'blocked'))).toEqual({
    kind: 'info',
    text: '1 ROI up to date, 2 ROIs cannot be computed yet: the reasons stand beside.',
  })
  expect(tellRest(rows('current', 'failed', 'setAside'))).toEqual({
    kind: 'warn',
    text: '1 ROI up to date, 2 ROIs failed or set aside: the reasons stand beside.',
  })
})
