import type { KeptMask } from '../../storage/schema.ts'
import type { Region } from '../region.ts'
import type { KeepContext } from './context.ts'

/** What an earlier session or another tab keeps for a region, and this session did not put there. */
export async function findNews({ masks }: KeepContext, region: Region): Promise<KeptMask | undefined> {
  const own = region.open.key
  const isNews = ({ key, savedAt, voxelCount }: KeptMask) =>
    voxelCount > 0 && (key === own ? savedAt !== region.savedAt : key !== region.besideKey)
  return (await masks.findAll(own)).find(isNews)
}

/** Tells of what there is, unless the region is locked: nothing can be decided on then. */
export async function lookNow(context: KeepContext, key: string): Promise<void> {
  const { regions, masks, onNews } = context
  const region = regions.get(key)
  if (!region || region.status?.progress === 'locked') return
  const kept = await findNews(context, region)
  if (!kept) return
  const isLaid = kept.progress === 'locked' && region.voxelCount === 0
  await onNews(key, kept, isLaid ? await masks.unpack(kept) : undefined)
}

/** In the row of keepings. */
export const look = (context: KeepContext, key: string): Promise<void> => context.inTurn(key, () => lookNow(context, key))
