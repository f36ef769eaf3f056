import type { IoMessages, ProgramPart, WorkerTask } from '../../io/messages.ts'
import type { Sentences } from '../sentences.ts'

const parts: Readonly<Record<ProgramPart, string>> = {
  codecs: 'The part of the program that reads and writes files',
  kernels: 'The part of the program that computes',
  page: 'A part of the page',
  pictures: 'What draws images',
  sample: 'The sample case',
}

/** What a worker does, after "that". */
export const taskWords: Readonly<Record<WorkerTask, string>> = {
  compare: 'compares masks',
  features: 'computes features',
  files: 'reads and writes files',
  hash: 'hashes images',
  images: 'works on whole images',
  proposal: 'tells what series are',
  labels: 'reads masks',
  rois: 'works on ROIs',
  scores: 'evaluates scores',
  simulation: 'makes the simulated study',
  statistics: 'computes statistics',
}

/** The server answers, and has not what this page asks for. */
const reload = 'Perhaps the program was renewed since this page was opened: reload the page. What you drew is kept.'

export const io: Sentences<IoMessages> = {
  'browser-cannot-read': () =>
    'The browser could not read the file. It may have been moved, changed or locked since it was chosen: choose it again.',
  'file-changed': ({ readBytes, announcedBytes }) =>
    `The file ends after ${readBytes} bytes although ${announcedBytes} were announced: it changed while it was read.`,
  'no-such-file': () => 'There is no such file or folder. Check the path.',
  'zip-damaged': () => 'The zip file is cut off, damaged or packed in an unusual way. Unpack it yourself and give the folder.',
  'not-loaded': ({ part, why }) => `${parts[part]} could not be loaded: ${why}. ${reload}`,
  'server-gone': () =>
    'The program’s own server does not answer any more: start it again (npm start), then try again. Nothing is lost.',
  'worker-not-started': ({ task, why = 'it could not be loaded' }) =>
    `The part of the program that ${taskWords[task]} could not be started: ${why}. ${reload}`,
  'worker-late': ({ task, waitedS }) =>
    `The part of the program that ${taskWords[task]} could not be started: it was not ready after ${waitedS} s. ${reload}`,
}
