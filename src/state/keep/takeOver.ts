import { besideKey } from '../../storage/regionKey.ts'
import type { KeptMask } from '../../storage/schema.ts'
import type { Region } from '../region.ts'
import type { KeepContext } from './context.ts'
import { putAt, type KeepDrawn } from './keepDrawn.ts'
import { look, lookNow } from './lookForNews.ts'

export interface TakeOver {
  /** This tab has the image, unless another one has it: what that keeps is not written over. In turn. */
  claim(key: string): Promise<void>
  /** What an earlier version of the program kept of the image, by its voxels. @returns whether there was anything */
  adoptOld(key: string): Promise<boolean>
  /** What is drawn stays kept beside what takes its place, and is offered again. */
  leaveBeside(key: string): Promise<void>
  /** What was kept is on the image now, or given up: what this session knows of the image's own key after it. */
  takenAt(key: string, kept: KeptMask): Pick<Region, 'savedAt'>
  /**
   * A region of an earlier session was restored or discarded: where it was kept beside the image's own, it goes once what is
   * open is kept, and the next one is offered.
   */
  settle(key: string, decided: KeptMask): Promise<void>
}

/** Whose an image's own key is: this tab's or another one's, and what became of what was kept there before. */
export function createTakeOver(context: KeepContext, { keep }: KeepDrawn): TakeOver {
  const { regions, update, inTurn, masks, claims, oldRegions } = context

  /** This tab has the lock on the image's own key. */
  async function takeTurn(key: string) {
    const region = regions.get(key)
    if (region) update(key, { turn: await masks.takeTurn(region.open.key) })
  }

  /** The other tab is closed: what it kept is offered, and what is drawn here is the image's own from now on, or beside it until that is decided. */
  function tabIsFree(key: string) {
    update(key, { isElsewhere: false })
    void inTurn(key, () => takeTurn(key))
    void look(context, key)
    if (regions.get(key)?.isKeptBeside) void keep(key)
  }

  return {
    async claim(key) {
      const region = regions.get(key)
      if (!region) return
      const isMine = await claims.claim(region.open.key, () => tabIsFree(key))
      update(key, { isElsewhere: !isMine, isFromAfar: false })
      if (isMine) await takeTurn(key)
      await lookNow(context, key)
      if (isMine && regions.get(key)?.isKeptBeside) void keep(key)
    },
    async adoptOld(key) {
      const region = regions.get(key)
      if (!region || !(await oldRegions.adopt(region.open.image))) return false
      await look(context, key)
      return true
    },
    async leaveBeside(key) {
      await context.last()
      const region = regions.get(key)!
      if (region.voxelCount > 0) await putAt(context, region, region.besideKey)
      update(key, { besideKey: besideKey(region.open.key), isKeptBeside: false })
    },
    takenAt(key, kept) {
      const region = regions.get(key)!
      return { savedAt: kept.key === region.open.key ? kept.savedAt : region.savedAt }
    },
    settle: (key, decided) =>
      inTurn(key, async () => {
        const region = regions.get(key)
        if (!region || (region.voxelCount > 0 && region.keeping.status !== 'kept')) return
        if (decided.key !== region.open.key) await masks.remove(decided.key)
        await lookNow(context, key)
      }),
  }
}
