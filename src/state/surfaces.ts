import type { BoundingBox, Mask } from '../core/mask/mask.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import type { LesionId } from '../core/study/study.ts'
import type { PartBridge, PartMesh } from '../../workers/partBridge.ts'
import type { OtherLesions } from './otherLesions.ts'
import type { Watched } from './readable.ts'
import type { RoiState } from './roi.ts'

export interface LesionSurface extends PartMesh {
  readonly lesion: LesionId
}

/** The reader's regions on the open image as surfaces, the one in hand first. */
export interface Surfaces {
  readonly surfaces: readonly LesionSurface[]
  /** They are not yet what is drawn. */
  readonly isMaking: boolean
  readonly problem: Message | null
}

export interface SurfacesServices {
  readonly roi: Watched<Pick<RoiState, 'open' | 'drawnBox' | 'voxelCount' | 'revision'>>
  readonly others: Watched<Pick<OtherLesions, 'others'>>
  readonly mesh: PartBridge['mesh']
}

/** When the hand has rested for so long, surfaces are made anew. */
export const restMs = 150

interface Region {
  readonly lesion: LesionId
  readonly mask: Mask
  readonly box: BoundingBox
  /** Another one where its voxels changed in place. */
  readonly revision: number
}

/**
 * Makes the surfaces of what is drawn, and again whenever it changed and the hand rests: one round at a time, and of a region that
 * stayed as it was its surface stays.
 * @returns how to end it
 */
export function watchSurfaces({ roi, others, mesh }: SurfacesServices, tell: (shown: Surfaces) => void): () => void {
  const end = new AbortController()
  let made: readonly (Region & LesionSurface)[] = []
  let image = roi.getState().open?.image
  let timer: ReturnType<typeof setTimeout> | undefined
  let isMaking = false

  const listRegions = (): readonly Region[] => {
    const { open, drawnBox, voxelCount, revision } = roi.getState()
    const own = open && drawnBox && voxelCount > 0 ? [{ lesion: open.lesion, mask: open.mask, box: drawnBox, revision }] : []
    // Their masks are never changed in place.
    return [...own, ...others.getState().others.map(({ lesion, mask, box }) => ({ lesion, mask, box, revision: 0 }))]
  }
  const isSame = (a: Region, b: Region) => a.mask === b.mask && a.revision === b.revision && a.lesion === b.lesion
  const isMade = (regions: readonly Region[]) =>
    regions.length === made.length && regions.every((region, i) => isSame(region, made[i]))
  const show = (problem: Message | null = null) => tell({ surfaces: made, isMaking: !isMade(listRegions()) && !problem, problem })

  async function make(): Promise<void> {
    if (isMaking) return
    const [regions, of] = [listRegions(), image]
    isMaking = true
    try {
      const next = await Promise.all(
        regions.map(async (region) => {
          const before = made.find((one) => isSame(one, region))
          return before ?? { ...region, ...(await mesh(region.mask, region.box, end.signal)) }
        }),
      )
      if (end.signal.aborted) return
      // Of another image they would lie somewhere else.
      made = of === image ? next : []
      show()
    } catch (error) {
      if (!end.signal.aborted) show(messageOf(error))
    } finally {
      isMaking = false
    }
    if (!isSameList(regions, listRegions())) makeSoon()
  }
  const isSameList = (a: readonly Region[], b: readonly Region[]) =>
    a.length === b.length && a.every((region, i) => isSame(region, b[i]))
  const makeSoon = () => {
    if (end.signal.aborted) return
    clearTimeout(timer)
    timer = setTimeout(() => void make(), restMs)
  }
  const look = () => {
    const now = roi.getState().open?.image
    if (now !== image) {
      image = now
      made = []
    }
    if (isMade(listRegions())) return
    show()
    makeSoon()
  }

  const stops = [roi.subscribe(look), others.subscribe(look)]
  show()
  void make()
  return () => {
    end.abort(new Error('The view was closed.'))
    clearTimeout(timer)
    stops.forEach((stop) => stop())
  }
}
