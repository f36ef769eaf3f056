import { describe, expect, it } from 'vitest'
import { listLabels, mostLabels, selectLabel } from './labels.ts'

const grid = { size: [3, 2, 1], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] } as const

describe('listLabels', () => {
  it('lists values of any kind with their counts', () => {
    expect(listLabels(Uint8Array.of(0, 255, 255, 2, 0, 255))).toEqual({
      labels: [
        { value: 2, count: 1 },
        { value: 255, count: 3 },
      ],
      background: 2,
      nonFinite: 0,
      truncated: false,
    })
    expect(listLabels(Float32Array.of(NaN, 0.0039, 0, 0.0039, Infinity, -1))).toEqual({
      labels: [
        { value: -1, count: 1 },
        { value: Math.fround(0.0039), count: 2 },
      ],
      background: 1,
      nonFinite: 2,
      truncated: false,
    })
  })

  it('stops at grey levels', () => {
    const list = listLabels(Float64Array.from({ length: mostLabels + 10 }, (_, i) => i + 1))
    expect(list.truncated).toBe(true)
    expect(list.labels).toHaveLength(mostLabels)
  })
})

describe('selectLabel', () => {
  it('keeps one label on the same grid', () => {
    expect(selectLabel({ ...grid, voxels: Uint16Array.of(1, 2, 2, 0, 1, 300) }, 2)).toEqual({
      ...grid,
      voxels: Uint8Array.of(0, 1, 1, 0, 0, 0),
    })
    expect([...selectLabel({ ...grid, voxels: Uint16Array.of(1, 2, 2, 0, 1, 300) }, 300).voxels]).toEqual([0, 0, 0, 0, 0, 1])
  })

  it('cuts to whole numbers as PyRadiomics, but finds a label between them as stored', () => {
    const voxels = Float32Array.of(1, 1.7, 0.5, 0.0039, 2, 0)
    expect([...selectLabel({ ...grid, voxels }, 1).voxels]).toEqual([1, 1, 0, 0, 0, 0])
    expect([...selectLabel({ ...grid, voxels }, 0.0039).voxels]).toEqual([0, 0, 0, 1, 0, 0])
    expect([...selectLabel({ ...grid, voxels }, 0.5).voxels]).toEqual([0, 0, 1, 0, 0, 0])
  })

  it('says which labels there are', () => {
    expect(() => selectLabel({ ...grid, voxels: Uint8Array.of(0, 255, 255, 2, 0, 0) }, 1)).toThrowSaying(
      'Label 1 is not in the mask. It has 2 (1 voxel), 255 (2 voxels): choose one of them with label.',
    )
    expect(() => selectLabel({ ...grid, voxels: new Uint8Array(6) }, 1)).toThrowSaying('The mask is empty')
  })
})
