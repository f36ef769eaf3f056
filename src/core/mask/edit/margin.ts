import { boxAround, editBox, pasteBox } from '../boxVoxels.ts'
import { computeSquaredDistances } from '../distances.ts'
import type { Mask } from '../mask.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { refuse } from '../messages.ts'

/**
 * Grows a mask by a margin in mm: every voxel whose centre is at most `marginMm` from the centre of a voxel inside (true distance,
 * whatever the spacing). It stops at the border of the volume.
 * @returns the new voxels
 * @throws DataError if the margin is not a finite number of at least 0
 */
export function growMargin(kernels: Kernels, mask: Mask, marginMm: number): Uint8Array<ArrayBuffer> {
  return moveMargin(kernels, mask, marginMm, 'inside')
}

/**
 * Shrinks a mask by a margin in mm: the voxels go whose centre is at most `marginMm` from the centre of a voxel outside. Beyond the
 * border of the volume nothing is known, so it counts as neither and the mask keeps its voxels along that border.
 * @returns the new voxels
 * @throws DataError if the margin is not a finite number of at least 0
 */
export function shrinkMargin(kernels: Kernels, mask: Mask, marginMm: number): Uint8Array<ArrayBuffer> {
  return moveMargin(kernels, mask, marginMm, 'outside')
}

/**
 * Closes gaps and dents that a ball of this radius does not fit in: grows by the radius, then shrinks by it (Serra 1982), as if the
 * volume went on empty beyond its border (a volume of one slice is closed in its plane). The mask keeps all its voxels.
 * @returns the new voxels
 * @throws DataError if the radius is not a finite number of at least 0
 */
export function closeMask(kernels: Kernels, mask: Mask, radiusMm: number): Uint8Array<ArrayBuffer> {
  const reach = reachOf(mask, radiusMm)
  const box = boxAround(mask, [0, 0, 0])
  if (!box || radiusMm === 0) return mask.voxels.slice()
  return editBox(kernels, mask, box, (source, [nx, ny, nz], count) => {
    // One voxel beyond the reach, so that what was grown has an outside. A single slice is closed in its plane.
    const [px, py, pz] = reach.map((voxels, axis) => (mask.size[axis] === 1 ? 0 : voxels + 1))
    const room: Triple = [nx + 2 * px, ny + 2 * py, nz + 2 * pz]
    const roomCount = room[0] * room[1] * room[2]
    const grown = kernels.allocate(roomCount)
    kernels.exports.clear(grown, roomCount)
    const middle = { lower: [px, py, pz], upper: [px + nx - 1, py + ny - 1, pz + nz - 1] } as const
    pasteBox(kernels.u8(source, count), middle, kernels.u8(grown, roomCount), room)
    selectWithin(kernels, grown, 'inside', room, mask.spacingMm, radiusMm)
    selectWithin(kernels, grown, 'outside', room, mask.spacingMm, radiusMm)
    kernels.exports.invertMask(grown, roomCount)
    const target = kernels.allocate(count)
    kernels.exports.cropU8(grown, room[0], room[1], ...middle.lower, nx, ny, nz, target)
    return target
  })
}

/** Opens away what a ball of this radius does not fit in (vessels, spurs): shrinks by the radius, then grows by it. Adds no voxel. */
export function openMask(kernels: Kernels, mask: Mask, radiusMm: number): Uint8Array<ArrayBuffer> {
  const shrunk = { ...mask, voxels: shrinkMargin(kernels, mask, radiusMm) }
  return growMargin(kernels, shrunk, radiusMm)
}

/** A voxel exactly on the rim is in reach, whatever the rounding of its distance. */
const edgeMm2 = 1e-9

function moveMargin(kernels: Kernels, mask: Mask, marginMm: number, nearest: 'inside' | 'outside'): Uint8Array<ArrayBuffer> {
  const reach = reachOf(mask, marginMm)
  // To shrink, one voxel around is enough: the nearest outside is in it.
  const box = boxAround(mask, nearest === 'inside' ? reach : [1, 1, 1])
  if (!box || marginMm === 0) return mask.voxels.slice()
  return editBox(kernels, mask, box, (source, extent, count) => {
    selectWithin(kernels, source, nearest, extent, mask.spacingMm, marginMm)
    if (nearest === 'outside') kernels.exports.invertMask(source, count)
    return source
  })
}

/** Puts 1 where the nearest voxel inside (or outside) is at most so far, 0 elsewhere, in the place of the mask. */
function selectWithin(
  kernels: Kernels,
  mask: number,
  nearest: 'inside' | 'outside',
  extent: Triple,
  spacingMm: Triple,
  limitMm: number,
): void {
  kernels.scope(() => {
    const distances = computeSquaredDistances(kernels, mask, nearest, extent, spacingMm)
    kernels.exports.selectRange(distances, 0, extent[0] * extent[1] * extent[2], -Infinity, limitMm * limitMm + edgeMm2, mask)
  })
}

/** How many voxels a margin reaches along each axis. */
function reachOf({ spacingMm }: Mask, marginMm: number): Triple {
  if (!(marginMm >= 0 && marginMm < Infinity)) {
    throw refuse('margin', { marginMm })
  }
  return spacingMm.map((mm) => Math.floor(marginMm / mm + edgeMm2)) as unknown as Triple
}
