import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { openSample, readVoxelCount, step, watchPage } from './openPage.ts'

async function saveRegion(page: Page): Promise<Buffer> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  const bytes = gunzipSync(await readFile(await (await download).path()))
  return bytes.subarray(bytes.readFloatLE(108))
}

/** Drags over the middle of the axial view. */
async function drag(page: Page): Promise<void> {
  const box = (await page.locator('.axial').boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x - 60, y - 30)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 10, { steps: 5 })
  await page.mouse.move(x, y + 60, { steps: 5 })
  await page.mouse.up()
}

test('a locked ROI refuses every tool, operation, preview, undo and load in plain words', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Breast, MR/)
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  const before = await readVoxelCount(page)
  const region = await saveRegion(page)
  const told = page.getByText(/This ROI was locked by Reader 1 on .*: it cannot be changed/)
  const refused = async (what: string) => {
    await expect(told, what).toBeVisible()
    expect(await readVoxelCount(page), what).toBe(before)
    await inspector.locator('.notice', { has: told }).getByRole('button', { name: 'Dismiss' }).click()
    await expect(told).toBeHidden()
  }

  // A preview from before the lock is not accepted after it.
  await page.getByRole('heading', { name: 'Mask operations' }).click()
  await page.getByRole('button', { name: 'Grow the margin' }).click()
  await expect(page.getByRole('region', { name: /^Preview/ })).toBeVisible()
  await page.getByRole('button', { name: 'Lock', exact: true }).click()
  await page.getByRole('button', { name: 'Accept', exact: false }).first().click()
  await refused('accept')
  await page.getByRole('button', { name: 'Discard', exact: false }).first().click()

  for (const tool of ['Brush', 'Eraser', 'Threshold', 'Polygon', 'Scissors', 'Grow']) {
    await page
      .getByRole('toolbar', { name: 'Tools' })
      .getByRole('button', { name: new RegExp(`^${tool}`) })
      .click()
    await drag(page)
    await refused(tool)
  }
  for (const operation of [
    'Fill holes in 3D',
    'Keep the largest island',
    'Smooth by median',
    'Interpolate between axial slices',
  ]) {
    await page.getByRole('button', { name: operation }).click()
    await refused(operation)
  }
  await page.getByRole('heading', { name: 'Semi-automatic' }).click()
  await inspector.getByText('Contour', { exact: true }).click()
  await page.getByRole('button', { name: 'Bubble at cursor' }).click()
  await refused('contour')
  await page.keyboard.press('Control+z')
  await refused('undo')

  await step(page, 'Images').click()
  await page.getByRole('button', { name: 'Lay on image' }).click()
  await page.getByRole('button', { name: 'Use this mask' }).click()
  await expect(told).toBeVisible()
  await page.getByRole('button', { name: 'Refuse', exact: true }).click()
  expect(Buffer.compare(await saveRegion(page), region)).toBe(0)
  expect(problems).toEqual([])
})
