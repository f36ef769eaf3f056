// @vitest-environment node

import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { analyse } from '../../core/analyse.ts'
import { recordScores } from '../../core/analysis/judgedScores.ts'
import { hashStudy } from '../../core/analysis/stages/hashStudy.ts'
import { listPlan } from '../../core/analysis/stages/planStages.ts'
import type { StageStore } from '../../core/analysis/stages/stageStore.ts'
import { runStatisticsJob } from '../../core/analysis/statisticsJob.ts'
import type { Kernels } from '../../core/kernels/kernels.ts'
import { answerQuestion, noAnswers } from '../../core/report/answers.ts'
import { protocolSchema } from '../../core/protocol/protocol.ts'
import { simulateNoiseStudy } from '../../core/simulate/simulateNoiseStudy.ts'
import type { OwnStudy } from '../../io/tables/roles/ownStudy.ts'
import { noStudyChoice } from '../../io/tables/roles/studyChoice.ts'
import type { TableLook } from '../../../workers/scoresApi.ts'
import { createAnalysisStore } from '../../storage/analysisStore.ts'
import { openDatabase } from '../../storage/database.ts'
import { createStudyStore } from './study.ts'
import type { StudyClaims } from './studyState.ts'
import type { StudyHost } from './studyState.ts'

const file = new File(['id,outcome,f'], 'features.csv')
const look: TableLook = {
  columns: [],
  guesses: { scores: [], study: ['id', 'outcome', 'cohort', 'feature', 'feature'] },
  rows: [],
  rowCount: 3,
  notes: [],
}
const data = simulateNoiseStudy({ features: 4, training: { patients: 40, positives: 16 }, validation: { patients: 20, positives: 8 }, batches: 1, seed: 4 }) // prettier-ignore
const protocol = protocolSchema.parse({
  harmonise: { method: 'none' },
  select: [{ method: 'rankSum', alpha: 0.9 }],
  models: [{ method: 'logistic' }],
  evaluate: { bootstraps: 100 },
  resample: { folds: 2 },
})
const counts = { patients: 60, rows: 60, leftOut: 0, features: 4, clinical: 0, unlabelled: 0, positive: '1', negative: '0', training: 'training', cohorts: [] } // prettier-ignore
const clinical = { path: 'f', ids: [], columns: [], cells: [], rowNumbers: [] }

/** Wilcoxon and a logistic regression take none. */
const noKernels = {} as Kernels

let database = openDatabase({ present: 'study test', before: 'before study test' })
afterEach(async () => {
  await database.delete()
  database = openDatabase({ present: 'study test', before: 'before study test' })
})

/** The only tab. */
const ownTab = (): StudyClaims => ({ claim: async () => true, release: () => {} })

/** Its clock goes on by a second with every look at it. */
function start(kept = createAnalysisStore(database), claims: StudyClaims = ownTab()) {
  const host = {
    look: vi.fn<StudyHost['look']>(async () => look),
    check: vi.fn<StudyHost['check']>(async () => ({ problems: [], faults: [], counts, statuses: null })),
    read: vi.fn<StudyHost['read']>(async (_files, _choice, given) => ({ data, keys: hashStudy(data), clinical, places: new Map(), notes: [], protocol: given ?? protocol })), // prettier-ignore
    plan: vi.fn<StudyHost['plan']>(async (keys, asked) => listPlan(keys, asked)),
    analyse: vi.fn<StudyHost['analyse']>(async (study, asked, { signal, onProgress, stages }) => {
      const onStage: StageStore['onStage'] = async (key, record) => {
        signal.throwIfAborted()
        await stages.onStage(key, record)
      }
      return analyse(study, asked, (jobs) => Promise.all(jobs.map((job) => runStatisticsJob(noKernels, job))), onProgress, { ...stages, onStage }) // prettier-ignore
    }),
    judge: vi.fn<StudyHost['judge']>(async (analysis, study) => recordScores(analysis, study)),
  }
  let at = 0
  const store = createStudyStore(
    host,
    { isAny: async () => (await kept.find()) !== undefined, open: async () => kept },
    () => (at += step),
    claims,
  )
  return { host, store }
}
let step = 1000

async function begun(kept = createAnalysisStore(database)) {
  const started = start(kept)
  await started.store.getState().open(file)
  await started.store.getState().begin()
  return started
}

