import { volumeCm3 } from '../core/mask/mask.ts'
import { cutMask, type MaskPart } from '../core/mask/maskPart.ts'
import { defaultReaderName } from '../core/study/unnamedStudy.ts'
import { sayError } from '../messages/say.ts'
import { hashMask } from '../storage/hashMask.ts'
import { UnknownRegionError, type KnownRegion, type MaskStore, type RegionAbout } from '../storage/maskStore.ts'
import type { OldRegions } from '../storage/oldRegions.ts'
import { besideKey } from '../storage/regionKey.ts'
import type { KeptMask, KeptRegion } from '../storage/schema.ts'
import type { TabClaims } from './claimTab.ts'
import type { DeletionsState } from './deletions.ts'
import type { RegionName } from './extraction.ts'
import type { Readable } from './readable.ts'
import { beginRegion, isUnkept, regionKey, type Keeping, type OpenRoi, type Region, type RegionOn } from './region.ts'
import { told } from './messages.ts'

export type UnkeptRegion = RegionAbout & { readonly part: MaskPart }

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

/** The regions of this session, by `regionKey`, and how they are kept in the browser. */
export interface KeepRegions {
  get(key: string): Region | undefined
  list(): readonly Region[]
  /** The region of this session, which begins here where there was none. */
  take(on: RegionOn): Region
  update(key: string, change: Partial<Omit<Region, 'open'>>): void
  /** The region and what was on the way to be kept are forgotten, once that is over. */
  forget(key: string): void
  /**
   * At once: a stroke that is over must not be lost with the page. One keeping after the other, so that the last stroke is
   * what stays; strokes that come faster than that are kept together.
   */
  keep(key: string): Promise<void>
  /** Does something in the row of keepings. What goes wrong is told as the region's keeping. */
  inTurn(key: string, work: () => void | Promise<void>): Promise<void>
  /** Resolves when all that was drawn is kept, or was refused. */
  whenKept(): Promise<void>
  /** What was drawn and could not be kept. */
  listUnkept(): readonly UnkeptRegion[]
  /** This tab has the image, unless another one has it: what that keeps is not written over. In turn. */
  claim(key: string): Promise<void>
  /** Looks for what an earlier session or another tab keeps of a region. */
  look(key: string): Promise<void>
  findNews(region: Region): Promise<KeptMask | undefined>
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
  /**
   * Deletes what is kept, in the row of keepings: a stroke that is on the way goes with the rest.
   * @param isOpen whether a region is in hand: that is not deleted
   * @returns the region of this session that went with it, by its `regionKey`
   */
  delete(keptKey: string, isOpen: (key: string) => boolean): Promise<string | undefined>
  /** Patients were told apart, put together or labelled: what is kept of this session is called accordingly. */
  nameAgain(): Promise<void>
}

export const failedKeeping = (error: unknown): Keeping => ({
  status: 'failed',
  reason: sayError(error),
})

