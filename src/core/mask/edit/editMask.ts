import type { Axis } from '../brush.ts'
import type { Mask } from '../mask.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import { fillHoles } from './fillHoles.ts'
import { keepLargestIsland, removeSmallIslands } from './islands.ts'
import { closeMask, growMargin, shrinkMargin } from './margin.ts'
import { smoothMask } from './smoothMask.ts'

/** An operation on a mask alone, as plain data that passes to a worker. */
export type MaskEdit =
  /** In 3D, or slice by slice across an axis. */
  | { readonly kind: 'fillHoles'; readonly sliceAxis: Axis | null }
  | { readonly kind: 'keepLargest' }
  | { readonly kind: 'removeSmall'; readonly smallestMm3: number }
  | { readonly kind: 'median'; readonly kernelMm: number }
  | { readonly kind: 'closing'; readonly radiusMm: number }
  | { readonly kind: 'grow'; readonly marginMm: number }
  | { readonly kind: 'shrink'; readonly marginMm: number }

/** Runs an operation; see the file of each. @returns the new voxels @throws DataError if a length or volume is no number that it can take */
export function editMask(kernels: Kernels, mask: Mask, edit: MaskEdit): Uint8Array<ArrayBuffer> {
  switch (edit.kind) {
    case 'fillHoles':
      return fillHoles(kernels, mask, edit.sliceAxis ?? undefined)
    case 'keepLargest':
      return keepLargestIsland(kernels, mask)
    case 'removeSmall':
      return removeSmallIslands(kernels, mask, edit.smallestMm3)
    case 'median':
      return smoothMask(kernels, mask, edit.kernelMm)
    case 'closing':
      return closeMask(kernels, mask, edit.radiusMm)
    case 'grow':
      return growMargin(kernels, mask, edit.marginMm)
    case 'shrink':
      return shrinkMargin(kernels, mask, edit.marginMm)
  }
}