test('tables become a study; its analysis is run when it is asked for, and every step is then current', async () => {
  const { store, host } = await begun()
  expect(store.getState()).toMatchObject({ isChoosing: false, study: data, analysis: undefined })
  expect(host.analyse).not.toHaveBeenCalled()
  await store.getState().analyse()
  const { analysis, scores, current, stale, problem } = store.getState()
  expect([problem, stale.size, current.has('evaluate')]).toEqual([null, 0, true])
  expect(scores!.evaluation.cohorts.map(({ cohort }) => cohort)).toEqual(['training', 'training, out-of-fold', 'validation'])
  expect(scores!.patients.map(({ ids }) => ids.length)).toEqual([40, 40, 20])
  expect(analysis!.protocol).toEqual(protocol)
})

test('a change makes steps out of date, and is taken back by undo: the same analysis is current again without a computation', async () => {
  const { store, host } = await begun()
  await store.getState().analyse()
  step = 1000
  await store.getState().setProtocol({ ...protocol, select: [] })
  expect([...store.getState().stale].sort()).toEqual(['evaluate', 'report', 'select', 'train'])
  expect(host.analyse).toHaveBeenCalledTimes(1)
  await store.getState().undo()
  expect([store.getState().stale.size, store.getState().protocol]).toEqual([0, protocol])
  await store.getState().redo()
  expect(store.getState().stale.size).toBeGreaterThan(0)
  expect(store.getState().later).toEqual([])
})

test('a run that is asked for while a change is read waits for its data', async () => {
  const { store, host } = await begun()
  const other = { ...data, cohortOf: new Map(data.cohortOf) }
  const read = host.read.getMockImplementation()!
  host.read.mockImplementation(async (...given) => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return { ...(await read(...given)), data: other }
  })
  const changed = { ...protocol, harmonise: { ...protocol.harmonise, batch: ['another'] } }
  const changing = store.getState().setProtocol(changed)
  await store.getState().analyse()
  await changing
  expect(host.analyse.mock.calls.map(([study, asked]) => [study === other, asked === changed])).toEqual([[true, true]])
  expect(store.getState()).toMatchObject({ problem: null, run: { status: 'idle' } })
  expect(store.getState().stale.size).toBe(0)
})

test('a number that is typed digit by digit is one act: it is taken back at once; another one after it is not', async () => {
  const { store } = await begun()
  step = 100
  const { setProtocol, undo } = store.getState()
  const typed = (bootstraps: number) => ({ ...protocol, evaluate: { ...protocol.evaluate, bootstraps } })
  for (const value of [300, 3000]) await setProtocol(typed(value))
  await setProtocol({ ...typed(3000), title: 'T' })
  expect(store.getState().earlier).toEqual([protocol, typed(3000)])
  await undo()
  await undo()
  expect(store.getState().protocol).toEqual(protocol)
  // After an undo a change begins anew, whatever it changes.
  await setProtocol(typed(300))
  await undo()
  await setProtocol(typed(3000))
  expect(store.getState().earlier).toEqual([protocol])
  step = 1000
  for (const value of [200, 2000]) await setProtocol(typed(value))
  expect(store.getState().earlier).toEqual([protocol, typed(3000), typed(200)])
})

test('what is known to take less than two seconds is computed at once', async () => {
  step = 1
  const { store, host } = await begun()
  await store.getState().analyse()
  await store.getState().setProtocol({ ...protocol, evaluate: { ...protocol.evaluate, prevalence: 0.2 } })
  expect(host.analyse).toHaveBeenCalledTimes(2)
  expect([store.getState().stale.size, store.getState().analysis!.protocol.evaluate.prevalence]).toEqual([0, 0.2])
  step = 1000
})

test('cancelling is asked once, ends the run, and keeps the stages that are finished; another page goes on at the next one', async () => {
  const kept = createAnalysisStore(database)
  const { store } = await begun(kept)
  const running = store.getState().analyse()
  store.subscribe(({ current, run }) => {
    if (current.has('harmonise') && run.status === 'running') {
      store.getState().cancel()
      store.getState().cancel()
    }
  })
  await running
  expect(store.getState()).toMatchObject({ run: { status: 'idle' }, analysis: undefined, problem: null })
  expect(store.getState().current.has('harmonise')).toBe(true)
  const before = await kept.keys()
  expect(before.length).toBeGreaterThan(2)
  const made = vi.spyOn(kept, 'keepStage')
  const again = start(kept)
  await again.store.getState().resume()
  expect(again.store.getState()).toMatchObject({ protocol, isChoosing: false, analysis: undefined })
  await again.store.getState().analyse()
  expect([again.store.getState().stale.size, again.store.getState().problem]).toEqual([0, null])
  expect(made.mock.calls.filter(([key]) => before.includes(key))).toEqual([])
  // What is there as a whole is shown at once.
  const third = start(kept)
  await third.store.getState().resume()
  expect(third.store.getState().analysis).toEqual(again.store.getState().analysis)
})

