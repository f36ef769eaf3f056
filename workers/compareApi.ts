import { transfer } from 'comlink'
import { compareMasks, mapDisagreement, type MaskComparison } from '../src/core/mask/compare/compareMasks.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { Kernels } from '../src/core/kernels/kernels.ts'

export interface ReaderComparison extends MaskComparison {
  /** See `mapDisagreement`: 0 in neither, 1 only in A, 2 only in B, 3 in both. */
  readonly map: Uint8Array<ArrayBuffer>
}

export type CompareApi = ReturnType<typeof createCompareApi>

/** What a worker does with the masks of two readers. */
export function createCompareApi(loadKernels: () => Promise<Kernels>) {
  return {
    async compare(a: Mask, b: Mask): Promise<ReaderComparison> {
      const map = mapDisagreement(a, b)
      return transfer({ ...compareMasks(await loadKernels(), a, b), map }, [map.buffer])
    },
  }
}
