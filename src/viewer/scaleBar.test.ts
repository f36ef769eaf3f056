import { expect, it } from 'vitest'
import { chooseScaleBar } from './scaleBar.ts'

it.each([
  [0.25, 200, 50, '50 mm'],
  [1, 100, 100, '10 cm'],
  [0.999, 100, 50, '50 mm'],
  [0.1, 100, 10, '10 mm'],
  [0.01, 39, 0.2, '0.2 mm'],
  [3, 100, 200, '20 cm'],
])('%d mm a pixel, at most %d pixels: %d mm', (mmPerPixel, most, lengthMm, label) => {
  const bar = chooseScaleBar(mmPerPixel, most)
  expect(bar.lengthMm).toBeCloseTo(lengthMm, 12)
  expect(bar.label).toBe(label)
  expect(bar.pixels).toBeCloseTo(lengthMm / mmPerPixel, 9)
  expect(bar.pixels).toBeLessThanOrEqual(most)
})
