// @vitest-environment node
import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { differenceOfPositions } from '../core/mask/difference.ts'
import type { ReaderId } from '../core/study/study.ts'
import type { OpenRoi } from './region.ts'
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

test('the strokes of one region are not those of another one, be it another reader’s: they come back with it, and undo is theirs', () => {
  const regionOf = (reader: ReaderId) => ({ imageId: '1', reader, image }) as OpenRoi
  const [first, second] = [regionOf('1'), regionOf('2')]
  const roi = createStore<RoiState>()(() => ({ open: first }) as RoiState)
  const seeds = createSeedsStore(roi, () => {})
  const paint = (voxel: number) => {
    seeds.getState().draw(true)
    seeds.getState().outside!.voxels[voxel] = 1
    seeds.getState().recordStroke('Brush', differenceOfPositions([voxel], 0, 1))
  }
  const seen = () => [...(seeds.getState().outside?.voxels ?? [])].flatMap((value, voxel) => (value ? [voxel] : []))
  paint(3)

  roi.setState({ open: second })
  expect(seeds.getState()).toMatchObject({ outside: null, strokeCount: 0, isDrawing: false })
  seeds.getState().undo()
  paint(5)
  expect(seen()).toEqual([5])
  seeds.getState().undo()
  seeds.getState().undo()

  roi.setState({ open: first })
  expect(seen()).toEqual([3])
  expect(seeds.getState()).toMatchObject({ strokeCount: 1, undoneCount: 0, isDrawing: false })
  seeds.getState().clear()
  roi.setState({ open: second })
  expect(seeds.getState()).toMatchObject({ strokeCount: 0, undoneCount: 1 })
})