test('where the browser keeps nothing that is said, and the analysis goes on', async () => {
  const kept = createAnalysisStore(database)
  vi.spyOn(kept, 'keepStage').mockRejectedValue(new Error('no room'))
  const { store } = await begun(kept)
  await store.getState().analyse()
  expect(store.getState()).toMatchObject({ problem: { code: 'analysis-not-kept' } })
  expect(store.getState().analysis).toBeDefined()
})

test('a failure says where, keeps the analysis that was there, and can be tried again', async () => {
  const { store, host } = await begun()
  await store.getState().analyse()
  const before = store.getState().analysis
  host.analyse.mockRejectedValueOnce(new Error('the worker ended'))
  await store.getState().setProtocol({ ...protocol, models: [{ ...protocol.models[0], name: 'Other' }] })
  await store.getState().analyse()
  expect(store.getState()).toMatchObject({
    failed: 'train',
    problem: { values: { words: 'the worker ended' } },
    analysis: before,
  })
  await store.getState().analyse()
  expect(store.getState()).toMatchObject({ failed: null, problem: null })
})

test('analyses of another protocol after the first look at validation are counted', async () => {
  const { store } = await begun()
  await store.getState().analyse()
  store.getState().lookAtValidation()
  await store.getState().analyse()
  expect(store.getState().firstLook?.changes).toBe(0)
  await store.getState().setProtocol({ ...protocol, seed: 2 })
  await store.getState().analyse()
  expect(store.getState().firstLook?.changes).toBe(1)
})

test('the tables are read again only where the protocol names other columns', async () => {
  const { store, host } = await begun()
  await store.getState().setProtocol({ ...protocol, seed: 2 })
  expect(host.read).toHaveBeenCalledTimes(1)
  await store.getState().setProtocol({ ...protocol, harmonise: { ...protocol.harmonise, method: 'combat' } })
  expect(host.read).toHaveBeenCalledTimes(2)
})

test('a table that cannot be read leaves the study in hand', async () => {
  const { store, host } = await begun()
  host.look.mockRejectedValueOnce(new Error('no table'))
  await store.getState().open(new File([''], 'broken.csv'))
  await store.getState().replace()
  expect(store.getState()).toMatchObject({ study: data, run: { status: 'idle' } })
  expect(store.getState().problem).not.toBeNull()
})

test('a study gives way to another table, or is closed, when that is said; until then it is in hand and kept', async () => {
  const kept = createAnalysisStore(database)
  const { store, host } = await begun(kept)
  await store.getState().analyse()
  const other = new File(['id,outcome,g'], 'other.csv')
  await store.getState().open(other)
  expect(store.getState()).toMatchObject({ study: data, replacing: { by: other } })
  store.getState().keepStudy()
  expect(store.getState().replacing).toBeNull()
  await store.getState().close()
  expect(store.getState()).toMatchObject({ study: data, replacing: { by: null } })
  expect([(await kept.find())?.files.features.size, (await kept.keys()).length > 0]).toEqual([file.size, true])
  await store.getState().open(other)
  await store.getState().replace()
  expect(store.getState()).toMatchObject({ study: undefined, replacing: null, door: { files: { features: other } } })
  expect(await kept.keys()).toEqual([])
  expect(host.look).toHaveBeenLastCalledWith(other, expect.anything())
})

test('a study that was set aside is asked about too, and is there again in the next page', async () => {
  const kept = createAnalysisStore(database)
  const { store } = await begun(kept)
  await store.getState().analyse()
  store.getState().setAside()
  expect(store.getState()).toMatchObject({ study: undefined, door: null })
  await store.getState().open(new File([''], 'other.csv'))
  expect(store.getState()).toMatchObject({ door: null, replacing: { by: { name: 'other.csv' } } })
  const next = start(kept)
  await next.store.getState().resume()
  expect(next.store.getState()).toMatchObject({ study: data, door: { files: { features: { size: file.size } } } })
})

