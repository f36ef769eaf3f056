import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Message } from '../core/messages/message.ts'
import type { NameFound } from '../core/study/leavingStudy.ts'
import type { Difference, RegionConflict } from '../core/study/mergeStudies.ts'

/** How much a study has. */
export interface StudyCounts {
  readonly patients: number
  readonly regions: number
  readonly tables: number
  /** Patients of whom the clinical table tells something. */
  readonly clinical: number
}

/** Images that could go into the file: those that have a role and can be read here. */
export interface ImagesToSave {
  readonly count: number
  /** Before they are packed, at two bytes a voxel; they take half of it or less. */
  readonly bytes: number
  /** Those of the study that have a role and cannot be read here. */
  readonly away: number
}

/** What is done with copies of the study outside the browser. */
export type StudyCopy =
  | { readonly status: 'none' }
  /** What would be written is looked at. */
  | { readonly status: 'looking' }
  /** `found`: texts that may name a patient, which a person has to confirm first. */
  | {
      readonly status: 'ready'
      readonly counts: StudyCounts
      readonly waiting: number
      readonly images: ImagesToSave
      readonly found: readonly NameFound[]
    }
  | { readonly status: 'writing' | 'checking' | 'reading'; readonly name: string; readonly done: number; readonly total: number }
  | {
      readonly status: 'written'
      readonly name: string
      readonly counts: StudyCounts
      readonly images: number
      readonly leftOut: readonly Message[]
      /** It lies among the downloads, where the page cannot look at it. */
      readonly isDownload: boolean
    }
  /** A file was read; nothing is taken of it yet. */
  | {
      readonly status: 'merging'
      readonly name: string
      readonly conflicts: readonly RegionConflict[]
      readonly news: StudyCounts
      readonly differences: readonly Difference[]
      readonly lost: readonly Message[]
    }
  | {
      readonly status: 'opened'
      readonly name: string
      readonly news: StudyCounts
      /** Of the study, that lie in the file. */
      readonly images: number
      readonly differences: readonly Difference[]
      readonly lost: readonly Message[]
    }
  | { readonly status: 'failed'; readonly what: 'save' | 'open'; readonly reason: Message }

/** Copies that go to a folder by themselves. */
export type AutoCopy =
  | { readonly status: 'off' }
  | { readonly status: 'on' | 'copying'; readonly folder: string }
  /** The browser wants a click before it writes there again. */
  | { readonly status: 'asks'; readonly folder: string }
  | { readonly status: 'failed'; readonly folder: string; readonly reason: Message }

export type AutoCopyStore = StoreApi<AutoCopy>

export const createAutoCopyStore = (): AutoCopyStore => createStore<AutoCopy>()(() => ({ status: 'off' }))

export type StudyCopyStore = StoreApi<StudyCopy>

export const createStudyCopyStore = (): StudyCopyStore => createStore<StudyCopy>()(() => ({ status: 'none' }))
