import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { openSample, step, watchPage } from './openPage.ts'

/** Workers of a kind begin only when they are let: what they do is under way as long as the test wants to look at it. */
async function holdWorkers(page: Page, kind: 'mask' | 'align' | 'compute'): Promise<void> {
  await page.context().route(new RegExp(`/${kind}\\.worker[^/]*\\.js$`), () => undefined)
}

async function checkRunning(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) })
  expect(await findViolations(page)).toEqual([])
}

test('what runs is told where it was started, can be cancelled, and is accessible meanwhile', async ({ page }) => {
  const { problems } = watchPage(page)
  for (const kind of ['mask', 'align', 'compute'] as const) await holdWorkers(page, kind)
  await openSample(page, /Breast, MR/)
  const cancel = (where: Page | ReturnType<Page['getByRole']>) => where.getByRole('button', { name: /^Cancel/ })

  await page.getByRole('heading', { name: 'Mask operations' }).click()
  await page.getByRole('button', { name: 'Grow the margin', exact: true }).click()
  await expect(cancel(page)).toBeVisible()
  await checkRunning(page, 'mask-operation')
  await cancel(page).click()
  await expect(cancel(page)).toBeHidden()

  await page.keyboard.press('Shift+G')
  await page.locator('.views > .axial').click()
  const growing = page.getByRole('region', { name: 'Grow from a click' })
  await expect(growing).toContainText('Growing')
  await checkRunning(page, 'growing')
  await cancel(growing).click()
  await expect(cancel(growing)).toBeHidden()

  await page.keyboard.press('1')
  await step(page, 'Images').click()
  const buffer = await readFile(new URL('../public/samples/breast1/image.nii.gz', import.meta.url))
  await page.getByTestId('file-input').setInputFiles({ name: 'again.nii.gz', mimeType: 'application/octet-stream', buffer })
  await expect(page.getByRole('banner')).toContainText('again')
  await step(page, 'ROI').click()
  await page.keyboard.press('.')
  await expect(page.getByRole('banner')).toContainText('image')
  const second = page.getByRole('region', { name: 'Second image' })
  await second.getByRole('combobox', { name: 'Image to show with this one' }).click()
  await page.getByRole('option', { name: /again/ }).click()
  await second.getByRole('button', { name: 'Align automatically' }).click()
  await expect(second.getByRole('status')).toContainText('Aligning')
  // Where the button was pressed, not below the edge of the window; scrolling ends within a pixel of it.
  await expect(second.getByRole('status')).toBeInViewport({ ratio: 0.95 })
  await expect(cancel(second)).toBeInViewport({ ratio: 0.95 })
  await checkRunning(page, 'alignment')
  await cancel(second).click()
  await expect(second.getByRole('button', { name: 'Align automatically' })).toBeVisible()

  await step(page, 'Features').click()
  await page
    .getByRole('button', { name: /^Extract/ })
    .first()
    .click()
  await expect(cancel(page).first()).toBeVisible()
  await checkRunning(page, 'extraction')
  await cancel(page).first().click()
  await expect(cancel(page)).toHaveCount(0)
  expect(problems).toEqual([])
})
