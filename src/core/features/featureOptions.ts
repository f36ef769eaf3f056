import type { Axis } from '../numeric/voxelArray.ts'

/**
 * How features are computed from the grey values of one image, in the terms of the IBSI reference manual (arXiv 1612.07003); plain
 * data. A profile (`parameters/profiles/`) makes it of its own settings and gives their names, which only messages use.
 */
export interface FeatureOptions {
  readonly discretisation: BinEdgesRule
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
export type Discretisation = BinEdgesRule | LevelRule

/** Bins by edges, as PyRadiomics lays them with numpy (`binEdges.ts`). */
export type BinEdgesRule =
  { readonly method: 'fixedBinSize'; readonly size: number } | { readonly method: 'fixedBinNumber'; readonly count: number }

/** Bins by the IBSI's formulas (`levelRule.ts`). */
export type LevelRule =
  /** Grey values are levels already: whole numbers from 1 on. */
  | { readonly method: 'asTheyAre' }
  /** Bins of a size, the first of which begins at `lower`; null: at the least grey value of the region. */
  | { readonly method: 'binsOfSize'; readonly size: number; readonly lower: number | null }
  /** As many equal bins between the region's least and greatest grey value, which lies in the last one. */
  | { readonly method: 'equalBins'; readonly count: number }

export interface Neighbourhood {
  /** Chebyshev distances in voxels at which voxels are neighbours, at least 1 each. */
  readonly distances: readonly number[]
  /** Neighbours lie in a plane across this axis (x, y, z = 0, 1, 2); null: anywhere in the volume. */
  readonly acrossAxis: Axis | null
  /**
   * Directions in which no voxel of the region's box can have a neighbour count too, and so do those in which no line meets the region
   * twice: all runs along them are of one voxel. PyRadiomics leaves both out.
   */
  readonly evenAlone: boolean
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
export function nextNeighbours(neighbourhood: Neighbourhood): Neighbourhood {
  return { ...neighbourhood, distances: [1] }
}
