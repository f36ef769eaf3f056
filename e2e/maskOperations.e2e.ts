import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { identityDirection, type Volume } from '../src/core/image/volume.ts'
import { editMask, type MaskEdit } from '../src/core/mask/edit/editMask.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import { createKernels, type KernelExports } from '../src/core/kernels/kernels.ts'
import { readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

const grid = {
  size: [48, 48, 24],
  spacingMm: [1, 1, 2],
  originMm: [0, 0, 0],
  direction: identityDirection,
} as const
const count = 48 * 48 * 24
const at = (i: number) => [i % 48, Math.floor(i / 48) % 48, Math.floor(i / 2304)] as const
const inBall = (i: number, centre: readonly number[], radiusMm: number) => {
  const [x, y, z] = at(i)
  return (x - centre[0]) ** 2 + (y - centre[1]) ** 2 + (2 * (z - centre[2])) ** 2 <= radiusMm ** 2
}
const tumour = [24, 24, 12]
const truth = Uint8Array.from({ length: count }, (_, i) => Number(inBall(i, tumour, 9)))

/** A bright ball in the middle, with a little texture. */
const image = (inside: number): Volume => ({
  ...grid,
  source: { path: 'image.nii', format: 'memory' },
  voxels: Int16Array.from({ length: count }, (_, i) => (truth[i] ? inside : 100) + ((i * 7) % 11)),
})
const maskOf = (test: (i: number) => boolean): Mask => ({
  ...grid,
  voxels: Uint8Array.from({ length: count }, (_, i) => Number(test(i))),
})

/** Header and voxels of an NRRD file. */
function formatNrrd({ size, spacingMm: [x, y, z], voxels }: Volume | Mask): Buffer {
  const header = [
    'NRRD0004',
    `type: ${voxels instanceof Int16Array ? 'short' : 'uchar'}`,
    'dimension: 3',
    'space: left-posterior-superior',
    `sizes: ${size.join(' ')}`,
    `space directions: (${x},0,0) (0,${y},0) (0,0,${z})`,
    'kinds: domain domain domain',
    'endian: little',
    'encoding: raw',
    'space origin: (0,0,0)',
  ]
  return Buffer.concat([Buffer.from(`${header.join('\n')}\n\n`), Buffer.from(voxels.buffer)])
}

const choose = (page: Page, files: Record<string, Volume | Mask>) =>
  page.getByTestId('file-input').setInputFiles(
    Object.entries(files).map(([name, volume]) => ({
      name: `${name}.nrrd`,
      mimeType: 'application/octet-stream',
      buffer: formatNrrd(volume),
    })),
  )

async function openBall(page: Page, mask: Mask): Promise<void> {
  await page.goto('./')
  await choose(page, { post: image(400) })
  await waitForImage(page)
  await step(page, 'Images').click()
  await choose(page, { mask })
  await page.getByRole('button', { name: 'Use this mask' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(countOf(mask.voxels))
}

const countOf = (voxels: Uint8Array) => voxels.reduce((sum, voxel) => sum + voxel, 0)
/** The region as the page saves it. */
async function readRegion(page: Page): Promise<Uint8Array> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  const bytes = gunzipSync(await readFile(await (await download).path()))
  return Uint8Array.from(bytes.subarray(bytes.readFloatLE(108)))
}

const openTools = (page: Page, name: 'Mask operations' | 'Semi-automatic') => page.getByRole('heading', { name }).click()
const preview = (page: Page) => page.getByRole('region', { name: /^Preview/ })
const click = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('every mask operation makes what its definition says, and undo brings the exact bytes back', async ({ page }) => {
  const { problems } = watchPage(page)
  // A hollow ball with a ragged surface, an island of 6 voxels and one of 1.
  const mask = maskOf(
    (i) =>
      (inBall(i, tumour, 9) && !inBall(i, tumour, 3) && (i * 13) % 17 !== 0) ||
      (at(i)[0] < 3 && at(i)[1] < 2 && at(i)[2] === 2) ||
      i === count - 1,
  )
  await openBall(page, mask)
  await openTools(page, 'Mask operations')
  const bytes = await readFile(new URL('../build/kernels/kernels.wasm', import.meta.url))
  const { instance } = await WebAssembly.instantiate(bytes)
  const kernels = createKernels(instance.exports as unknown as KernelExports)
  const operations: [button: string, edit: MaskEdit][] = [
    ['Fill holes in 3D', { kind: 'fillHoles', sliceAxis: null }],
    ['Fill holes by axial slice', { kind: 'fillHoles', sliceAxis: 2 }],
    ['Keep the largest island', { kind: 'keepLargest' }],
    ['Remove small islands', { kind: 'removeSmall', smallestMm3: 10 }],
    ['Smooth by median', { kind: 'median', kernelMm: 3 }],
    ['Smooth by closing', { kind: 'closing', radiusMm: 3 }],
    ['Grow the margin', { kind: 'grow', marginMm: 2 }],
    ['Shrink the margin', { kind: 'shrink', marginMm: 2 }],
  ]
  for (const [button, edit] of operations) {
    const expected = editMask(kernels, mask, edit)
    expect(Buffer.compare(expected, mask.voxels), button).not.toBe(0)
    await click(page, button)
    await expect(preview(page)).toBeVisible()
    expect(await readVoxelCount(page), `${button} waits for its word`).toBe(countOf(mask.voxels))
    await page.keyboard.press('Enter')
    await expect(preview(page)).toBeHidden()
    await expect.poll(() => readVoxelCount(page), button).toBe(countOf(expected))
    expect(Buffer.compare(await readRegion(page), expected), button).toBe(0)
    await page.keyboard.press('Control+z')
    await expect.poll(() => readVoxelCount(page)).toBe(countOf(mask.voxels))
  }
  expect(Buffer.compare(await readRegion(page), mask.voxels)).toBe(0)
  expect(problems).toEqual([])
})
