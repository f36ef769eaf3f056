import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { openSample, readVoxelCount, sayItIsHers, step, waitForImage, watchPage } from './openPage.ts'

const sample = async () => gunzipSync(await readFile(new URL('../public/samples/breast1/image.nii.gz', import.meta.url)))

/** On the sample's grid: white in the half with the greater column index, black in the other. */
function halves(file: Buffer): Buffer {
  const made = Buffer.from(file)
  const [nx, start, bytes] = [file.readInt16LE(42), file.readFloatLE(108), file.readInt16LE(72) / 8]
  for (let at = start, i = 0; at < made.length; at += bytes, i++) {
    // With a little noise, or it would be taken for a mask.
    made.writeInt16LE((i % nx < nx / 2 ? 0 : 1000) + (i % 37), at)
  }
  return made
}

async function openBoth(page: Page): Promise<void> {
  await openSample(page, /Breast, MR/)
  await step(page, 'Images').click()
  await page
    .getByTestId('file-input')
    .setInputFiles({ name: 'halves.nii', mimeType: 'application/octet-stream', buffer: halves(await sample()) })
  await expect(page.getByRole('banner')).toContainText('halves')
  await sayItIsHers(page)
  await step(page, 'ROI').click()
  await page.keyboard.press('.')
  await expect(page.getByRole('banner')).toContainText('image')
  await waitForImage(page)
}

const panel = (page: Page) => page.getByRole('region', { name: 'Second image' })
async function choose(page: Page, way: 'Side by side' | 'Overlay' | 'Checker'): Promise<void> {
  await panel(page).getByRole('combobox', { name: 'Image to show with this one' }).click()
  await page.getByRole('option', { name: /halves/ }).click()
  await panel(page).locator('label', { hasText: way }).click()
}

/** Grey levels along a row of the axial view, as they are drawn; half-way up a square of the checkerboard. */
const readRow = (page: Page, view = '.views > .axial') =>
  // Waits for the view: beside the first it comes with its image.
  page.locator(`${view} canvas.cornerstone-canvas`).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, Math.round(0.454 * canvas.height), canvas.width, 1)
    return Array.from({ length: canvas.width }, (_, x) => data[4 * x])
  })
/** Pixels from the left where black turns white: where the halves of the second image meet. NaN unless there is such a place. */
async function findEdge(page: Page, view?: string): Promise<number> {
  const row = await readRow(page, view)
  const found = row.findIndex(
    (grey, x) =>
      x > 40 && grey > 127 && Math.max(...row.slice(x - 40, x - 12)) < 60 && Math.min(...row.slice(x + 12, x + 40)) > 200,
  )
  return found < 0 ? NaN : found
}

test('a second image lies over the first by its place, fades, is laid out in squares, and moves with its alignment', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await openBoth(page)
  const alone = await readRow(page)
  await choose(page, 'Overlay')
  const fader = panel(page).getByRole('slider', { name: 'Share of the second image' })
  await fader.focus()
  await page.keyboard.press('End')
  await expect(panel(page)).toContainText('100 %')
  await expect.poll(() => findEdge(page)).toBeGreaterThan(0)
  const edge = await findEdge(page)

  // 10 mm to the patient's left, which is the right of the view.
  const scale = await page.locator('.axial').innerText()
  const left = panel(page).getByRole('textbox', { name: 'To the left' })
  await left.fill('10')
  await expect.poll(() => findEdge(page)).toBeGreaterThan(edge + 5)
  const moved = (await findEdge(page)) - edge
  // Nudged back by keys, in the view under the hand.
  await page.locator('.axial [role=application]').focus()
  for (let i = 0; i < 20; i++) await page.keyboard.press('Alt+ArrowLeft')
  await expect(left).toHaveValue('0 mm')
  await expect.poll(() => findEdge(page)).toBe(edge)
  expect(scale).toContain('mm')
  expect(moved).toBeGreaterThan(10)

  // In squares, both are seen; without the second image all is as before.
  const whole = await readRow(page)
  await panel(page).locator('label', { hasText: 'Checker' }).click()
  const agree = (row: number[], other: number[]) =>
    row.filter((grey, x) => alone[x] > 0 && Math.abs(grey - other[x]) < 6).length / alone.filter((grey) => grey > 0).length
  await expect
    .poll(async () => {
      const row = await readRow(page)
      return agree(row, alone) > 0.2 && agree(row, whole) > 0.2 && agree(row, whole) < 0.9
    })
    .toBe(true)
  await page.screenshot({ path: test.info().outputPath('checkerboard.png') })
  await page.keyboard.press('w')
  await expect(page.locator('.imageNames')).toBeHidden()
  const differs = (row: number[]) => Math.max(...row.map((grey, x) => Math.abs(grey - alone[x])))
  await expect.poll(async () => differs(await readRow(page))).toBeLessThan(4)
  await page.keyboard.press('w')
  for (let i = 0; i < 6; i++) await page.keyboard.press('q')
  await expect(panel(page)).toContainText('40 %')
  await page.keyboard.press('\\')
  await expect(page.locator('.beside > .axial')).toBeVisible()
  await page.keyboard.press('\\')
  await expect(page.locator('.beside > .axial')).toBeHidden()
  await page.screenshot({ path: test.info().outputPath('overlay.png') })
  expect(await findViolations(page)).toEqual([])
  expect(problems).toEqual([])
})

