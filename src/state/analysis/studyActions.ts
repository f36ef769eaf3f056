import type { StoreApi } from 'zustand/vanilla'
import type { StageStore } from '../../core/analysis/stages/stageStore.ts'
import { DataError, messageOf, type Message } from '../../core/messages/message.ts'
import type { Progress } from '../../core/numeric/jobs.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import { noAnswers } from '../../core/report/answers.ts'
import { noStudyChoice, type StudyChoice, type StudyRole } from '../../io/tables/roles/studyChoice.ts'
import type { OwnStudy } from '../../io/tables/roles/ownStudy.ts'
import { chooseTask, type StudyTask } from '../../io/tables/roles/studyTask.ts'
import type { AnalysisStore } from '../../storage/analysisStore.ts'
import type { ReadyStudy } from '../../../workers/studyApi.ts'
import { told } from '../messages.ts'
import { carryOver, changedPlace, goesOn, type ProtocolAct } from './protocolActs.ts'
import { createStageShelf } from './stageShelf.ts'
import {
  noSteps,
  nothingInHand,
  type StudyActions,
  type StudyClaims,
  type StudyDoor,
  type StudyHost,
  type StudyState,
} from './studyState.ts'
import { emptyTask, tablesOf, tasksAfter, taskStateOf, type TaskAside, type TaskState } from './studyTasks.ts'

/** Above so much estimated work nothing is computed that nobody asked for. */
const byItselfMs = 2000

const sole: readonly StudyRole[] = ['id', 'outcome', 'cohort', 'patient', 'reader', 'sequence']
/** What of a protocol says which columns of the tables are read. */
const columnsOf = ({ order, outcome, cohort, patient, readers, harmonise, models }: Protocol) =>
  JSON.stringify([
    ...[order, outcome, cohort.column, patient, readers, models.map(({ clinical }) => clinical), harmonise.batch],
    ...(harmonise.method === 'none' ? [] : [harmonise.covariates, harmonise.factors]),
  ])

/** What the rules read stood in a table that is no longer there. */
const withoutStatuses = ({ statuses: _, ...choice }: StudyChoice): StudyChoice => choice

/** All that the figures of an evaluation go by: data, protocol and seed. */
const decidedBy = (plan: StudyState['plan']) => plan.find(({ stage }) => stage === 'decisions')?.key

const outcomeOf = ({ column, positive }: StudyTask): Protocol['outcome'] => ({ column, positive })

/** A task whose tables are to be read anew. */
const asideOf = (state: TaskState): TaskAside => ({ state, ready: undefined, read: null })

const stateOf = ({ data, clinical, places, notes, protocol }: ReadyStudy) => ({ study: data, clinical, places, notes, protocol })