test('tables without a study give way without a question', async () => {
  const { store } = start()
  await store.getState().open(file)
  await store.getState().open(new File([''], 'other.csv'))
  expect(store.getState()).toMatchObject({ replacing: null, door: { files: { features: { name: 'other.csv' } } } })
  await store.getState().close()
  expect(store.getState().door).toBeNull()
})

test('a first look outlives another choice of columns and a reload; what is only computed again is no change, what is decided otherwise is', async () => {
  const kept = createAnalysisStore(database)
  const { store } = await begun(kept)
  await store.getState().analyse()
  store.getState().lookAtValidation()
  const at = store.getState().firstLook!.at
  await store.getState().begin()
  await store.getState().analyse()
  expect(store.getState().firstLook).toMatchObject({ at, changes: 0 })
  await store.getState().setProtocol({ ...protocol, select: [] })
  await store.getState().analyse()
  expect(store.getState().firstLook).toMatchObject({ at, changes: 1 })
  const next = start(kept)
  await next.store.getState().resume()
  await next.store.getState().analyse()
  expect(next.store.getState().firstLook).toMatchObject({ at, changes: 1 })
})

test('what a person answered is there again in the next page, also once the tables were chosen anew', async () => {
  const { store } = await begun()
  const answers = answerQuestion(noAnswers, 'ethics', 'Board 7')
  store.getState().answer(answers)
  await store.getState().begin()
  expect(store.getState().answers).toEqual(answers)
  await vi.waitFor(async () => expect((await createAnalysisStore(database).find())?.answers).toEqual(answers))
  const next = start()
  await next.store.getState().resume()
  expect(next.store.getState().answers).toEqual(answers)
})

test('a second tab looks only: it changes and deletes nothing, and goes on when the first gives the study back', async () => {
  const kept = createAnalysisStore(database)
  const first = await begun(kept)
  await first.store.getState().analyse()
  let isFree = false
  let free = () => {}
  const claim: StudyClaims['claim'] = async (_, onFree) => {
    free = onFree
    return isFree
  }
  const second = start(kept, { claim, release: () => {} })
  await second.store.getState().resume()
  expect(second.store.getState()).toMatchObject({ study: data, isElsewhere: true, replacing: null })
  expect(second.store.getState().analysis).toBeDefined()
  await second.store.getState().setProtocol({ ...protocol, seed: 9 })
  expect(second.store.getState()).toMatchObject({ protocol, problem: { code: 'study-elsewhere' } })
  await second.store.getState().close()
  await second.store.getState().replace()
  await second.store.getState().open(new File([''], 'other.csv'))
  second.store.getState().lookAtValidation()
  expect(second.store.getState()).toMatchObject({ study: data, firstLook: null, replacing: null })
  expect([(await kept.find())?.protocol, (await kept.keys()).length > 0]).toEqual([protocol, true])
  await first.store.getState().setProtocol({ ...protocol, seed: 3 })
  isFree = true
  free()
  await vi.waitFor(() => expect(second.store.getState()).toMatchObject({ isElsewhere: false, protocol: { seed: 3 } }))
})

test('a database that is deleted under the page is told of, and what is in memory is kept anew', async () => {
  const kept = createAnalysisStore(database)
  const { store } = await begun(kept)
  await store.getState().analyse()
  const all = (await kept.keys()).length
  await new Promise((resolve) => (indexedDB.deleteDatabase('study test').onsuccess = resolve))
  await vi.waitFor(() => expect(store.getState().problem).toMatchObject({ code: 'analysis-deleted', values: { results: all } }))
  expect((await kept.find())?.protocol).toEqual(protocol)
  expect(store.getState().analysis).toBeDefined()
  await store.getState().analyse()
  expect([(await kept.keys()).length, store.getState().stale.size]).toEqual([all, 0])
})

test('a study that is set aside comes back as it was, also where the browser keeps nothing', async () => {
  const kept = createAnalysisStore(database)
  for (const name of ['keep', 'keepStage'] as const) vi.spyOn(kept, name).mockRejectedValue(new Error('no room'))
  const { store, host } = await begun(kept)
  await store.getState().analyse()
  const { analysis } = store.getState()
  store.getState().setAside()
  expect(store.getState().study).toBeUndefined()
  await store.getState().resume()
  expect(store.getState()).toMatchObject({ study: data, analysis, stale: new Set() })
  expect(host.analyse).toHaveBeenCalledTimes(1)
})

