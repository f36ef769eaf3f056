import { paintStroke } from '../core/mask/brush.ts'
import { differenceOfPositions, type MaskDifference } from '../core/mask/difference.ts'
import type { Accepts, Held } from '../core/mask/edit/drawOver.ts'
import { rangeUnderBrush } from '../core/mask/edit/rangeUnderBrush.ts'
import type { GreyRange } from '../core/mask/edit/threshold.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import type { Point } from './placement.ts'
import type { Plane } from './planes.ts'
import { indexAt, type Scene } from './scene.ts'
import type { ThresholdSetting } from './viewer.ts'

interface Stroke {
  readonly plane: Plane
  readonly value: 0 | 1
  readonly changed: number[]
  /** Grey levels that may be painted; undefined paints all. */
  readonly range: (GreyRange & Pick<ThresholdSetting, 'inverted'>) | undefined
  readonly action: 'Brush' | 'Eraser' | 'Threshold brush'
  /** What it may be drawn over; null is everything. */
  readonly over: Accepts | null
  /** Some voxel was not to be drawn over. */
  isHeld: boolean
  last: Triple
}

export interface BrushHost {
  /** The mask's voxels were changed in place while the stroke lasts: so many more and fewer. */
  onPainted(plane: Plane, change: { readonly added: number; readonly removed: number }): void
  /** A stroke that changed something is over. */
  onStroke(action: string, plane: Plane, difference: MaskDifference): void
  /** What a stroke that begins now may be drawn over; null is everything. */
  drawOver(): Accepts | null
  /** A stroke is over, and was kept from so much. */
  onHeld(held: Held): void
  /** The first touch gave the adaptive threshold brush another range. */
  onRange(): void
}

export type BrushTools = ReturnType<typeof createBrushTools>

/** The tools that change voxels while the hand moves: brush, eraser, threshold brush. */
export function createBrushTools(scene: Scene, host: BrushHost) {
  let stroke: Stroke | undefined

  const rangeOfStroke = (plane: Plane, at: Triple): ThresholdSetting => {
    const { threshold, brush, shown } = scene
    if (threshold.mode === 'fixed') return threshold
    const sliceAxis = shown!.axes[plane].through.axis
    const range = rangeUnderBrush(shown!.volume, at, { ...brush, sliceAxis }, threshold.deviations)
    scene.threshold = { ...threshold, ...range }
    host.onRange()
    return scene.threshold
  }
  const changeOf = ({ value }: Stroke, count: number) => (value ? { added: count, removed: 0 } : { added: 0, removed: count })
  const paintTo = (point: Point) => {
    const { shown, mask, brush } = scene
    if (!stroke || !mask || !shown) return
    const { plane, range, over, value, last } = stroke
    const to = indexAt(scene, shown, plane, point)
    const { voxels } = shown.volume
    const isInRange = (level: number) => {
      if (!range) return true
      // What is no number lies neither in a range nor outside it.
      return range.inverted ? level < range.low || level > range.high : level >= range.low && level <= range.high
    }
    const accepts = (position: number) => {
      if (!isInRange(voxels[position])) return false
      if (!over || over(position)) return true
      stroke!.isHeld = true
      return false
    }
    const sliceAxis = shown.axes[plane].through.axis
    const changed = paintStroke(mask, last, to, { ...brush, sliceAxis }, value, range || over ? accepts : undefined)
    stroke.last = to
    if (changed.length === 0) return
    for (const position of changed) stroke.changed.push(position)
    host.onPainted(plane, changeOf(stroke, changed.length))
  }

  return {
    /** What the stroke under way does to the ROI; undefined while there is none. */
    action: () => stroke && (stroke.value ? 'paint' : 'erase'),
    begin(plane: Plane, value: 0 | 1, point: Point) {
      const last = indexAt(scene, scene.shown!, plane, point)
      // The right button of the threshold brush takes what ran over away, whatever its grey level.
      const range = scene.tool === 'thresholdBrush' && value === 1 ? rangeOfStroke(plane, last) : undefined
      const action = range ? 'Threshold brush' : value ? 'Brush' : 'Eraser'
      stroke = { plane, value, changed: [], range, action, over: host.drawOver(), isHeld: false, last }
      paintTo(point)
    },
    paintTo,
    end() {
      if (!stroke) return
      const { action, plane, value, changed, isHeld } = stroke
      stroke = undefined
      host.onHeld(isHeld ? (changed.length > 0 ? 'some' : 'all') : 'nothing')
      if (changed.length > 0) host.onStroke(action, plane, differenceOfPositions(changed, 1 - value, value))
    },
    /** Gives the voxels their values back. @returns whether there was a stroke */
    cancel(): boolean {
      const { mask } = scene
      if (!stroke || !mask) return false
      const { plane, value, changed } = stroke
      for (const position of changed) mask.voxels[position] = 1 - value
      stroke = undefined
      if (changed.length > 0) {
        host.onPainted(plane, value ? { added: 0, removed: changed.length } : { added: changed.length, removed: 0 })
      }
      return true
    },
  }
}
