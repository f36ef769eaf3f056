import type { Volume } from '../../core/image/volume.ts'
import type { BoundingBox, Mask } from '../../core/mask/mask.ts'
import { cutMask, placeMask } from '../../core/mask/maskPart.ts'
import { hashMask } from '../../io/images/hashMask.ts'
import { keptKey } from '../../storage/regionKey.ts'
import type { ExtractionState, RegionName } from '../extraction.ts'
import type { GreyLevelState } from '../greyLevels.ts'
import type { LesionsState } from '../lesions.ts'
import type { Readable } from '../readable.ts'
import type { ReadersState } from '../readers.ts'
import type { OpenRoi } from '../region.ts'
import type { DrawnLesion, RoiState } from '../roi.ts'

export interface ExtractServices {
  readonly roi: Readable<Pick<RoiState, 'open' | 'voxelCount' | 'drawnBox' | 'revision' | 'readLesions'>>
  readonly lesions: Readable<Pick<LesionsState, 'listOf'>>
  readonly extraction: Readable<Pick<ExtractionState, 'parameters' | 'start' | 'run'>>
  readonly greyLevels: Readable<Pick<GreyLevelState, 'count' | 'cancel'>>
  readonly readers: Readable<Pick<ReadersState, 'names'>>
  readonly nameRegion: (region: OpenRoi) => RegionName
}

/** Of a lesion on the open image: what is measured. */
type ToMeasure = Pick<DrawnLesion, 'lesion' | 'mask' | 'voxelCount'> & { readonly box: BoundingBox }

export function createExtract({ roi, lesions, extraction, greyLevels, readers, nameRegion }: ExtractServices) {
  function lesionInHand(): ToMeasure | undefined {
    const { open, voxelCount, drawnBox } = roi.getState()
    return open && drawnBox && voxelCount > 0 ? { lesion: open.lesion, mask: open.mask, box: drawnBox, voxelCount } : undefined
  }
  /** With the box outside which it is empty, so that nobody searches a large grid for a small region. */
  const within = ({ mask, box }: ToMeasure): Mask => ({ ...mask, within: box })

  async function measure(open: OpenRoi, drawn: ToMeasure): Promise<void> {
    // The run tells the same, and it does not wait for a count.
    greyLevels.getState().cancel()
    const { lesion, mask, box, voxelCount } = drawn
    const { reader, imageName, imageKey: image } = open
    const readerName = readers.getState().names[reader]
    // As it is now: what is drawn while it is measured is neither in the table nor under its hash.
    const part = cutMask(mask, box)
    const maskHash = await hashMask(part)
    const id = { image, reader, lesion }
    const about = { ...id, key: keptKey(id), imageName, readerName, ...nameRegion({ ...open, lesion }), voxelCount, maskHash }
    await extraction.getState().start(open.image, { ...within(drawn), voxels: placeMask(part) }, about)
  }

  return {
    /** The region to extract from; undefined while there is none. */
    regionInHand(): { image: Volume; start: () => Promise<void> } | undefined {
      const { open } = roi.getState()
      const drawn = lesionInHand()
      return open && drawn ? { image: open.image, start: () => measure(open, drawn) } : undefined
    },
    /** All lesions that the reader has drawn on the open image, one after the other; one that is cancelled or fails is the last. */
    async extractLesions(): Promise<void> {
      const { open, readLesions } = roi.getState()
      if (!open) return
      const own = lesionInHand()
      const ids = lesions.getState().listOf(open.imageId).map(({ id }) => id) // prettier-ignore
      const all = [...(own ? [own] : []), ...(await readLesions(ids))]
      for (const drawn of ids.flatMap((id) => all.find(({ lesion }) => lesion === id) ?? [])) {
        await measure(open, drawn)
        const { run } = extraction.getState()
        if (run.status !== 'done' || run.result.partial) return
      }
    },
    /** Counts the grey levels of the region in hand, unless that is known. */
    countGreyLevels(): void {
      const { open, revision } = roi.getState()
      const { parameters } = extraction.getState()
      const drawn = lesionInHand()
      if (!open || !drawn) return
      void greyLevels.getState().count(open.image, within(drawn), { imageId: open.imageId, maskRevision: revision, parameters })
    },
  }
}