/** What is done with a study, once there is a table. */
export function createStudyActions(
  { getState: get, setState: set }: StoreApi<StudyState>,
  host: StudyHost,
  kept: AnalysisStore,
  now: () => number,
  claims: StudyClaims,
): StudyActions {
  /** Of what is read of the tables; a run has its own. */
  let reading = new AbortController()
  let running = new AbortController()
  let ready: ReadyStudy | undefined
  /** The protocol that the plan and the data in hand are of. */
  let planned: Protocol | undefined
  /** The last change of a protocol, and of which task; null once one was taken back. */
  let lastAct: (ProtocolAct & { readonly task: number }) | null = null
  /** How long each stage took when it was computed last, by its name. */
  const durations = new Map<string, number>()
  /** The tasks that are not in hand, by ID. */
  const tasksAside = new Map<number, TaskAside>()

  const tellNotKept = (reason: unknown) => set({ problem: told('analysis-not-kept', { reason: messageOf(reason) }) })
  const shelf = createStageShelf(kept, tellNotKept)
  const loaded = shelf.load().then(() => {}, tellNotKept)
  /** Tables and protocol, for when the page is opened again. */
  const keep = () => {
    const { door, protocol, firstLook, answers, run, interruptedAt, isElsewhere, tasks, task: inHand } = get()
    const { files, choice } = door ?? {}
    if (!files || !choice || isElsewhere) return
    const runningSince = run.status === 'running' ? run.startedAt : interruptedAt
    const all = tasks.flatMap((task) => {
      const state = task.id === inHand ? { protocol, firstLook } : tasksAside.get(task.id)?.state
      return state?.protocol ? [{ task, protocol: state.protocol, firstLook: state.firstLook }] : []
    })
    const others = all.length > 1 && { tasks: { inHand, all } }
    void kept.keep({ files, choice, protocol: protocol ?? null, firstLook, answers, runningSince, ...others }).catch(tellNotKept)
  }
  kept.onDeleted(() => {
    if (!get().door) return
    keep()
    void shelf.load().then((results) => {
      mark()
      set({ problem: told('analysis-deleted', { results }) })
    }, tellNotKept)
  })

  /** Whether this tab has the study; else it looks only, until the other one gives it back. */
  async function claim(): Promise<boolean> {
    const isOwn = await claims.claim('in hand', () => {
      // What was set aside here is what the other tab began with.
      aside = null
      set(nothingInHand)
      void resume().catch(tellNotKept)
    })
    set({ isElsewhere: !isOwn })
    return isOwn
  }
  const tellElsewhere = () => set({ problem: told('study-elsewhere', {}) })
  /** An act that changes what is kept. */
  const owned =
    <Arguments extends readonly unknown[], Result>(act: (...given: Arguments) => Result) =>
    (...given: Arguments): Result | void =>
      get().isElsewhere ? tellElsewhere() : act(...given)
  /** One that takes its time. */
  const ownedLater =
    <Arguments extends readonly unknown[]>(act: (...given: Arguments) => Promise<void>) =>
    async (...given: Arguments): Promise<void> =>
      get().isElsewhere ? tellElsewhere() : act(...given)

  const beginReading = () => {
    reading.abort()
    reading = new AbortController()
    return reading.signal
  }
  const fail = (signal: AbortSignal, error: unknown) => {
    if (!signal.aborted) set({ problem: messageOf(error), ...(get().run.status === 'reading' && { run: { status: 'idle' } }) })
  }

  async function setChoice(choice: StudyChoice): Promise<void> {
    const { door } = get()
    if (!door) return
    set({ door: { ...door, choice, check: null }, isChoosing: true })
    keep()
    const signal = beginReading()
    try {
      const check = await host.check(door.files, choice, signal)
      const current = get().door
      if (!signal.aborted && current?.choice === choice) set({ door: { ...current, check } })
    } catch (error) {
      fail(signal, error)
    }
  }

  function mark() {
    const { plan, analysis } = get()
    const missing = plan.filter(({ key }) => !shelf.holds(key))
    set({ finishedStages: plan.length - missing.length })
    const lacking = new Set(missing.map(({ step }) => step))
    const times = missing.map(({ stage }) => durations.get(stage))
    set({
      current: new Set(plan.map(({ step }) => step).filter((step) => !lacking.has(step))),
      stale: analysis ? lacking : noSteps,
      estimateMs: times.every((time) => time !== undefined) ? times.reduce((sum, time) => sum + time, 0) : null,
    })
  }

  /** Brings data, plan and marks up to the protocol; small work is done at once. */
  async function settle(): Promise<void> {
    const { door, protocol } = get()
    if (!door || !protocol || !ready) return
    keep()
    const signal = beginReading()
    await loaded
    try {
      if (columnsOf(ready.protocol) !== columnsOf(protocol)) {
        const read = await host.read(door.files, door.choice, protocol, signal)
        if (signal.aborted) return
        ready = read
        set({ study: read.data, clinical: read.clinical, places: read.places, notes: read.notes })
      }
      const plan = await host.plan(ready.keys, protocol)
      if (signal.aborted) return
      set({ plan, problem: null })
      planned = protocol
    } catch (error) {
      fail(signal, error)
      // Nothing of what is there is what this protocol asks for.
      if (!signal.aborted)
        set({ plan: [], current: noSteps, stale: new Set(get().plan.map(({ step }) => step)), estimateMs: null })
      return
    }
    mark()
    const { estimateMs, stale, analysis, plan, isElsewhere } = get()
    const isKnown = plan.every(({ key }) => shelf.holds(key))
    const isSmall = !isElsewhere && stale.size > 0 && estimateMs !== null && estimateMs <= byItselfMs
    if (isKnown ? analysis?.protocol !== protocol : isSmall) await analyse()
  }

  async function adopt(protocol: Protocol, history: Pick<StudyState, 'earlier' | 'later'>): Promise<void> {
    set({ protocol, ...history })
    await settle()
  }

  /** A protocol is what a person made of it; without one there are tables only. */
  const isStudyKept = async () =>
    (aside?.state.protocol ?? get().protocol) !== undefined || ((await kept.find())?.protocol ?? null) !== null

  async function openTable(file: File): Promise<void> {
    const signal = beginReading()
    set({ run: { status: 'reading', name: file.name }, problem: null })
    try {
      const features = await host.look(file, signal)
      if (signal.aborted) return
      running.abort()
      ready = undefined
      aside = null
      tasksAside.clear()
      await shelf.clear()
      const choice = { ...noStudyChoice, roles: features.guesses.study }
      set({ ...nothingInHand, isChoosing: true, door: { files: { features: file, clinical: null, second: null }, features, clinical: null, choice, check: null } }) // prettier-ignore
      await setChoice(choice)
    } catch (error) {
      fail(signal, error)
    }
  }

  async function lookAtOwn({ features: file, clinical: beside, choice }: OwnStudy, signal: AbortSignal): Promise<StudyDoor> {
    const files = { features: file, clinical: beside, second: null }
    const [features, clinical] = await Promise.all([host.look(file, signal), host.look(beside, signal)])
    return { files, features, clinical, choice, check: null }
  }

  /** Nobody is asked what its columns are: it begins at once, each task with the protocol of the study. */
  async function openOwnTables(own: OwnStudy): Promise<void> {
    const signal = beginReading()
    set({ run: { status: 'reading', name: own.name }, problem: null })
    try {
      const door = await lookAtOwn(own, signal)
      const check = await host.check(door.files, door.choice, signal)
      if (check.problems.length > 0) throw new DataError(check.problems[0])
      const read = await host.read(door.files, door.choice, null, signal)
      if (signal.aborted) return
      running.abort()
      aside = null
      tasksAside.clear()
      await shelf.clear()
      ready = read
      for (const task of own.tasks.slice(1))
        tasksAside.set(task.id, asideOf({ ...emptyTask, protocol: { ...read.protocol, outcome: outcomeOf(task) } }))
      set({ ...nothingInHand, door: { ...door, check }, tasks: own.tasks, task: own.tasks[0].id, ...stateOf(read) })
      await settle()
    } catch (error) {
      fail(signal, error)
    }
  }

  /**
   * The study's own tables as they are now: what a person set in the protocols stays, and results, and what is of other data is out of date.
   * What the tables of before proposed gives way to what these propose: batches that were not known then are harmonised.
   */
  async function renewOwn(own: OwnStudy): Promise<void> {
    const { tasks: before, task: last, protocol, run, door: doorBefore } = get()
    const inHand = own.tasks.find(({ column }) => column === before.find(({ id }) => id === last)?.column)
    // None of the study's questions is the one in hand any more: the others begin anew.
    if (!protocol || !inHand || !doorBefore) return openOwnTables(own)
    if (run.status === 'running') running.abort()
    const signal = beginReading()
    set({ run: { status: 'reading', name: own.name }, problem: null })
    try {
      const door = await lookAtOwn(own, signal)
      const choice = chooseTask(door.choice, tablesOf(door), inHand)
      const check = await host.check(door.files, choice, signal)
      if (check.problems.length > 0) throw new DataError(check.problems[0])
      const [proposedBefore, proposed] = await Promise.all([
        host.read(doorBefore.files, doorBefore.choice, null, signal),
        host.read(door.files, choice, null, signal),
      ])
      const renew = (settled: Protocol, task: StudyTask): Protocol => ({
        ...carryOver(settled, proposedBefore.protocol, proposed.protocol),
        outcome: outcomeOf(task),
        cohort: { ...settled.cohort, freeze: own.choice.own!.freeze },
      })
      const read = await host.read(door.files, choice, renew(protocol, inHand), signal)
      if (signal.aborted) return
      ready = read
      const known = new Map(before.map(({ id, column }) => [column, tasksAside.get(id)?.state]))
      tasksAside.clear()
      for (const task of own.tasks)
        if (task !== inHand) {
          const state = known.get(task.column) ?? emptyTask
          tasksAside.set(task.id, asideOf({ ...state, protocol: renew(state.protocol ?? protocol, task) }))
        }
      set({ run: { status: 'idle' }, isChoosing: false, door: { ...door, choice, check }, tasks: own.tasks, task: inHand.id, ...stateOf(read) }) // prettier-ignore
      await settle()
    } catch (error) {
      fail(signal, error)
    }
  }

  /** What was in hand, with what a worker read of it. */
  let aside: { readonly state: Partial<StudyState>; readonly ready: ReadyStudy | undefined } | null = null
  function setAside() {
    beginReading()
    running.abort()
    const state = get()
    if (state.door) aside = { state: { ...pickState(state), run: { status: 'idle' }, replacing: null }, ready }
    ready = undefined
    set({ ...nothingInHand, isElsewhere: state.isElsewhere })
  }

  async function forget(): Promise<void> {
    setAside()
    aside = null
    tasksAside.clear()
    await shelf.clear().catch(tellNotKept)
    claims.release()
  }

  async function resume(): Promise<void> {
    if (get().door) return
    if (aside) {
      set(aside.state)
      ready = aside.ready
      aside = null
      return settle()
    }
    const found = await kept.find()
    if (!found || get().door) return
    await claim()
    const { files, choice, protocol, firstLook, runningSince, tasks, answers = noAnswers } = found
    tasksAside.clear()
    for (const { task, protocol, firstLook } of tasks?.all ?? [])
      tasksAside.set(task.id, asideOf({ ...emptyTask, protocol, firstLook }))
    tasksAside.delete(tasks?.inHand ?? 0)
    const signal = beginReading()
    set({
      run: { status: 'reading', name: files.features.name },
      firstLook,
      answers,
      interruptedAt: get().isElsewhere ? null : (runningSince ?? null),
    })
    try {
      const [features, clinical] = await Promise.all([
        host.look(files.features, signal),
        files.clinical && host.look(files.clinical, signal),
      ])
      const check = await host.check(files, choice, signal)
      const read = protocol && (await host.read(files, choice, protocol, signal))
      if (signal.aborted) return
      ready = read ?? undefined
      const door = { files, features, clinical, choice, check }
      set({ run: { status: 'idle' }, door, isChoosing: !read, tasks: tasks?.all.map(({ task }) => task) ?? [], task: tasks?.inHand ?? 0 }) // prettier-ignore
      if (read) set({ ...stateOf(read), tasks: tasksAfter(get(), door, read) })
      await settle()
    } catch (error) {
      fail(signal, error)
    }
  }

  async function analyse(): Promise<void> {
    // A change that is still being read would be run with the data of before.
    if (get().protocol !== planned) await settle()
    const { study, protocol, plan, run, task } = get()
    if (!study || !protocol || plan.length === 0 || run.status !== 'idle') return
    running = new AbortController()
    const { signal } = running
    const startedAt = now()
    let last = startedAt
    set({ run: { status: 'running', progress: null, startedAt, task, isAsked: false }, problem: null, failed: null, interruptedAt: null }) // prettier-ignore
    keep()
    /** To the task that was computed, in hand or not. */
    const give = (change: (state: Pick<StudyState, 'firstLook'>) => Partial<StudyState>) => {
      const other = tasksAside.get(task)
      if (get().task === task) set(change(get()))
      else if (other) tasksAside.set(task, { ...other, state: taskStateOf({ ...other.state, ...change(other.state) }) })
    }
    const onProgress = (progress: Progress) => {
      const { run } = get()
      if (!signal.aborted && run.status === 'running') set({ run: { ...run, progress } })
    }
    let failure: Message | null = null
    const stages: StageStore = {
      async have(key) {
        const record = await shelf.have(key)
        last = now()
        return record
      },
      async onStage(key, record) {
        durations.set(record.stage, now() - last)
        await shelf.onStage(key, record)
        last = now()
        mark()
      },
    }
    try {
      const analysis = await host.analyse(study, protocol, { signal, onProgress, stages })
      const scores = await host.judge(analysis, study, signal)
      if (signal.aborted) return
      // Protocols that ask for the same are the same, however often they are computed.
      const decided = decidedBy(plan)
      const finishedAt = now()
      give(({ firstLook }) => {
        const isChanged = firstLook !== null && firstLook.decided !== decided
        return { analysis, scores, finishedAt, firstLook: isChanged ? { ...firstLook, changes: firstLook.changes + 1, decided } : firstLook } // prettier-ignore
      })
      keep()
    } catch (error) {
      if (!signal.aborted) {
        const problem = messageOf(error)
        give(() => ({ problem, failed: plan.find(({ key }) => !shelf.holds(key))?.step ?? 'report' }))
        failure = problem
      }
    } finally {
      if (running.signal === signal) {
        set({ run: { status: 'idle' } })
        keep()
        mark()
        // What was computed before of the one in hand waited for its turn.
        if (get().task !== task) {
          await settle()
          const at = get().tasks.findIndex(({ id }) => id === task)
          if (failure) set({ problem: told('task-failed', { task: at + 1, reason: failure }) })
        }
      }
    }
  }

  /** Takes a task in hand: as it was left, unless its tables are to be read anew. The one before stays as it is. */
  async function takeInHand(task: StudyTask, { state, ready: known, read: before }: TaskAside): Promise<void> {
    const { door, tasks, task: left, run } = get()
    if (!door) return
    const choice = chooseTask(door.choice, tablesOf(door), task)
    const leave = () => {
      const leftTask = tasks.find(({ id }) => id === left)!
      const own = { choice: chooseTask(choice, tablesOf(door), leftTask), check: door.check }
      tasksAside.set(left, { state: taskStateOf(get()), ready, read: own })
      tasksAside.delete(task.id)
    }
    const signal = beginReading()
    if (known && before && JSON.stringify(before.choice) === JSON.stringify(choice)) {
      leave()
      ready = known
      set({ ...state, door: { ...door, choice, check: before.check }, task: task.id })
      await settle()
      // Why its last run failed is still to be known.
      if (state.failed && !get().problem) set({ problem: state.problem })
      return
    }
    if (run.status === 'idle') set({ run: { status: 'reading', name: door.files.features.name } })
    try {
      const check = await host.check(door.files, choice, signal)
      if (!signal.aborted && check.problems.length > 0) throw new DataError(check.problems[0])
      const read = await host.read(door.files, choice, state.protocol ?? null, signal)
      if (signal.aborted) return
      leave()
      ready = read
      const isKnown = tasks.some(({ id }) => id === task.id)
      set({
        ...state,
        ...stateOf(read),
        ...(get().run.status === 'reading' && { run: { status: 'idle' } }),
        door: { ...door, choice, check },
        tasks: isKnown ? tasks : [...tasks, task],
        task: task.id,
      })
      await settle()
    } catch (error) {
      fail(signal, error)
    }
  }
  return {
    resume,
    async open(file) {
      if (!(await claim())) tellElsewhere()
      else if (await isStudyKept()) set({ replacing: { by: file } })
      else await openTable(file)
    },
    async openOwn(own) {
      const kind = get().door ?? aside?.state.door ?? (await kept.find())
      // It is brought up to date, wherever it lies.
      if (kind?.choice.own) await resume()
      if (!(await claim())) tellElsewhere()
      else if (get().door?.choice.own) await renewOwn(own)
      else if (await isStudyKept()) set({ replacing: { by: own } })
      else await openOwnTables(own)
    },
    replace: ownedLater(async () => {
      const { replacing } = get()
      set({ replacing: null })
      if (replacing?.by) await ('choice' in replacing.by ? openOwnTables(replacing.by) : openTable(replacing.by))
      else if (replacing) await forget()
    }),
    keepStudy: () => set({ replacing: null }),
    add: ownedLater(async (kind, file) => {
      const { door } = get()
      if (!door) return
      const files = { ...door.files, [kind]: file }
      if (kind === 'second') {
        set({ door: { ...door, files } })
        return setChoice({ ...door.choice, cohorts: { kind: 'second file' } })
      }
      const signal = beginReading()
      try {
        const clinical = file && (await host.look(file, signal))
        if (signal.aborted) return
        set({ door: { ...door, files, clinical } })
        // A table of clinical facts has no features.
        const clinicalRoles = clinical ? clinical.guesses.study.map((role) => (role === 'feature' ? 'clinical' : role)) : []
        await setChoice({ ...withoutStatuses(door.choice), clinicalRoles })
      } catch (error) {
        fail(signal, error)
      }
    }),
    setRole: owned((table, column, role) => {
      const { door } = get()
      if (!door) return
      const key = table === 'features' ? 'roles' : 'clinicalRoles'
      // One column of each kind: the one before gives way.
      const roles = door.choice[key].map((one, at) => (at === column ? role : one === role && sole.includes(role) ? 'ignored' : one)) // prettier-ignore
      const changed = [role, door.choice[key][column]]
      const asked = { ...(changed.includes('outcome') && { positive: null }), ...(changed.includes('cohort') && { training: null, cohorts: null }) } // prettier-ignore
      const { statuses } = door.choice
      const ruled = role === 'outcome' && statuses && { statuses: { ...statuses, roles: statuses.roles.map((one) => (one === 'outcome' ? 'ignored' : one)) } } // prettier-ignore
      void setChoice({ ...door.choice, [key]: roles, ...asked, ...ruled })
    }),
    choose: owned((change) => {
      const { door } = get()
      if (door) void setChoice({ ...door.choice, ...change })
    }),
    begin: ownedLater(async () => {
      const { door } = get()
      if (!door?.check?.counts) return
      const signal = beginReading()
      set({ run: { status: 'reading', name: door.files.features.name }, problem: null })
      try {
        const read = await host.read(door.files, door.choice, null, signal)
        if (signal.aborted) return
        ready = read
        set({
          ...nothingInHand,
          firstLook: get().firstLook,
          answers: get().answers,
          tasks: tasksAfter(get(), door, read),
          task: get().task,
          door,
          ...stateOf(read),
        })
        await settle()
      } catch (error) {
        fail(signal, error)
      }
    }),
    addTask: ownedLater(async (wanted) => {
      const { tasks, protocol, isChoosing } = get()
      if (!protocol || isChoosing) return
      const task = { ...wanted, id: 1 + Math.max(...tasks.map(({ id }) => id)) }
      await takeInHand(task, asideOf({ ...emptyTask, protocol: { ...protocol, outcome: outcomeOf(task) } }))
    }),
    async showTask(id) {
      const { tasks, isChoosing } = get()
      const [task, aside] = [tasks.find((one) => one.id === id), tasksAside.get(id)]
      if (task && aside && !isChoosing) await takeInHand(task, aside)
    },
    removeTask: owned((id) => {
      const { tasks, task, run } = get()
      if (id === task || (run.status === 'running' && run.task === id)) return
      tasksAside.delete(id)
      set({ tasks: tasks.filter((one) => one.id !== id) })
      keep()
    }),
    setProtocol: ownedLater(async (protocol) => {
      const { protocol: before, earlier, task } = get()
      if (!before) return
      const act = { place: changedPlace(before, protocol), at: now() }
      // What is typed digit by digit is taken back at once.
      const isOneAct = lastAct?.task === task && goesOn(act, lastAct) && earlier.length > 0
      lastAct = { ...act, task }
      await adopt(protocol, { earlier: isOneAct ? earlier : [...earlier, before], later: [] })
    }),
    undo: ownedLater(async () => {
      const { protocol, earlier, later } = get()
      const last = earlier.at(-1)
      lastAct = null
      if (protocol && last) await adopt(last, { earlier: earlier.slice(0, -1), later: [...later, protocol] })
    }),
    redo: ownedLater(async () => {
      const { protocol, earlier, later } = get()
      const next = later.at(-1)
      lastAct = null
      if (protocol && next) await adopt(next, { earlier: [...earlier, protocol], later: later.slice(0, -1) })
    }),
    analyse: ownedLater(analyse),
    cancel() {
      const { run } = get()
      if (run.status === 'running' && !run.isAsked) return set({ run: { ...run, isAsked: true } })
      if (run.status === 'running') running.abort()
      else beginReading()
      set({ run: { status: 'idle' } })
      keep()
    },
    goOn() {
      const { run } = get()
      if (run.status === 'running') set({ run: { ...run, isAsked: false } })
    },
    showColumns: (isChoosing) => set({ isChoosing }),
    lookAtValidation: owned(() => {
      if (!get().firstLook)
        set({ firstLook: { at: now(), changes: 0, decided: decidedBy(get().plan), protocol: get().protocol } })
      keep()
    }),
    answer: owned((answers) => {
      set({ answers })
      keep()
    }),
    dismissProblem: () => set({ problem: null }),
    setAside,
    close: ownedLater(async () => {
      if (await isStudyKept()) set({ replacing: { by: null } })
      else await forget()
    }),
  }
}

const pickState = (state: StudyState): Partial<StudyState> => Object.fromEntries(Object.keys(nothingInHand).map((key) => [key, state[key as keyof StudyState]])) // prettier-ignore
