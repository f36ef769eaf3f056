import { expect, test, vi } from 'vitest'
import type { ScoreRecord } from '../../core/evaluate/scoreRecord.ts'
import type { TableCheck, TableLook } from '../../../workers/scoresApi.ts'
import type { KeptScoreTable } from '../../storage/schema.ts'
import { answerQuestion, noAnswers } from '../../core/report/answers.ts'
import { createScoresStore, type ScoresHost } from './scores.ts'

const file = new File(['id,outcome,m'], 'scores.csv')
const column = (name: string) => ({ name, values: [], distinct: 0, missing: 0, isNumeric: false, isMostlyNumeric: false })
const look: TableLook = {
  columns: ['id', 'y', 'z', 'm'].map(column),
  guesses: { scores: ['id', 'outcome', 'left out', 'score'], study: ['id', 'outcome', 'feature', 'feature'] },
  rows: [],
  rowCount: 3,
  notes: [],
}
const good: TableCheck = {
  problems: [],
  counts: { rows: 3, leftOut: 0, positives: 1, positive: '1', negative: '0', cohorts: [] },
}
const record = { trainCohort: 'A' } as ScoreRecord

/** A browser that keeps what it is given. */
function memory() {
  let found: Omit<KeptScoreTable, 'key'> | undefined
  return {
    find: vi.fn(async () => found),
    keep: vi.fn(async (table: Omit<KeptScoreTable, 'key'>) => void (found = table)),
    forget: vi.fn(async () => void (found = undefined)),
  }
}

function start(change: Partial<ScoresHost> = {}, kept = memory()) {
  const host: ScoresHost = {
    look: vi.fn(() => Promise.resolve(look)),
    check: vi.fn(() => Promise.resolve(good)),
    evaluate: vi.fn(() => Promise.resolve(record)),
    ...change,
  }
  return { host, store: createScoresStore(host, () => 1000, kept) }
}

test('a table is opened with guessed roles, checked, and evaluated when it is said', async () => {
  const { store, host } = start()
  await store.getState().open(file)
  expect(store.getState().table?.choice.roles).toEqual(['id', 'outcome', 'left out', 'score'])
  expect(store.getState().table?.check).toBe(good)
  expect(host.evaluate).not.toHaveBeenCalled()
  await store.getState().evaluate()
  expect(store.getState()).toMatchObject({
    isChoosing: false,
    run: { status: 'idle' },
    record: { result: record, fileName: 'scores.csv' },
  })
})

test('a column that becomes the outcome takes the role from the one before, and what was positive is asked again', async () => {
  const { store } = start()
  await store.getState().open(file)
  store.getState().choose({ positive: '1' })
  store.getState().setRole(2, 'outcome')
  expect(store.getState().table?.choice).toMatchObject({ roles: ['id', 'left out', 'outcome', 'score'], positive: null })
})

test('the answer to a choice that was changed meanwhile is not taken for the new one', async () => {
  const answers: ((check: TableCheck) => void)[] = []
  const { store } = start({ check: () => new Promise((resolve) => answers.push(resolve)) })
  void store.getState().open(file)
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  store.getState().choose({ positive: '0' })
  answers[0](good)
  await Promise.resolve()
  expect(store.getState().table?.check).toBeNull()
  answers[1](good)
  await vi.waitFor(() => expect(store.getState().table?.check).toBe(good))
})

test('what is changed after the first look at validation is counted, evaluating again without a change is not', async () => {
  const { store } = start()
  await store.getState().open(file)
  await store.getState().evaluate()
  store.getState().lookAtValidation()
  expect(store.getState().firstLook).toEqual({ at: 1000, changes: 0 })
  await store.getState().evaluate()
  expect(store.getState().firstLook?.changes).toBe(0)
  await store.getState().chooseAndEvaluate({ probabilities: ['m'] })
  expect(store.getState().firstLook).toEqual({ at: 1000, changes: 1 })
})

test('a failure is told, and the record that was there stays', async () => {
  const { store, host } = start()
  await store.getState().open(file)
  await store.getState().evaluate()
  vi.mocked(host.evaluate).mockRejectedValueOnce(new Error('the worker ended'))
  await store.getState().chooseAndEvaluate({ probabilities: ['m'] })
  expect(store.getState()).toMatchObject({
    problem: { values: { words: 'the worker ended' } },
    record: { result: record },
    run: { status: 'idle' },
  })
})

