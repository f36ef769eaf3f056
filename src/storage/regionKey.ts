import type { RegionId } from '../core/study/study.ts'
import { firstLesion } from '../core/study/unnamedStudy.ts'

/** Under which a region is kept. */
export function keptKey({ image, reader, lesion }: RegionId): string {
  return `${image} ${lesion} reader ${reader}`
}

const beside = ' beside '

/** For a region that must not take the place of the one kept under `key`: nobody has decided on that one, or another tab keeps it. */
export function besideKey(key: string): string {
  return key + beside + Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16).padStart(8, '0')).join('')
}

/** Whether a region is kept under `key` or beside it. */
export const isKeptFor = (key: string, kept: { readonly key: string }): boolean =>
  kept.key === key || kept.key.startsWith(key + beside)

/** A key of the versions before there were lesions: `<fingerprint>`, `<fingerprint> reader 2`, and what is kept beside such a region. */
const oldKey = /^(.*?)(?: reader (\d+))?((?: beside | outside).*)?$/s

/** A region's key as an earlier version wrote it. @returns the region, and the key that it has now until its image is opened */
export function readOldKey(key: string): { readonly region: RegionId; readonly key: string } {
  const [, image, reader = '1', rest = ''] = oldKey.exec(key)!
  const region = { image, reader, lesion: firstLesion }
  return { region, key: keptKey(region) + rest }
}
