import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Volume } from '../core/image/volume.ts'
import { pasteBox } from '../core/mask/boxVoxels.ts'
import type { Axis } from '../core/mask/brush.ts'
import type { Accepts } from '../core/mask/edit/drawOver.ts'
import { replaceSelected } from '../core/mask/difference.ts'
import { defaultSeedRadiusVoxels, rangeAroundSeed } from '../core/mask/edit/growRegion.ts'
import type { GreyRange } from '../core/mask/edit/threshold.ts'
import type { BoundingBox, Mask } from '../core/mask/mask.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import type { Plane } from '../viewer/index.ts'
import type { GrownPart, PartBridge } from '../../workers/partBridge.ts'
import type { DrawOverState } from './drawOver.ts'
import type { Watched } from './readable.ts'
import type { OpenRoi } from './region.ts'
import type { RoiStore } from './roi.ts'
import { messageOf, type Message } from '../core/messages/message.ts'

export interface GrowthSetting {
  /** Through like grey levels, or through what the click met: the ROI, or what is not in it (a hole is filled so). */
  readonly through: 'greyLevels' | 'region'
  /** Half the width of the range, in hundredths of the image's window as it was opened. */
  readonly tolerance: number
  /** Side of the box round the click. */
  readonly boxMm: number
  readonly inSlice: boolean
}

/** What was found, to be looked at before it is taken. */
export interface Growth {
  readonly seed: Triple
  readonly plane: Plane
  /** Growing stopped at its faces. */
  readonly box: BoundingBox
  /** What was found lies in it; null if nothing was. */
  readonly foundBox: BoundingBox | null
  /** Null where grey levels did not matter. */
  readonly range: GreyRange | null
  /** Whether the click met the ROI. */
  readonly isInRegion: boolean
  /** On the image's grid. Its voxels are used again by the next growth. */
  readonly preview: Mask
  /** Of what was found, as far as it may be drawn over what is there. */
  readonly voxelCount: number
  /** Voxels that were found beside those. */
  readonly heldBack: number
}

export interface GrowthState extends GrowthSetting {
  readonly growth: Growth | null
  /** A click, or a changed setting, waits for its answer. */
  readonly isGrowing: boolean
  readonly problem: Message | null
  growFrom(seed: Triple, plane: Plane): void
  /** A growth in hand grows anew. */
  set(change: Partial<GrowthSetting>): void
  /** Adds what was grown to the ROI or takes it out. @returns whether there was a growth */
  accept(way: 'add' | 'takeOut'): boolean
  /** Ends what grows and forgets what was found. @returns whether there was anything */
  discard(): boolean
}

export type GrowthStore = StoreApi<GrowthState>

export const defaultGrowthSetting: GrowthSetting = { through: 'greyLevels', tolerance: 10, boxMm: 40, inSlice: false }

export interface GrowthServices {
  readonly roi: RoiStore
  readonly drawOver: Watched<Pick<DrawOverState, 'accepts' | 'drawOver'>>
  readonly grow: PartBridge['grow']
  /** Grey levels that a tolerance of 100 spans, and the axis through the slices of a view. */
  levelSpan(image: Volume): number
  sliceAxis(image: Volume, plane: Plane): Axis
}

/**
 * A region grown from a click, shown before it is taken. While one grows, only the last of the clicks and settings that follow
 * is kept for the next.
 */
