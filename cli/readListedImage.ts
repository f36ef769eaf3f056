import type { Volume } from '../src/core/image/volume.ts'
import { DataError, type Message } from '../src/core/messages/message.ts'
import type { SourceFile } from '../src/io/sourceFile.ts'
import { readFound } from '../workers/readFiles.node.ts'

/**
 * The image of this ID from the files that it was listed in.
 * @throws DataError where they cannot be read; Error where they do not hold it any more; the signal's reason if it is aborted
 */
export async function readListedImage(id: string, files: readonly SourceFile[], signal: AbortSignal): Promise<Volume> {
  let problem: Message | undefined
  for await (const outcome of readFound(files, { identify: true, signal })) {
    if ('error' in outcome) problem = outcome.error
    else if (outcome.volume.source.identity?.image === id) return outcome.volume
  }
  if (problem) throw new DataError(problem)
  throw new Error(`The image is not in ${files[0].path} any more.`)
}
