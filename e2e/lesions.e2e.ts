import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { openSample, paintStroke, readVoxelCount, sayItIsHers, step, waitForImage, waitForResult, watchPage } from './openPage.ts'

const roi = (page: Page) => page.getByRole('region', { name: 'ROI', exact: true })
const lesion = (page: Page, id: string) => page.getByRole('list', { name: 'Lesions' }).getByRole('button', { name: new RegExp(`^${id}`) }) // prettier-ignore
const reader = (page: Page) => page.getByRole('region', { name: 'Reader', exact: true })

/** Paints in the axial view, so far from its middle. */
async function paintAt(page: Page, dx: number, dy: number): Promise<void> {
  await page.getByRole('button', { name: /^Brush/ }).click()
  const box = (await page.locator('.axial').boundingBox())!
  const [x, y] = [box.x + box.width / 2 + dx, box.y + box.height / 2 + dy]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 40, y + 10, { steps: 6 })
  await page.mouse.up()
}

/** Voxels of a colour on the canvases of a view. */
const countPixels = (page: Page, view: string, colour: readonly number[]) =>
  page.locator(`.${view} canvas`).evaluateAll((canvases, colour) => {
    let count = 0
    for (const canvas of canvases as HTMLCanvasElement[]) {
      const context = canvas.getContext('2d')
      if (!context || canvas.width === 0) continue
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      for (let at = 0; at < data.length; at += 4)
        if (data[at + 3] > 50 && colour.every((value, i) => Math.abs(value - data[at + i]) < 8)) count++
    }
    return count
  }, colour)
const yellow = [240, 228, 66]

test('with one lesion the screen is as it was; a second one is drawn apart, outlined beside the other, and told where they overlap', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await openSample(page, /Breast, MR/)
  const first = await readVoxelCount(page)
  await expect(page.getByRole('list', { name: 'Lesions' })).toBeHidden()
  await page.keyboard.press('Shift+A')
  await expect(lesion(page, 'L2')).toHaveAttribute('aria-pressed', 'true')
  await expect(lesion(page, 'L2')).toContainText('not drawn here')
  await expect(lesion(page, 'L1')).toContainText('cm³')
  expect(await readVoxelCount(page)).toBe(0)
  await paintAt(page, 0, -140)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(20)
  const second = await readVoxelCount(page)
  await expect(page.getByRole('button', { name: /share/ })).toBeHidden()

  await page.keyboard.press('<')
  await expect.poll(() => readVoxelCount(page)).toBe(first)
  await expect.poll(() => countPixels(page, 'axial', yellow)).toBeGreaterThan(20)
  await expect.poll(() => countPixels(page, 'sagittal', yellow)).toBeGreaterThan(5)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('>')
  await expect.poll(() => readVoxelCount(page)).toBe(second)
  await page.keyboard.press('>')
  await page.keyboard.press('Control+y')
  await expect.poll(() => readVoxelCount(page)).toBe(first)

  await page.keyboard.press('>')
  await paintStroke(page)
  const overlap = page.getByRole('button', { name: /^L2 and L1 share \d+ voxels, most of them in slice \d+\. Both keep them/ })
  await expect(overlap).toBeVisible()
  await overlap.click()
  const slice = /slice (\d+)\./.exec((await overlap.getAttribute('aria-label'))!)![1]
  await expect(page.locator('.axial')).toContainText(`${slice} / 21`)
  expect(problems).toEqual([])
})

test('a lesion is named, marked as the index lesion, deleted and brought back; a reload keeps all of it', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  const first = await readVoxelCount(page)
  await roi(page).getByRole('button', { name: 'Lesion', exact: true }).click()
  await paintAt(page, 0, -140)
  const second = await readVoxelCount(page)
  await page.getByRole('textbox', { name: 'Name of L2' }).fill('medial')
  await page.keyboard.press('Enter')
  await expect(lesion(page, 'L2')).toContainText('medial')
  await page.getByRole('button', { name: 'Index lesion is L2' }).click()
  await expect(lesion(page, 'L2').getByLabel('index lesion')).toBeVisible()
  await page.getByRole('button', { name: 'Delete L2' }).click()
  await expect(page.getByRole('list', { name: 'Lesions' })).toBeHidden()
  expect(await readVoxelCount(page)).toBe(first)
  await page.getByText('L2 of P0001 was deleted with its ROI').waitFor()
  await page.reload()
  await page.getByText('L2 of P0001 was deleted with its ROI').waitFor()
  await page.locator('.deletions').getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('.deletions').getByRole('button', { name: 'Undo' })).toBeHidden()

  await openSample(page, /Breast, MR/)
  await expect(lesion(page, 'L2')).toContainText('medial')
  await lesion(page, 'L2').click()
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(second)
})

/** Another sequence of the same patient, on the same grid. */
async function openSecondSequence(page: Page): Promise<void> {
  const buffer = gunzipSync(readFileSync(new URL('../public/samples/breast1/image.nii.gz', import.meta.url)))
  buffer[buffer.length - 2] ^= 1
  await step(page, 'Images').click()
  await page.getByTestId('file-input').setInputFiles({ name: 't2.nii', mimeType: 'application/octet-stream', buffer })
  await expect(page.getByRole('banner')).toContainText('t2')
  await sayItIsHers(page)
  await step(page, 'ROI').click()
}