export function createGrowthStore({ roi, drawOver, grow, levelSpan, sliceAxis }: GrowthServices): GrowthStore {
  let abort = new AbortController()
  /** The click whose region is in hand or grows, and whether it must grow (again) when the worker is free. */
  let click: Pick<Growth, 'seed' | 'plane'> | undefined
  let isWanted = false
  /** The preview of an image, and the box in which it is not empty. */
  let laid: { readonly image: Volume; readonly preview: Mask; box: BoundingBox | null } | undefined

  const lay = ({ image, mask }: OpenRoi, { voxels, box }: GrownPart): Mask => {
    laid = laid?.image === image ? laid : { image, preview: { ...mask, voxels: new Uint8Array(mask.voxels.length) }, box: null }
    const { preview } = laid
    if (laid.box) clearBox(preview, laid.box)
    if (box) pasteBox(voxels, box, preview.voxels, image.size)
    laid.box = box
    return preview
  }

  return createStore<GrowthState>()((set, get) => {
    const growOnce = async ({ seed, plane }: Pick<Growth, 'seed' | 'plane'>, signal: AbortSignal) => {
      const { open } = roi.getState()
      if (!open) return
      try {
        const { image, mask } = open
        const { through, tolerance, boxMm, inSlice } = get()
        const box = boxAround(image, seed, boxMm)
        const isInRegion = mask.voxels[positionOf(seed, image.size)] !== 0
        const own = Number(isInRegion)
        const range =
          through === 'region'
            ? { low: own, high: own }
            : rangeAroundSeed(image, seed, {
                tolerance: (tolerance / 100) * levelSpan(image),
                radiusVoxels: defaultSeedRadiusVoxels,
              })
        const axis = inSlice ? sliceAxis(image, plane) : null
        const grown = await grow(through === 'region' ? mask : image, { box, seed, range, sliceAxis: axis }, signal)
        if (signal.aborted) return
        const preview = lay(open, grown)
        const { box: foundBox } = grown
        const accepts = drawOver.getState().accepts()
        const heldBack = accepts && foundBox ? holdBack(preview, foundBox, accepts) : 0
        const voxelCount = grown.voxelCount - heldBack
        const shownRange = through === 'region' ? null : range
        const found = { seed, plane, box, foundBox, range: shownRange, isInRegion, preview, voxelCount, heldBack }
        set({ growth: found, problem: null })
      } catch (error) {
        if (!signal.aborted) set({ growth: null, problem: messageOf(error) })
      }
    }
    const growAll = async () => {
      const { signal } = abort
      set({ isGrowing: true })
      while (click && isWanted && !signal.aborted) {
        isWanted = false
        await growOnce(click, signal)
      }
      if (!signal.aborted) set({ isGrowing: false })
    }
    const end = () => {
      click = undefined
      isWanted = false
      abort.abort(new Error('Region growing was cancelled.'))
      abort = new AbortController()
      set({ growth: null, isGrowing: false, problem: null })
    }
    roi.subscribe((state, before) => {
      if (state.open === before.open) return
      end()
      laid = undefined
    })
    drawOver.subscribe((state, before) => {
      if (state.drawOver !== before.drawOver && click) get().growFrom(click.seed, click.plane)
    })
    return {
      ...defaultGrowthSetting,
      growth: null,
      isGrowing: false,
      problem: null,
      growFrom(seed, plane) {
        click = { seed, plane }
        isWanted = true
        if (!get().isGrowing) void growAll()
      },
      set(change) {
        set(change)
        if (click) get().growFrom(click.seed, click.plane)
      },
      accept(way) {
        const [{ growth }, { open, recordStroke, refuseLocked }] = [get(), roi.getState()]
        if (!growth || !open) return false
        if (refuseLocked()) return true
        const { preview, foundBox } = growth
        const difference = foundBox && replaceSelected(open.mask, preview.voxels, foundBox, way === 'add' ? 1 : 0)
        const action = growth.range ? 'Region growing' : 'Flood fill'
        end()
        if (difference && difference.starts.length > 0) recordStroke(action, difference)
        return true
      },
      discard() {
        const { growth, isGrowing, problem } = get()
        if (!growth && !isGrowing && problem === null) return false
        end()
        return true
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

function positionOf([x, y, z]: Triple, [nx, ny]: Triple): number {
  return x + nx * (y + ny * z)
}

/** Takes out of a preview what may not be drawn over. @returns how many voxels */
function holdBack({ voxels, size: [nx, ny] }: Mask, { lower, upper }: BoundingBox, accepts: Accepts): number {
  let heldBack = 0
  for (let z = lower[2]; z <= upper[2]; z++) {
    for (let y = lower[1]; y <= upper[1]; y++) {
      const row = nx * (y + ny * z)
      for (let at = row + lower[0]; at <= row + upper[0]; at++) {
        if (voxels[at] === 0 || accepts(at)) continue
        voxels[at] = 0
        heldBack++
      }
    }
  }
  return heldBack
}

function clearBox({ voxels, size: [nx, ny] }: Mask, { lower, upper }: BoundingBox): void {
  for (let z = lower[2]; z <= upper[2]; z++) {
    for (let y = lower[1]; y <= upper[1]; y++) {
      const row = nx * (y + ny * z)
      voxels.fill(0, row + lower[0], row + upper[0] + 1)
    }
  }
}
