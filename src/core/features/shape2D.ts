import type { Kernels, MaskBlock } from '../kernels/kernels.ts'
import type { Axis, Triple } from '../numeric/voxelArray.ts'
import type { FeatureDefinition } from './definition.ts'
import { listEnabledFeatures } from './listEnabledFeatures.ts'
import { axisLength, measureDiameters, measureMoments, padMask } from './shape.ts'
import { refuse } from './messages.ts'
import type { Message } from '../messages/message.ts'

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
 * @param mask cropped to the region's bounding box, of size 1 across the plane.
 * @param features 'all' leaves out the deprecated one; names come back in the order given.
 * @throws DataError if the mask is empty or thicker than one voxel, or a name is unknown.
 */
export function computeShape2D(
  kernels: Kernels,
  mask: MaskBlock,
  spacingMm: Triple,
  plane: Pick<Shape2DPlane, 'acrossAxis' | 'axisName'>,
  features: 'all' | readonly string[] = 'all',
): [string, number][] {
  const measures = measureShape2D(kernels, mask, spacingMm, plane)
  return listEnabledFeatures(shape2DDefinitions, features).map((name) => [name, shape2DFormulas[name](measures)])
}

/** In which plane the shape of a flat region is measured; plain data. */
export interface Shape2DPlane {
  readonly acrossAxis: Axis
  /** What the profile calls the choice of that axis, for messages. */
  readonly axisName: string
  /** Regions that the profile leaves out without failing: those of one voxel along an axis, and why. */
  readonly leftOut: { readonly ifFlatAlong: Axis; readonly reason: Message }
}

/**
 * Why the profile leaves out a region; null if its shape is to be computed (or to fail on a thick mask).
 * @param size of the region's bounding box along x, y, z.
 */
export function shape2DSkipReason(size: Triple, { leftOut }: Shape2DPlane): Message | null {
  return size[leftOut.ifFlatAlong] > 1 ? null : leftOut.reason
}

function measureShape2D(
  kernels: Kernels,
  mask: MaskBlock,
  spacingMm: Triple,
  { acrossAxis: axis, axisName }: Pick<Shape2DPlane, 'acrossAxis' | 'axisName'>,
): Shape2DMeasures {
  const thickness = mask.size[axis]
  if (thickness !== 1) {
    throw refuse('plane-thick', { axis, voxels: thickness, setting: axisName })
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
  },
  {
    ...shape2D,
    name: 'MajorAxisLength',
    unit: 'mm',
    formula: '4 · √λmajor',
  },
  {
    ...shape2D,
    name: 'MaximumDiameter',
    unit: 'mm',
    formula: 'max |a - b|, a and b vertices of the outline',
  },
  {
    ...shape2D,
    name: 'MeshSurface',
    unit: 'mm²',
    formula: 'A = Σ a × b / 2 over the lines ab of the outline',
  },
  {
    ...shape2D,
    name: 'MinorAxisLength',
    unit: 'mm',
    formula: '4 · √λminor',
  },
  {
    ...shape2D,
    name: 'Perimeter',
    unit: 'mm',
    formula: 'P = Σ |a - b| over the lines ab of the outline',
  },
  {
    ...shape2D,
    name: 'PerimeterSurfaceRatio',
    unit: '1/mm',
    formula: 'P / A',
  },
  {
    ...shape2D,
    name: 'PixelSurface',
    unit: 'mm²',
    formula: 'N · pixel area',
  },
  {
    ...shape2D,
    name: 'SphericalDisproportion',
    unit: '1',
    formula: 'P / (2√(π · A))',
    deprecated: true,
  },
  {
    ...shape2D,
    name: 'Sphericity',
    unit: '1',
    formula: '2√(π · A) / P',
  },
]
