import { expandToGrid } from '../core/mask/expandToGrid.ts'
import type { Segment, Volume } from '../core/image/volume.ts'
import type { FoundVolume } from './images.ts'

/** A named label of the mask under review, in whichever of its channels. */
export interface ReviewedSegment {
  readonly segment: Segment
  /** Where it is in another channel than the one under review. */
  readonly channel: FoundVolume | undefined
}

/**
 * Segments and structures by name, those of all channels: which channel holds one is our affair.
 * @param channels see `channelsOf`; none for a mask of one
 */
export function listSegments(
  { maskId, mask }: { readonly maskId: string; readonly mask: Volume },
  channels: readonly FoundVolume[],
): readonly ReviewedSegment[] {
  // A file that was opened twice has its channels twice: those under review count, else the newest.
  const shown = new Set<string>()
  const all = channels.length > 0 ? [...channels].reverse().sort((a, b) => +(b.id === maskId) - +(a.id === maskId)) : [undefined]
  return all
    .flatMap((found) =>
      ((found?.volume ?? mask).source.segments ?? []).map((segment) => ({
        segment,
        channel: found && found.id !== maskId ? found : undefined,
      })),
    )
    .filter(({ segment: { value, name } }) => !shown.has(`${value} ${name}`) && shown.add(`${value} ${name}`))
    .sort((a, b) => a.segment.value - b.segment.value)
}

/** Segmentations leave out slices without a segment: they belong to the image's grid all the same. */
export const onGridOf = (file: Volume, image: Volume): Volume =>
  file.source.segments ? { ...file, ...expandToGrid(file, image, file.source) } : file
