import { volumeCm3 } from '../../core/mask/mask.ts'
import { cutMask, type MaskPart } from '../../core/mask/maskPart.ts'
import { defaultReaderName } from '../../core/study/unnamedStudy.ts'
import { hashMask } from '../../io/images/hashMask.ts'
import { UnknownRegionError, type KnownRegion, type RegionAbout } from '../../storage/maskStore.ts'
import type { KeptRegion } from '../../storage/schema.ts'
import { isUnkept, type Region } from '../region.ts'
import type { KeepContext } from './context.ts'
import { lookNow } from './lookForNews.ts'

export type UnkeptRegion = RegionAbout & { readonly part: MaskPart }

export interface KeepDrawn {
  /**
   * At once: a stroke that is over must not be lost with the page. One keeping after the other, so that the last stroke is
   * what stays; strokes that come faster than that are kept together.
   */
  keep(key: string): Promise<void>
}

/** When what was drawn is kept: once it is its turn, with all that is drawn until then. */
export function createKeepDrawn(context: KeepContext): KeepDrawn {
  const { regions, update, inTurn, masks, nameRegion } = context
  /** Regions whose keeping has not begun yet: it takes along all that is drawn until then. */
  const toKeep = new Set<string>()

  async function keepNow(key: string) {
    toKeep.delete(key)
    const region = regions.get(key)
    if (!region) return
    const { isBeside, savedAt } = await put(context, region)
    // Drawn on meanwhile: the next keeping is due.
    const keeping = !toKeep.has(key) && { keeping: { status: 'kept' as const, at: savedAt } }
    // Unlocked again meanwhile: that is for the next keeping.
    const isTold = !isBeside && regions.get(key)?.unlockReason === region.unlockReason
    update(key, {
      isKeptBeside: isBeside,
      ...(!isBeside && { savedAt }),
      ...(isTold && { unlockReason: undefined }),
      ...keeping,
    })
    if (region.isKeptBeside && !isBeside) await masks.remove(region.besideKey)
    if (isBeside && !region.isElsewhere && !region.isFromAfar && !region.recovery) await lookNow(context, key)
  }

  return {
    keep(key) {
      const region = regions.get(key)
      const called = region && (nameRegion(region.open) ?? region.called)
      update(key, { keeping: { status: 'keeping' }, ...(called && { called }) })
      if (!toKeep.has(key)) {
        toKeep.add(key)
        void inTurn(key, () => keepNow(key))
      }
      return context.last()
    },
  }
}

/** Under the image's own key, unless that belongs to another region, be it that this session never heard of that one. */
async function put(context: KeepContext, region: Region): Promise<KeptRegion & { readonly isBeside: boolean }> {
  const own = region.open.key
  if (!region.isElsewhere && !region.isFromAfar && region.recovery?.key !== own) {
    try {
      return { ...(await putAt(context, region, own, region)), isBeside: false }
    } catch (error) {
      if (!(error instanceof UnknownRegionError)) throw error
    }
  }
  return { ...(await putAt(context, region, region.besideKey)), isBeside: true }
}

/** @param known what this session knows to be kept there, see `MaskStore` */
export async function putAt({ masks, onHash }: KeepContext, region: Region, key: string, known?: KnownRegion) {
  const part = cutMask(region.open.mask, region.drawnBox)
  const maskHash = await hashMask(part)
  onHash(region.open.key, maskHash)
  return masks.keep(part, { ...describeRegion(region), maskHash, key }, known)
}

/** What was drawn and could not be kept. */
export function listUnkept({ regions }: KeepContext): readonly UnkeptRegion[] {
  return [...regions.values()].filter(isUnkept).map((region) => {
    const { open, drawnBox } = region
    return { ...describeRegion(region), key: open.key, part: cutMask(open.mask, drawnBox) }
  })
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
