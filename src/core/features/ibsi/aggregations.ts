/** How texture matrices of slices and directions become features (IBSI 3.6.1, 3.7.1); the other matrices know no directions. */
export const aggregations = ['2D_avg', '2D_comb', '2_5D_avg', '2_5D_comb', '3D_avg', '3D_comb'] as const
export type Aggregation = (typeof aggregations)[number]

/** Where the voxels of one matrix lie: in a slice (features are means over slices), in all slices, in the volume. */
export type Dimension = '2D' | '2_5D' | '3D'

export function dimensionOf(aggregation: Aggregation): Dimension {
  return aggregation.replace(/_(avg|comb)$/, '') as Dimension
}
