import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { openSample, paintStroke, step, waitForResult, watchPage } from './openPage.ts'

test('load, draw, extract and save ask no other origin for anything', async ({ page }) => {
  const { foreignRequests, problems } = watchPage(page)
  await openSample(page, /Breast, MR/)
  await paintStroke(page)
  const mask = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  await mask
  await step(page, 'Features').click()
  await page.getByRole('button', { name: 'Extract features' }).click()
  await waitForResult(page, /features$/)
  const csv = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV, one row' }).click()
  await csv
  expect(foreignRequests).toEqual([])
  expect(problems).toEqual([])
})

test('the policy stands in the header and in the page, and it works: another origin is refused', async ({ page }) => {
  const response = (await page.goto('./'))!
  const header = response.headers()['content-security-policy']
  const meta = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
  for (const policy of [header, meta!]) {
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'/)
  }
  const refused = await page.evaluate(() =>
    fetch('https://example.org/').then(
      () => false,
      () => true,
    ),
  )
  expect(refused).toBe(true)
})

async function findViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
}

test('every screen passes the accessibility check', async ({ page }) => {
  await page.goto('./')
  await step(page, 'ROI').click()
  await expect(page.getByRole('heading', { name: 'No image is open' })).toBeVisible()
  expect.soft(await findViolations(page)).toEqual([])
  await step(page, 'Images').click()
  expect.soft(await findViolations(page)).toEqual([])
  await openSample(page, /Breast, MR/)
  await page.keyboard.press('4')
  await expect(page.getByRole('region', { name: 'Brush' })).toBeVisible()
  expect.soft(await findViolations(page)).toEqual([])
  await step(page, 'Images').click()
  expect.soft(await findViolations(page)).toEqual([])
  await step(page, 'Features').click()
  await page.getByRole('button', { name: 'Edit' }).click()
  expect.soft(await findViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Back without changes' }).click()
  await page.getByRole('button', { name: 'Extract features' }).click()
  await waitForResult(page, /features$/)
  expect.soft(await findViolations(page)).toEqual([])
})
