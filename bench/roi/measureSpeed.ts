import { identityDirection, type Volume } from '../../src/core/image/volume.ts'
import { compareMasks } from '../../src/core/mask/compare/compareMasks.ts'
import { useScissors } from '../../src/core/mask/edit/polygon.ts'
import { fillHoles } from '../../src/core/mask/edit/fillHoles.ts'
import { floodMask, growRegion } from '../../src/core/mask/edit/growRegion.ts'
import { keepLargestIsland } from '../../src/core/mask/edit/islands.ts'
import { closeMask, growMargin, shrinkMargin } from '../../src/core/mask/edit/margin.ts'
import { smoothMask } from '../../src/core/mask/edit/smoothMask.ts'
import { selectThreshold } from '../../src/core/mask/edit/threshold.ts'
import { wholeBox } from '../../src/core/mask/boxVoxels.ts'
import { computeRegionSpeed, evolveContour, startContour } from '../../src/core/mask/grow/activeContour.ts'
import { defaultGrowFromSeedsOptions, growFromSeeds } from '../../src/core/mask/grow/growFromSeeds.ts'
import { defaultEnhancementOptions, proposeFromEnhancement } from '../../src/core/mask/grow/proposeFromEnhancement.ts'
import type { Mask } from '../../src/core/mask/mask.ts'
import { createRandom } from '../../src/core/numeric/random.ts'
import type { Triple } from '../../src/core/numeric/voxelArray.ts'
import type { Kernels } from '../../src/core/kernels/kernels.ts'

/**
 * Seconds of processor time (which other programs do not stretch) of each tool when it has the whole volume to work on: a ball of half the width of a noisy volume as mask, boxes without
 * bounds. A tumour costs less, since tools work on its box.
 */
export function measureSpeed(newKernels: () => Kernels, size: Triple): [tool: string, seconds: number][] {
  const grid = { size, spacingMm: [0.8, 0.8, 1.6] as Triple, originMm: [0, 0, 0] as Triple, direction: identityDirection }
  const random = createRandom(1)
  const count = size[0] * size[1] * size[2]
  const centre = size.map((n) => Math.floor(n / 2)) as unknown as Triple
  const voxels = new Uint8Array(count)
  const levels = new Int16Array(count)
  for (let i = 0; i < count; i++) {
    const x = (2 * ((i % size[0]) - centre[0])) / size[0]
    const y = (2 * ((Math.floor(i / size[0]) % size[1]) - centre[1])) / size[1]
    const z = (2 * (Math.floor(i / size[0] / size[1]) - centre[2])) / size[2]
    voxels[i] = x * x + y * y + z * z < 0.5 ? 1 : 0
    levels[i] = 100 + 200 * voxels[i] + random.integer(60)
  }
  const mask: Mask = { ...grid, voxels }
  const image: Volume = { ...grid, voxels: levels, source: { path: 'noise', format: 'memory' } }
  const seeds = new Uint8Array(count)
  seeds[centre[0] + size[0] * (centre[1] + size[1] * centre[2])] = 1
  seeds[0] = 2
  const box = wholeBox(size)
  const range = { low: 250, high: 400 }
  const shifted: Mask = { ...mask, voxels: Uint8Array.from({ length: count }, (_, i) => voxels[i + 3] ?? 0) }
  const square = [[10, 10], [100, 10], [100, 100], [10, 100]] as const // prettier-ignore
  const tools: [string, (kernels: Kernels) => unknown][] = [
    ['margin, grow 5 mm', (kernels) => growMargin(kernels, mask, 5)],
    ['margin, shrink 5 mm', (kernels) => shrinkMargin(kernels, mask, 5)],
    ['closing, 3 mm', (kernels) => closeMask(kernels, mask, 3)],
    ['fill holes, 3D', (kernels) => fillHoles(kernels, mask)],
    ['fill holes, by slice', (kernels) => fillHoles(kernels, mask, 2)],
    ['islands, keep largest', (kernels) => keepLargestIsland(kernels, mask)],
    ['smooth, median 3 mm', (kernels) => smoothMask(kernels, mask, 3)],
    ['scissors, all slices', () => useScissors(mask, { sliceAxis: 2, slice: 0, points: square, rule: 'evenOdd' }, { side: 'outside', value: 0, slices: 'all' })],
    ['threshold', () => selectThreshold(image, range)],
    ['flood fill, 3D', (kernels) => floodMask(kernels, mask, centre, 0)],
    ['region growing, 3D', (kernels) => growRegion(kernels, image, centre, { range })],
    ['compare two masks', (kernels) => compareMasks(kernels, mask, shifted)],
    ['grow from seeds', (kernels) => growFromSeeds(kernels, image, seeds, { ...defaultGrowFromSeedsOptions, marginMm: 1000 })],
    ['speed image, region', (kernels) => computeRegionSpeed(kernels, image, box, { smoothingMm: 0.8, ...range, softness: 20 })],
    ['contour, 10 rounds', (kernels) => {
      const speed = { kind: 'region', box, speed: new Float32Array(count).fill(1) } as const
      return evolveContour(kernels, startContour(image, speed, [{ centre, radiusMm: 15 }]), 10)
    }],
    ['proposal from enhancement', (kernels) => proposeFromEnhancement(kernels, { ...image, voxels: new Int16Array(count) }, image, centre, { ...defaultEnhancementOptions, boxMm: 1000 })],
  ] // prettier-ignore
  return tools.map(([tool, run]) => {
    const kernels = newKernels()
    const start = process.cpuUsage()
    run(kernels)
    const { user, system } = process.cpuUsage(start)
    return [tool, (user + system) / 1e6]
  })
}
