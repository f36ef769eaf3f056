import type { Volume } from '../core/image/volume.ts'
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
    const { takeOldRegions } = await import('./earlierVersions.ts')
    return takeOldRegions(database, volume, among)
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
