import type { KernelExports, Kernels, MaskBlock } from '../kernels/kernels.ts'
import type { Mask } from '../mask/mask.ts'
import { eigenvaluesSymmetric3 } from '../numeric/eigen.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { FeatureDefinition } from './definition.ts'
import { listEnabledFeatures } from './listEnabledFeatures.ts'
import { refuse } from './messages.ts'

/** What the 3D shape features are formulas of. Lengths in mm. */
export interface ShapeMeasures {
  readonly voxelCount: number
  readonly spacingMm: Triple
  readonly areaMm2: number
  readonly volumeMm3: number
  /** Largest distance of mesh vertices with equal z, equal y, equal x, and of all. */
  readonly diametersMm: { readonly slice: number; readonly column: number; readonly row: number; readonly all: number }
  /** Eigenvalues of the covariance (divided by N) of the voxel centres in mm², smallest first. */
  readonly variancesMm2: Triple
}

/**
 * 3D shape features of PyRadiomics (`shape.py`), from a marching-cubes mesh and the voxel centres.
 * Degenerate: one voxel has axis lengths 0 and NaN Elongation and Flatness; one slice has LeastAxisLength and Flatness 0.
 * @param mask cropped to the region's bounding box: at ambiguous corners PyRadiomics's mesh is not closed, so MeshVolume
 *   depends a little on where the mask begins.
 * @param features 'all' leaves out the deprecated ones; names come back in the order given.
 * @throws DataError if the mask is empty or a name is unknown.
 */
export function computeShape(
  kernels: Kernels,
  mask: MaskBlock,
  spacingMm: Triple,
  features: 'all' | readonly string[] = 'all',
): [string, number][] {
  const measures = measureShape(kernels, mask, spacingMm)
  return listEnabledFeatures(shapeDefinitions, features).map((name) => [name, shapeFormulas[name](measures, kernels.exports)])
}

/** @throws DataError if the mask is empty. */
export function measureShape(kernels: Kernels, mask: MaskBlock, spacingMm: Triple): ShapeMeasures {
  const [sx, sy, sz] = spacingMm
  return kernels.scope(() => {
    const { exports } = kernels
    const { voxelCount, variancesMm2 } = measureMoments(kernels, mask, spacingMm)
    const padded = padMask(kernels, mask)
    const tally = kernels.allocate(256 * 4 * 8)
    const surface = kernels.allocate(2 * 8)
    exports.tallyCubes(padded.pointer, ...padded.size, tally)
    exports.measureCubes(tally, sx, sy, sz, surface)
    const [areaMm2, volumeMm3] = kernels.f64(surface, 2)
    const [slice, column, row, all] = measureDiameters(kernels, padded, spacingMm)
    return {
      voxelCount,
      spacingMm,
      areaMm2: areaMm2,
      volumeMm3: volumeMm3,
      diametersMm: { slice, column, row, all },
      variancesMm2,
    }
  })
}

/** The mask with an empty border of one voxel, in the caller's scope. */
export function padMask(kernels: Kernels, { pointer, size: [nx, ny, nz] }: MaskBlock): MaskBlock {
  const padded = { pointer: kernels.allocate((nx + 2) * (ny + 2) * (nz + 2)), size: [nx + 2, ny + 2, nz + 2] as const }
  kernels.exports.padU8(pointer, nx, ny, nz, padded.pointer)
  return padded
}

