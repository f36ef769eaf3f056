import { expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { identityDirection, type Volume } from '../../image/volume.ts'
import { drawMask, showMask } from '../drawMask.ts'
import { proposeFromEnhancement } from './proposeFromEnhancement.ts'

const kernels = await loadKernels({ build: 'debug' })
const options = { boxMm: 20, neighbourhoodMm: 1.5, smoothingMm: 0, openingMm: 1 }

/** Enhancing voxels (#) gain 100; the ground before is uneven. */
function series(rows: string[]): [Volume, Volume] {
  const drawn = drawMask([rows])
  const volume = (levels: Int16Array<ArrayBuffer>): Volume => ({
    ...drawn,
    direction: identityDirection,
    voxels: levels,
    source: { path: '', format: 'memory' },
  })
  const before = Int16Array.from(drawn.voxels, (_, i) => 50 + ((i * 7) % 40))
  return [volume(before), volume(before.map((level, i) => level + 100 * drawn.voxels[i]))]
}

const rows = ['...........#', '.#####......', '.#####......', '.##.########', '.#####......', '.#####......', '............']

it('keeps the part clicked, fills its core, and cuts the vessel near it', () => {
  const [pre, post] = series(rows)
  const { voxels, threshold, box } = proposeFromEnhancement(kernels, pre, post, [2, 2, 0], options)
  expect(showMask(voxels, post.size)).toEqual([
    ['............', '.#####......', '.#####......', '.#######....', '.#####......', '.#####......', '............'],
  ])
  expect(threshold).toBeCloseTo(50, 0)
  expect(box).toEqual({ lower: [0, 0, 0], upper: [11, 6, 0] })
})

it('takes the nearest enhancing voxel of the neighbourhood when the core was clicked', () => {
  const [pre, post] = series(rows)
  expect(proposeFromEnhancement(kernels, pre, post, [3, 3, 0], options).voxels.reduce((sum, voxel) => sum + voxel, 0)).toBe(27)
})

it('keeps the vessel without an opening, and stays in the box', () => {
  const [pre, post] = series(rows)
  const count = (more: Partial<typeof options>) =>
    proposeFromEnhancement(kernels, pre, post, [2, 2, 0], { ...options, ...more }).voxels.reduce((sum, voxel) => sum + voxel, 0)
  expect(count({ openingMm: 0 })).toBe(31)
  expect(count({ openingMm: 0, boxMm: 5 })).toBe(27)
})

it('proposes nothing where nothing enhances, and says what does not fit', () => {
  const [pre, post] = series(rows)
  expect(proposeFromEnhancement(kernels, pre, pre, [2, 2, 0], options).voxels.some(Boolean)).toBe(false)
  expect(() => proposeFromEnhancement(kernels, pre, post, [12, 2, 0], options)).toThrowSaying('is not a voxel of a volume')
  expect(() => proposeFromEnhancement(kernels, series(['#'])[0], post, [2, 2, 0], options)).toThrowSaying(
    'both must be on one grid',
  )
})
