import { expect, test } from '@playwright/test'
import { openSampleStudy, paintStroke, waitForImage, watchPage } from './openPage.ts'

test('the sample study is made in the page, proposed as a folder is, says that it is simulated, and is its work list', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await page.goto('./')
  await page.getByRole('button', { name: 'Open the sample study' }).click()
  await expect(page.getByRole('heading', { name: 'What is each series?' })).toBeVisible({ timeout: 60_000 })
  // Six patients, one of whom came twice: her first visit is proposed.
  await expect(page.locator('.screenHead')).toContainText('6 patients of 2 centres')
  await expect(page.locator('.series tbody tr').filter({ hasText: 'SIMULATED t2_tse_fs_tra' }).first()).toContainText('FST2WI')
  await expect(page.getByRole('region', { name: 'Decisions of this step' })).toContainText('Several visits')
  await page.getByRole('button', { name: 'Use these roles' }).click()
  const rows = page.locator('.patients tbody tr')
  await expect(rows).toHaveCount(6)
  await page.keyboard.press('Shift+N')
  await waitForImage(page)
  await expect(page.getByRole('banner')).toContainText('SIMULATED')

  // Made again it is the same study, and nothing is asked.
  await page.reload()
  await page.getByRole('button', { name: 'Open the sample study' }).click()
  await expect(rows).toHaveCount(6, { timeout: 60_000 })
  await page.keyboard.press('Shift+N')
  await waitForImage(page)
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})

test('the curve of a patient’s ROI reads all phases of her series, and the brightest becomes T1WI+C of the study', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await page.goto('./')
  await openSampleStudy(page)
  const row = page.locator('.patients tbody tr').first()
  await row.click()
  await page.keyboard.press('Enter')
  await waitForImage(page)
  // On to T1WI.
  // Her other images are read behind the first.
  await expect(page.getByText('phase 1 of 6').first()).toBeAttached()
  await page.keyboard.press('.')
  await expect(page.getByRole('banner')).toContainText('phase 1 of 6')
  await waitForImage(page)
  await paintStroke(page)
  const panel = page.getByRole('region', { name: 'Enhancement curve' })
  await panel.getByRole('button', { name: 'Curve over 6 phases' }).click()
  await expect(
    panel
      .getByRole('img', { name: /^Enhancement of the ROI/ })
      .locator('svg')
      .first(),
  ).toBeVisible({ timeout: 20_000 })
  const chosen = await panel
    .getByText(/\(phase \d\)/)
    .last()
    .textContent()
  const phase = /\(phase (\d)\)/.exec(chosen!)![1]
  await expect(panel).toContainText('T1WI+C of A-0001 is the first after contrast')
  await panel.getByRole('button', { name: 'Take this phase and type for the study' }).click()
  await expect(panel).toContainText('In the study, T1WI+C of A-0001 is this phase.')
  await page.keyboard.press('Shift+L')
  await expect(row.locator('td').filter({ hasText: new RegExp(`^${phase}$`) })).toBeVisible()
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