test('a run that ended with its page is told of in the next one, which goes on with the stages that are finished', async () => {
  const kept = createAnalysisStore(database)
  const first = await begun(kept)
  const compute = first.host.analyse.getMockImplementation()!
  // Its page closes after four stages.
  first.host.analyse.mockImplementation(async (study, asked, { stages, ...others }) => {
    let left = 4
    return compute(study, asked, { ...others, stages: { ...stages, onStage: async (key, record) => (left-- > 0 ? stages.onStage(key, record) : new Promise(() => {})) } }) // prettier-ignore
  })
  void first.store.getState().analyse()
  await vi.waitFor(async () => expect(await kept.keys()).toHaveLength(4))
  const next = start(kept)
  await next.store.getState().resume()
  expect(next.store.getState()).toMatchObject({ finishedStages: 4, analysis: undefined, interruptedAt: expect.any(Number) })
  await next.store.getState().analyse()
  expect(next.store.getState()).toMatchObject({ interruptedAt: null, problem: null })
  const third = start(kept)
  await third.store.getState().resume()
  expect(third.store.getState().interruptedAt).toBeNull()
})

/** The columns that the two tasks of these tests are about. */
const twoOutcomes: TableLook = {
  ...look,
  columns: ['id', 'outcome', 'cohort', 'other', 'f'].map((name) => ({ name, values: ['0', '1'], distinct: 2, missing: 0, isNumeric: true, isMostlyNumeric: true })), // prettier-ignore
  guesses: { scores: [], study: ['id', 'outcome', 'cohort', 'clinical', 'feature'] },
}
const otherTask = { table: 'features', column: 'other', positive: '0' } as const
const swapped = { ...data, outcomeOf: new Map([...data.outcomeOf].map(([id, value]) => [id, value === 1 ? 0 : 1] as const)) }

/** A study of two outcomes: the second is the first one the other way round. */
async function begunWithTwo(kept = createAnalysisStore(database)) {
  const started = start(kept)
  started.host.look.mockImplementation(async () => twoOutcomes)
  started.host.read.mockImplementation(async (_files, choice, given) => {
    const study = choice.roles[3] === 'outcome' ? swapped : data
    const settled = given ?? { ...protocol, outcome: { column: 'outcome', positive: '1' } }
    return { data: study, keys: hashStudy(study), clinical, places: new Map(), notes: [], protocol: settled }
  })
  await started.store.getState().open(file)
  await started.store.getState().begin()
  return started
}

test('each task has its outcome, protocol and results: switching computes nothing and loses nothing, not even what is out of date', async () => {
  const { store, host } = await begunWithTwo()
  await store.getState().analyse()
  const first = store.getState()
  await store.getState().addTask(otherTask)
  expect(store.getState()).toMatchObject({
    ...{ task: 1, study: swapped, analysis: undefined, earlier: [], firstLook: null, problem: null },
    protocol: { ...protocol, outcome: { column: 'other', positive: '0' } },
    tasks: [{ id: 0, table: 'features', column: 'outcome', positive: '1' }, { id: 1, ...otherTask }],
    // The outcome of one task is no predictor of another.
    door: { choice: { roles: ['id', 'ignored', 'cohort', 'outcome', 'feature'], positive: '0' } },
  }) // prettier-ignore
  await store.getState().analyse()
  await store.getState().setProtocol({ ...store.getState().protocol!, select: [] })
  const second = store.getState()
  expect([...second.stale]).toContain('select')
  const runs = host.analyse.mock.calls.length
  const reads = host.read.mock.calls.length
  await store.getState().showTask(0)
  expect(store.getState()).toMatchObject({ task: 0, study: data, door: { choice: { roles: ['id', 'outcome', 'cohort', 'ignored', 'feature'] } } }) // prettier-ignore
  expect(store.getState().analysis).toBe(first.analysis)
  expect([store.getState().scores, store.getState().stale.size]).toEqual([first.scores, 0])
  await store.getState().showTask(1)
  expect(store.getState().analysis).toBe(second.analysis)
  expect([store.getState().stale, store.getState().earlier]).toEqual([second.stale, second.earlier])
  expect([host.analyse.mock.calls.length, host.read.mock.calls.length]).toEqual([runs, reads])
})

