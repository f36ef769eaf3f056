import type { WorkerMessages } from '../../../workers/messages.ts'
import type { Sentences } from '../sentences.ts'

export const workers: Sentences<WorkerMessages> = {
  looking: () => 'Looking into the files',
  reading: ({ name }) => `Reading ${name}`,
  'folder-empty': () => 'The folder is empty.',
  'ended-by-file': ({ ended }, say) => `${say(ended)} Or the file is damaged: copy or export it again.`,
  'reader-failed': ({ error }, say) =>
    `The reader stopped unexpectedly: ${say(error)} The file may be damaged or need more memory than there is.`,
}