test('cancelling ends the work and keeps what was there; its late answer is dropped', async () => {
  let answer: (result: ScoreRecord) => void = () => {}
  let signal: AbortSignal | undefined
  const { store } = start({
    evaluate: (_file, _choice, given) => {
      signal = given
      return new Promise((resolve) => (answer = resolve))
    },
  })
  await store.getState().open(file)
  const running = store.getState().evaluate()
  expect(store.getState().run.status).toBe('evaluating')
  store.getState().cancel()
  expect(signal?.aborted).toBe(true)
  answer(record)
  await running
  expect(store.getState()).toMatchObject({ record: null, run: { status: 'idle' }, problem: null })
})

test('another table forgets the first look: these are other patients', async () => {
  const { store } = start()
  await store.getState().open(file)
  await store.getState().evaluate()
  store.getState().lookAtValidation()
  await store.getState().open(new File([''], 'other.csv'))
  expect(store.getState()).toMatchObject({ firstLook: null, record: null })
})

test('a table that cannot be read leaves the one in hand', async () => {
  const { store, host } = start()
  await store.getState().open(file)
  vi.mocked(host.look).mockRejectedValueOnce(new Error('no table'))
  await store.getState().open(new File([''], 'broken.csv'))
  expect(store.getState().table?.file).toBe(file)
  expect(store.getState().problem).not.toBeNull()
})

test('a table outlives a reload with its choices, its evaluation and the first look; evaluating it again is no change', async () => {
  const kept = memory()
  const first = start({}, kept).store
  await first.getState().open(file)
  first.getState().setRole(2, 'outcome')
  first.getState().choose({ positive: '0' })
  await vi.waitFor(() => expect(first.getState().table?.check).toBe(good))
  await first.getState().evaluate()
  first.getState().lookAtValidation()
  const next = start({}, kept)
  await next.store.getState().resume()
  await vi.waitFor(() => expect(next.store.getState().record).not.toBeNull())
  expect(next.store.getState()).toMatchObject({ firstLook: { at: 1000, changes: 0 }, isChoosing: false })
  expect(next.store.getState().table?.choice).toEqual(first.getState().table?.choice)
  expect(next.host.evaluate).toHaveBeenCalledTimes(1)
  await next.store.getState().chooseAndEvaluate({ probabilities: ['m'] })
  expect(next.store.getState().firstLook?.changes).toBe(1)
  next.store.getState().close()
  const third = start({}, kept)
  await third.store.getState().resume()
  expect(third.store.getState().table).toBeNull()
})

test('a choice that was not evaluated comes back as a choice; where the browser keeps nothing that is said', async () => {
  const kept = memory()
  const { store } = start({}, kept)
  await store.getState().open(file)
  const next = start({}, kept)
  await next.store.getState().resume()
  expect(next.store.getState()).toMatchObject({ isChoosing: true, record: null, table: { file } })
  expect(next.host.evaluate).not.toHaveBeenCalled()
  kept.keep.mockRejectedValue(new Error('no room'))
  next.store.getState().choose({ positive: '0' })
  await vi.waitFor(() => expect(next.store.getState().problem).toMatchObject({ code: 'analysis-not-kept' }))
})

test('what is seen is kept: results come to the screen once the browser has the table as evaluated', async () => {
  const kept = memory()
  const { store } = start({}, kept)
  await store.getState().open(file)
  let isWritten = () => {}
  kept.keep.mockImplementationOnce(() => new Promise((resolve) => (isWritten = () => resolve(undefined))))
  const evaluating = store.getState().evaluate()
  await vi.waitFor(() => expect(kept.keep).toHaveBeenLastCalledWith(expect.objectContaining({ isEvaluated: true })))
  expect(store.getState().record).toBeNull()
  isWritten()
  await evaluating
  expect(store.getState().record).toMatchObject({ result: record })
})

test('what a person answered is kept with the table', async () => {
  const kept = memory()
  const { store } = start({}, kept)
  await store.getState().open(file)
  const answers = answerQuestion(noAnswers, 'ethics', 'Board 7')
  store.getState().answer(answers)
  await store.getState().evaluate()
  const next = start({}, kept)
  await next.store.getState().resume()
  expect(next.store.getState().answers).toEqual(answers)
  await store.getState().open(file)
  expect(store.getState().answers).toEqual(noAnswers)
})