export function createKeepRegions(services: KeepRegionsServices): KeepRegions {
  const { masks, oldRegions, claims, deletions, nameRegion, onUpdate, onHash, onNews } = services
  let last: Promise<void> = Promise.resolve()
  /** Regions whose keeping has not begun yet: it takes along all that is drawn until then. */
  const toKeep = new Set<string>()
  const regions = new Map<string, Region>()

  function update(key: string, change: Partial<Omit<Region, 'open'>>) {
    const before = regions.get(key)
    if (!before) return
    const region = { ...before, ...change }
    regions.set(key, region)
    onUpdate(key, region)
  }

  const inTurn: KeepRegions['inTurn'] = (key, work) =>
    (last = last.then(work).catch((error: unknown) => update(key, { keeping: failedKeeping(error) })))

  function keep(key: string): Promise<void> {
    const region = regions.get(key)
    const called = region && (nameRegion(region.open) ?? region.called)
    update(key, { keeping: { status: 'keeping' }, ...(called && { called }) })
    if (!toKeep.has(key)) {
      toKeep.add(key)
      void inTurn(key, () => keepNow(key))
    }
    return last
  }

  async function keepNow(key: string) {
    toKeep.delete(key)
    const region = regions.get(key)
    if (!region) return
    const { isBeside, savedAt } = await put(region)
    // Drawn on meanwhile: the next keeping is due.
    const keeping = !toKeep.has(key) && { keeping: { status: 'kept' as const, at: savedAt } }
    update(key, { isKeptBeside: isBeside, ...(!isBeside && { savedAt }), ...keeping })
    if (region.isKeptBeside && !isBeside) await masks.remove(region.besideKey)
    if (isBeside && !region.isElsewhere && !region.isFromAfar && !region.recovery) await lookNow(key)
  }

  /** Under the image's own key, unless that belongs to another region, be it that this session never heard of that one. */
  async function put(region: Region): Promise<KeptRegion & { readonly isBeside: boolean }> {
    const own = region.open.key
    if (!region.isElsewhere && !region.isFromAfar && region.recovery?.key !== own) {
      try {
        return { ...(await putAt(region, own, region)), isBeside: false }
      } catch (error) {
        if (!(error instanceof UnknownRegionError)) throw error
      }
    }
    return { ...(await putAt(region, region.besideKey)), isBeside: true }
  }

  /** @param known what this session knows to be kept there, see `MaskStore` */
  async function putAt(region: Region, key: string, known?: KnownRegion) {
    const part = cutMask(region.open.mask, region.drawnBox)
    const maskHash = await hashMask(part)
    onHash(region.open.key, maskHash)
    return masks.keep(part, { ...describeRegion(region), maskHash, key }, known)
  }

  async function findNews(region: Region): Promise<KeptMask | undefined> {
    const own = region.open.key
    const isNews = ({ key, savedAt, voxelCount }: KeptMask) =>
      voxelCount > 0 && (key === own ? savedAt !== region.savedAt : key !== region.besideKey)
    return (await masks.findAll(own)).find(isNews)
  }

  async function lookNow(key: string) {
    const region = regions.get(key)
    if (!region || region.status?.progress === 'locked') return
    const kept = await findNews(region)
    if (!kept) return
    const isLaid = kept.progress === 'locked' && region.voxelCount === 0
    await onNews(key, kept, isLaid ? await masks.unpack(kept) : undefined)
  }

  const look = (key: string) => inTurn(key, () => lookNow(key))

  /** This tab has the lock on the image's own key. */
  async function takeTurn(key: string) {
    const region = regions.get(key)
    if (region) update(key, { turn: await masks.takeTurn(region.open.key) })
  }

  /** The other tab is closed: what it kept is offered, and what is drawn here is the image's own from now on, or beside it until that is decided. */
  function tabIsFree(key: string) {
    update(key, { isElsewhere: false })
    void inTurn(key, () => takeTurn(key))
    void look(key)
    if (regions.get(key)?.isKeptBeside) void keep(key)
  }

  async function deleteNow(keptKey: string, isOpen: (key: string) => boolean): Promise<string | undefined> {
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
    keep,
    inTurn,
    async whenKept() {
      for (let seen; seen !== last;) {
        seen = last
        await seen
      }
    },
    listUnkept: () =>
      [...regions.values()].filter(isUnkept).map((region) => {
        const { open, drawnBox } = region
        return { ...describeRegion(region), key: open.key, part: cutMask(open.mask, drawnBox) }
      }),
    async claim(key) {
      const region = regions.get(key)
      if (!region) return
      const isMine = await claims.claim(region.open.key, () => tabIsFree(key))
      update(key, { isElsewhere: !isMine, isFromAfar: false })
      if (isMine) await takeTurn(key)
      await lookNow(key)
      if (isMine && regions.get(key)?.isKeptBeside) void keep(key)
    },
    look,
    findNews,
    async adoptOld(key) {
      const region = regions.get(key)
      if (!region || !(await oldRegions.adopt(region.open.image))) return false
      await look(key)
      return true
    },
    async leaveBeside(key) {
      await last
      const region = regions.get(key)!
      if (region.voxelCount > 0) await putAt(region, region.besideKey)
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
        await lookNow(key)
      }),
    delete(keptKey, isOpen) {
      const done = last.then(() => deleteNow(keptKey, isOpen))
      // Whoever asked is told of what goes wrong; what follows in the row goes on.
      last = done.then(
        () => undefined,
        () => undefined,
      )
      return done
    },
    async nameAgain() {
      for (const [key, { called, open }] of regions) {
        const now = nameRegion(open)
        if (!called || !now || now.stem === called.stem) continue
        update(key, { called: now })
        void inTurn(key, async () => {
          const region = regions.get(key)
          if (region) await masks.rename(region.isKeptBeside ? region.besideKey : region.open.key, now)
        })
      }
      await last
    },
  }
}

function describeRegion({ open, voxelCount, status, called }: Region): Omit<RegionAbout, 'key'> {
  const { reader, lesion, imageName, image } = open
  const { spacingMm, originMm, direction } = image
  const { progress, by, at } = status ?? { progress: 'empty', by: defaultReaderName(reader), at: 0 }
  return {
    image: open.imageKey,
    reader,
    lesion,
    imageName,
    voxelCount,
    volumeCm3: volumeCm3(image, voxelCount),
    grid: { spacingMm, originMm, direction },
    ...(called && { called }),
    readerName: by,
    progress,
    changedAt: at,
  }
}
