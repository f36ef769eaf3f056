import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FeatureTable } from '../../core/table/featureTable.ts'
import type { Message } from '../../core/messages/message.ts'
import type { Progress } from '../../core/numeric/jobs.ts'
import type { RoleId } from '../../core/study/roles.ts'
import type { ApplyChoice } from '../../io/records/checkTable.ts'
import type { ModelFile } from '../../io/records/modelFile.ts'
import type { AppliedScores, CheckedTable } from '../../../workers/applyApi.ts'

/** A table on its way through the model. */
export interface AppliedTable {
  readonly file: File
  readonly choice: ApplyChoice
  /** Of the choice as it stands; null while it is looked at. */
  readonly check: CheckedTable | null
}

/** A patient of the work list, and whether she can be measured as the model asks. */
export interface MeasurablePatient {
  /** Of the row in tables: `A-0120`, `A-0120_L2`. */
  readonly id: string
  /** Sequences of which an ROI is drawn and whose images are at hand. */
  readonly roles: readonly RoleId[]
  /** By sequence, why it cannot be measured. */
  readonly lacks: readonly { readonly role: RoleId; readonly why: 'no image' | 'no ROI' | 'not at hand' }[]
}

/** One patient through the model. */
export interface ShownPatient {
  readonly id: string
  /** A row of the table, or measured on her images here. */
  readonly from: 'table' | 'images'
  /** The model's columns as it saw them, one row. */
  readonly table: FeatureTable
  readonly score: number
  /** ComBat left her values as measured. */
  readonly isAsMeasured: boolean
  /** The model learnt from her, as far as its file says. */
  readonly isMet: boolean
}

export interface ApplyState {
  /** The file that is being read. */
  readonly reading: string | null
  readonly model: { readonly file: File; readonly content: ModelFile } | null
  readonly table: AppliedTable | null
  readonly isScoring: boolean
  readonly scored: AppliedScores | null
  /** Null before the work list was looked at. */
  readonly patients: readonly MeasurablePatient[] | null
  readonly measuring: { readonly id: string; readonly progress: Progress | null } | null
  readonly shown: ShownPatient | null
  readonly problem: Message | null
}

export type ApplyStore = StoreApi<ApplyState>

export const nothingApplied: ApplyState = {
  reading: null,
  model: null,
  table: null,
  isScoring: false,
  scored: null,
  patients: null,
  measuring: null,
  shown: null,
  problem: null,
}

/** A model that is carried to others; what is done with it is loaded with the first one: `applyActions.ts`. */
export const createApplyStore = (): ApplyStore => createStore<ApplyState>()(() => nothingApplied)

/** Whether a file that was dropped is a model: by how it begins. */
export const isModelFile = async (file: Blob): Promise<boolean> =>
  /^\s*\{\s*"format"\s*:\s*"texel model"/.test(await file.slice(0, 100).text())

/** The sequences that a model looks at; null stands for columns that name none. */
export function sequencesOf({ features, clinical }: Pick<ModelFile, 'features' | 'clinical'>): (RoleId | null)[] {
  const beside = (column: string) => clinical.some((term) => column === term.column || column.startsWith(`${term.column}=`))
  return [...new Set(features.filter(({ column }) => !beside(column)).map(({ sequence }) => sequence))]
}
