import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Message } from '../../core/messages/message.ts'
import type { OwnOrigin } from '../../io/tables/roles/studyChoice.ts'

/** What the study's own table would be now. */
export interface OwnLook {
  /** Of the study, excluded or not. */
  readonly found: number
  /** In the fixed cohorts; 0 while they are open. */
  readonly members: number
  /** Of these: whose features are there, at least of one image. */
  readonly patients: number
  readonly features: number
  /** Images of the cohorts whose features were never computed, and those whose are out of date. */
  readonly missing: number
  readonly outOfDate: number
  /** Tasks with both classes among those who learn; of how many. */
  readonly tasks: number
  readonly ofTasks: number
  /** Null while cohorts are open. */
  readonly origin: OwnOrigin | null
}

export interface OwnStudyState {
  /** Null before it was looked at, and where there is no study. */
  readonly look: OwnLook | null
  readonly isLooking: boolean
  readonly problem: Message | null
}

export type OwnStudyStore = StoreApi<OwnStudyState>

/** The first way into the analysis; what it does is loaded with the screens of the analysis: `ownStudyActions.ts`. */
export const createOwnStudyStore = (): OwnStudyStore =>
  createStore<OwnStudyState>()(() => ({ look: null, isLooking: false, problem: null }))

/** In what the study is another one now than a table was made of it: in nothing where it is as it was. */
export type OwnChange = 'thawed' | 'cohorts' | 'rows' | 'clinical'

export function changesSince(made: OwnOrigin, now: OwnOrigin | null): readonly OwnChange[] {
  if (!now) return ['thawed']
  // Of other cohorts rows and values are others too.
  if (made.freeze !== now.freeze) return ['cohorts']
  return [
    ...(made.rows === now.rows ? [] : (['rows'] as const)),
    ...(made.clinical === now.clinical ? [] : (['clinical'] as const)),
  ]
}
