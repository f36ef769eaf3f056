import type { Grid } from '../image/volume.ts'

/** One way in which two grids differ; plain data. */
export interface GeometryDifference {
  readonly property: 'size' | 'spacing' | 'origin' | 'direction'
  readonly image: readonly number[]
  readonly mask: readonly number[]
  /** Largest absolute difference of an entry: voxels, mm, mm, or parts of a unit vector. */
  readonly difference: number
  /** What would have been let through, in the same unit. */
  readonly tolerance: number
  readonly message: string
}

/** PyRadiomics's (SimpleITK's) tolerance where geometryTolerance is not set. */
export const defaultGeometryTolerance = 1e-6

/**
 * Compares the grids of an image and a mask as SimpleITK does for a filter with two inputs: equal sizes; origin and spacing equal to
 * `tolerance` times the image's spacing along x; direction cosines equal to `tolerance`.
 *
 * @param tolerance PyRadiomics's geometryTolerance, null for its default
 * @returns the differences, none if mask and image may be used together
 */
export function compareGeometry(image: Grid, mask: Grid, tolerance: number | null = null): GeometryDifference[] {
  const relative = tolerance ?? defaultGeometryTolerance
  const lengthMm = Math.abs(relative * image.spacingMm[0])
  const differences = [
    compare('size', image.size, mask.size, 0, 'voxels'),
    compare('spacing', image.spacingMm, mask.spacingMm, lengthMm, 'mm'),
    compare('origin', image.originMm, mask.originMm, lengthMm, 'mm'),
    compare('direction', image.direction, mask.direction, relative, ''),
  ]
  return differences.filter((difference) => difference !== undefined)
}

function compare(
  property: GeometryDifference['property'],
  image: readonly number[],
  mask: readonly number[],
  tolerance: number,
  unit: string,
): GeometryDifference | undefined {
  const distances = image.map((value, i) => Math.abs(value - mask[i]))
  if (distances.every((distance) => distance <= tolerance)) return undefined
  const difference = Math.max(...distances)
  const allowed = tolerance > 0 ? `; they may differ by ${Number(tolerance.toPrecision(3))}${unit && ` ${unit}`}` : ''
  return {
    property,
    image,
    mask,
    difference,
    tolerance,
    message: `The ${property} of the mask is (${mask.join(', ')}), that of the image (${image.join(', ')})${unit && ` ${unit}`}${allowed}.`,
  }
}

/**
 * One sentence of what differs and what can be done, for errors.
 */
export function describeGeometry(differences: readonly GeometryDifference[]): string {
  return `${differences.map(({ message }) => message).join(' ')} Switch correctMask on to resample the mask onto the image, raise geometryTolerance if the difference is rounding, or use a mask drawn on this image.`
}
