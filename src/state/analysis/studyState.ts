import type { Analysis } from '../../core/analysis/analysis.ts'
import type { ModelContext } from '../../core/apply/describeModel.ts'
import type { DataKeys } from '../../core/analysis/stages/hashStudy.ts'
import type { PlannedStage, StageStore, StudyStep } from '../../core/analysis/stages/stageStore.ts'
import type { StudyData } from '../../core/analysis/studyData.ts'
import type { ScoreRecord } from '../../core/evaluate/scoreRecord.ts'
import type { Message } from '../../core/messages/message.ts'
import type { OnProgress, Progress } from '../../core/numeric/jobs.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import { noAnswers, type ReportAnswers } from '../../core/report/answers.ts'
import type { StudyChoice, StudyFiles, StudyRole } from '../../io/tables/roles/studyChoice.ts'
import type { OwnStudy } from '../../io/tables/roles/ownStudy.ts'
import type { StudyTask } from '../../io/tables/roles/studyTask.ts'
import type { RowPlace } from '../../io/tables/roles/takeStudy.ts'
import type { TextTable } from '../../io/tables/tableFile.ts'
import type { TableLook } from '../../../workers/scoresApi.ts'
import type { ReadyStudy, StudyCheck } from '../../../workers/studyApi.ts'
import type { OwnClaims } from '../claimTab.ts'
import type { FirstLook } from './scores.ts'

/** One tab has the study that is kept. */
export type StudyClaims = Pick<OwnClaims, 'claim' | 'release'>

/** What is done with a study, off the page's thread. */
export interface StudyHost {
  look(file: File, signal: AbortSignal): Promise<TableLook>
  check(files: StudyFiles, choice: StudyChoice, signal: AbortSignal): Promise<StudyCheck>
  read(files: StudyFiles, choice: StudyChoice, protocol: Protocol | null, signal: AbortSignal): Promise<ReadyStudy>
  plan(keys: DataKeys, protocol: Protocol): Promise<readonly PlannedStage[]>
  analyse(study: StudyData, protocol: Protocol, options: { readonly signal: AbortSignal; readonly onProgress: OnProgress; readonly stages: StageStore }): Promise<Analysis>
  judge(analysis: Analysis, study: StudyData, signal: AbortSignal): Promise<ScoreRecord>
} // prettier-ignore

/** What the files of an analysis's models say beside the models. */
export type DescribeModels = (analysis: Analysis, study: StudyData, signal: AbortSignal) => Promise<readonly ModelContext[]>

/** The tables in hand, and what is said of their columns. */
export interface StudyDoor {
  readonly files: StudyFiles
  readonly features: TableLook
  readonly clinical: TableLook | null
  readonly choice: StudyChoice
  /** Of the choice as it stands; null while it is looked at. */
  readonly check: StudyCheck | null
}

export type StudyRun =
  | { readonly status: 'idle' }
  | { readonly status: 'reading'; readonly name: string }
  | {
      readonly status: 'running'
      readonly progress: Progress | null
      readonly startedAt: number
      /** Which of the study's tasks is computed. */
      readonly task: number
      /** Cancelling was asked for once. */
      readonly isAsked: boolean
    }

