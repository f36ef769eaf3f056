import { expect, test, type Page } from '@playwright/test'
import { openSample, readVoxelCount, watchPage } from './openPage.ts'

const polygon = (page: Page) => page.getByRole('region', { name: 'Polygon' })

/** Clicks points of the axial view, in pixels from its middle. */
async function clickPoints(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
  const box = (await page.locator('.axial').boundingBox())!
  for (const [x, y] of points) await page.mouse.click(box.x + box.width / 2 + x, box.y + box.height / 2 + y)
}
const triangle = [[-80, -60], [80, -60], [0, 70]] as const // prettier-ignore

test('an open polygon stays where another slice is clicked and another tool is chosen, and survives a reload', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  const atStart = await readVoxelCount(page)
  await page.keyboard.press('3')
  await clickPoints(page, triangle)
  await expect(polygon(page)).toContainText('3 points')
  const place = /axial slice \d+/
  await page.keyboard.press('PageUp')
  await clickPoints(page, [[20, 20]])
  await expect(polygon(page)).toContainText('go there, close it or discard it')
  await expect(polygon(page)).toContainText('3 points')
  const where = place.exec(await polygon(page).innerText())![0]
  await page.keyboard.press('4')
  await expect(polygon(page)).toContainText(where)

  await expect(polygon(page)).toContainText(/3 points.*Kept\s*in this browser/s)
  await page.reload()
  await openSample(page, /Brain, MR/)
  await expect(polygon(page)).toContainText('3 points')
  await page.keyboard.press('PageUp')
  await expect(polygon(page)).toContainText(where)
  await polygon(page).getByRole('button', { name: 'Go there' }).click()
  await expect(polygon(page)).not.toContainText('go there')
  await expect(page.locator('.axial [data-part=sketch]')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect.poll(() => readVoxelCount(page)).not.toBe(atStart)
  expect(problems).toEqual([])
})

test('a closed polygon is changed by its points and edges, the ROI follows, and one undo takes it all back', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const atStart = await readVoxelCount(page)
  await page.keyboard.press('3')
  await clickPoints(page, triangle)
  await page.keyboard.press('Enter')
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)
  const filled = await readVoxelCount(page)
  const box = (await page.locator('.axial').boundingBox())!
  const at = ([x, y]: readonly [number, number]) => [box.x + box.width / 2 + x, box.y + box.height / 2 + y] as const
  await page.mouse.move(...at([0, -60]))
  await page.mouse.down()
  await page.mouse.move(...at([0, -90]))
  await page.mouse.move(...at([0, -120]))
  await page.mouse.up()
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(filled)
  await page.keyboard.press('Delete')
  await expect.poll(() => readVoxelCount(page)).toBe(filled)
  await page.keyboard.press('Control+z')
  await expect.poll(() => readVoxelCount(page)).toBe(atStart)
  await expect(page.locator('.axial [data-part=sketch]')).toBeHidden()
  expect(problems).toEqual([])
})