/** Voxel count and eigenvalues of the covariance of voxel centres in mm², smallest first. @throws DataError if the mask is empty. */
export function measureMoments(
  kernels: Kernels,
  mask: MaskBlock,
  [sx, sy, sz]: Triple,
): Pick<ShapeMeasures, 'voxelCount' | 'variancesMm2'> {
  return kernels.scope(() => {
    const result = kernels.allocate(7 * 8)
    kernels.exports.maskMoments(mask.pointer, ...mask.size, result)
    const [voxelCount, xx, yy, zz, xy, xz, yz] = [...kernels.f64(result, 7)] as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    if (voxelCount === 0) throw refuse('shape-of-nothing', {})
    const covariance = {
      xx: xx * sx * sx,
      yy: yy * sy * sy,
      zz: zz * sz * sz,
      xy: xy * sx * sy,
      xz: xz * sx * sz,
      yz: yz * sy * sz,
    }
    const [least, minor, major] = eigenvaluesSymmetric3(covariance)
    return { voxelCount, variancesMm2: [withoutNoise(least, major), withoutNoise(minor, major), withoutNoise(major, major)] }
  })
}

/**
 * Rounding can leave a flat region a variance beside 0, some units in the last place of the greatest; a real one is far above that.
 * PyRadiomics takes what is below 0, down to -1e-10, as 0.
 */
function withoutNoise(variance: number, greatest: number): number {
  const isNoise = Math.abs(variance) < 1.4e-14 * greatest || (variance < 0 && variance > -1e-10)
  return isNoise ? 0 : variance
}

/** Largest distances in mm of mesh vertices with equal z, equal y, equal x, and of all, of a mask with an empty border. */
export function measureDiameters(
  kernels: Kernels,
  { pointer, size }: MaskBlock,
  spacingMm: Triple,
): [number, number, number, number] {
  return kernels.scope(() => {
    const result = kernels.allocate(4 * 8)
    const workspace = kernels.allocate(kernels.exports.meshDiametersBytes(...size))
    kernels.exports.meshDiameters(pointer, ...size, ...spacingMm, workspace, result)
    const [slice, column, row, all] = kernels.f64(result, 4)
    return [slice, column, row, all]
  })
}

/** Maximum3DDiameter alone, in mm, of a mask that lies outside the kernels; 0 if it is empty. */
export function measureGreatestDiameter(kernels: Kernels, { voxels, size, spacingMm }: Mask): number {
  return kernels.scope(() => {
    const pointer = kernels.allocate(voxels.length)
    kernels.u8(pointer, voxels.length).set(voxels)
    return measureDiameters(kernels, padMask(kernels, { pointer, size }), spacingMm)[3]
  })
}

/** Length of a principal axis of the ellipsoid with this variance; NaN if the variance is negative, as in PyRadiomics. */
export function axisLength(varianceMm2: number): number {
  return 4 * Math.sqrt(varianceMm2)
}

type Libm = Pick<KernelExports, 'pow'>

/** (36 pi V²)^(1/3): the area of the sphere of the same volume. */
function sphereArea({ volumeMm3 }: ShapeMeasures, { pow }: Libm): number {
  return pow(36 * Math.PI * volumeMm3 * volumeMm3, 1 / 3)
}

const shapeFormulas: Readonly<Record<string, (measures: ShapeMeasures, libm: Libm) => number>> = {
  Compactness1: ({ volumeMm3, areaMm2 }) => volumeMm3 / (areaMm2 * Math.sqrt(areaMm2) * Math.sqrt(Math.PI)),
  Compactness2: ({ volumeMm3, areaMm2 }) => (36 * Math.PI * volumeMm3 * volumeMm3) / (areaMm2 * areaMm2 * areaMm2),
  Elongation: ({ variancesMm2: [, minor, major] }) => Math.sqrt(minor / major),
  Flatness: ({ variancesMm2: [least, , major] }) => Math.sqrt(least / major),
  LeastAxisLength: ({ variancesMm2 }) => axisLength(variancesMm2[0]),
  MajorAxisLength: ({ variancesMm2 }) => axisLength(variancesMm2[2]),
  Maximum2DDiameterColumn: ({ diametersMm }) => diametersMm.column,
  Maximum2DDiameterRow: ({ diametersMm }) => diametersMm.row,
  Maximum2DDiameterSlice: ({ diametersMm }) => diametersMm.slice,
  Maximum3DDiameter: ({ diametersMm }) => diametersMm.all,
  MeshVolume: ({ volumeMm3 }) => volumeMm3,
  MinorAxisLength: ({ variancesMm2 }) => axisLength(variancesMm2[1]),
  SphericalDisproportion: (measures, libm) => measures.areaMm2 / sphereArea(measures, libm),
  Sphericity: (measures, libm) => sphereArea(measures, libm) / measures.areaMm2,
  SurfaceArea: ({ areaMm2 }) => areaMm2,
  SurfaceVolumeRatio: ({ areaMm2, volumeMm3 }) => areaMm2 / volumeMm3,
  VoxelVolume: ({ voxelCount, spacingMm: [sx, sy, sz] }) => voxelCount * (sz * sx * sy),
}

