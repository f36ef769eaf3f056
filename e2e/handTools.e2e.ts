import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { openSample, readVoxelCount, watchPage } from './openPage.ts'

/** The brain sample: 256 x 256 x 25 voxels, square ones in the axial view. */
const side = 256
const slices = 25
/** Of a view, that a fitted slice fills. */
const fitted = 0.92

type At = readonly [i: number, j: number]

/** Where voxels of the axial slice shown lie on the page, and which slice it is. */
async function findVoxels(page: Page): Promise<{ at: (voxel: At) => [number, number]; slice: number }> {
  const box = (await page.locator('.axial').boundingBox())!
  const scale = (fitted * Math.min(Math.floor(box.width), Math.floor(box.height))) / side
  const middle = [box.x + Math.floor(box.width) / 2, box.y + Math.floor(box.height) / 2]
  await page.mouse.move(middle[0] + 100, middle[1] + 100)
  const [i, j, k] = (await page.getByTitle(/^Voxel index/).innerText()).match(/\d+/g)!.map(Number)
  const [across, down] = [i > 127 ? 1 : -1, j > 127 ? 1 : -1]
  expect(Math.abs(i - 127.5)).toBeCloseTo(100 / scale, -1)
  return {
    at: ([x, y]) => [middle[0] + across * (x - 127.5) * scale, middle[1] + down * (y - 127.5) * scale],
    slice: k,
  }
}

/** The voxels of the ROI, as the saved file has them. */
async function saveVoxels(page: Page): Promise<Uint8Array> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  const bytes = gunzipSync(await readFile(await (await download).path()))
  // A copy: a slice of a Buffer shares its bytes.
  return Uint8Array.from(bytes.subarray(bytes.readFloatLE(108)))
}

/** The corners of a rectangle of whole voxels, on the edges of the outermost. */
const cornersOf = ([left, top]: At, [right, bottom]: At): At[] => [
  [left - 0.5, top - 0.5],
  [right + 0.5, top - 0.5],
  [right + 0.5, bottom + 0.5],
  [left - 0.5, bottom + 0.5],
]

function withRectangle(voxels: Uint8Array, slice: number, [left, top]: At, [right, bottom]: At, value: number): Uint8Array {
  const changed = voxels.slice()
  for (let j = top; j <= bottom; j++) for (let i = left; i <= right; i++) changed[i + side * (j + side * slice)] = value
  return changed
}

const count = (voxels: Uint8Array) => voxels.reduce((sum, voxel) => sum + voxel, 0)
const areEqual = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(Buffer.from(b))

/** The file holds these voxels, and so does the count on the screen. */
async function expectVoxels(page: Page, expected: Uint8Array): Promise<void> {
  await expect.poll(() => readVoxelCount(page)).toBe(count(expected))
  expect(areEqual(await saveVoxels(page), expected)).toBe(true)
}

async function drag(page: Page, way: readonly (readonly [number, number])[], button: 'left' | 'right' = 'left') {
  await page.mouse.move(...way[0])
  await page.mouse.down({ button })
  for (const point of way.slice(1)) await page.mouse.move(...point, { steps: 4 })
  await page.mouse.up({ button })
}

const pressed = (page: Page, name: RegExp) => page.getByRole('button', { name, pressed: true })

test('polygon: points, last one back, a vertex moved, filled, pasted on the next slice, erased, undone', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const { at, slice } = await findVoxels(page)
  const start = await saveVoxels(page)
  await page.keyboard.press('3')
  await expect(pressed(page, /^Polygon/)).toBeVisible()
  const panel = page.getByRole('region', { name: 'Polygon' })

  const [topLeft, bottomRight]: [At, At] = [
    [40, 110],
    [59, 124],
  ]
  const corners = cornersOf(topLeft, bottomRight)
  for (const corner of corners.slice(0, 3)) await page.mouse.click(...at(corner))
  await expect(panel).toContainText('3 points')
  await page.mouse.click(...at([90, 60]))
  await expect(panel).toContainText('4 points')
  await page.keyboard.press('Backspace')
  await expect(panel).toContainText('3 points')
  // The last corner is put down wrong, and then taken to its place.
  await page.mouse.click(...at([30, 140]))
  await drag(page, [at([30, 140]), at([35, 130]), at(corners[3])])
  await expect(panel).toContainText('4 points')
  expect(await readVoxelCount(page)).toBe(count(start))
  await page.keyboard.press('Enter')
  const filled = withRectangle(start, slice, topLeft, bottomRight, 1)
  expect(count(filled)).toBeGreaterThan(count(start))
  await expectVoxels(page, filled)

  await page.locator('.axial').hover()
  await page.keyboard.press('Control+v')
  await expect(panel).toContainText(`axial ${slice + 2}`)
  await page.keyboard.press('Control+Enter')
  const both = withRectangle(filled, slice + 1, topLeft, bottomRight, 1)
  await expectVoxels(page, both)

  // Begun with the right button it erases.
  const [hole, holeEnd]: [At, At] = [
    [44, 113],
    [50, 118],
  ]
  await drag(
    page,
    [...cornersOf(hole, holeEnd), cornersOf(hole, holeEnd)[0]].map((corner) => at(corner)),
    'right',
  )
  await expect(panel).toContainText('takes it out of the ROI')
  await page.keyboard.press('Enter')
  await expectVoxels(page, withRectangle(both, slice + 1, hole, holeEnd, 0))

  await page.mouse.click(...at([30, 30]))
  await expect(panel).toContainText('1 point')
  await page.keyboard.press('Escape')
  await expect(panel).not.toContainText('1 point')
  for (const before of [both, filled, start]) {
    await page.keyboard.press('Control+z')
    await expectVoxels(page, before)
  }
  await page.keyboard.press('Control+y')
  await expectVoxels(page, filled)
  expect(problems).toEqual([])
})

