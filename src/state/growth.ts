import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Volume } from '../core/image/volume.ts'
import { growRegion, rangeAroundSeed } from '../core/mask/edit/growRegion.ts'
import type { GreyRange } from '../core/mask/edit/threshold.ts'
import type { Axis } from '../core/mask/brush.ts'
import type { BoundingBox } from '../core/mask/mask.ts'
import type { Kernels } from '../core/kernels/kernels.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import type { Plane } from '../viewer/index.ts'
import type { RoiStore } from './roi.ts'

export interface GrowthSetting {
  /** Half the width of the range, in hundredths of the image's window as it was opened. */
  readonly tolerance: number
  /** Side of the box round the click. */
  readonly boxMm: number
  readonly inSlice: boolean
}

export interface Growth {
  readonly seed: Triple
  readonly plane: Plane
  readonly range: GreyRange
  readonly voxels: Uint8Array<ArrayBuffer>
  readonly voxelCount: number
}

export interface GrowthState extends GrowthSetting {
  readonly growth: Growth | null
  readonly problem: string | null
  growFrom(seed: Triple, plane: Plane): void
  set(change: Partial<GrowthSetting>): void
  /** Adds what was grown to the ROI or takes it out. @returns whether there was a growth */
  accept(way: 'add' | 'takeOut'): boolean
  /** @returns whether there was a growth */
  discard(): boolean
}

export type GrowthStore = StoreApi<GrowthState>

export const defaultGrowthSetting: GrowthSetting = { tolerance: 10, boxMm: 40, inSlice: false }

export interface GrowthServices {
  loadKernels(): Promise<Kernels>
  readonly roi: RoiStore
  /** Grey levels that a tolerance of 100 spans, and the axis through the slices of a view. */
  levelSpan(image: Volume): number
  sliceAxis(image: Volume, plane: Plane): Axis
}

/** A region grown from a click, shown before it is taken: every change of a setting grows it anew. */
export function createGrowthStore(services: GrowthServices): GrowthStore {
  let turn = 0
  return createStore<GrowthState>()((set, get) => {
    const growNow = async (seed: Triple, plane: Plane) => {
      const own = ++turn
      try {
        const kernels = await services.loadKernels()
        const { open } = services.roi.getState()
        // A later click or setting has taken over.
        if (own !== turn || !open) return
        const { image } = open
        const { tolerance, boxMm, inSlice } = get()
        const levels = (tolerance / 100) * services.levelSpan(image)
        const range = rangeAroundSeed(image, seed, { tolerance: levels, radiusVoxels: 1 })
        const box = boxAround(image, seed, boxMm)
        const sliceAxis = inSlice ? { sliceAxis: services.sliceAxis(image, plane) } : {}
        const voxels = growRegion(kernels, image, seed, { range, box, ...sliceAxis })
        const voxelCount = voxels.reduce((sum, voxel) => sum + voxel, 0)
        set({ growth: { seed, plane, range, voxels, voxelCount }, problem: null })
      } catch (error) {
        set({ growth: null, problem: error instanceof Error ? error.message : String(error) })
      }
    }
    const end = () => {
      turn++
      set({ growth: null, problem: null })
    }
    return {
      ...defaultGrowthSetting,
      growth: null,
      problem: null,
      growFrom: (seed, plane) => void growNow(seed, plane),
      set(change) {
        set(change)
        const { growth } = get()
        if (growth) void growNow(growth.seed, growth.plane)
      },
      accept(way) {
        const [{ growth }, { open, replaceMask }] = [get(), services.roi.getState()]
        if (!growth || !open) return false
        if (services.roi.getState().refuseLocked()) return true
        const voxels = open.mask.voxels.slice()
        const value = way === 'add' ? 1 : 0
        for (let i = 0; i < voxels.length; i++) if (growth.voxels[i] !== 0) voxels[i] = value
        end()
        replaceMask(way === 'add' ? 'Region growing' : 'Region taken out', voxels)
        return true
      },
      discard() {
        const had = get().growth !== null || get().problem !== null
        end()
        return had
      },
    }
  })
}

/** Whole voxels at most half a side from the seed, within the volume. */
function boxAround({ size, spacingMm }: Volume, seed: Triple, sideMm: number): BoundingBox {
  const reach = spacingMm.map((mm) => Math.floor(sideMm / 2 / mm))
  const bound = (axis: number, sign: 1 | -1) => Math.min(size[axis] - 1, Math.max(0, seed[axis] + sign * reach[axis]))
  return { lower: [bound(0, -1), bound(1, -1), bound(2, -1)], upper: [bound(0, 1), bound(1, 1), bound(2, 1)] }
}
