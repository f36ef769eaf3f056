import { expect, test, type Page } from '@playwright/test'
import { openSample, paintStroke, readVoxelCount, step, watchPage } from './openPage.ts'

const reader = (page: Page) => page.getByRole('region', { name: 'Reader' })
/** The radio buttons lie under their labels. */
const chooseReader = (page: Page, name: string) => reader(page).locator('label', { hasText: name }).click()

/** Which of the readers' colours the axial view shows. */
function findColours(page: Page): Promise<{ readonly orange: boolean; readonly blue: boolean }> {
  return page.locator('.axial canvas').evaluateAll((canvases) => {
    const found = { orange: false, blue: false }
    for (const canvas of canvases as HTMLCanvasElement[]) {
      const context = canvas.getContext('2d')
      if (!context || canvas.width === 0) continue
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] < 50) continue
        const isLike = (colour: readonly number[]) => colour.every((value, i) => Math.abs(value - data[at + i]) < 8)
        found.orange ||= isLike([255, 138, 71])
        found.blue ||= isLike([86, 156, 255])
      }
    }
    return found
  })
}

test('a region is marked complete and locked, is kept so, and cannot be painted on', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Breast, MR/)
  const atStart = await readVoxelCount(page)
  await expect(reader(page)).toContainText('In progress')
  await reader(page).getByRole('textbox', { name: 'Name of this reader' }).fill('Dr. Weber')
  await page.keyboard.press('Enter')
  await reader(page).getByRole('button', { name: 'Complete' }).click()
  await expect(reader(page)).toContainText('Complete')
  await reader(page).getByRole('button', { name: 'Lock' }).click()
  await expect(reader(page)).toContainText('Locked')

  await paintStroke(page)
  await expect(page.getByText(/locked by Dr\. Weber on .* cannot be changed/)).toBeVisible()
  expect(await readVoxelCount(page)).toBe(atStart)
  await page.keyboard.press('Control+z')
  expect(await readVoxelCount(page)).toBe(atStart)

  await step(page, 'Images').click()
  await expect(page.getByRole('row', { name: /image\.nii/ })).toContainText(/Locked\s*Dr\. Weber/)
  await page.reload()
  await openSample(page, /Breast, MR/)
  await expect(reader(page)).toContainText('Locked')
  await expect.poll(() => readVoxelCount(page)).toBe(atStart)
  await expect(page.getByText('Recovered ROI')).toBeHidden()
  await reader(page).getByRole('button', { name: 'Unlock …' }).click()
  await reader(page).getByLabel('Why is it unlocked?').fill('the margin')
  await reader(page).getByRole('button', { name: 'Unlock', exact: true }).click()
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)
  expect(problems).toEqual([])
})

test('the second reader begins with nothing, and the first finds their own region again', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  const first = await readVoxelCount(page)
  await chooseReader(page, 'Reader 2')
  await expect(page.getByRole('region', { name: 'ROI', exact: true })).toContainText('Nothing drawn yet')
  await expect(reader(page)).toContainText('What Reader 1 draws is hidden until both have locked theirs.')
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(5)
  const second = await readVoxelCount(page)
  expect(second).not.toBe(first)
  // The panel of the readers stays under the hand when the measures above it arrive.
  const { y } = (await reader(page).boundingBox())!
  await expect(page.getByRole('img', { name: /^Histogram of the grey levels/ })).toBeVisible()
  expect((await reader(page).boundingBox())!.y).toBe(y)
  await chooseReader(page, 'Reader 1')
  await expect.poll(() => readVoxelCount(page)).toBe(first)
  await page.keyboard.press('Control+z')
  await chooseReader(page, 'Reader 2')
  await expect.poll(() => readVoxelCount(page)).toBe(second)
})

test('when both readers have locked their regions, they are compared and the slice that differs most is shown', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await openSample(page, /Breast, MR/)
  const first = await readVoxelCount(page)
  await reader(page).getByRole('button', { name: 'Lock' }).click()
  const comparison = page.getByRole('region', { name: 'Readers compared' })
  await expect(comparison).toBeHidden()
  await chooseReader(page, 'Reader 2')
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(5)
  const second = await readVoxelCount(page)
  await expect(comparison).toBeHidden()
  await reader(page).getByRole('button', { name: 'Lock' }).click()
  await expect(comparison).toContainText('Dice')
  const value = async (name: string) =>
    Number((await comparison.getByText(name, { exact: true }).locator('+ dd').innerText()).split(' ')[0])
  const [dice, jaccard] = [await value('Dice'), await value('Jaccard')]
  expect(dice).toBeGreaterThanOrEqual(0)
  expect(dice).toBeLessThanOrEqual((2 * second) / (first + second))
  expect(jaccard).toBeCloseTo(dice / (2 - dice), 2)
  expect(await value('Hausdorff 95 %')).toBeGreaterThan(0)
  const worst = comparison.getByRole('button', { name: /^Go to slice \d+/ })
  const slice = /slice (\d+)/.exec(await worst.innerText())![1]
  await worst.click()
  await expect(page.locator('.axial')).toContainText(`Axial  ${slice} / 21`)
  // Whose a voxel is that only one of them has is told by its colour.
  await expect(comparison.getByRole('listitem')).toHaveText(['Only Reader 1', 'Only Reader 2'])
  await expect.poll(() => findColours(page)).toEqual({ orange: true, blue: true })
  await comparison.locator('label', { hasText: 'Only 2' }).click()
  await expect(comparison.getByRole('listitem')).toHaveText(['Only Reader 2'])
  await expect.poll(() => findColours(page)).toEqual({ orange: false, blue: true })
  await comparison.locator('label', { hasText: 'Only 1' }).click()
  await expect.poll(() => findColours(page)).toEqual({ orange: true, blue: false })
  await expect(reader(page).getByRole('button', { name: 'Unlock …' })).toBeDisabled()
  expect(problems).toEqual([])
})
