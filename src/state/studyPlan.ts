import { createStore, type StoreApi } from 'zustand/vanilla'
import type { VariableSpec } from '../core/cohort/clinical/variables.ts'
import type { Message } from '../core/messages/message.ts'
import type { SheetRows } from '../io/tables/readSheetRows.ts'
import type { PlannedRecords } from '../storage/studyPlanStore.ts'

export type ReadSheet = (file: File, sheet: string | null, signal: AbortSignal) => Promise<SheetRows>

/** Which column is what: as it was guessed, or as a person says. */
export interface ColumnChoice {
  /** Of the patients' IDs; null while nobody said. */
  readonly id: string | null
  readonly variables: readonly VariableSpec[]
}

/** A hospital's table that was opened and is not part of the study yet. */
export interface OpenedSheet extends ColumnChoice {
  readonly file: File
  /** Of a workbook that has several. */
  readonly sheets: readonly string[]
  readonly sheet: string | null
  readonly assumed: SheetRows['assumed']
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface StudyPlanState {
  /** Null until the browser gave them. */
  readonly records: PlannedRecords | null
  readonly opened: OpenedSheet | null
  /** The clinical table lies over the screen. */
  readonly isSheetShown: boolean
  readonly isReading: boolean
  /** What could not be done, and why. */
  readonly problem: Message | null
}

export type StudyPlanStore = StoreApi<StudyPlanState>

/** The study's plan; its acts come with the screen that shows it: `studyPlanner.ts`. */
export const createStudyPlanStore = (): StudyPlanStore =>
  createStore<StudyPlanState>()(() => ({
    records: null,
    opened: null,
    isSheetShown: false,
    isReading: false,
    problem: null,
  }))
