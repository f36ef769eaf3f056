import type { RoiProgress } from '../mask/progress.ts'
import type { Patient, ReaderId, Study } from './study.ts'
import { defaultReaderName } from './unnamedStudy.ts'

/** The study with another name for a reader. @param entered an empty one puts the default back */
export function renameReader(study: Study, id: ReaderId, entered: string): Study {
  const name = entered.trim() || defaultReaderName(id)
  return { ...study, readers: study.readers.map((reader) => (reader.id === id ? { ...reader, name } : reader)) }
}

/**
 * Whether a reader may see a region of the same image and lesion.
 * @param progress how far a reader is with that lesion on that image
 */
export function maySee(
  { readers }: Study,
  reader: ReaderId,
  drawnBy: ReaderId,
  progress: (reader: ReaderId) => RoiProgress,
): boolean {
  const isBlind = readers.find(({ id }) => id === reader)?.blindTo.includes(drawnBy) ?? reader !== drawnBy
  return !isBlind || (progress(reader) === 'locked' && progress(drawnBy) === 'locked')
}

/** Whether a reader's list says nothing of what the first reader found: the second one, and whoever reads again. */
export function readsBlind({ readers }: Pick<Study, 'readers'>, reader: ReaderId): boolean {
  const [first] = readers
  return readers.find(({ id }) => id === reader)?.blindTo.includes(first.id) ?? reader !== first.id
}

/** A patient as a blinded reader meets her: without what was noted, and without the curve, which is that of a region. */
export function hideFindings(patient: Patient): Patient {
  return { ...patient, flag: null, note: '', dce: patient.dce && { ...patient.dce, peak: null, curve: null } }
}
