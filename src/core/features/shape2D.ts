import type { Kernels, MaskBlock } from '../kernels/kernels.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { ExtractionSettings } from '../parameters/profiles/pyradiomics/parameters.ts'
import type { FeatureDefinition } from './definition.ts'
import { listEnabledFeatures } from './listEnabledFeatures.ts'
import { axisLength, measureDiameters, measureMoments, padMask } from './shape.ts'

/** What the 2D shape features are formulas of. */
export interface Shape2DMeasures {
  readonly pixelCount: number
  readonly pixelAreaMm2: number
  readonly perimeterMm: number
  readonly areaMm2: number
  readonly diameterMm: number
  /** Eigenvalues of the covariance (divided by N) of the pixel centres in mm², smallest first. */
  readonly variancesMm2: readonly [number, number]
}

/**
 * 2D shape features of PyRadiomics (`shape2D.py`) of a region that is one voxel thick, from a marching-squares outline
 * and the pixel centres. Degenerate: one pixel has axis lengths 0 and NaN Elongation; a line has MinorAxisLength 0.
 * @param mask cropped to the region's bounding box, of size 1 along `force2Ddimension` (0 = z, 1 = y, 2 = x).
 * @param features 'all' leaves out the deprecated one; names come back in the order given.
 * @throws if the mask is empty or thicker than one voxel, or a name is unknown.
 */
export function computeShape2D(
  kernels: Kernels,
  mask: MaskBlock,
  spacingMm: Triple,
  force2Ddimension: ExtractionSettings['force2Ddimension'],
  features: 'all' | readonly string[] = 'all',
): [string, number][] {
  const measures = measureShape2D(kernels, mask, spacingMm, force2Ddimension)
  return listEnabledFeatures(shape2DDefinitions, features).map((name) => [name, shape2DFormulas[name](measures)])
}

/**
 * Why PyRadiomics leaves shape2D out of an extraction without failing; null if it goes on to compute it (or to fail on a
 * thick mask). Its check of the extent reads the sizes as x, y, z although the dimension counts z, y, x; kept as it is.
 * @param size of the region's bounding box along x, y, z.
 */
export function shape2DSkipReason(
  size: Triple,
  { force2D, force2Ddimension }: Pick<ExtractionSettings, 'force2D' | 'force2Ddimension'>,
): string | null {
  if (!force2D) return 'shape2D needs force2D: true.'
  if (size[force2Ddimension] > 1) return null
  return `shape2D is not computed for this region: PyRadiomics asks for more than one voxel along ${'xyz'[force2Ddimension]} when force2Ddimension is ${force2Ddimension}.`
}

function measureShape2D(kernels: Kernels, mask: MaskBlock, spacingMm: Triple, force2Ddimension: 0 | 1 | 2): Shape2DMeasures {
  const axis = 2 - force2Ddimension
  const thickness = mask.size[axis]
  if (thickness !== 1) {
    throw new Error(
      `Size of the mask in dimension ${force2Ddimension} (${'zyx'[force2Ddimension]}) is ${thickness}, expected 1: 2D shape needs a region in one plane. Leave shape2D out, or choose force2Ddimension across the drawn plane.`,
    )
  }
  // Voxels of a plane lie in memory as those of a slice, whichever axis is left out.
  const [nx, ny] = mask.size.filter((_, i) => i !== axis) as [number, number]
  const [sx, sy] = spacingMm.filter((_, i) => i !== axis) as [number, number]
  const plane: MaskBlock = { pointer: mask.pointer, size: [nx, ny, 1] }
  const planeSpacingMm: Triple = [sx, sy, 1]
  return kernels.scope(() => {
    const { voxelCount, variancesMm2 } = measureMoments(kernels, plane, planeSpacingMm)
    const padded = padMask(kernels, plane)
    const [columns, rows] = padded.size
    const outline = kernels.allocate(2 * 8)
    kernels.exports.marchSquares(padded.pointer + columns * rows, columns, rows, sx, sy, outline)
    const [perimeterMm, areaMm2] = kernels.f64(outline, 2)
    // The vertices with equal z of the slice's mesh are those of its outline (and pixel centres, which lie further in).
    const [diameterMm] = measureDiameters(kernels, padded, planeSpacingMm)
    // The axis across the plane has variance 0, the smallest.
    return {
      pixelCount: voxelCount,
      pixelAreaMm2: sx * sy,
      perimeterMm: perimeterMm,
      areaMm2: areaMm2,
      diameterMm,
      variancesMm2: [variancesMm2[1], variancesMm2[2]],
    }
  })
}