test('two lesions on two sequences are two rows of features, and are locked, compared and found again each by itself', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await openSample(page, /Breast, MR/)
  await page.keyboard.press('Shift+A')
  await paintAt(page, 0, -140)
  await openSecondSequence(page)
  await lesion(page, 'L1').click()
  expect(await readVoxelCount(page)).toBe(0)
  await paintStroke(page)
  const first = await readVoxelCount(page)
  await page.keyboard.press('>')
  await paintAt(page, 0, -140)
  const second = await readVoxelCount(page)

  await step(page, 'Features').click()
  await page.getByRole('button', { name: 'Extract features of L1, L2' }).click()
  await waitForResult(page, /features/)
  await expect(page.getByRole('combobox', { name: 'Lesion' })).toContainText('L2')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV, 2 rows' }).click()
  const download = await downloading
  const [header, ...rows] = readFileSync(await download.path(), 'utf8')
    .trim()
    .split(/\r?\n/)
  expect(download.suggestedFilename()).toMatch(/^P0001_.*_reader-1-features\.csv$/)
  expect(rows.map((row) => row.split(',')[0])).toEqual(['P0001', 'P0001_L2'])
  // From the end: what is told before the features has commas of its own.
  const names = header.split(',')
  const volumes = rows.map((row) => row.split(',').at(names.indexOf('original_shape_VoxelVolume') - names.length))
  // Both are resampled before they are measured.
  expect(Number(volumes[0]) / Number(volumes[1])).toBeCloseTo(first / second, 1)

  await step(page, 'ROI').click()
  await reader(page).getByRole('button', { name: 'Lock' }).click()
  await lesion(page, 'L1').click()
  await expect(reader(page)).toContainText('In progress')
  await reader(page).getByRole('button', { name: 'Lock' }).click()
  await reader(page).locator('label', { hasText: 'Reader 2' }).click()
  await expect(lesion(page, 'L2')).toContainText('not drawn here')
  await paintAt(page, 10, 0)
  await reader(page).getByRole('button', { name: 'Lock' }).click()
  const compared = page.getByRole('region', { name: 'Readers compared' })
  await expect(compared).toContainText('Dice')
  await page.keyboard.press('>')
  await expect(compared).toBeHidden()
  await expect(reader(page)).toContainText('hidden until both have locked theirs')

  await reader(page).locator('label', { hasText: 'Reader 1' }).click()
  await expect(page.getByRole('banner')).toContainText('Saved')
  await page.reload()
  await page
    .getByRole('row', { name: /t2/ })
    .getByRole('button', { name: /^(Open|Show)$/ })
    .click()
  await waitForImage(page)
  await expect.poll(() => readVoxelCount(page)).toBe(first)
  await expect(reader(page)).toContainText('Locked')
  await lesion(page, 'L2').click()
  await expect.poll(() => readVoxelCount(page)).toBe(second)
  await expect(reader(page)).toContainText('Locked')
  expect(problems).toEqual([])
  expect(foreignRequests).toEqual([])
})

test('a lesion that alone is drawn on an image is measured while another one is in hand', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  await page.keyboard.press('Shift+A')
  await openSecondSequence(page)
  await lesion(page, 'L2').click()
  await paintAt(page, 0, -140)
  await lesion(page, 'L1').click()
  expect(await readVoxelCount(page)).toBe(0)
  await step(page, 'Features').click()
  await expect(page.getByText('Press Extract features: the table comes here.')).toBeVisible()
  await page.getByRole('button', { name: 'Extract features of L2' }).click()
  await waitForResult(page, /features/)
})

test('all lesions are saved as one label map, whose labels are lesions again elsewhere', async ({ page, browser }) => {
  await openSample(page, /Breast, MR/)
  const first = await readVoxelCount(page)
  await page.keyboard.press('Shift+A')
  await paintAt(page, 0, -140)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(20)
  const second = await readVoxelCount(page)
  await roi(page).getByRole('button', { name: 'Other file formats' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'In one with their names, NRRD (.seg.nrrd)' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^P0001_.*_reader-1_lesions\.seg\.nrrd$/)
  const buffer = readFileSync(await download.path())

  const other = await (await browser.newContext()).newPage()
  const { problems } = watchPage(other)
  await openSample(other, /Breast, MR/)
  await step(other, 'Images').click()
  // As soon as it can be pressed, it does what it says.
  await other.evaluate(() => {
    const observer = new MutationObserver(() => {
      const button = [...document.querySelectorAll('button')].find(({ innerText }) => innerText.startsWith('Each segment'))
      if (!button || button.disabled) return
      observer.disconnect()
      button.click()
    })
    observer.observe(document.body, { subtree: true, childList: true, attributes: true })
  })
  await other.getByTestId('file-input').setInputFiles({ name: 'map.seg.nrrd', mimeType: 'application/octet-stream', buffer })
  await expect(other.getByText('2 lesions were laid on the image')).toBeVisible()
  await lesion(other, 'L2').click()
  await expect.poll(() => readVoxelCount(other)).toBe(second)
  const names = [lesion(other, 'L1'), lesion(other, 'L2')]
  for (const name of names) await expect(name).toContainText('cm³')
  await other.keyboard.press('<')
  await expect.poll(() => readVoxelCount(other)).toBe(first)
  expect(problems).toEqual([])
})