test('a second image is seen beside the first, with one cursor in the patient, as aligned', async ({ page }) => {
  const { problems } = watchPage(page)
  await openBoth(page)
  await choose(page, 'Side by side')
  const [first, second] = [page.locator('.views > .axial'), page.locator('.beside > .axial')]
  await expect(second.locator('canvas').first()).toBeVisible()
  const sliceOf = async (text: string) => /\d+ \/ \d+/.exec(text)?.[0]
  await expect.poll(async () => sliceOf(await second.innerText())).toBe(await sliceOf(await first.innerText()))
  const before = await sliceOf(await first.innerText())
  await first.locator('[role=application]').focus()
  await page.keyboard.press('PageUp')
  await expect.poll(async () => sliceOf(await first.innerText())).not.toBe(before)
  await expect.poll(async () => sliceOf(await second.innerText())).toBe(await sliceOf(await first.innerText()))
  // From the second image to the first.
  await second.hover()
  await page.mouse.wheel(0, 100)
  await expect.poll(async () => sliceOf(await first.innerText())).not.toBeUndefined()
  await expect.poll(async () => sliceOf(await second.innerText())).toBe(await sliceOf(await first.innerText()))
  await page.screenshot({ path: test.info().outputPath('beside.png') })
  expect(await findViolations(page)).toEqual([])
  expect(problems).toEqual([])
})

test('side by side the images are panned and zoomed together, and a cursor outside the second is told', async ({ page }) => {
  const { problems } = watchPage(page)
  await openBoth(page)
  await choose(page, 'Side by side')
  const [first, second] = [page.locator('.views > .axial'), page.locator('.beside > .axial')]
  const edgeOf = () => findEdge(page, '.beside > .axial')
  await expect.poll(edgeOf).toBeGreaterThan(0)
  const whole = await edgeOf()
  const drag = async (view: typeof first, by: number) => {
    const { x, y, width, height } = (await view.boundingBox())!
    await page.mouse.move(x + width / 2, y + height / 2)
    await page.mouse.down({ button: 'middle' })
    await page.mouse.move(x + width / 2 + by, y + height / 2, { steps: 5 })
    await page.mouse.up({ button: 'middle' })
  }
  await drag(first, 60)
  await expect.poll(edgeOf).toBe(whole + 60)
  const before = await readRow(page)
  await drag(second, 50)
  await expect.poll(edgeOf).toBe(whole + 110)
  const misses = async () => {
    const row = await readRow(page)
    return row.slice(50).filter((grey, x) => Math.abs(grey - before[x]) > 3).length
  }
  await expect.poll(misses).toBeLessThan(5)
  await page.keyboard.press('Control+f')
  await expect.poll(edgeOf).toBe(whole)

  // Two notches over a point of the first magnify both about it.
  const scale = async (view: typeof first) => /\d+ mm/.exec(await view.innerText())?.[0]
  const { x, y, height } = (await first.boundingBox())!
  await page.mouse.move(x + whole - 100, y + height / 2)
  await page.keyboard.down('Control')
  for (let i = 0; i < 2; i++) await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  // The edge was found to a pixel, which is magnified too.
  await expect.poll(async () => Math.abs((await edgeOf()) - whole - 100 * (1.15 ** 2 - 1))).toBeLessThan(1.5)
  expect(await scale(second)).toBe(await scale(first))

  await expect(page.getByText(/outside this image/)).toBeHidden()
  const up = panel(page).getByRole('textbox', { name: 'Upwards' })
  await up.fill('500')
  await expect(page.getByText(/outside this image: its nearest slice is shown/)).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('outside.png') })
  await up.fill('0')
  await expect(page.getByText(/outside this image/)).toBeHidden()
  expect(problems).toEqual([])
})

