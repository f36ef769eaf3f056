import { measureVolume } from '../image/statistics.ts'
import { indexToPhysical, type Grid } from '../image/volume.ts'
import { extentOf } from '../mask/boundingBox.ts'
import { countConnectedComponents } from '../mask/connectedComponents.ts'
import type { BoundingBox } from '../mask/mask.ts'
import { formatPythonFloat, formatPythonTuple } from '../numeric/pythonNumber.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { ExtractionPlan } from '../parameters/plan.ts'
import type { Message } from '../messages/message.ts'

/** One `diagnostics_*` line, as PyRadiomics's generalinfo.py names and writes it. */
export type Diagnostic = readonly [name: string, value: string | Message]

export type ImageStage = 'original' | 'interpolated'
export type MaskStage = 'original' | 'corrected' | 'interpolated' | 'resegmented'

/** Spacing, size and grey levels of an image at one stage; only the original also has a hash, which its reader adds. */
export function describeImage(
  stage: ImageStage,
  { spacingMm, size }: Grid,
  { mean, minimum, maximum }: { mean: number; minimum: number; maximum: number },
): Diagnostic[] {
  const name = (item: string) => `diagnostics_Image-${stage}_${item}`
  return [
    ...(stage === 'original' ? [[name('Dimensionality'), '3D'] as const] : []),
    [name('Spacing'), formatPythonTuple(spacingMm, 'float')],
    [name('Size'), formatPythonTuple(size, 'integer')],
    [name('Mean'), formatPythonFloat(mean)],
    [name('Minimum'), formatPythonFloat(minimum)],
    [name('Maximum'), formatPythonFloat(maximum)],
  ]
}

/**
 * Bounds, voxel count, parts (26-connected) and centre of mass of a region.
 * @param box the part of the grid that `mask` covers
 * @param greyLevels of the same box, if the image is known to stand on the mask's grid
 */
export function describeMask(
  stage: MaskStage,
  grid: Grid,
  boundingBox: BoundingBox,
  mask: Uint8Array,
  box: { offset: Triple; size: Triple },
  greyLevels?: Float64Array<ArrayBuffer>,
): Diagnostic[] {
  const name = (item: string) => `diagnostics_Mask-${stage}_${item}`
  const region = measureRegion(boundingBox, mask, box, greyLevels)
  const extent = extentOf(boundingBox)
  const lines: Diagnostic[] = [
    [name('Spacing'), formatPythonTuple(grid.spacingMm, 'float')],
    [name('Size'), formatPythonTuple(grid.size, 'integer')],
    [name('BoundingBox'), formatPythonTuple([...boundingBox.lower, ...extent], 'integer')],
    [name('VoxelNum'), String(region.count)],
    [name('VolumeNum'), String(countConnectedComponents(region.mask, extent))],
    [name('CenterOfMassIndex'), formatPythonTuple(region.centre, 'float')],
    [name('CenterOfMass'), formatPythonTuple(indexToPhysical(grid, region.centre), 'float')],
  ]
  if (!greyLevels) return lines
  const { mean, minimum, maximum } = measureVolume(region.values)
  return [
    ...lines,
    [name('Mean'), formatPythonFloat(mean)],
    [name('Minimum'), formatPythonFloat(minimum)],
    [name('Maximum'), formatPythonFloat(maximum)],
  ]
}

/** The mask within its bounds, its voxel count and centre (in the whole grid), and the grey levels inside it. */
function measureRegion(
  { lower, upper }: BoundingBox,
  mask: Uint8Array,
  { offset, size: [nx, ny] }: { offset: Triple; size: Triple },
  greyLevels?: Float64Array,
): { mask: Uint8Array; count: number; centre: Triple; values: Float64Array<ArrayBuffer> } {
  const [mx, my, mz] = extentOf({ lower, upper })
  const cropped = new Uint8Array(mx * my * mz)
  const values = new Float64Array(greyLevels ? cropped.length : 0)
  let [count, sumX, sumY, sumZ] = [0, 0, 0, 0]
  for (let z = lower[2], to = 0; z <= upper[2]; z++) {
    for (let y = lower[1]; y <= upper[1]; y++) {
      const row = nx * (y - offset[1] + ny * (z - offset[2])) - offset[0]
      for (let x = lower[0]; x <= upper[0]; x++, to++) {
        if (mask[row + x] === 0) continue
        cropped[to] = 1
        if (greyLevels) values[count] = greyLevels[row + x]
        count++
        sumX += x
        sumY += y
        sumZ += z
      }
    }
  }
  return {
    mask: cropped,
    count,
    centre: [sumX / count, sumY / count, sumZ / count],
    values: values.subarray(0, greyLevels ? count : 0),
  }
}

/** What made a result, for whoever wants to make it again. Hashes are SHA-1, as in PyRadiomics, or tell why there is none. */
export interface Provenance {
  readonly version: string
  /** Of the voxels as read, in their pixel type. */
  readonly imageHash: string | Message
  /** Of the region, a uint32 1 inside and 0 outside. */
  readonly maskHash: string | Message
  readonly parameterHash: string | Message
}

/** Puts versions, what the profile says of itself, and hashes to where PyRadiomics has them. */
export function addProvenance(
  diagnostics: readonly Diagnostic[],
  { version, imageHash, maskHash, parameterHash }: Provenance,
  { configuration }: Pick<ExtractionPlan, 'configuration'>,
): Diagnostic[] {
  const mask = diagnostics.findIndex(([name]) => name.startsWith('diagnostics_Mask-original_'))
  return [
    ['diagnostics_Versions_Texel', version],
    ...configuration,
    ['diagnostics_Configuration_Hash', parameterHash],
    ['diagnostics_Image-original_Hash', imageHash],
    ...diagnostics.slice(0, mask),
    ['diagnostics_Mask-original_Hash', maskHash],
    ...diagnostics.slice(mask),
  ]
}
