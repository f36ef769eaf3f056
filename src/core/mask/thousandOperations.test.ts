import { expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { identityDirection } from '../image/volume.ts'
import { createRandom } from '../numeric/random.ts'
import { paintStroke } from './brush.ts'
import { compareMaskVoxels, differenceOfPositions, type MaskDifference } from './difference.ts'
import { combineMasks } from './edit/combineMasks.ts'
import { editMask, type MaskEdit } from './edit/editMask.ts'
import { createMaskHistory } from './history.ts'
import type { Mask } from './mask.ts'

const size = [24, 20, 8] as const
const count = 24 * 20 * 8
const edits: readonly MaskEdit[] = [
  { kind: 'fillHoles', sliceAxis: null },
  { kind: 'fillHoles', sliceAxis: 2 },
  { kind: 'keepLargest' },
  { kind: 'removeSmall', smallestMm3: 20 },
  { kind: 'median', kernelMm: 3 },
  { kind: 'closing', radiusMm: 2 },
  { kind: 'grow', marginMm: 1 },
  { kind: 'shrink', marginMm: 1 },
]
const key = 'image reader'

/** A mask, and a hand that does one thing to it at a call: strokes, erasing, mask operations, booleans with another mask, loads. */
async function createHand(seed: number) {
  const kernels = await loadKernels({ build: 'release' })
  const { uniform, integer } = createRandom(seed)
  const mask: Mask = {
    size,
    spacingMm: [1, 1, 2.5],
    originMm: [0, 0, 0],
    direction: identityDirection,
    voxels: new Uint8Array(count),
  }
  const point = () => [uniform() * size[0], uniform() * size[1], uniform() * size[2]] as const
  const ball = () => {
    const [x, y, z] = point()
    const radius = 2 + 5 * uniform()
    return Uint8Array.from({ length: count }, (_, i) => {
      const [dx, dy, dz] = [(i % 24) - x, (Math.floor(i / 24) % 20) - y, 2.5 * (Math.floor(i / 480) - z)]
      return Number(dx * dx + dy * dy + dz * dz <= radius * radius)
    })
  }
  const replace = (action: string, voxels: Uint8Array) => {
    const difference = compareMaskVoxels(mask.voxels, voxels)
    mask.voxels.set(voxels)
    return { action, difference }
  }
  const act = (): { action: string; difference: MaskDifference } => {
    const kind = integer(10)
    if (kind < 6) {
      const value = kind < 4 ? 1 : 0
      const brush = { radiusMm: 0.5 + 3 * uniform(), shape: uniform() < 0.5 ? 'disc' : 'sphere', sliceAxis: 2 } as const
      const changed = paintStroke(mask, point(), point(), brush, value)
      return { action: value === 1 ? 'Brush' : 'Eraser', difference: differenceOfPositions(changed, 1 - value, value) }
    }
    if (kind < 8) {
      const edit = edits[integer(edits.length)]
      return replace(edit.kind, editMask(kernels, mask, edit))
    }
    if (kind === 9) return replace('Load', ball())
    const way = (['union', 'intersection', 'difference'] as const)[integer(3)]
    return replace(way, combineMasks(mask.voxels, ball(), way))
  }
  return { mask, act }
}

test('a thousand random operations are all undone, to the exact bytes of every step, and all made again', async () => {
  const { mask, act } = await createHand(20261123)
  const history = createMaskHistory()
  const states = [mask.voxels.slice()]
  const actions = new Map<string, number>()
  for (let operation = 0; operation < 1000; operation++) {
    const { action, difference } = act()
    expect(history.record({ key, action, difference })).toEqual({ dropped: 0 })
    // An operation that changes nothing is no step.
    if (difference.starts.length === 0) continue
    states.push(mask.voxels.slice())
    actions.set(action, (actions.get(action) ?? 0) + 1)
  }
  expect(states.length).toBeGreaterThan(700)
  expect([...actions.keys()].sort()).toEqual(
    [...new Set(edits.map(({ kind }) => kind)), 'Brush', 'Eraser', 'Load', 'union', 'intersection', 'difference'].sort(),
  )
  for (let step = states.length - 2; step >= 0; step--) {
    expect(history.undo(key, mask.voxels)).toBeDefined()
    expect(Buffer.compare(mask.voxels, states[step]), `undo to step ${step}`).toBe(0)
  }
  expect(history.undo(key, mask.voxels)).toBeUndefined()
  expect(mask.voxels).toEqual(new Uint8Array(count))
  for (let step = 1; step < states.length; step++) {
    expect(history.redo(key, mask.voxels)).toBeDefined()
    expect(Buffer.compare(mask.voxels, states[step]), `redo to step ${step}`).toBe(0)
  }
  expect(history.redo(key, mask.voxels)).toBeUndefined()
})

test('above its memory the oldest steps of the thousand are dropped, and the others undone to the exact bytes', async () => {
  const { mask, act } = await createHand(7)
  const history = createMaskHistory({ budgetBytes: 2 ** 18 })
  const states = [mask.voxels.slice()]
  let droppedInAll = 0
  for (let operation = 0; operation < 1000; operation++) {
    const { action, difference } = act()
    droppedInAll += history.record({ key, action, difference }).dropped
    if (difference.starts.length > 0) states.push(mask.voxels.slice())
    expect(history.usedBytes()).toBeLessThanOrEqual(history.budgetBytes)
  }
  const left = history.counts(key).undo
  expect(left).toBeGreaterThan(50)
  expect(droppedInAll).toBeGreaterThan(50)
  expect(left + droppedInAll).toBe(states.length - 1)
  for (let back = 1; back <= left; back++) {
    history.undo(key, mask.voxels)
    expect(Buffer.compare(mask.voxels, states[states.length - 1 - back])).toBe(0)
  }
  expect(history.undo(key, mask.voxels)).toBeUndefined()
  for (let back = 0; back < left; back++) history.redo(key, mask.voxels)
  expect(Buffer.compare(mask.voxels, states.at(-1)!)).toBe(0)
})
