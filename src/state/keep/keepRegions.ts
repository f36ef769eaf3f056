import type { KeptMask } from '../../storage/schema.ts'
import { beginRegion, regionKey, type Region, type RegionOn } from '../region.ts'
import { deleteNow, nameAgain } from './changeKept.ts'
import { createKeepContext, type KeepRegionsServices } from './context.ts'
import { createKeepDrawn, listUnkept, type KeepDrawn, type UnkeptRegion } from './keepDrawn.ts'
import { findNews, look } from './lookForNews.ts'
import { createTakeOver, type TakeOver } from './takeOver.ts'

/** The regions of this session, by `regionKey`, and how they are kept in the browser. */
export interface KeepRegions extends KeepDrawn, TakeOver {
  get(key: string): Region | undefined
  list(): readonly Region[]
  /** The region of this session, which begins here where there was none. */
  take(on: RegionOn): Region
  update(key: string, change: Partial<Omit<Region, 'open'>>): void
  /** The region and what was on the way to be kept are forgotten, once that is over. */
  forget(key: string): void
  /** Does something in the row of keepings. What goes wrong is told as the region's keeping. */
  inTurn(key: string, work: () => void | Promise<void>): Promise<void>
  /** Resolves when all that was drawn is kept, or was refused. */
  whenKept(): Promise<void>
  /** What was drawn and could not be kept. */
  listUnkept(): readonly UnkeptRegion[]
  /** Looks for what an earlier session or another tab keeps of a region. */
  look(key: string): Promise<void>
  findNews(region: Region): Promise<KeptMask | undefined>
  /**
   * Deletes what is kept, in the row of keepings: a stroke that is on the way goes with the rest.
   * @param isOpen whether a region is in hand: that is not deleted
   * @returns the region of this session that went with it, by its `regionKey`
   */
  delete(keptKey: string, isOpen: (key: string) => boolean): Promise<string | undefined>
  /** Patients were told apart, put together or labelled: what is kept of this session is called accordingly. */
  nameAgain(): Promise<void>
}

/** What is kept, when and where, is decided by the files beside this one; they share the regions and one row of keepings. */
export function createKeepRegions(services: KeepRegionsServices): KeepRegions {
  const context = createKeepContext(services)
  const { regions, update, inTurn, askInTurn, last } = context
  const drawn = createKeepDrawn(context)

  return {
    get: (key) => regions.get(key),
    list: () => [...regions.values()],
    take(on) {
      const key = regionKey(on)
      const region = regions.get(key) ?? beginRegion(on)
      regions.set(key, region)
      return region
    },
    update,
    forget(key) {
      // Its last stroke may still be on the way.
      void inTurn(key, () => void regions.delete(key))
    },
    ...drawn,
    ...createTakeOver(context, drawn),
    inTurn,
    async whenKept() {
      for (let seen; seen !== last();) {
        seen = last()
        await seen
      }
    },
    listUnkept: () => listUnkept(context),
    look: (key) => look(context, key),
    findNews: (region) => findNews(context, region),
    delete: (keptKey, isOpen) => askInTurn(() => deleteNow(context, keptKey, isOpen)),
    nameAgain: () => nameAgain(context),
  }
}
