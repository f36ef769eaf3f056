// @vitest-environment node
import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { differenceOfPositions } from '../core/mask/difference.ts'
import type { RoiState } from './roi.ts'
import { createSeedsStore } from './seeds.ts'

const image: Volume = {
  size: [2, 2, 2],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: new Int16Array(8),
  source: { path: 'a', format: 'memory' },
}

test.each(['draw', 'undo'] as const)('a stroke that is under way stays an outside one: %s', (act) => {
  const roi = createStore<RoiState>()(() => ({ open: { imageId: '1', image } }) as RoiState)
  let wasOutside: boolean | undefined
  let isUnderWay = false
  const seeds = createSeedsStore(roi, () => {
    if (!isUnderWay) return
    isUnderWay = false
    wasOutside = seeds.getState().isDrawing
    seeds.getState().recordStroke('Brush', differenceOfPositions([3], 0, 1))
  })
  seeds.getState().draw(true)
  seeds.getState().outside!.voxels[3] = 1
  isUnderWay = true
  seeds.getState()[act](false)
  expect(wasOutside).toBe(true)
  expect(seeds.getState()).toMatchObject(
    act === 'draw' ? { strokeCount: 1, isDrawing: false } : { strokeCount: 0, undoneCount: 1 },
  )
})