test('scissors: inside and outside, rectangle and lasso, one slice and all, undone', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const { at, slice } = await findVoxels(page)
  const start = await saveVoxels(page)
  const inside = [...start.keys()].filter((p) => start[p] && Math.floor(p / side ** 2) === slice)
  const middle: At = [0, 1].map((axis) => {
    const places = inside.map((p) => Math.floor(p / side ** axis) % side).sort((a, b) => a - b)
    return places[places.length >> 1]
  }) as unknown as At
  const [topLeft, bottomRight]: [At, At] = [
    [middle[0] - 6, middle[1] - 5],
    [middle[0] + 9, middle[1] + 4],
  ]
  const corners = cornersOf(topLeft, bottomRight).map((corner) => at(corner))
  await page.keyboard.press('k')
  await expect(pressed(page, /^Scissors/)).toBeVisible()
  const panel = page.getByRole('region', { name: 'Scissors' })

  await drag(page, [corners[0], corners[2]])
  const cut = withRectangle(start, slice, topLeft, bottomRight, 0)
  expect(count(cut)).toBeLessThan(count(start))
  await expectVoxels(page, cut)
  await page.keyboard.press('Control+z')
  await expectVoxels(page, start)

  await panel.getByText('Lasso').click()
  await panel.getByText('Outside').click()
  await drag(page, corners)
  const kept = start.map((voxel, p) => {
    const [i, j, k] = [p % side, Math.floor(p / side) % side, Math.floor(p / side ** 2)]
    const isIn = i >= topLeft[0] && i <= bottomRight[0] && j >= topLeft[1] && j <= bottomRight[1]
    return k === slice && !isIn ? 0 : voxel
  })
  await expectVoxels(page, kept)
  await page.keyboard.press('Control+z')

  await panel.getByText('Inside').click()
  await panel.getByText('All', { exact: true }).click()
  await drag(page, corners)
  const through = Array.from({ length: slices }, (_, k) => k).reduce(
    (voxels, k) => withRectangle(voxels, k, topLeft, bottomRight, 0),
    start,
  )
  expect(count(through)).toBeLessThan(count(cut))
  await expectVoxels(page, through)
  await page.keyboard.press('Control+z')
  await expectVoxels(page, start)
  expect(problems).toEqual([])
})

/** Grey levels and spacing of the sample's own file. */
async function readSampleImage(): Promise<{ levels: Float64Array; spacing: number[] }> {
  const bytes = gunzipSync(await readFile('public/samples/brain1/image.nii.gz'))
  const [kind, from] = [bytes.readInt16LE(70), bytes.readFloatLE(108)]
  const read = { 2: (p: number) => bytes[from + p], 4: (p: number) => bytes.readInt16LE(from + 2 * p) }[kind]
  if (!read) throw new Error(`The sample has voxels of NIfTI type ${kind}: this test reads 2 and 4.`)
  const spacing = [80, 84, 88].map((offset) => bytes.readFloatLE(offset))
  return { levels: Float64Array.from({ length: side * side * slices }, (_, p) => read(p)), spacing }
}

test('threshold brush: a fixed range, and one from the first touch', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const { at, slice } = await findVoxels(page)
  const { levels, spacing } = await readSampleImage()
  const start = await saveVoxels(page)
  const middle: At = [60, 118]
  const disc = [...start.keys()].filter((p) => {
    if (Math.floor(p / side ** 2) !== slice) return false
    const [x, y] = [((p % side) - middle[0]) * spacing[0], ((Math.floor(p / side) % side) - middle[1]) * spacing[1]]
    return x * x + y * y <= 16
  })
  const sorted = disc.map((p) => levels[p]).sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor(sorted.length / 4)], sorted[Math.floor((3 * sorted.length) / 4)]]
  const painted = (from: number, to: number) => {
    const voxels = start.slice()
    for (const p of disc) if (levels[p] >= from && levels[p] <= to) voxels[p] = 1
    return voxels
  }
  await page.keyboard.press('t')
  const panel = page.getByRole('region', { name: 'Threshold brush' })
  await panel.getByText('Fixed').click()
  await panel.getByLabel('Lowest grey level').fill(String(Math.min(low, high)))
  await panel.getByLabel('Highest grey level').fill(String(high))
  await panel.getByLabel('Lowest grey level').fill(String(low))
  await page.mouse.click(...at(middle))
  const fixed = painted(low, high)
  expect(count(fixed)).toBeGreaterThan(count(start))
  expect(count(fixed)).toBeLessThan(count(start) + disc.length)
  await expectVoxels(page, fixed)
  await page.locator('.axial').press('Control+z')
  await expectVoxels(page, start)

  await panel.getByText('First touch').click()
  await panel.getByLabel('Standard deviations round the mean').fill('1')
  await page.mouse.click(...at(middle))
  const mean = sorted.reduce((sum, level) => sum + level, 0) / sorted.length
  const sd = Math.sqrt(sorted.reduce((sum, level) => sum + (level - mean) ** 2, 0) / sorted.length)
  await expect.poll(async () => Number(await panel.getByLabel('Lowest grey level').inputValue())).toBeCloseTo(mean - sd, 0)
  await expectVoxels(page, painted(mean - sd, mean + sd))
  await page.keyboard.press('Control+z')
  await expectVoxels(page, start)
  expect(problems).toEqual([])
})
