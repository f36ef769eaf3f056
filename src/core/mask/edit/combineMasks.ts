import { refuse } from '../messages.ts'

export type MaskOperation = 'union' | 'intersection' | 'difference'

/**
 * Joins two masks of one grid: voxels in either (union), in both (intersection), or in the first only (difference).
 * @returns new voxels, 0 or 1
 * @throws DataError if their lengths differ
 */
export function combineMasks(a: Uint8Array, b: Uint8Array, operation: MaskOperation): Uint8Array<ArrayBuffer> {
  if (a.length !== b.length) {
    throw refuse('lengths-combined', { a: a.length, b: b.length })
  }
  const result = new Uint8Array(a.length)
  if (operation === 'union') for (let i = 0; i < a.length; i++) result[i] = a[i] !== 0 || b[i] !== 0 ? 1 : 0
  else if (operation === 'intersection') for (let i = 0; i < a.length; i++) result[i] = a[i] !== 0 && b[i] !== 0 ? 1 : 0
  else for (let i = 0; i < a.length; i++) result[i] = a[i] !== 0 && b[i] === 0 ? 1 : 0
  return result
}
