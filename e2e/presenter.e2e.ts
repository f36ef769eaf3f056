import { expect, test } from '@playwright/test'
import { findCutOff } from './findCutOff.ts'
import { findViolations } from './findViolations.ts'
import { openSample, paintStroke, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

test('a page that presents has type that is read from afar, shows keys, begins again by one act, and leaves what is worked on alone', async ({
  page,
  context,
}) => {
  await openSample(page, /Brain, MR/)
  await paintStroke(page)
  await expect(page.getByText(/^Saved/)).toBeVisible()
  const drawn = await readVoxelCount(page)

  await page.keyboard.press('?')
  const opening = context.waitForEvent('page')
  await page.getByRole('link', { name: /^Present/ }).click()
  const stage = await opening
  const { problems, foreignRequests } = watchPage(stage)
  await stage.setViewportSize({ width: 1280, height: 720 })
  await waitForImage(stage)
  await expect.poll(() => readVoxelCount(stage)).toBe(143)
  expect(await stage.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))).toBeGreaterThan(18)
  for (const name of ['Images', 'Features', 'ROI'] as const) {
    await step(stage, name).click()
    expect.soft(await findCutOff(stage), name).toEqual([])
    if (name === 'Images') expect.soft(await findViolations(stage)).toEqual([])
  }
  await waitForImage(stage)

  await stage.keyboard.press('4')
  await expect(stage.locator('.pressedKey')).toHaveText('4Brush')
  await paintStroke(stage)
  await expect.poll(() => readVoxelCount(stage)).not.toBe(143)
  await stage.keyboard.press('Control+Shift+Home')
  await expect.poll(() => readVoxelCount(stage)).toBe(143)
  await expect(stage.getByRole('contentinfo')).toContainText('Undo 1')
  await step(stage, 'Images').click()
  await expect(stage.getByText('brain1 / image')).toBeHidden()
  // A reload in between brings back what was there.
  await stage.reload()
  await expect(stage.getByText('breast1 / image').first()).toBeVisible()
  expect(await readVoxelCount(page)).toBe(drawn)
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
