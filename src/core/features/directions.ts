import type { FeatureOptions } from './featureOptions.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { refuse } from './messages.ts'

type NeighbourOptions = Pick<FeatureOptions, 'neighbourhood' | 'names'>

/**
 * Half of the neighbourhood of a voxel, as steps in voxels along x, y, z: all steps whose largest component is one of the
 * distances and that fit into the region's bounding box (or do not, if they count `evenAlone`), each with its opposite left out; in a
 * plane those across it are left out too. Order and what follows from it are those of PyRadiomics (cMatrices.generate_angles):
 * steps descend by z, y, x, and a distance that is listed twice lets the list go on into the other half.
 * @throws DataError if no step is left
 */
export function listDirections(size: Triple, options: NeighbourOptions): Triple[] {
  return listSteps(size, options, 0.5)
}

/** The whole neighbourhood, in the same order; a distance that is listed twice lets the list begin again. */
export function listNeighbours(size: Triple, options: NeighbourOptions): Triple[] {
  return listSteps(size, options, 1)
}

function listSteps(
  size: Triple,
  { neighbourhood: { distances, acrossAxis, evenAlone }, names }: NeighbourOptions,
  share: 0.5 | 1,
): Triple[] {
  const reach = Math.max(...distances)
  const range = Array.from({ length: 2 * reach + 1 }, (_, i) => reach - i)
  const steps: Triple[] = []
  let listed = 0
  for (const z of range) {
    for (const y of range) {
      for (const x of range) {
        const step: Triple = [x, y, z]
        const far = Math.max(Math.abs(x), Math.abs(y), Math.abs(z))
        const times = distances.filter((distance) => distance === far).length
        const fits = evenAlone || step.every((component, axis) => Math.abs(component) < size[axis])
        if (far === 0 || times === 0 || !fits || (acrossAxis !== null && step[acrossAxis] !== 0)) continue
        steps.push(step)
        listed += times * share
      }
    }
  }
  if (steps.length === 0) {
    throw refuse('no-neighbour', { size, distances, acrossAxis, names })
  }
  return Array.from({ length: listed }, (_, k) => steps[k % steps.length])
}
