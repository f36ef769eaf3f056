import type { Volume } from '../../core/image/volume.ts'
import type { Mask } from '../../core/mask/mask.ts'
import { cutMask, placeMask } from '../../core/mask/maskPart.ts'
import { hashMask } from '../../storage/hashMask.ts'
import type { ExtractionState, RegionName } from '../extraction.ts'
import type { GreyLevelState } from '../greyLevels.ts'
import type { Readable } from '../readable.ts'
import type { ReadersState } from '../readers.ts'
import type { OpenRoi } from '../region.ts'
import type { RoiState } from '../roi.ts'

export interface ExtractServices {
  readonly roi: Readable<Pick<RoiState, 'open' | 'voxelCount' | 'drawnBox' | 'revision'>>
  readonly extraction: Readable<Pick<ExtractionState, 'parameters' | 'start'>>
  readonly greyLevels: Readable<Pick<GreyLevelState, 'count' | 'cancel'>>
  readonly readers: Readable<Pick<ReadersState, 'names'>>
  readonly nameRegion: (region: OpenRoi) => RegionName
}

export function createExtract({ roi, extraction, greyLevels, readers, nameRegion }: ExtractServices) {
  /** With the box outside which it is empty, so that nobody searches a large grid for a small region. */
  function maskInHand(): Mask | undefined {
    const { open, drawnBox } = roi.getState()
    return open && drawnBox ? { ...open.mask, within: drawnBox } : undefined
  }
  return {
    /** The region to extract from; undefined while there is none. */
    regionInHand(): { image: Volume; start: () => Promise<void> } | undefined {
      const { open, voxelCount, drawnBox } = roi.getState()
      const mask = maskInHand()
      if (!open || !mask || voxelCount === 0) return undefined
      const { key, reader, lesion, imageName, imageKey: image } = open
      return {
        image: open.image,
        async start() {
          // The run tells the same, and it does not wait for a count.
          greyLevels.getState().cancel()
          const readerName = readers.getState().names[reader]
          // As it is now: what is drawn while it is measured is neither in the table nor under its hash.
          const part = cutMask(mask, drawnBox)
          const maskHash = await hashMask(part)
          const about = { key, image, reader, lesion, imageName, readerName, ...nameRegion(open), voxelCount, maskHash }
          await extraction.getState().start(open.image, { ...mask, voxels: placeMask(part) }, about)
        },
      }
    },
    /** Counts the grey levels of the region in hand, unless that is known. */
    countGreyLevels(): void {
      const { open, voxelCount, revision } = roi.getState()
      const { parameters } = extraction.getState()
      const mask = maskInHand()
      if (!open || !mask || voxelCount === 0) return
      void greyLevels.getState().count(open.image, mask, { imageId: open.imageId, maskRevision: revision, parameters })
    },
  }
}
