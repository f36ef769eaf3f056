import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { identityDirection, type Volume } from '../src/core/image/volume.ts'
import { editMask, type MaskEdit } from '../src/core/mask/edit/editMask.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import { interpolateSlices } from '../src/io/pipelines/interpolateSlices.node.ts'
import { createKernels, type KernelExports } from '../src/core/kernels/kernels.ts'
import { openSample, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

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

async function openBall(page: Page, mask?: Mask): Promise<void> {
  await page.goto('./')
  await choose(page, { post: image(400) })
  await waitForImage(page)
  if (!mask) {
    await step(page, 'ROI').click()
    return
  }
  await step(page, 'Images').click()
  await choose(page, { mask })
  await page.getByRole('button', { name: 'Use this mask' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(countOf(mask.voxels))
}

const countOf = (voxels: Uint8Array) => voxels.reduce((sum, voxel) => sum + voxel, 0)
const dice = (a: Uint8Array, b: Uint8Array) =>
  (2 * a.reduce((sum, voxel, i) => sum + (voxel && b[i]), 0)) / (countOf(a) + countOf(b))

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

test('slices between drawn ones are interpolated, a discarded preview leaves the ROI alone, one slice is not enough', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  const mask = maskOf((i) => truth[i] === 1 && [9, 12, 15].includes(at(i)[2]))
  await openBall(page, mask)
  await openTools(page, 'Mask operations')
  const expected = await interpolateSlices(mask, 2)
  await click(page, 'Interpolate between axial slices')
  await expect(preview(page)).toContainText(`+${countOf(expected) - countOf(mask.voxels)}`.replace(/(\d)(\d{3})$/, '$1'))
  await page.keyboard.press('Escape')
  await expect(preview(page)).toBeHidden()
  expect(Buffer.compare(await readRegion(page), mask.voxels)).toBe(0)
  await click(page, 'Interpolate between axial slices')
  await click(page, 'Accept')
  expect(Buffer.compare(await readRegion(page), expected)).toBe(0)
  await page.keyboard.press('Control+z')
  expect(Buffer.compare(await readRegion(page), mask.voxels)).toBe(0)
  expect(problems).toEqual([])
})

/** Drags the brush along a line in the axial view, in shares of its width and height from its middle. */
async function drag(page: Page, points: readonly (readonly [x: number, y: number])[]): Promise<void> {
  const box = (await page.locator('.axial').boundingBox())!
  const side = Math.min(box.width, box.height)
  const place = ([x, y]: readonly [number, number]) =>
    [box.x + box.width / 2 + x * side, box.y + box.height / 2 + y * side] as const
  await page.mouse.move(...place(points[0]))
  await page.mouse.down()
  for (const point of points.slice(1)) await page.mouse.move(...place(point), { steps: 6 })
  await page.mouse.up()
}

test('a ROI grows from strokes inside and outside, which must both be there', async ({ page }) => {
  const { problems } = watchPage(page)
  await openBall(page)
  await openTools(page, 'Semi-automatic')
  await click(page, 'Grow')
  await expect(page.getByRole('alert')).toContainText('No stroke inside')
  await page.getByText('Inside (ROI)').click()
  await drag(page, [[-0.05, 0], [0.05, 0.02]]) // prettier-ignore
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(10)
  await click(page, 'Grow')
  await expect(page.getByRole('alert')).toContainText('No stroke outside')
  const drawn = await readRegion(page)

  await page.getByText('Outside', { exact: true }).click()
  await drag(page, [[-0.35, -0.35], [0.35, -0.35], [0.35, 0.35], [-0.35, 0.35], [-0.35, -0.35]]) // prettier-ignore
  await expect(page.getByText('1 stroke outside')).toBeVisible()
  expect(await readVoxelCount(page), 'strokes outside are not the ROI').toBe(countOf(drawn))
  await page.keyboard.press('Control+z')
  await expect(page.getByText('No stroke outside yet')).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(page.getByText('1 stroke outside')).toBeVisible()

  await click(page, 'Grow')
  await click(page, 'Accept')
  const grown = await readRegion(page)
  expect(dice(grown, truth)).toBeGreaterThan(0.85)
  await page.keyboard.press('Control+z')
  await expect.poll(() => readVoxelCount(page)).toBe(countOf(drawn))
  expect(Buffer.compare(await readRegion(page), drawn)).toBe(0)
  expect(problems).toEqual([])
})

test('a contour evolves from a bubble at the cursor, is stepped, discarded, and accepted where it stands still', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await openBall(page)
  await openTools(page, 'Semi-automatic')
  await page.getByText('Contour', { exact: true }).click()
  await click(page, 'Bubble at cursor')
  await expect(preview(page)).toContainText('before the first round')
  await expect(page.getByText('Speed image: grows')).toBeVisible()
  // A second one, which is taken away again.
  const bubbles = page.getByRole('list', { name: 'Bubbles' }).getByRole('listitem')
  await click(page, 'Bubble at cursor')
  await expect(bubbles).toHaveCount(2)
  await page.locator('.views > .axial [role=application]').press('Delete')
  await expect(bubbles).toHaveCount(1)
  // The grey levels of all but the ball, and then what lies outside them.
  const [lowest, highest] = ['Lowest', 'Highest'].map((end) => page.getByLabel(`${end} grey level of the contour`))
  await expect(lowest).toHaveValue(/^1[5-9]\d/)
  await lowest.fill('90')
  await lowest.press('Enter')
  await expect(page.getByRole('button', { name: 'Range from the bubbles' })).toBeVisible()
  await highest.fill('130')
  await highest.press('Enter')
  await page.getByText('Outside it').click()
  await expect(preview(page)).toContainText('before the first round')
  await page.screenshot({ path: test.info().outputPath('speed.png') })
  await click(page, 'Step')
  await expect(page.getByText('Speed image: grows')).toBeHidden()
  await expect(preview(page)).toContainText('Round 2, stopped')
  await page.keyboard.press('Escape')
  await expect(preview(page)).toBeHidden()
  await expect(page.getByText('Nothing drawn yet')).toBeVisible()
  await click(page, 'Start again')
  await click(page, 'Evolve')
  await expect(preview(page)).toContainText('it stands still', { timeout: 40_000 })
  await click(page, 'Accept')
  const found = await readRegion(page)
  expect(dice(found, truth)).toBeGreaterThan(0.85)
  await page.keyboard.press('Control+z')
  await expect(page.getByText('Nothing drawn yet')).toBeVisible()
  expect(problems).toEqual([])
})

test('a bubble that no contour could be started from is told, and not counted', async ({ page }) => {
  await page.context().route(/\/mask\.worker[^/]*\.js$/, (route) => route.abort())
  await openBall(page)
  await openTools(page, 'Semi-automatic')
  await page.getByText('Contour', { exact: true }).click()
  await click(page, 'Bubble at cursor')
  await expect(page.getByRole('alert')).toContainText('Active contour')
  await expect(page.getByText(/\d bubble/)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Start again' })).toBeDisabled()
})

test('a tumour is proposed from its enhancement; phases on other grids are refused', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  const other = { ...image(100), spacingMm: [1, 1, 2.5] as const }
  await choose(page, { post: image(400), pre: image(110), other })
  await page.getByRole('button', { name: 'All are one patient' }).click()
  await page
    .getByRole('row', { name: /post/ })
    .getByRole('button', { name: /open|show|draw/i })
    .first()
    .click()
  await waitForImage(page)
  await openTools(page, 'Semi-automatic')
  await page.getByText('DCE', { exact: true }).click()
  const choosePhase = async (phase: string, name: RegExp) => {
    await page.getByRole('combobox', { name: `Phase ${phase} contrast` }).click()
    await page.getByRole('option', { name }).click()
  }
  await choosePhase('before', /^other/)
  await expect(page.getByRole('alert')).toContainText('not on the grid')
  await expect(page.getByRole('button', { name: 'Propose at cursor' })).toBeDisabled()
  await choosePhase('before', /^post/)
  await click(page, 'Propose at cursor')
  await expect(page.getByRole('alert')).toContainText('the same image')
  await choosePhase('before', /^pre/)
  await click(page, 'Propose at cursor')
  await click(page, 'Accept')
  expect(dice(await readRegion(page), truth)).toBeGreaterThan(0.95)
  expect(problems).toEqual([])
})

test('cancel ends an operation that runs and leaves the ROI as it was', async ({ page }) => {
  await openSample(page, /Brain, MR/)
  const before = await readRegion(page)
  await openTools(page, 'Mask operations')
  await page.getByRole('button', { name: 'Grow the margin' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Cancel', exact: true })).toBeHidden()
  await expect(preview(page)).toBeHidden()
  expect(Buffer.compare(await readRegion(page), before)).toBe(0)
})
