import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { openSample, paintStroke, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

test('a sample is shown, painted, undone, saved as it was drawn, and offered again after a reload', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const atStart = await readVoxelCount(page)
  expect(atStart).toBeGreaterThan(1000)

  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)
  const painted = await readVoxelCount(page)
  await page.keyboard.press('Control+z')
  await expect.poll(() => readVoxelCount(page)).toBe(atStart)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => readVoxelCount(page)).toBe(painted)

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('P0001_image-1_reader-1.nii.gz')
  const bytes = gunzipSync(await readFile(await file.path()))
  expect([bytes.readInt16LE(42), bytes.readInt16LE(44), bytes.readInt16LE(46)]).toEqual([256, 256, 25])
  expect(bytes.subarray(bytes.readFloatLE(108)).reduce((sum, voxel) => sum + voxel, 0)).toBe(painted)

  await expect(page.getByRole('banner')).toContainText('Saved')
  await page.reload()
  await expect(page.getByRole('region', { name: 'Kept on this computer' })).toContainText('brain1')
  await page.getByRole('button', { name: /Brain, MR/ }).click()
  await waitForImage(page)
  await expect(page.getByText('Recovered ROI')).toBeVisible()
  // The sample's own mask is read after its image.
  await expect.poll(() => readVoxelCount(page)).toBe(atStart)
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(painted)
  expect(problems).toEqual([])
})

test('a stroke that is under way when another image opens belongs to its own image', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Breast, MR/)
  const atStart = await readVoxelCount(page)
  await page.getByRole('button', { name: /^Brush/ }).click()
  const box = (await page.locator('.axial').boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2 + 10, { steps: 4 })
  await page.evaluate(async () => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([await (await fetch('./samples/brain1/image.nii.gz')).blob()], 'other.nii.gz'))
    document.querySelector('footer')!.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }))
  })
  await expect(page.getByRole('banner')).toContainText('other')
  await waitForImage(page)
  await page.mouse.up()
  expect(await readVoxelCount(page)).toBe(0)
  await step(page, 'Images').click()
  await page
    .getByRole('row', { name: /^breast1 \/ image/ })
    .getByRole('button', { name: 'Open' })
    .click()
  await waitForImage(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)
  await page.keyboard.press('Control+z')
  await expect.poll(() => readVoxelCount(page)).toBe(atStart)
  expect(problems).toEqual([])
})

test('a click on the sample that is open leaves what was drawn on it', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  const atStart = await readVoxelCount(page)
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)
  const painted = await readVoxelCount(page)
  await step(page, 'Images').click()
  await page.getByRole('button', { name: /Breast, MR/ }).click()
  await waitForImage(page)
  expect(await readVoxelCount(page)).toBe(painted)
})

test('a second tab with the same image is told', async ({ page, context }) => {
  await openSample(page, /Breast, MR/)
  const other = await context.newPage()
  await openSample(other, /Breast, MR/)
  await expect(other.getByText('open in another tab')).toBeVisible()
})

test('tools, brush and slices follow the keys of both presets', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  const pressed = (name: RegExp) => page.getByRole('button', { name, pressed: true })
  await page.keyboard.press('4')
  await expect(pressed(/^Brush/)).toBeVisible()
  const radius = page.getByRole('region', { name: 'Brush' })
  await expect(radius).toContainText('4.0 mm')
  await page.keyboard.press(']')
  await expect(radius).toContainText('4.8 mm')
  await page.getByText('PACS hands').click()
  await page.keyboard.press('l')
  await expect(pressed(/^Window/)).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys and mouse' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await step(page, 'Images').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which image, and which mask?')
})
