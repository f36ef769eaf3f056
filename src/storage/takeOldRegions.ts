import type { Volume } from '../core/image/volume.ts'
import { matchFingerprints } from '../io/images/matchFingerprints.ts'
import { commit } from './commit.ts'
import { imageKey } from './imageKey.ts'
import { putMask, readMask, removeMask, storesOfMasks } from './maskStore.ts'
import { besideKey, keptKey } from './regionKey.ts'
import type { Database } from './schema.ts'

/** @param among fingerprints of regions that wait for their image @returns whether any of them are the image's */
export async function takeOldRegions(database: Database, volume: Volume, among: ReadonlySet<string>): Promise<boolean> {
  const found = await matchFingerprints(volume, among)
  for (const fingerprint of found) await take(database, fingerprint, imageKey(volume))
  return found.length > 0
}

async function take(database: Database, fingerprint: string, image: string): Promise<void> {
  const { regions, drafts } = database
  await commit(database, { stores: [...storesOfMasks(database), drafts] }, async (note) => {
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
