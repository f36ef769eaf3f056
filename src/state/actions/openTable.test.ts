import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { TableLook } from '../../../workers/scoresApi.ts'
import type { ScoresStore } from '../analysis/scores.ts'
import type { StudyStore } from '../analysis/study.ts'
import type { StudyHost } from '../analysis/studyState.ts'
import { createScreenStore, type Screen } from '../screen.ts'
import { createOpenTable, type TableQuestion } from './openTable.ts'

const lookOf = (scores: number): TableLook => ({ columns: [], rows: [], rowCount: 1, notes: [], guesses: { scores: Array.from({ length: scores }, () => 'score' as const), study: [] } }) // prettier-ignore

function start(shown: Screen, columns: number | 'broken', door: object | null) {
  const opened = { scores: vi.fn(async () => {}), study: vi.fn(async () => {}) }
  const screen = createScreenStore()
  screen.getState().show(shown)
  const look: StudyHost['look'] = async () => {
    if (columns === 'broken') throw new Error('no table')
    return lookOf(columns)
  }
  const scores = { getState: () => ({ open: opened.scores }) } as unknown as ScoresStore
  const study = { getState: () => ({ open: opened.study, door }) } as unknown as StudyStore
  const question = createStore<TableQuestion>()(() => ({ file: null }))
  return { opened, screen, question, ...createOpenTable({ scores, study, screen, question, look }) }
}

const file = new File([''], 't.csv')
const study = {}

test.each<[string, Screen, number | 'broken', object | null, 'scores' | 'study' | 'asked', Screen]>([
  ['few columns of numbers', 'images', 3, null, 'asked', 'evaluate'],
  ['none, as numbers have decimal commas', 'images', 0, null, 'asked', 'evaluate'],
  ['few, onto images before a study', 'images', 3, study, 'asked', 'evaluate'],
  ['many', 'images', 370, null, 'study', 'cohorts'],
  ['many, onto Evaluate', 'evaluate', 370, null, 'scores', 'evaluate'],
  ['few, onto Evaluate of a study', 'evaluate', 3, study, 'asked', 'evaluate'],
  ['few, onto a step before it', 'select', 3, study, 'study', 'cohorts'],
  ['a file that cannot be read', 'images', 'broken', null, 'scores', 'evaluate'],
])('%s', async (_, shown, columns, door, way, screenAfter) => {
  const { opened, screen, question, drop } = start(shown, columns, door)
  await drop(file)
  expect([opened.scores.mock.calls.length, opened.study.mock.calls.length, question.getState().file]).toEqual([Number(way === 'scores'), Number(way === 'study'), way === 'asked' ? file : null]) // prettier-ignore
  expect(screen.getState().screen).toBe(screenAfter)
})

test('the answer opens the table, and the question is gone', async () => {
  const { opened, screen, question, drop, open } = start('images', 3, study)
  await drop(file)
  await open(file, 'features')
  expect([opened.study.mock.calls.length, question.getState().file, screen.getState().screen]).toEqual([1, null, 'cohorts'])
})
