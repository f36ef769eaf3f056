import { expect, it } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { colourAt, viridis } from './colourMap.ts'
import { colourEnhancement } from './enhancementLayer.ts'
import { gridPlanes } from './planes.ts'

const volumeOf = (voxels: number[]): Volume => ({
  size: [3, 2, 1],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: Float32Array.from(voxels),
  source: { path: 'made', format: 'memory' },
})

it('colours enhancement from the lower to the upper bound, and leaves out less, air and what is no number', () => {
  const pre = volumeOf([100, 100, 100, 100, 5, NaN])
  const post = volumeOf([149, 150, 250, 900, 50, 100])
  const words = new Uint32Array(6).fill(7)
  const { axial } = gridPlanes(identityDirection)
  colourEnhancement({ pre, post, lowPercent: 50, highPercent: 150, smallestLevel: 10 }, axial, 0, words)
  const bytes = new Uint8Array(words.buffer)
  const colour = (at: number) => [...bytes.subarray(4 * at, 4 * at + 4)]
  expect(colour(0)).toEqual([0, 0, 0, 0])
  expect(colour(1)).toEqual([...viridis[0], 255])
  expect(colour(2)).toEqual([...viridis[8], 255])
  expect(colour(3)).toEqual([...viridis[8], 255])
  expect([words[4], words[5]]).toEqual([0, 0])
})

it('grows lighter all the way, so that grey print and colour-blind eyes read it', () => {
  const lightness = Array.from({ length: 101 }, (_, i) => {
    const [red, green, blue] = colourAt(i / 100)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  })
  expect(lightness.every((value, i) => i === 0 || value >= lightness[i - 1] - 0.5)).toBe(true)
})
