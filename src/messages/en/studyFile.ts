import type { StudyFileMessages } from '../../io/studyFile/messages.ts'
import type { NameFound } from '../../core/study/leavingStudy.ts'
import { listSome } from '../listSome.ts'
import type { Sentences } from '../sentences.ts'

const places: Readonly<Record<NameFound['where'], (subject: string) => string>> = {
  note: (label) => `the note on ${label}`,
  flag: (label) => `the flag of ${label}`,
  exclusion: (label) => `why ${label} is excluded`,
  lesion: (label) => `the name of a lesion of ${label}`,
  unlocking: () => 'why an ROI was unlocked',
  centre: (label) => `the centre of ${label}`,
  batch: (label) => `the scanner of ${label}`,
  reader: () => 'the name of a reader',
  parameters: () => 'the name of the parameters',
}

/** Where a text stands that may name somebody, and what it says. */
export const sayNameFound = ({ where, subject, text, words }: NameFound): string =>
  `${places[where](subject)}: "${text}" (${words.join(', ')})`

const lossOfRoi = {
  missing: 'its mask is missing',
  damaged: 'its mask is damaged',
  contradicts: 'its record contradicts the others',
} as const

export const studyFile: Sentences<StudyFileMessages> = {
  'not-that-file': ({ what, problem }) =>
    `This is no ${what}${what === 'journal' ? '.jsonl' : '.json'} of a study file: ${problem}`,
  'no-such-option': ({ id, option }) => `This is no decisions.json of a study file: ${id}: no option "${option}"`,
  'no-study-file': () => 'This is no study file, or it is cut off: it cannot be opened as a zip. Take another copy of it.',
  'newer-study-file': ({ format, program }) =>
    `This study file has format ${format} and was written by ${program}, which is newer than this program: open it with that version.`,
  'entry-name': ({ name }) =>
    `The file has an entry "${name}", whose name leads out of its folder: no study file has one. Nothing was read.`,
  'entry-twice': ({ name }) => `The file has two entries named ${name}: no study file has. Nothing was read.`,
  'entry-too-large': ({ name, bytes }) => `${name} would have ${bytes} bytes: no study file has such an entry. Nothing was read.`,
  'too-many-entries': ({ most }) =>
    `A study file has at most ${most} entries, since other programs count no further: this one would have more.`,
  'import-alone': () =>
    'This file was made by "texel study --import": it has the proposals of an import and no study. Add the folder of images instead.',
  'entry-missing': ({ name }) => `${name} is missing in the study file.`,
  'entry-damaged': ({ name }) => `${name} in the study file is damaged: its check sum differs.`,
  'counts-differ': ({ what, said, found }) =>
    `The study file says that it has ${said} ${what}, and has ${found}: it is not whole.`,
  'records-contradict': ({ code, key }) => `Records of the study contradict each other: ${code} (${key}).`,
  'roi-lost': ({ name, label, why }) => `An ROI of ${label} is lost: ${lossOfRoi[why]} (${name}).`,
  'rows-lost': ({ name, rows }) =>
    `${rows === 1 ? 'A row' : `${rows} rows`} of features ${rows === 1 ? 'is' : 'are'} lost: ${name} is damaged. Compute them again.`,
  'part-lost': ({ name }) => `${name} of the study file is missing or damaged; the rest does not need it.`,
  'roi-without-grid': ({ label }) =>
    `An ROI of ${label} is not in the file: an earlier version drew it, and where its image lies is not known. Open that image once and save again.`,
  'roi-unreadable': ({ label, reason }, say) => `An ROI of ${label} is not in the file: ${say(reason)}`,
  'names-somebody': ({ found }) =>
    `Nothing was written, since texts may name a patient: ${listSome(found.map(sayNameFound), '; ')}. Change them, or confirm that they name nobody.`,
}

/** Lies in the study file that the program saves. */
export const studyReadme = `A Texel study. Nothing in it names a patient; what does stays on the computer where it was saved.

texel-study.json       format, program, counts, contents, and the hash of the cohorts once they are fixed
patients.csv           a row a patient: label, centre, batch (scanner and protocol), cohort, the dynamic series
exclusions.csv         who is left out, and why
images.csv             a row an image: its role, phase and time, its grid, what its scan was; image is SHA-256 of its identifiers
regions.csv            a row an ROI: its file, reader, lesion, how far it is, voxels, volume, SHA-256 of its mask
masks/LABEL/ROLE.READER.nii.gz   ROIs on the whole grid of their image, for any viewer; of a second lesion ROLE.READER.L2.nii.gz
features/READER.parquet          features, a row an ROI; features/columns.json and parameters-*.yaml say from what they were made
parameters.yaml        what is computed of each ROI
clinical.csv           with a clinical table: its values as they were read; no dates, ages up to 90
cohorts.csv            who learns and who is judged, once that is fixed
decisions.json         what was or is to be decided of the images
rules.json             what was said of all images alike
study-records.json     all records as the program reads them again
journal.jsonl          what was done, a line an act
removed.csv            what was left behind, and how often
SHA256SUMS             check sums of the files above: sha256sum -c SHA256SUMS

Ages over 89 are 90. Free texts of scanners stand there only if three or more patients share them and no word in them is part of a name, an ID,
a date or an institution of these patients. The program opens the file again as a study, or merges it into one.
`

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
