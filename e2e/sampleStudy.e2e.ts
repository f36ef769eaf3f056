import { expect, test } from '@playwright/test'
import { waitForImage, watchPage } from './openPage.ts'

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
