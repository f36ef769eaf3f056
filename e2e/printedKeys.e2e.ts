import { expect, test } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { openSample, watchPage } from './openPage.ts'

test('the list of keys is printed alone, whole, and dark on white, for the hands in use', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await openSample(page, /Breast, MR/)
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keys and mouse' })
  await dialog.locator('label', { hasText: 'PACS hands' }).click()
  const violations = await findViolations(page)
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('keys.png') })
  await dialog.getByRole('button', { name: 'Print' }).click()
  await expect(page.locator('body')).toHaveAttribute('data-printed')

  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.shell')).toBeHidden()
  await expect(dialog.getByRole('button')).toHaveCount(0)
  await expect(dialog.getByText('Window from the image')).toBeVisible()
  await expect(dialog.getByText('Wheel, turned fast')).toBeVisible()
  const colours = await dialog
    .getByText('Window from the image')
    .evaluate((cell) => [getComputedStyle(cell).color, getComputedStyle(cell).backgroundColor])
  expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  // Nothing of it scrolls: what is below the window is printed too.
  const hidden = await page.evaluate(() =>
    [...document.querySelectorAll('.keysDialog, .keysDialog *')]
      .filter((part) => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(part).overflowY) && part.scrollHeight > part.clientHeight + 1)
      .map((part) => part.className),
  )
  expect(hidden).toEqual([])
  await page.screenshot({ path: test.info().outputPath('printed.png'), fullPage: true })
  expect(problems).toEqual([])
}) // prettier-ignore
