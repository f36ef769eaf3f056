import type { WorkerMessages } from '../../../workers/messages.ts'
import type { Sentences } from '../sentences.ts'
import { taskWords } from './io.ts'

export const workers: Sentences<WorkerMessages> = {
  looking: () => 'Looking into the files',
  reading: ({ name }) => `Reading ${name}`,
  starting: () => 'Starting',
  measuring: () => 'Reading grey levels',
  preparing: () => 'Preparing the image',
  ended: ({ task, reason, times }, say) =>
    `The part of the program that ${taskWords[task]} ended by itself${times === 2 ? ' twice' : ''}${reason ? ` (${say(reason)})` : ''}. There may be too little memory for this: close other tabs and programs, then try again. Nothing that you made is lost.`,
  'answer-lost': () => 'its answer could not be received',
  'exit-code': ({ exitCode }) => `it ended with code ${exitCode}`,
  'hash-not-ready': () => 'not known: the extraction was cancelled before it was computed',
  'hash-failed': ({ error }, say) => `not known: ${say(error)}`,
  'hash-impossible': () => 'not available: the page was not opened from this machine or over https',
  'folder-empty': () => 'The folder is empty.',
  'ended-by-file': ({ ended }, say) => `${say(ended)} Or the file is damaged: copy or export it again.`,
  'reader-failed': ({ error }, say) =>
    `The reader stopped unexpectedly: ${say(error)} The file may be damaged or need more memory than there is.`,
}
