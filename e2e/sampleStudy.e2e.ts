import { expect, test } from '@playwright/test'
import { watchPage } from './openPage.ts'

test('the sample study is made in the page, opened as a folder is, and says that it is simulated', async ({ page }) => {
  const { problems, foreignRequests } = watchPage(page)
  await page.goto('./')
  await page.getByRole('button', { name: 'Open the sample study' }).click()
  // Six patients, one of whom came twice, which is no question.
  const named = (name: string) => page.getByText(name, { exact: true })
  await expect(named('SIMULATED t2_tse_fs_tra')).toHaveCount(5, { timeout: 60_000 })
  await expect(named('SIMULATED t2_tse_fs_tra, visit 1')).toBeVisible()
  await expect(named('SIMULATED t2_tse_fs_tra, visit 2')).toBeVisible()
  await expect(named('P0006')).toBeVisible()
  await expect(named('P0007')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Open the sample study' })).toBeHidden()
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
