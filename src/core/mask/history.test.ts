import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityDirection } from '../image/volume.ts'
import { paintStroke } from './brush.ts'
import { applyDifference, changedVoxelCount, compareMaskVoxels, differenceOfPositions, revertDifference } from './difference.ts'
import { createMaskHistory } from './history.ts'
import type { Mask } from './mask.ts'

const change = (key: string, before: Uint8Array, after: Uint8Array, action = 'Brush') => ({
  key,
  action,
  difference: compareMaskVoxels(before, after),
})

describe('mask difference', () => {
  it('keeps runs of one change, and goes both ways', () => {
    const before = Uint8Array.of(0, 0, 1, 1, 2, 0, 0)
    const after = Uint8Array.of(0, 1, 1, 0, 0, 1, 1)
    const difference = compareMaskVoxels(before, after)
    expect(difference).toEqual({
      starts: Uint32Array.of(1, 3, 4, 5),
      lengths: Uint32Array.of(1, 1, 1, 2),
      before: Uint8Array.of(0, 1, 2, 0),
      after: Uint8Array.of(1, 0, 0, 1),
    })
    expect(changedVoxelCount(difference)).toBe(5)
    const voxels = before.slice()
    applyDifference(voxels, difference)
    expect(voxels).toEqual(after)
    revertDifference(voxels, difference)
    expect(voxels).toEqual(before)
  })

  it('takes positions in any order', () => {
    expect(differenceOfPositions([7, 3, 4, 5], 0, 1)).toEqual({
      starts: Uint32Array.of(3, 7),
      lengths: Uint32Array.of(3, 1),
      before: Uint8Array.of(0, 0),
      after: Uint8Array.of(1, 1),
    })
  })

  it('refuses a mask in another state, and leaves it as it was', () => {
    const difference = compareMaskVoxels(Uint8Array.of(0, 0, 0), Uint8Array.of(1, 0, 1))
    const voxels = Uint8Array.of(0, 0, 5)
    expect(() => applyDifference(voxels, difference)).toThrowSaying('Voxel 2 holds 5 where 0 was expected')
    expect(voxels).toEqual(Uint8Array.of(0, 0, 5))
    expect(() => compareMaskVoxels(new Uint8Array(2), new Uint8Array(3))).toThrowSaying('2 voxels was compared with one of 3')
  })
})

describe('mask history', () => {
  it('brings back the exact bytes through a thousand seeded operations on three masks', () => {
    const size = [16, 12, 5] as const
    const blank = (): Mask => ({
      size,
      spacingMm: [1, 1, 3],
      originMm: [0, 0, 0],
      direction: identityDirection,
      voxels: new Uint8Array(960),
    })
    const point = fc.tuple(...size.map((n) => fc.double({ min: -1, max: n, noNaN: true })))
    const step = fc.record({
      mask: fc.nat(2),
      kind: fc.constantFrom('stroke', 'stroke', 'load', 'undo', 'undo', 'redo'),
      from: point,
      to: point,
      radiusMm: fc.double({ min: 0, max: 4, noNaN: true }),
      shape: fc.constantFrom('disc' as const, 'sphere' as const),
      value: fc.nat(1),
      noise: fc.uint8Array({ minLength: 960, maxLength: 960 }),
    })
    const steps = fc.sample(step, { seed: 42, numRuns: 1000 })
    const history = createMaskHistory()
    // The plain way to do it: whole copies, in two stacks a mask.
    const model = Array.from({ length: 3 }, () => ({ mask: blank(), past: [] as Uint8Array[], future: [] as Uint8Array[] }))
    let compared = 0
    for (const { mask: which, kind, from, to, radiusMm, shape, value, noise } of steps) {
      const { mask, past, future } = model[which]
      const key = `mask ${which}`
      const before = mask.voxels.slice()
      if (kind === 'undo' || kind === 'redo') {
        const [source, target] = kind === 'undo' ? [past, future] : [future, past]
        const moved = kind === 'undo' ? history.undo(key, mask.voxels) : history.redo(key, mask.voxels)
        expect(moved !== undefined).toBe(source.length > 0)
        if (moved) target.push(before)
        expect(mask.voxels).toEqual(source.pop() ?? before)
        compared++
      } else {
        if (kind === 'load') mask.voxels.set(noise.map((v) => v & 1))
        const difference =
          kind === 'load'
            ? compareMaskVoxels(before, mask.voxels)
            : differenceOfPositions(
                paintStroke(mask, [from[0], from[1], from[2]], [to[0], to[1], to[2]], { radiusMm, shape, sliceAxis: 2 }, value),
                1 - value,
                value,
              )
        history.record({ key, action: kind, difference })
        if (difference.starts.length > 0) {
          past.push(before)
          future.length = 0
        }
      }
      expect(history.counts(key)).toEqual({ undo: past.length, redo: future.length })
    }
    expect(compared).toBeGreaterThan(300)
    model.forEach(({ mask }, which) => {
      while (history.undo(`mask ${which}`, mask.voxels));
      expect(mask.voxels).toEqual(new Uint8Array(960))
    })
  })

  it('keeps to its budget, drops the oldest of whichever mask and says how many', () => {
    const history = createMaskHistory({ budgetBytes: 3 * (256 + 10) })
    const [a, b] = [new Uint8Array(4), new Uint8Array(4)]
    const paint = (key: string, voxels: Uint8Array, at: number) => {
      const before = voxels.slice()
      voxels[at] = 1
      return history.record(change(key, before, voxels)).dropped
    }
    expect([paint('a', a, 0), paint('b', b, 0), paint('a', a, 1)]).toEqual([0, 0, 0])
    expect(history.usedBytes()).toBe(3 * 266)
    expect(paint('a', a, 2)).toBe(1)
    expect(history.counts('a')).toEqual({ undo: 2, redo: 0 })
    expect(history.counts('b')).toEqual({ undo: 1, redo: 0 })
    history.undo('a', a)
    history.undo('a', a)
    expect(history.undo('a', a)).toBeUndefined()
    expect([...a]).toEqual([1, 0, 0, 0])
    // What was undone counts too: a new change elsewhere may push it out, after everything done.
    expect(paint('b', b, 1)).toBe(1)
    expect(history.usedBytes()).toBeLessThanOrEqual(3 * 266)
  })

  it('never jumps over a change too big to keep', () => {
    const history = createMaskHistory({ budgetBytes: 600 })
    const voxels = new Uint8Array(400)
    const small = voxels.slice()
    small[0] = 1
    history.record(change('a', voxels, small))
    const big = small.map((v, i) => (i % 2 ? 1 : v))
    expect(history.record(change('a', small, big)).dropped).toBe(2)
    expect(history.undo('a', big)).toBeUndefined()
    expect(history.usedBytes()).toBe(0)
  })

  it('does not keep an empty change, and keeps what may be redone', () => {
    const history = createMaskHistory()
    const voxels = new Uint8Array(4)
    history.record(change('a', voxels, Uint8Array.of(1, 0, 0, 0)))
    voxels[0] = 1
    history.undo('a', voxels)
    expect(history.record(change('a', voxels, voxels)).dropped).toBe(0)
    expect(history.counts('a')).toEqual({ undo: 0, redo: 1 })
    expect(history.redo('a', voxels)?.action).toBe('Brush')
    expect([...voxels]).toEqual([1, 0, 0, 0])
    history.forget('a')
    expect(history.counts('a')).toEqual({ undo: 0, redo: 0 })
    expect(history.usedBytes()).toBe(0)
  })
})
