import { failedKeeping } from '../keep/context.ts'
import { told } from '../messages.ts'
import { isUnkept, regionKey } from '../region.ts'
import { isInHand, type RoiContext } from './context.ts'
import type { RoiState } from '../roi.ts'

type Keeping = Pick<
  RoiState,
  'whenKept' | 'listUnkept' | 'keepAgain' | 'deleteKept' | 'nameAgain' | 'lookAgain' | 'listKept' | 'whyStay'
>

/** What the browser keeps of regions, and what it could not keep. */
export function createKeeping(context: RoiContext): Keeping {
  const { get, set, regions, masks, history } = context
  return {
    whenKept: regions.whenKept,
    listUnkept: regions.listUnkept,
    nameAgain: regions.nameAgain,

    async keepAgain() {
      const { open } = get()
      if (open) await regions.keep(regionKey(open))
    },

    async deleteKept(keptKey) {
      const gone = await regions.delete(keptKey, (key) => isInHand(context, key))
      if (gone !== undefined) {
        history.forget(gone)
        set({ statuses: Object.fromEntries(Object.entries(get().statuses).filter(([key]) => key !== gone)) })
      }
      await get().listKept()
      // There may be room for it now.
      if (get().keeping.status === 'failed') await get().keepAgain()
    },

    async lookAgain() {
      await get().listKept()
      const { open } = get()
      if (open) await regions.look(regionKey(open))
    },

    async listKept() {
      try {
        const kept = await masks.list()
        const drawn = new Set(regions.list().flatMap(({ open, voxelCount }) => (voxelCount > 0 ? [open.key] : [])))
        set({
          kept,
          maskHashes: Object.fromEntries([
            ...kept.flatMap(({ key, maskHash }) => (maskHash === undefined ? [] : [[key, maskHash] as const])),
            ...Object.entries(get().maskHashes).filter(([key]) => drawn.has(key)),
          ]),
        })
      } catch (error) {
        set({ keeping: failedKeeping(error) })
      }
    },

    whyStay(imageId) {
      const lost = regions.list().find((region) => region.open.imageId === imageId && isUnkept(region))
      if (!lost) return null
      return told('image-stays', { imageName: lost.open.imageName })
    },
  }
}