export interface StudyState {
  readonly run: StudyRun
  readonly door: StudyDoor | null
  /** The tables are being chosen, though there may be a study already. */
  readonly isChoosing: boolean
  readonly study: StudyData | undefined
  /** Outcome, cohort, batches and clinical columns, as text. */
  readonly clinical: TextTable | undefined
  /** Where each patient stands in the files. */
  readonly places: ReadonlyMap<string, RowPlace>
  readonly notes: readonly Message[]
  readonly protocol: Protocol | undefined
  readonly earlier: readonly Protocol[]
  readonly later: readonly Protocol[]
  readonly analysis: Analysis | undefined
  /** Of the same analysis. */
  readonly scores: ScoreRecord | undefined
  readonly finishedAt: number | null
  /** What today's data and protocol ask for; none where they do not fit each other. */
  readonly plan: readonly PlannedStage[]
  /** Steps of which every stage of the plan is there. */
  readonly current: ReadonlySet<StudyStep>
  /** Steps that the analysis shows and the plan no longer asks for. */
  readonly stale: ReadonlySet<StudyStep>
  /** Where the last run ended without a result. */
  readonly failed: StudyStep | null
  /** What is out of date takes about so long, as far as earlier runs tell; null: nobody knows. */
  readonly estimateMs: number | null
  /** Null until somebody has said that validation may be looked at. */
  readonly firstLook: FirstLook | null
  /** What persons added to the report, which is one for all tasks. */
  readonly answers: ReportAnswers
  readonly problem: Message | null
  /** Another tab has the study: here it is looked at only. */
  readonly isElsewhere: boolean
  /** When the run began that ended with its page; null: none did. */
  readonly interruptedAt: number | null
  /** Of the plan: how many stages have their result. */
  readonly finishedStages: number
  /** In the order in which they were added; the tables, their other columns and the results of stages belong to all of them. */
  readonly tasks: readonly StudyTask[]
  /** The one in hand, by its ID. */
  readonly task: number
  /** The table, or nothing, that would take the place of a study that is kept; it waits for an answer. */
  readonly replacing: { readonly by: File | OwnStudy | null } | null
  /** What was set aside, or was in hand when the page was last open. */
  resume(): Promise<void>
  /** Asks first where there is a study that would be deleted by it. */
  open(file: File): Promise<void>
  /** The study's own tables: in place of those that were made of it before, with what was computed; else asks as `open` does. */
  openOwn(own: OwnStudy): Promise<void>
  /** The answer to it: the study that is kept is deleted, or stays. */
  replace(): Promise<void>
  keepStudy(): void
  /** A second table: of clinical facts, or of the other centre. Null takes it away. */
  add(kind: 'clinical' | 'second', file: File | null): Promise<void>
  setRole(table: 'features' | 'clinical', column: number, role: StudyRole): void
  choose(change: Partial<StudyChoice>): void
  /** The tables, as they are chosen, are the study. */
  begin(): Promise<void>
  /** Another outcome of the same patients, which is then in hand: it begins with the protocol of the task before. */
  addTask(task: Omit<StudyTask, 'id'>): Promise<void>
  /** Takes another task in hand; the one before is found again as it was left, and what is computed of it goes on. */
  showTask(id: number): Promise<void>
  /** Forgets one that is not in hand and not computed. */
  removeTask(id: number): void
  setProtocol(protocol: Protocol): Promise<void>
  undo(): Promise<void>
  redo(): Promise<void>
  /** Computes what is out of date. */
  analyse(): Promise<void>
  /** Asks; asked again, ends the run. Stages that are finished stay. */
  cancel(): void
  goOn(): void
  showColumns(isChoosing: boolean): void
  lookAtValidation(): void
  answer(answers: ReportAnswers): void
  dismissProblem(): void
  /** Out of sight; `resume` brings it back. */
  setAside(): void
  /** Asks first where there is a study. */
  close(): Promise<void>
}

export const noSteps: ReadonlySet<StudyStep> = new Set()

export type StudyActionName = {
  [Name in keyof StudyState]: StudyState[Name] extends (...args: never[]) => unknown ? Name : never
}[keyof StudyState]
/** Before a table is open. */
export const nothingInHand: Omit<StudyState, StudyActionName> = {
  run: { status: 'idle' },
  door: null,
  isChoosing: false,
  study: undefined,
  clinical: undefined,
  places: new Map(),
  notes: [],
  protocol: undefined,
  earlier: [],
  later: [],
  analysis: undefined,
  scores: undefined,
  finishedAt: null,
  plan: [],
  current: noSteps,
  stale: noSteps,
  failed: null,
  estimateMs: null,
  firstLook: null,
  answers: noAnswers,
  problem: null,
  isElsewhere: false,
  interruptedAt: null,
  finishedStages: 0,
  tasks: [],
  task: 0,
  replacing: null,
}

export type StudyActions = Pick<StudyState, StudyActionName>