const shape = { featureClass: 'shape' } as const

/** In PyRadiomics's output order (by name). */
export const shapeDefinitions: readonly FeatureDefinition[] = [
  {
    ...shape,
    name: 'Compactness1',
    ibsi: 'SKGS',
    unit: '1',
    formula: 'V / (√π · A^(3/2))',
    deprecated: true,
  },
  {
    ...shape,
    name: 'Compactness2',
    ibsi: 'BQWJ',
    unit: '1',
    formula: '36π · V² / A³',
    deprecated: true,
  },
  {
    ...shape,
    name: 'Elongation',
    ibsi: 'Q3CK',
    unit: '1',
    formula: '√(λminor / λmajor)',
  },
  {
    ...shape,
    name: 'Flatness',
    ibsi: 'N17B',
    unit: '1',
    formula: '√(λleast / λmajor)',
  },
  {
    ...shape,
    name: 'LeastAxisLength',
    ibsi: '7J51',
    unit: 'mm',
    formula: '4 · √λleast',
  },
  {
    ...shape,
    name: 'MajorAxisLength',
    ibsi: 'TDIC',
    unit: 'mm',
    formula: '4 · √λmajor',
  },
  {
    ...shape,
    name: 'Maximum2DDiameterColumn',
    unit: 'mm',
    formula: 'max |a - b|, a and b mesh vertices with equal y',
  },
  {
    ...shape,
    name: 'Maximum2DDiameterRow',
    unit: 'mm',
    formula: 'max |a - b|, a and b mesh vertices with equal x',
  },
  {
    ...shape,
    name: 'Maximum2DDiameterSlice',
    unit: 'mm',
    formula: 'max |a - b|, a and b mesh vertices with equal z',
  },
  {
    ...shape,
    name: 'Maximum3DDiameter',
    ibsi: 'L0JK',
    unit: 'mm',
    formula: 'max |a - b|, a and b mesh vertices',
  },
  {
    ...shape,
    name: 'MeshVolume',
    ibsi: 'RNU0',
    unit: 'mm³',
    formula: 'V = Σ a · (b × c) / 6 over the triangles abc of the mesh',
  },
  {
    ...shape,
    name: 'MinorAxisLength',
    ibsi: 'P9VJ',
    unit: 'mm',
    formula: '4 · √λminor',
  },
  {
    ...shape,
    name: 'SphericalDisproportion',
    ibsi: 'KRCK',
    unit: '1',
    formula: 'A / ∛(36π · V²)',
    deprecated: true,
  },
  {
    ...shape,
    name: 'Sphericity',
    ibsi: 'QCFX',
    unit: '1',
    formula: '∛(36π · V²) / A',
  },
  {
    ...shape,
    name: 'SurfaceArea',
    ibsi: 'C0JK',
    unit: 'mm²',
    formula: 'A = Σ |(b - a) × (c - a)| / 2 over the triangles abc of the mesh',
  },
  {
    ...shape,
    name: 'SurfaceVolumeRatio',
    ibsi: '2PR5',
    unit: '1/mm',
    formula: 'A / V',
  },
  {
    ...shape,
    name: 'VoxelVolume',
    ibsi: 'YEKZ',
    unit: 'mm³',
    formula: 'N · voxel volume',
  },
]
