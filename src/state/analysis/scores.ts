import { createStore } from 'zustand/vanilla'
import type { Classification } from '../../core/evaluate/classification.ts'
import type { EvaluationOptions } from '../../core/evaluate/evaluateModel.ts'
import type { ScoreRecord } from '../../core/evaluate/scoreRecord.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import { noAnswers, type ReportAnswers } from '../../core/report/answers.ts'
import { told } from '../messages.ts'
import { messageOf, type Message } from '../../core/messages/message.ts'
import type { Progress } from '../../core/numeric/jobs.ts'
import type { KeptScoreTable } from '../../storage/schema.ts'
import type { Role } from '../../io/tables/roles/scoreChoice.ts'
import { noChoice, type ScoreChoice } from '../../io/tables/roles/scoreChoice.ts'
import type { TableCheck, TableLook } from '../../../workers/scoresApi.ts'

/** What is done with a table of scores, off the page's thread. */
export interface ScoresHost {
  look(file: File, signal: AbortSignal): Promise<TableLook>
  check(file: File, choice: ScoreChoice, signal: AbortSignal): Promise<TableCheck>
  evaluate(file: File, choice: ScoreChoice, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<ScoreRecord>
}

/** Where a page finds the table of scores that it had before it was loaded anew. */
export interface KeptScores {
  find(): Promise<Omit<KeptScoreTable, 'key'> | undefined>
  keep(table: Omit<KeptScoreTable, 'key'>): Promise<void>
  forget(): Promise<void>
}

/** The bootstrap of one threshold, for when the hand rests. */
export type ClassifyScores = (
  scores: Float64Array,
  outcome: Float64Array,
  threshold: number,
  options: Pick<EvaluationOptions, 'seed' | 'level' | 'resamples' | 'prevalence'> & { readonly clusters?: readonly string[] },
  signal: AbortSignal,
) => Promise<Classification>

/** The table in hand, and what is said of its columns. */
export interface OpenTable {
  readonly file: File
  readonly look: TableLook
  readonly choice: ScoreChoice
  /** Of the choice as it stands; null while it is looked at. */
  readonly check: TableCheck | null
}

/** Who was looked at, and when: the first look at patients whom no model learnt from is counted. */
export interface FirstLook {
  readonly at: number
  /** Evaluations of other choices since. */
  readonly changes: number
  /** Of a study: the key of the decisions that were looked at last. */
  readonly decided?: string | undefined
  /** Of a study: what was asked for at the first look. */
  readonly protocol?: Protocol | undefined
}

export type ScoresRun =
  | { readonly status: 'idle' }
  | { readonly status: 'looking'; readonly name: string }
  | { readonly status: 'evaluating'; readonly progress: Progress | null }

export interface ScoresState {
  readonly run: ScoresRun
  readonly table: OpenTable | null
  /** The table is being chosen, though there may be a record already. */
  readonly isChoosing: boolean
  readonly record: { readonly result: ScoreRecord; readonly choice: ScoreChoice; readonly fileName: string } | null
  /** Null until somebody has said that validation may be looked at. */
  readonly firstLook: FirstLook | null
  /** What persons added to the report. */
  readonly answers: ReportAnswers
  readonly problem: Message | null
  /** The table that was in hand when the page was last open, evaluated again if it was. */
  resume(): Promise<void>
  open(file: File): Promise<void>
  setRole(column: number, role: Role): void
  choose(change: Partial<Omit<ScoreChoice, 'roles'>>): void
  evaluate(): Promise<void>
  /** A choice that asks nothing new, such as what a score is; a problem brings the columns back. */
  chooseAndEvaluate(change: Partial<Omit<ScoreChoice, 'roles'>>): Promise<void>
  cancel(): void
  /** Back to the columns of the table in hand, or on to what was evaluated. */
  showColumns(isChoosing: boolean): void
  lookAtValidation(): void
  answer(answers: ReportAnswers): void
  dismissProblem(): void
  close(): void
}

const sole: readonly Role[] = ['id', 'outcome', 'cohort', 'patient']
const nothing = {
  run: { status: 'idle' },
  table: null,
  isChoosing: false,
  record: null,
  firstLook: null,
  answers: noAnswers,
  problem: null,
} as const

/** The third way in: scores that came from elsewhere, and their outcome. */
export function createScoresStore(host: ScoresHost, now: () => number, kept: KeptScores) {
  return createStore<ScoresState>()((set, get) => {
    let control = new AbortController()
    /** What was asked for before is not wanted any more. */
    const begin = () => {
      control.abort()
      control = new AbortController()
      return control.signal
    }
    const fail = (signal: AbortSignal, error: unknown) => {
      if (!signal.aborted) set({ run: { status: 'idle' }, problem: messageOf(error) })
    }

    const tellNotKept = (reason: unknown) => set({ problem: told('analysis-not-kept', { reason: messageOf(reason) }) })
    const keep = () => {
      const { table, record, firstLook, answers } = get()
      if (!table) return
      const { file, choice } = table
      void kept.keep({ file, choice, firstLook, isEvaluated: record?.choice === choice, answers }).catch(tellNotKept)
    }

    async function setChoice(choice: ScoreChoice, isChoosing = true): Promise<void> {
      const { table } = get()
      if (!table) return
      set({ table: { ...table, choice, check: null }, isChoosing, run: { status: 'idle' } })
      keep()
      const signal = begin()
      try {
        const check = await host.check(table.file, choice, signal)
        const current = get().table
        if (!signal.aborted && current?.choice === choice) set({ table: { ...current, check } })
      } catch (error) {
        fail(signal, error)
      }
    }

    /** @param isAgain of the same choice as before the page was loaded anew, which is no change */
    async function evaluate(isAgain: boolean): Promise<void> {
      const { table, record } = get()
      if (!table?.check?.counts) return
      const { file, choice } = table
      const signal = begin()
      set({ run: { status: 'evaluating', progress: null }, problem: null })
      try {
        const result = await host.evaluate(file, choice, signal, (progress) => {
          if (!signal.aborted) set({ run: { status: 'evaluating', progress } })
        })
        if (signal.aborted) return
        const { firstLook: before } = get()
        const isChanged = before !== null && !isAgain && record?.choice !== choice
        const firstLook = isChanged ? { ...before, changes: before.changes + 1 } : before
        // What is seen is kept: a page that is loaded again at once has it too.
        await kept.keep({ file, choice, firstLook, isEvaluated: true, answers: get().answers }).catch(tellNotKept)
        if (signal.aborted) return
        set({ run: { status: 'idle' }, isChoosing: false, record: { result, choice, fileName: file.name }, firstLook })
      } catch (error) {
        fail(signal, error)
      }
    }

    return {
      ...nothing,
      async resume() {
        const found = await kept.find().catch(tellNotKept)
        if (!found || get().table) return
        const { file, choice, firstLook, isEvaluated, answers = noAnswers } = found
        const signal = begin()
        set({ run: { status: 'looking', name: file.name } })
        try {
          const look = await host.look(file, signal)
          if (signal.aborted) return
          set({ ...nothing, firstLook, answers, table: { file, look, choice, check: null } })
          await setChoice(choice)
          if (isEvaluated) void evaluate(true)
        } catch (error) {
          fail(signal, error)
        }
      },
      async open(file) {
        const signal = begin()
        set({ run: { status: 'looking', name: file.name }, problem: null })
        try {
          const look = await host.look(file, signal)
          if (signal.aborted) return
          const choice = { ...noChoice, roles: look.guesses.scores }
          set({ ...nothing, table: { file, look, choice, check: null } })
          await setChoice(choice)
        } catch (error) {
          fail(signal, error)
        }
      },
      setRole(column, role) {
        const { table } = get()
        if (!table) return
        // One column of each kind: the one before gives way.
        const roles = table.choice.roles.map((one, at) => (at === column ? role : one === role && sole.includes(role) ? 'left out' : one)) // prettier-ignore
        const isOutcome = role === 'outcome' || table.choice.roles[column] === 'outcome'
        const isCohort = role === 'cohort' || table.choice.roles[column] === 'cohort'
        void setChoice({ ...table.choice, roles, ...(isOutcome && { positive: null }), ...(isCohort && { trainCohort: null }) })
      },
      choose(change) {
        const { table } = get()
        if (table) void setChoice({ ...table.choice, ...change })
      },
      async chooseAndEvaluate(change) {
        const { table } = get()
        if (!table) return
        await setChoice({ ...table.choice, ...change }, false)
        const check = get().table?.check
        if (check && !check.counts) set({ isChoosing: true })
        await get().evaluate()
      },
      evaluate: () => evaluate(false),
      cancel() {
        begin()
        set({ run: { status: 'idle' } })
        const { table } = get()
        if (table && !table.check) void setChoice(table.choice)
      },
      showColumns: (isChoosing) => set({ isChoosing }),
      lookAtValidation() {
        if (!get().firstLook) set({ firstLook: { at: now(), changes: 0 } })
        keep()
      },
      answer(answers) {
        set({ answers })
        keep()
      },
      dismissProblem: () => set({ problem: null }),
      close() {
        begin()
        if (get().table) void kept.forget().catch(tellNotKept)
        set(nothing)
      },
    }
  })
}

export type ScoresStore = ReturnType<typeof createScoresStore>
