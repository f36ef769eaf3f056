import type { MaskPart } from '../../core/mask/maskPart.ts'
import { sayError } from '../../messages/say.ts'
import type { MaskStore } from '../../storage/maskStore.ts'
import type { OldRegions } from '../../storage/oldRegions.ts'
import type { KeptMask } from '../../storage/schema.ts'
import type { TabClaims } from '../claimTab.ts'
import type { DeletionsState } from '../deletions.ts'
import type { RegionName } from '../extraction.ts'
import type { Readable } from '../readable.ts'
import type { Keeping, OpenRoi, Region } from '../region.ts'

export interface KeepRegionsServices {
  readonly masks: MaskStore
  readonly oldRegions: OldRegions
  readonly claims: TabClaims
  readonly deletions: Readable<Pick<DeletionsState, 'delete' | 'refuse'>>
  /** What a region is called in files and tables; null while its image is no patient's, e.g. off the list. */
  readonly nameRegion: (region: OpenRoi) => RegionName | null
  /** Something of a region of this session is other than it was. */
  readonly onUpdate: (key: string, region: Region) => void
  /** A region is about to be kept. @param keptKey `keptKey` of it @param maskHash see `hashMask` */
  readonly onHash: (keptKey: string, maskHash: string) => void
  /**
   * The browser keeps a region that this session did not put there.
   * @param locked its voxels where it is locked and nothing is drawn here: there is nothing to decide then
   */
  readonly onNews: (key: string, kept: KeptMask, locked: MaskPart | undefined) => Promise<void>
}

/** What the parts of keeping share: the regions of this session, and the row of keepings. */
export interface KeepContext extends KeepRegionsServices {
  /** By `regionKey`. */
  readonly regions: Map<string, Region>
  readonly update: (key: string, change: Partial<Omit<Region, 'open'>>) => void
  /** Does something in the row of keepings. What goes wrong is told as the region's keeping. */
  readonly inTurn: (key: string, work: () => void | Promise<void>) => Promise<void>
  /** The same for what is told to whoever asked; what follows in the row goes on in any case. */
  readonly askInTurn: <T>(work: () => Promise<T>) => Promise<T>
  /** The end of the row as it is now. */
  readonly last: () => Promise<void>
}

export const failedKeeping = (error: unknown): Keeping => ({
  status: 'failed',
  reason: sayError(error),
})

export function createKeepContext(services: KeepRegionsServices): KeepContext {
  const regions = new Map<string, Region>()
  let last: Promise<void> = Promise.resolve()

  function update(key: string, change: Partial<Omit<Region, 'open'>>) {
    const before = regions.get(key)
    if (!before) return
    const region = { ...before, ...change }
    regions.set(key, region)
    services.onUpdate(key, region)
  }

  return {
    ...services,
    regions,
    update,
    inTurn: (key, work) => (last = last.then(work).catch((error: unknown) => update(key, { keeping: failedKeeping(error) }))),
    askInTurn(work) {
      const done = last.then(work)
      last = done.then(
        () => undefined,
        () => undefined,
      )
      return done
    },
    last: () => last,
  }
}
