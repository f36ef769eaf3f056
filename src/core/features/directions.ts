import type { ExtractionSettings } from '../parameters.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/**
 * Half of the neighbourhood of a voxel, as steps in voxels along x, y, z: all steps whose largest component is one of the
 * distances and that fit into the region's bounding box, each with its opposite left out. A distance that is listed twice
 * gives its steps twice, and `force2D` leaves out steps along `force2Ddimension` (0 = z, 1 = y, 2 = x), as PyRadiomics does
 * (cMatrices.generate_angles; order of its angles: z, y, x descending).
 * @throws if no step is left
 */
export function listDirections(
  size: Triple,
  { distances, force2D, force2Ddimension }: Pick<ExtractionSettings, 'distances' | 'force2D' | 'force2Ddimension'>,
): Triple[] {
  const reach = Math.max(...distances)
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => reach - i)
  const directions: Triple[] = []
  for (const z of steps) {
    for (const y of steps) {
      for (const x of steps) {
        const step: Triple = [x, y, z]
        const forward = z > 0 || (z === 0 && (y > 0 || (y === 0 && x > 0)))
        const fits = step.every((component, axis) => Math.abs(component) < size[axis]!)
        if (!forward || !fits || (force2D && step[2 - force2Ddimension] !== 0)) continue
        const far = Math.max(Math.abs(x), Math.abs(y), z)
        for (const distance of distances) if (distance === far) directions.push(step)
      }
    }
  }
  if (directions.length === 0) {
    throw new Error(
      `No voxel of the region (bounding box ${size.join(' x ')} voxels) can have a neighbour at distance ${distances.join(', ')}${force2D ? ` within a slice across axis ${'zyx'[force2Ddimension]} (force2D)` : ''}. Use other distances or force2Ddimension, or leave out texture for this region.`,
    )
  }
  return directions
}
