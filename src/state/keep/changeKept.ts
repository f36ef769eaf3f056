import { told } from '../messages.ts'
import { regionKey } from '../region.ts'
import type { KeepContext } from './context.ts'

/**
 * Deletes what is kept; where that cannot be, it is told why.
 * @param isOpen whether a region is in hand: that is not deleted
 * @returns the region of this session that went with it, by its `regionKey`
 */
export async function deleteNow(
  { regions, claims, deletions }: KeepContext,
  keptKey: string,
  isOpen: (key: string) => boolean,
): Promise<string | undefined> {
  const region = [...regions.values()].find((one) => (one.isKeptBeside ? one.besideKey : one.open.key) === keptKey)
  const key = region && regionKey(region.open)
  const { refuse, delete: setAside } = deletions.getState()
  if (region && region.status?.progress !== 'locked' && region.keeping.status === 'failed') {
    refuse(told('delete-unkept', { imageName: region.open.imageName }))
    return undefined
  }
  if ((key !== undefined && isOpen(key)) || (await claims.isElsewhere(keptKey))) {
    refuse(told('delete-open-elsewhere', {}))
    return undefined
  }
  if (!(await setAside(keptKey)) || key === undefined) return undefined
  regions.delete(key)
  return key
}

/** What is kept of this session is called as its patients and images are now. */
export async function nameAgain({ regions, nameRegion, update, inTurn, masks, last }: KeepContext): Promise<void> {
  for (const [key, { called, open }] of regions) {
    const now = nameRegion(open)
    if (!called || !now || now.stem === called.stem) continue
    update(key, { called: now })
    void inTurn(key, async () => {
      const region = regions.get(key)
      if (region) await masks.rename(region.isKeptBeside ? region.besideKey : region.open.key, now)
    })
  }
  await last()
}
