import type { VoxelArray } from '../../numeric/voxelArray.ts'
import type { GreyRange } from './threshold.ts'

/** Whether the voxel at a position may be changed. */
export type Accepts = (position: number) => boolean

/** What a tool may draw over: a voxel has to meet every condition that is given. All arrays are of one grid. */
export interface DrawOver {
  /** Masks whose voxels stay as they are. */
  readonly besides?: readonly Uint8Array[]
  /** A mask outside which nothing is changed. */
  readonly within?: Uint8Array
  /** Only voxels whose grey level lies in the range, both ends included, NaN in none; null for all. */
  readonly levels?: { readonly voxels: VoxelArray; readonly range: GreyRange } | null
}

export function acceptOver({ besides = [], within, levels }: DrawOver): Accepts {
  return (position) => {
    if (within && within[position] === 0) return false
    if (levels) {
      const level = levels.voxels[position]
      if (!(level >= levels.range.low && level <= levels.range.high)) return false
    }
    return besides.every((voxels) => voxels[position] === 0)
  }
}

/** How much of what a tool would have changed it was not allowed to. */
export type Held = 'nothing' | 'some' | 'all'

/** @param wanted voxels that would have changed @param changed those of them that did */
export function heldOf(wanted: number, changed: number): Held {
  return changed === wanted ? 'nothing' : changed === 0 ? 'all' : 'some'
}