test('a run goes on while another task is in hand, and its results are found there', async () => {
  const { store } = await begunWithTwo()
  await store.getState().addTask(otherTask)
  const running = store.getState().analyse()
  await store.getState().showTask(0)
  expect(store.getState()).toMatchObject({ task: 0, run: { status: 'running', task: 1 } })
  await running
  expect(store.getState()).toMatchObject({ task: 0, analysis: undefined, run: { status: 'idle' }, problem: null })
  await store.getState().showTask(1)
  expect(store.getState().analysis?.split).toBeDefined()
  expect([...store.getState().stale]).toEqual([])
})

test('a run that fails while another task is in hand is told of there, and why stands with its own task', async () => {
  const { store, host } = await begunWithTwo()
  await store.getState().addTask(otherTask)
  let fail = (_: Error) => {}
  host.analyse.mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)))
  const running = store.getState().analyse()
  await store.getState().showTask(0)
  fail(new Error('the worker ended'))
  await running
  expect(store.getState()).toMatchObject({ task: 0, failed: null, problem: { code: 'task-failed', values: { task: 2 } } })
  await store.getState().showTask(1)
  expect(store.getState()).toMatchObject({ task: 1, failed: 'cohorts', problem: { values: { words: 'the worker ended' } } })
})

test('tasks are there again after a reload, each with what was computed of it', async () => {
  const kept = createAnalysisStore(database)
  const { store } = await begunWithTwo(kept)
  await store.getState().analyse()
  await store.getState().addTask(otherTask)
  await store.getState().setProtocol({ ...store.getState().protocol!, seed: 7 })
  await store.getState().analyse()
  await store.getState().showTask(0)
  const next = start(kept)
  const read = next.host.read.getMockImplementation()!
  next.host.look.mockImplementation(async () => twoOutcomes)
  next.host.read.mockImplementation(async (files, choice, given, signal) => {
    const study = choice.roles[3] === 'outcome' ? swapped : data
    return { ...(await read(files, choice, given, signal)), data: study, keys: hashStudy(study) }
  })
  await next.store.getState().resume()
  expect(next.store.getState()).toMatchObject({ task: 0, tasks: [{ column: 'outcome' }, { column: 'other' }], study: data })
  expect(next.store.getState().analysis).toEqual(store.getState().analysis)
  await next.store.getState().showTask(1)
  await store.getState().showTask(1)
  expect(next.store.getState()).toMatchObject({ study: swapped, protocol: { seed: 7, outcome: { column: 'other' } } })
  expect(next.store.getState().analysis).toEqual(store.getState().analysis)
})

test('an outcome that cannot be one is told, and the task in hand stays; a task is taken out', async () => {
  const { store, host } = await begunWithTwo()
  host.check.mockResolvedValueOnce({
    problems: [{ step: 'tables', code: 'no-outcome', values: {} }],
    faults: [],
    counts: null,
    statuses: null,
  })
  await store.getState().addTask(otherTask)
  expect(store.getState()).toMatchObject({
    task: 0,
    tasks: [{ id: 0 }],
    problem: { code: 'no-outcome' },
    run: { status: 'idle' },
  })
  await store.getState().addTask(otherTask)
  store.getState().removeTask(1)
  expect(store.getState().tasks).toHaveLength(2)
  store.getState().removeTask(0)
  expect(store.getState().tasks).toEqual([{ id: 1, ...otherTask }])
})

/** The study's own tables, as they were made of cohorts with that hash. */
const ownOf = (freeze: string): OwnStudy => ({
  name: 'study-features.csv',
  features: file,
  clinical: new File(['id,a,b'], 'study-clinical.csv'),
  choice: { ...noStudyChoice, positive: 'yes', training: 'training', own: { freeze, rows: 'r', clinical: 'c', plan: 'centre', leftOut: [] } },
  tasks: [{ id: 0, table: 'clinical', column: 'a', positive: 'yes' }, { id: 1, table: 'clinical', column: 'b', positive: 'low' }],
}) // prettier-ignore
const [firstFreeze, secondFreeze] = ['1'.repeat(64), '2'.repeat(64)]
/** As a worker reads a protocol out of the choice. */
const readsFreeze: StudyHost['read'] = async (_files, choice, given) => ({ data, keys: hashStudy(data), clinical, places: new Map(), notes: [], protocol: given ?? { ...protocol, cohort: { ...protocol.cohort, freeze: choice.own!.freeze } } }) // prettier-ignore

