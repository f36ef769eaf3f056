import { expect, test } from 'vitest'
import type { Triple } from '../core/numeric/voxelArray.ts'
import { lettersOf, turnFurther, vectorsOf } from './turntable.ts'

const cross = (a: Triple, b: Triple): number[] => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

test('from the front the patient’s left is on the right, from her left side the face looks to the left, from above it looks down', () => {
  expect(lettersOf({ azimuth: 0, elevation: 0 })).toEqual({ left: 'R', right: 'L', top: 'S', bottom: 'I' })
  expect(lettersOf({ azimuth: 90, elevation: 0 })).toEqual({ left: 'A', right: 'P', top: 'S', bottom: 'I' })
  expect(lettersOf({ azimuth: 0, elevation: 90 })).toEqual({ left: 'R', right: 'L', top: 'P', bottom: 'A' })
})

test('wherever it is seen from, right, up and out of the screen are a right hand of unit vectors', () => {
  for (let azimuth = 0; azimuth < 360; azimuth += 35)
    for (let elevation = -90; elevation <= 90; elevation += 45) {
      const { right, up, towards } = vectorsOf({ azimuth, elevation })
      expect(Math.hypot(...right)).toBeCloseTo(1, 12)
      expect(Math.hypot(...up)).toBeCloseTo(1, 12)
      cross(right, up).forEach((part, axis) => expect(part).toBeCloseTo(towards[axis], 12))
    }
})

test('what is in front follows the hand, goes round, and stops above and below', () => {
  const { azimuth, elevation } = turnFurther({ azimuth: 0, elevation: 0 }, 30, 20)
  // The point that was nearest is now to the right and lower.
  const { right, up } = vectorsOf({ azimuth, elevation })
  const front: Triple = [0, -1, 0]
  const along = (vector: Triple) => vector.reduce((sum, part, axis) => sum + part * front[axis], 0)
  expect(along(right)).toBeGreaterThan(0)
  expect(along(up)).toBeLessThan(0)
  expect(turnFurther({ azimuth: 10, elevation: 80 }, 20, 30)).toEqual({ azimuth: 350, elevation: 90 })
  expect(turnFurther({ azimuth: 350, elevation: -80 }, -20, -30)).toEqual({ azimuth: 10, elevation: -90 })
})