test('a copied region follows the alignment, and the alignment is found again', async ({ page }) => {
  await openBoth(page)
  const whole = await readVoxelCount(page)
  await choose(page, 'Overlay')
  // Up by two slices.
  await panel(page).getByRole('textbox', { name: 'Upwards' }).fill('500')
  const copy = async () => {
    await page.getByRole('region', { name: 'Sequences' }).getByRole('button', { name: 'Copy ROI to' }).click()
    await page.getByRole('menuitem', { name: 'halves' }).click()
  }
  await copy()
  await expect(page.getByText(/lies wholly outside/)).toBeVisible()
  await panel(page).getByRole('textbox', { name: 'Upwards' }).fill('0.1')
  await copy()
  await expect(page.getByText(/by position in space as aligned, nearest voxel/)).toBeVisible()
  await expect.poll(() => readVoxelCount(page)).toBe(whole)
  // Seen from the other image the movement is the opposite one.
  await expect(panel(page).getByRole('textbox', { name: 'Upwards' })).toHaveValue('-0.1 mm')
})

test('the cursor stays at its point of the patient, as aligned, when the other image is opened', async ({ page }) => {
  const { problems } = watchPage(page)
  await openBoth(page)
  await choose(page, 'Overlay')
  const sliceMm = (await sample()).readFloatLE(88)
  // Up by two slices: what stands in a slice of this image stands two lower in the other.
  await panel(page)
    .getByRole('textbox', { name: 'Upwards' })
    .fill(String(2 * sliceMm))
  const readSlice = async () => Number(/Axial\s+(\d+) \/ 21/.exec(await page.locator('.views > .axial').innerText())?.[1])
  const here = await readSlice()
  for (const [name, slice] of [
    ['halves', here - 2],
    ['image', here],
  ] as const) {
    await page.keyboard.press('Escape')
    await page.locator('.views > .axial [role=application]').focus()
    await page.keyboard.press('.')
    await expect(page.getByRole('banner')).toContainText(name)
    await expect.poll(readSlice).toBe(slice)
  }
  expect(problems).toEqual([])
})

test('two images are aligned automatically, without a file from another place', async ({ page }) => {
  const { problems, foreignRequests } = watchPage(page)
  await openSample(page, /Brain, MR/)
  await step(page, 'Images').click()
  const file = gunzipSync(await readFile(new URL('../public/samples/brain1/image.nii.gz', import.meta.url)))
  // The header places the same voxels 6 mm further to the patient's right and 4 mm further up (NIfTI counts to right and front).
  for (const [at, mm] of [
    [292, -6],
    [324, 4],
  ] as const)
    file.writeFloatLE(file.readFloatLE(at) + mm, at)
  await page.getByTestId('file-input').setInputFiles({ name: 'apart.nii', mimeType: 'application/octet-stream', buffer: file })
  await expect(page.getByRole('banner')).toContainText('apart')
  await sayItIsHers(page)
  await step(page, 'ROI').click()
  await page.keyboard.press('.')
  await expect(page.getByRole('banner')).toContainText('image')
  await panel(page).getByRole('combobox', { name: 'Image to show with this one' }).click()
  await page.getByRole('option', { name: /apart/ }).click()
  await panel(page).getByRole('button', { name: 'Align automatically' }).click()
  await panel(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(panel(page)).toContainText('As the scanner placed them.')
  await panel(page).getByRole('button', { name: 'Align automatically' }).click()
  await expect(panel(page)).toContainText(/Moved by 7\.[0-4] mm/, { timeout: 60_000 })
  const mm = async (name: string) => Number.parseFloat(await panel(page).getByRole('textbox', { name }).inputValue())
  expect(Math.abs((await mm('To the left')) + 6)).toBeLessThan(0.3)
  expect(Math.abs(await mm('Backwards'))).toBeLessThan(0.3)
  expect(Math.abs((await mm('Upwards')) + 4)).toBeLessThan(0.3)
  expect(foreignRequests).toEqual([])
  expect(problems).toEqual([])
  await page.screenshot({ path: test.info().outputPath('aligned.png') })
})
