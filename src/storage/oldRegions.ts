import type { Volume } from '../core/image/volume.ts'
import { matchFingerprints } from '../io/images/fingerprint.ts'
import { commit } from './commit.ts'
import { imageKey } from './imageKey.ts'
import { putMask, readMask, removeMask } from './maskStore.ts'
import { besideKey, keptKey } from './regionKey.ts'
import type { Database } from './schema.ts'

/** Regions that earlier versions of the program kept, until their image is opened. */
export interface OldRegions {
  /**
   * Finds those that were drawn on an image by its voxels, whatever it was called then, and keeps them as the image's own:
   * beside what is kept for it already.
   * One image after the other, each once a page.
   * @returns whether there were any
   */
  adopt(volume: Volume): Promise<boolean>
}

const isFingerprint = (image: string) => /^[0-9a-f]{64}$/.test(image)

export function createOldRegions(database: Database): OldRegions {
  const waiting = async ({ size }: Volume): Promise<ReadonlySet<string>> => {
    const images = (await database.regions.orderBy('image').uniqueKeys()) as string[]
    const drawn = await database.regions.where('image').anyOf(images.filter(isFingerprint)).toArray()
    const drafts = (await database.drafts.toCollection().primaryKeys()).map((key) => key.split(' ')[0])
    return new Set([
      ...drawn.filter((mask) => mask.size.join() === size.join()).map(({ image }) => image),
      ...drafts.filter(isFingerprint),
    ])
  }

  const adopt = async (volume: Volume) => {
    const among = await waiting(volume)
    if (among.size === 0) return false
    const found = await matchFingerprints(volume, among)
    for (const fingerprint of found) await take(database, fingerprint, imageKey(volume))
    return found.length > 0
  }

  const adopted = new WeakMap<Volume, Promise<boolean>>()
  let last: Promise<unknown> = Promise.resolve()
  return {
    adopt(volume) {
      const known = adopted.get(volume)
      if (known) return known
      const result = last.then(() => adopt(volume))
      last = result.catch(() => adopted.delete(volume))
      adopted.set(volume, result)
      return result
    },
  }
}

async function take(database: Database, fingerprint: string, image: string): Promise<void> {
  const { regions, masks, drafts } = database
  await commit(database, { stores: [regions, masks, drafts] }, async (note) => {
    for (const before of await regions.where('image').equals(fingerprint).primaryKeys()) {
      const mask = (await readMask(database, before))!
      const { reader, lesion, progress } = mask
      const own = keptKey({ image, reader, lesion })
      const isFree = before === keptKey(mask) && (await regions.get(own)) === undefined
      const key = isFree ? own : besideKey(own)
      await putMask(database, { ...mask, image, key })
      await removeMask(database, before)
      await note({ act: 'take-region', subject: before, progress: null })
      await note({ act: 'take-region', subject: key, progress })
    }
    for (const draft of await drafts.where('key').startsWith(`${fingerprint} `).toArray()) {
      const key = `${image}${draft.key.slice(fingerprint.length)}`
      // An outline that was begun since stays; this one waits until that is closed.
      if ((await drafts.get(key)) !== undefined) continue
      await drafts.put({ ...draft, key })
      await drafts.delete(draft.key)
    }
  })
}