function sphericity({ areaMm2, perimeterMm }: Shape2DMeasures): number {
  return (2 * Math.sqrt(Math.PI * areaMm2)) / perimeterMm
}

const shape2DFormulas: Readonly<Record<string, (measures: Shape2DMeasures) => number>> = {
  Elongation: ({ variancesMm2: [minor, major] }) => Math.sqrt(minor / major),
  MajorAxisLength: ({ variancesMm2 }) => axisLength(variancesMm2[1]),
  MaximumDiameter: ({ diameterMm }) => diameterMm,
  MeshSurface: ({ areaMm2 }) => areaMm2,
  MinorAxisLength: ({ variancesMm2 }) => axisLength(variancesMm2[0]),
  Perimeter: ({ perimeterMm }) => perimeterMm,
  PerimeterSurfaceRatio: ({ perimeterMm, areaMm2 }) => perimeterMm / areaMm2,
  PixelSurface: ({ pixelCount, pixelAreaMm2 }) => pixelCount * pixelAreaMm2,
  SphericalDisproportion: (measures) => 1 / sphericity(measures),
  Sphericity: sphericity,
}

const shape2D = { featureClass: 'shape2D' } as const

/** In PyRadiomics's output order (by name). IBSI has no 2D shape features. */
export const shape2DDefinitions: readonly FeatureDefinition[] = [
  {
    ...shape2D,
    name: 'Elongation',
    unit: '1',
    formula: '√(λminor / λmajor)',
    meaning: 'Shorter against longer axis: 1 if both are equal, near 0 if the region is long and thin.',
  },
  {
    ...shape2D,
    name: 'MajorAxisLength',
    unit: 'mm',
    formula: '4 · √λmajor',
    meaning: 'Longer axis of the ellipse that has the spread of the pixels.',
  },
  {
    ...shape2D,
    name: 'MaximumDiameter',
    unit: 'mm',
    formula: 'max |a - b|, a and b vertices of the outline',
    meaning: 'Longest straight line between two points of the outline.',
  },
  {
    ...shape2D,
    name: 'MeshSurface',
    unit: 'mm²',
    formula: 'A = Σ a × b / 2 over the lines ab of the outline',
    meaning: 'Area inside the outline.',
  },
  {
    ...shape2D,
    name: 'MinorAxisLength',
    unit: 'mm',
    formula: '4 · √λminor',
    meaning: 'Shorter axis of the ellipse that has the spread of the pixels.',
  },
  {
    ...shape2D,
    name: 'Perimeter',
    unit: 'mm',
    formula: 'P = Σ |a - b| over the lines ab of the outline',
    meaning: 'Length of the outline.',
  },
  {
    ...shape2D,
    name: 'PerimeterSurfaceRatio',
    unit: '1/mm',
    formula: 'P / A',
    meaning: 'Outline for each unit of area: small for large or round regions.',
  },
  {
    ...shape2D,
    name: 'PixelSurface',
    unit: 'mm²',
    formula: 'N · pixel area',
    meaning: 'Number of pixels times the area of one.',
  },
  {
    ...shape2D,
    name: 'SphericalDisproportion',
    unit: '1',
    formula: 'P / (2√(π · A))',
    meaning: 'Outline against that of a circle of the same area: 1 for a circle, more for others. One over Sphericity.',
    deprecated: true,
  },
  {
    ...shape2D,
    name: 'Sphericity',
    unit: '1',
    formula: '2√(π · A) / P',
    meaning: 'How round the region is: 1 for a circle, less for others.',
  },
]
