import { messagesOf } from '../messages/message.ts'

type Nothing = Readonly<Record<never, never>>

export interface StudyMessages {
  /** Hashes of cohorts that two copies of a study fixed. */
  'cohorts-differ': { readonly mine: string; readonly theirs: string }
  'cohort-empty': { readonly cohort: string }
  'cohort-undecided': { readonly labels: readonly string[] }
  'redraw-without-reason': Nothing

  // Why a row of features cannot be computed.
  'row-without-image': { readonly role: string }
  'row-image-gone': Nothing
  'row-to-do': Nothing
  'row-in-progress': Nothing
  'row-other-voxels': Nothing
  'row-off-grid': Nothing

  // What is unusual of its region.
  'row-small': { readonly voxels: number; readonly mm3: number }
  'row-at-edge': Nothing
  'row-in-pieces': { readonly pieces: number }
  /** @property labels of other patients with the same voxels on a grid of the same size */
  'row-same-mask': { readonly labels: readonly string[] }

  // Why it is not tried again by itself.
  'row-ended-browser': { readonly times: number }
  /** @property labels of patients who are in a cohort that is fixed */
  'cohorts-fixed': { readonly labels: readonly string[] }
  'cohorts-fixed-already': Nothing
  'cohorts-unplanned': Nothing
  'thaw-without-reason': Nothing
}

export const { refuse, tell } = messagesOf<StudyMessages>('study')
