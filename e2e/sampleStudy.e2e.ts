import { expect, test } from '@playwright/test'

test('the sample study is made in the page, opened as a folder is, and says that it is simulated', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'Open the sample study' }).click()
  // Six patients, one of them with two visits: an FST2WI each.
  const t2 = page.getByText('SIMULATED t2_tse_fs_tra')
  await expect(t2).toHaveCount(7, { timeout: 90_000 })
  await expect(page.getByText('SIMULATED t1_fl3d_tra_dyn').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open the sample study' })).toBeHidden()
})
