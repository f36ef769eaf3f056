import type { Volume } from '../src/core/image/volume.ts'
import { findBoundingBox } from '../src/core/mask/boundingBox.ts'
import { findEmptySlices } from '../src/core/mask/emptySlices.ts'
import { findFractions, selectAtLeast, type Fractions } from '../src/core/mask/fractions.ts'
import { selectLabel } from '../src/core/mask/labels.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import { describeEmptySlices } from '../src/messages/en/mask.ts'

/**
 * The region that is meant of a mask, and what its user should know of it.
 * @param threshold from which value on a voxel of a mask of shares is inside
 * @throws Error if no voxel has the label, or the mask holds shares and no threshold was given
 */
export function selectRegion(
  volume: Volume,
  label: number,
  threshold: number | undefined,
): { readonly mask: Mask; readonly warnings: readonly string[] } {
  // A label that is no whole number says which value is meant.
  const fractions = volume.source.fractions || Number.isInteger(label) ? findShares(volume, threshold !== undefined) : undefined
  if (fractions && threshold === undefined) throw new Error(describeFractions(fractions))
  const mask = fractions ? selectAtLeast(volume, threshold!) : selectLabel(volume, label)
  const box = findBoundingBox(mask.voxels, mask.size)
  const empty = box && findEmptySlices(mask.voxels, mask.size, box)
  return {
    mask,
    warnings: [
      ...(fractions ? [`It holds shares (probabilities or partial volume): voxels of at least ${threshold} are inside.`] : []),
      ...(empty
        ? [
            `${describeEmptySlices(empty)} Where it was drawn on some slices only, fill the others first (Interpolate between slices, in the page).`,
          ]
        : []),
    ],
  }
}

function findShares({ voxels, source }: Volume, areWanted: boolean): Fractions | undefined {
  if (!source.fractions) return findFractions(voxels, areWanted)
  return { voxelCount: source.segments?.[0]?.voxelCount ?? voxels.length, highest: 1 }
}

function describeFractions({ voxelCount, highest }: Fractions): string {
  const half = Number((highest / 2).toPrecision(2))
  return `The mask holds shares (probabilities or partial volume), not labels: ${voxelCount === 1 ? '1 voxel has a value' : `${voxelCount} voxels have values`} between 0 and ${Number(highest.toPrecision(4))}. Say from which value on a voxel is inside: --mask-threshold ${half}, for example.`
}
