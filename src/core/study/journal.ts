import type { RoiProgress } from '../mask/progress.ts'

/** What was done. */
export type ActName =
  /** A region was drawn, marked complete or locked. */
  | 'draw-region'
  /** It was unlocked, for a reason. */
  | 'unlock-region'
  /** It came from the database of an earlier version, or from one of its forms. */
  | 'take-region'
  /** What it is called in files changed. */
  | 'rename-region'
  | 'delete-region'
  | 'restore-region'
  | 'label-patient'
  /** A lesion of a patient; the subject is the patient and the lesion. */
  | 'add-lesion'
  | 'change-lesion'
  | 'delete-lesion'
  | 'restore-lesion'
  /** Images came to a patient, or know more of themselves than before. */
  | 'take-images'
  | 'remove-images'
  /** A patient came with an import, or knows more of herself. */
  | 'import-patient'
  /** A person took what was proposed of folders; its patients have lines of their own. */
  | 'import-study'
  | 'undo-import'
  | 'assign-role'
  /** A curve told which phase of her dynamic series is the brightest. */
  | 'choose-peak'
  | 'exclude-patient'
  | 'include-patient'
  | 'flag-patient'
  | 'note-patient'
  | 'draw-rereading'
  /** A hospital's table came, or went; a doubt of it was answered. */
  | 'take-clinical'
  | 'answer-clinical'
  /** What the study asks of its patients, who learns, and what is computed. */
  | 'plan-study'
  | 'freeze-cohorts'
  | 'thaw-cohorts'
  /** A copy of the study was written to a file outside the browser; the subject is its name. */
  | 'save-study'
  | 'export-keys'
  | 'merge-study'
  /** A patient withdrew: nothing is left of her but this line, whose subject is her label. */
  | 'erase-patient'
  | 'add-reading'
  /** Another reader took the hand. */
  | 'switch-reader'
  | 'name-reader'
  /** A person said something of images, or chose parameters. */
  | 'answer'
  | 'extract-features'
  | 'trace-curve'

/** An act, beside the records that it changed and in their transaction. It names nobody: of what it tells, the records say more. */
export interface JournalLine {
  /** From 1, without a gap. */
  readonly seq: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly act: ActName
  /** Key of the record. */
  readonly subject: string
  /** Of a region after the act; null where it is gone. */
  readonly progress?: RoiProgress | null
  /** As its reader gave it, for unlocking. */
  readonly reason?: string
}

/** How far each region is by its key, as the lines tell it. */
export function replay(lines: readonly JournalLine[]): ReadonlyMap<string, RoiProgress> {
  const regions = new Map<string, RoiProgress>()
  for (const { subject, progress } of lines) {
    if (progress === null) regions.delete(subject)
    else if (progress !== undefined) regions.set(subject, progress)
  }
  return regions
}
