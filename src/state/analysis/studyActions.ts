import type { StoreApi } from 'zustand/vanilla'
import type { StageStore } from '../../core/analysis/stages/stageStore.ts'
import { messageOf } from '../../core/messages/message.ts'
import type { Progress } from '../../core/numeric/jobs.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import { noStudyChoice, type StudyChoice, type StudyRole } from '../../io/tables/roles/studyChoice.ts'
import type { AnalysisStore } from '../../storage/analysisStore.ts'
import type { ReadyStudy } from '../../../workers/studyApi.ts'
import { told } from '../messages.ts'
import { createStageShelf } from './stageShelf.ts'
import { noSteps, nothingInHand, type StudyActions, type StudyClaims, type StudyHost, type StudyState } from './studyState.ts'

/** Above so much estimated work nothing is computed that nobody asked for. */
const byItselfMs = 2000

const sole: readonly StudyRole[] = ['id', 'outcome', 'cohort', 'patient', 'reader', 'sequence']
/** What of a protocol says which columns of the tables are read. */
const columnsOf = ({ order, outcome, cohort, patient, readers, harmonise, models }: Protocol) =>
  JSON.stringify([
    ...[order, outcome, cohort.column, patient, readers, models.map(({ clinical }) => clinical)],
    ...(harmonise.method === 'none' ? [] : [harmonise.batch, harmonise.covariates, harmonise.factors]),
  ])

/** All that the figures of an evaluation go by: data, protocol and seed. */
const decidedBy = (plan: StudyState['plan']) => plan.find(({ stage }) => stage === 'decisions')?.key

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
  /** How long each stage took when it was computed last, by its name. */
  const durations = new Map<string, number>()

  const tellNotKept = (reason: unknown) => set({ problem: told('analysis-not-kept', { reason: messageOf(reason) }) })
  const shelf = createStageShelf(kept, tellNotKept)
  const loaded = shelf.load().then(() => {}, tellNotKept)
  /** Tables and protocol, for when the page is opened again. */
  const keep = () => {
    const { door, protocol, firstLook, run, interruptedAt, isElsewhere } = get()
    const { files, choice } = door ?? {}
    if (!files || !choice || isElsewhere) return
    const runningSince = run.status === 'running' ? run.startedAt : interruptedAt
    void kept.keep({ files, choice, protocol: protocol ?? null, firstLook, runningSince }).catch(tellNotKept)
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
        set({ study: read.data, clinical: read.clinical, notes: read.notes })
      }
      const plan = await host.plan(ready.keys, protocol)
      if (signal.aborted) return
      set({ plan, problem: null })
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
      await shelf.clear()
      const choice = { ...noStudyChoice, roles: features.guesses.study }
      set({ ...nothingInHand, isChoosing: true, door: { files: { features: file, clinical: null, second: null }, features, clinical: null, choice, check: null } }) // prettier-ignore
      await setChoice(choice)
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
    const { files, choice, protocol, firstLook, runningSince } = found
    const signal = beginReading()
    set({
      run: { status: 'reading', name: files.features.name },
      firstLook,
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
      set({ run: { status: 'idle' }, door: { files, features, clinical, choice, check }, isChoosing: !read })
      if (read) set({ study: read.data, clinical: read.clinical, notes: read.notes, protocol: read.protocol })
      await settle()
    } catch (error) {
      fail(signal, error)
    }
  }

  async function analyse(): Promise<void> {
    const { study, protocol, plan, run } = get()
    if (!study || !protocol || plan.length === 0 || run.status !== 'idle') return
    running = new AbortController()
    const { signal } = running
    const startedAt = now()
    let last = startedAt
    set({ run: { status: 'running', progress: null, startedAt, isAsked: false }, problem: null, failed: null, interruptedAt: null }) // prettier-ignore
    keep()
    const onProgress = (progress: Progress) => {
      const { run } = get()
      if (!signal.aborted && run.status === 'running') set({ run: { ...run, progress } })
    }
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
      const { firstLook } = get()
      // Protocols that ask for the same are the same, however often they are computed.
      const decided = decidedBy(plan)
      const isChanged = firstLook !== null && firstLook.decided !== decided
      set({
        ...{ analysis, scores, finishedAt: now() },
        firstLook: isChanged ? { ...firstLook, changes: firstLook.changes + 1, decided } : firstLook,
      })
      keep()
    } catch (error) {
      if (!signal.aborted) set({ problem: messageOf(error), failed: get().plan.find(({ key }) => !shelf.holds(key))?.step ?? 'report' }) // prettier-ignore
    } finally {
      if (running.signal === signal) {
        set({ run: { status: 'idle' } })
        keep()
        mark()
      }
    }
  }

  return {
    resume,
    async open(file) {
      if (!(await claim())) tellElsewhere()
      else if (await isStudyKept()) set({ replacing: { by: file } })
      else await openTable(file)
    },
    replace: ownedLater(async () => {
      const { replacing } = get()
      set({ replacing: null })
      if (replacing?.by) await openTable(replacing.by)
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
        await setChoice({ ...door.choice, clinicalRoles })
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
      void setChoice({ ...door.choice, [key]: roles, ...asked })
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
          door,
          study: read.data,
          clinical: read.clinical,
          notes: read.notes,
          protocol: read.protocol,
        })
        await settle()
      } catch (error) {
        fail(signal, error)
      }
    }),
    setProtocol: ownedLater(async (protocol) => {
      const { protocol: before, earlier } = get()
      if (before) await adopt(protocol, { earlier: [...earlier, before], later: [] })
    }),
    undo: ownedLater(async () => {
      const { protocol, earlier, later } = get()
      const last = earlier.at(-1)
      if (protocol && last) await adopt(last, { earlier: earlier.slice(0, -1), later: [...later, protocol] })
    }),
    redo: ownedLater(async () => {
      const { protocol, earlier, later } = get()
      const next = later.at(-1)
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
      if (!get().firstLook) set({ firstLook: { at: now(), changes: 0, decided: decidedBy(get().plan) } })
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