test('the study’s own tables begin at once with all tasks; made anew of other cohorts, results stay and are out of date, and current again with the cohorts that they are of', async () => {
  const { store, host } = start()
  host.read.mockImplementation(readsFreeze)
  await store.getState().openOwn(ownOf(firstFreeze))
  const { tasks, isChoosing, study } = store.getState()
  expect([tasks.map(({ column }) => column), isChoosing, study]).toEqual([['a', 'b'], false, data])
  expect(store.getState().protocol!.cohort.freeze).toBe(firstFreeze)
  await store.getState().showTask(1)
  expect(store.getState().protocol).toMatchObject({ outcome: { column: 'b', positive: 'low' }, cohort: { freeze: firstFreeze } })
  await store.getState().showTask(0)
  await store.getState().analyse()
  const { analysis } = store.getState()
  expect([store.getState().stale.size, analysis!.protocol.cohort.freeze]).toEqual([0, firstFreeze])

  await store.getState().openOwn(ownOf(secondFreeze))
  expect(store.getState()).toMatchObject({ replacing: null, analysis, protocol: { cohort: { freeze: secondFreeze } } })
  expect([...store.getState().stale].sort()).toEqual(['cohorts', 'evaluate', 'harmonise', 'report', 'select', 'train'])
  await store.getState().showTask(1)
  expect(store.getState().protocol!.cohort.freeze).toBe(secondFreeze)
  await store.getState().showTask(0)
  await store.getState().openOwn(ownOf(firstFreeze))
  expect(store.getState().stale.size).toBe(0)
  expect(host.analyse.mock.calls.filter(([, asked]) => asked.cohort.freeze === secondFreeze)).toEqual([])
})

test('batches that the study has by now are harmonised, unless a person set it otherwise; what else was set stays', async () => {
  const { store, host } = start()
  const ofBatches = { ...protocol.harmonise, method: 'combat' as const, batch: ['batch'] }
  const readsBatches: StudyHost['read'] = async (files, choice, given, signal) => {
    const read = await readsFreeze(files, choice, given, signal)
    return given || choice.own!.freeze === firstFreeze ? read : { ...read, protocol: { ...read.protocol, harmonise: ofBatches } }
  }
  host.read.mockImplementation(readsBatches)
  await store.getState().openOwn(ownOf(firstFreeze))
  await store.getState().setProtocol({ ...store.getState().protocol!, seed: 7 })
  await store.getState().openOwn(ownOf(secondFreeze))
  expect(store.getState().protocol).toMatchObject({ harmonise: ofBatches, seed: 7, cohort: { freeze: secondFreeze } })
  await store.getState().showTask(1)
  expect(store.getState().protocol).toMatchObject({ harmonise: ofBatches, outcome: { column: 'b' } })
  await store.getState().showTask(0)
  await store.getState().setProtocol({ ...store.getState().protocol!, harmonise: protocol.harmonise })
  await store.getState().openOwn(ownOf(secondFreeze))
  expect(store.getState().protocol!.harmonise.method).toBe('none')
})

test('the study’s own tables take the place of a table that somebody opened only when that is said', async () => {
  const { store } = await begun()
  const own = ownOf(firstFreeze)
  await store.getState().openOwn(own)
  expect(store.getState()).toMatchObject({ replacing: { by: own }, tasks: [{ id: 0 }] })
  expect(store.getState().door!.choice.own).toBeUndefined()
  await store.getState().replace()
  expect(store.getState().door!.choice.own!.freeze).toBe(firstFreeze)
  expect(store.getState().tasks).toEqual(own.tasks)
})

test('own tables that are no study are told, and what is in hand stays', async () => {
  const { store, host } = await begun()
  const { door } = store.getState()
  host.check.mockResolvedValueOnce({
    problems: [{ step: 'tables', code: 'no-outcome', values: {} }],
    faults: [],
    counts: null,
    statuses: null,
  })
  await store.getState().openOwn(ownOf(firstFreeze))
  await store.getState().replace()
  expect(store.getState()).toMatchObject({ door, study: data, problem: { code: 'no-outcome' }, run: { status: 'idle' } })
})
