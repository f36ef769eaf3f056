import { expect, test, vi } from 'vitest'
import type { TableLook } from '../../../workers/scoresApi.ts'
import type { ScoresStore } from '../analysis/scores.ts'
import type { StudyStore } from '../analysis/study.ts'
import type { StudyHost } from '../analysis/studyState.ts'
import { createScreenStore, type Screen } from '../screen.ts'
import { createOpenTable } from './openTable.ts'

const lookOf = (scores: number): TableLook => ({ columns: [], rows: [], rowCount: 1, guesses: { scores: Array.from({ length: scores }, () => 'score' as const), study: [] } }) // prettier-ignore

test.each<[string, Screen, number | 'broken', 'scores' | 'study', Screen]>([
  ['few columns of numbers', 'images', 3, 'scores', 'evaluate'],
  ['many', 'images', 370, 'study', 'cohorts'],
  ['many, onto Evaluate', 'evaluate', 370, 'scores', 'evaluate'],
  ['few, onto a step before it', 'select', 3, 'study', 'cohorts'],
  ['a file that cannot be read', 'images', 'broken', 'scores', 'evaluate'],
])('%s', async (_, shown, columns, door, screenAfter) => {
  const open = { scores: vi.fn(async () => {}), study: vi.fn(async () => {}) }
  const screen = createScreenStore()
  screen.getState().show(shown)
  const look: StudyHost['look'] = async () => {
    if (columns === 'broken') throw new Error('no table')
    return lookOf(columns)
  }
  const storeOf = (name: 'scores' | 'study') => ({ getState: () => ({ open: open[name] }) })
  await createOpenTable({ scores: storeOf('scores') as unknown as ScoresStore, study: storeOf('study') as unknown as StudyStore, screen, look })(new File([''], 't.csv')) // prettier-ignore
  expect([open.scores.mock.calls.length, open.study.mock.calls.length]).toEqual(door === 'scores' ? [1, 0] : [0, 1])
  expect(screen.getState().screen).toBe(screenAfter)
})
