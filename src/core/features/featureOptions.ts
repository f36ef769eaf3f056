import type { Axis } from '../numeric/voxelArray.ts'

/**
 * How features are computed from the grey values of one image, in the terms of the IBSI reference manual (arXiv 1612.07003); plain
 * data. A profile (`parameters/profiles/`) makes it of its own settings and gives their names, which only messages use.
 */
export interface FeatureOptions {
  readonly discretisation: Discretisation
  readonly neighbourhood: Neighbourhood
  /** Added to grey values before they are squared for energies, in grey values. */
  readonly energyShift: number
  /** GLCM: every pair of neighbours counts both ways round. */
  readonly symmetricPairs: boolean
  readonly directions: DirectionMerging
  /** GLDM (IBSI's coarseness of the NGLDM): levels by which dependent neighbours may differ, at least 0. */
  readonly dependenceTolerance: number
  readonly names: FeatureOptionNames
}

/** IBSI 2.7. Sizes are in grey values, greater than 0; at least one bin. */
export type Discretisation =
  { readonly method: 'fixedBinSize'; readonly size: number } | { readonly method: 'fixedBinNumber'; readonly count: number }

export interface Neighbourhood {
  /** Chebyshev distances in voxels at which voxels are neighbours, at least 1 each. */
  readonly distances: readonly number[]
  /** Neighbours lie in a plane across this axis (x, y, z = 0, 1, 2); null: anywhere in the volume. */
  readonly acrossAxis: Axis | null
}

/**
 * GLCM and GLRLM have a matrix for each direction. Null: features are their means over the matrices (IBSI's 2D_avg, 3D_avg ...);
 * else the matrices are summed to one (…_comb), weighted by the length of a direction's step in mm in a norm, or not.
 */
export type DirectionMerging = null | 'unweighted' | StepNorm

export type StepNorm = 'manhattan' | 'euclidean' | 'infinity'

/** What the profile calls the options that messages speak of. */
export interface FeatureOptionNames {
  readonly binSize: string
  readonly binNumber: string
  readonly distances: string
  readonly inPlane: string
  readonly acrossAxis: string
}

/** Where runs and zones are sought: neighbours at distance 1, whatever the distances of pairs are. */
export function nextNeighbours({ acrossAxis }: Neighbourhood): Neighbourhood {
  return { distances: [1], acrossAxis }
}
