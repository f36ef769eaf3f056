import type { Volume } from '../core/image/volume.ts'
import { DataError } from '../core/messages/message.ts'
import type { BatchHost } from '../../workers/batchHost.ts'
import { readAgain, type ImagesState } from './images.ts'
import { told } from './messages.ts'

type AtHand = Pick<ImagesState, 'volumes' | 'asleep'>

/** IDs of images whose voxels can be read. */
export function listAtHand({ volumes, asleep }: AtHand): ReadonlySet<string> {
  return new Set([
    ...asleep.map(({ identity }) => identity.image),
    ...volumes.flatMap(({ volume }) => volume.source.identity?.image ?? []),
  ])
}

/**
 * The voxels of an image of the study: those on the page, else from its files.
 * @param label of its patient
 * @throws DataError if it is not at hand, or its files do not hold it any more
 */
export async function readStudyImage(
  { volumes, asleep }: AtHand,
  { id, label }: { readonly id: string; readonly label: string },
  readFiles: BatchHost['readFiles'],
  signal: AbortSignal,
): Promise<Volume> {
  const open = volumes.find(({ volume }) => volume.source.identity?.image === id)
  if (open) return open.volume
  const sleeping = asleep.find(({ identity }) => identity.image === id)
  if (!sleeping) throw new DataError(told('images-not-here', { label }))
  return (await readAgain(readFiles, sleeping, signal)).volume
}
