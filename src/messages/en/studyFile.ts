import type { StudyFileMessages } from '../../io/studyFile/messages.ts'
import type { Sentences } from '../sentences.ts'

export const studyFile: Sentences<StudyFileMessages> = {
  'not-that-file': ({ what, problem }) => `This is no ${what}.json of a study file: ${problem}`,
  'no-such-option': ({ id, option }) => `This is no decisions.json of a study file: ${id}: no option "${option}"`,
}

/** Lies in a study file beside what it tells of. */
export const studyFileReadme = `A Texel study file as an import makes it. Nothing in it names a patient; what does stays with whoever imported.

texel-study.json  format, program and counts
patients.csv      a row a patient: label, centre, batch (scanner and protocol), the visit that is taken, the dynamic series
images.csv        a row an image: its role and why, phase and time, what its scan was; image is SHA-256 of its identifiers
decisions.json    what a person is to decide: write the id of an option as "chosen", and give the file to --decisions
rules.json        what a person said of all images alike: give the file to --rules
clinical.csv      with a clinical table: what it says of each patient, as it is read; no dates, ages up to 90
clinical-doubts.json  what is doubtful in that table: write an option as "chosen", and give the file to --clinical-doubts
exclusions.csv    who is left out, and why; also: reasons that hold besides
cohorts.csv       who learns and who is judged, once that is fixed; cohorts.json has the plan and its hash
SHA256SUMS        check sums of the files above

Free texts (descriptions, names of sequences, models and coils) stand there only if three or more patients share them and no word in them is
part of a name, an ID, a date or an institution of these patients.
`
