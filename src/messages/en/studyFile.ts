import type { StudyFileMessages } from '../../io/studyFile/messages.ts'
import type { NameFound } from '../../core/study/leavingStudy.ts'
import { listSome } from './listSome.ts'
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
  answer: () => 'an answer in the report',
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
    'An earlier "texel study --import" made this file: it has the proposals of an import and no study. Import the folders again with this version.',
  'entry-missing': ({ name }) => `${name} is missing in the study file.`,
  'entry-damaged': ({ name }) => `${name} in the study file is damaged: its check sum differs.`,
  'counts-differ': ({ what, said, found }) =>
    `The study file says that it has ${said} ${what}, and has ${found}: it is not whole.`,
  'records-contradict': ({ code, key }) => `Records of the study contradict each other: ${code} (${key}).`,
  'roi-lost': ({ name, label, why }) => `An ROI of ${label} is lost: ${lossOfRoi[why]} (${name}).`,
  'image-lost': ({ name }) => `An image is lost: ${name} is missing or damaged. Give its folder instead.`,
  'rows-lost': ({ name, rows }) =>
    `${rows === 1 ? 'A row' : `${rows} rows`} of features ${rows === 1 ? 'is' : 'are'} lost: ${name} is damaged. Compute them again.`,
  'part-lost': ({ name }) => `${name} of the study file is missing or damaged; the rest does not need it.`,
  'analysis-lost': ({ name }) =>
    `${name} of the study file is missing or damaged: that part of the analysis is computed again from the study.`,
  'analysis-of-tables': () =>
    'The analysis is not in the file: its tables were opened by hand, and may hold the clinic’s IDs. Save its results from the analysis.',
  'analysis-of-more': ({ columns, isOld }) =>
    `The analysis is not in the file, since it learnt from values that stay here: ${[columns > 0 ? (columns === 1 ? 'a column of words of your own' : `${columns} columns of words of your own`) : '', isOld ? 'an age above 90' : ''].filter(Boolean).join(', and ')}. Where the file is opened it is computed again from what is there.`,
  'roi-without-grid': ({ label }) =>
    `An ROI of ${label} is not in the file: an earlier version drew it, and where its image lies is not known. Open that image once and save again.`,
  'image-unreadable': ({ label, name, reason }, say) => `An image of ${label} is not in the file (${name}): ${say(reason)}`,
  'roi-unreadable': ({ label, reason }, say) => `An ROI of ${label} is not in the file: ${say(reason)}`,
  'not-read-back': ({ name, problems }, say) =>
    `${name} was written and is not whole when it is read back. It is no copy to rely on: save again, to another place. ${problems.map(say).join(' ')}`,
  'names-somebody': ({ found }) =>
    `Nothing was written, since texts may name a patient: ${listSome(found.map(sayNameFound), '; ')}. Change them, or confirm that they name nobody.`,
}
