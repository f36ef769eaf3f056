import { expect, test } from '@playwright/test'
import { launch, type Browser, type Page } from 'puppeteer-core'
import { findFirefox } from './playwright.config.ts'

let browser: Browser
test.beforeEach(async () => {
  browser = await launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    // Without a window this browser has no graphics; those of software are refused unless it is told to take them.
    headless: false,
    defaultViewport: { width: 1440, height: 900 },
    extraPrefsFirefox: { 'webgl.force-enabled': true },
  })
})
test.afterEach(() => browser.close())

/** Fails the test on what the page should never do, as `watchPage` does in Chromium. */
function watch(page: Page): { readonly problems: string[]; readonly foreignRequests: string[] } {
  const own = new URL(test.info().project.use.baseURL!).origin
  const problems: string[] = []
  const foreignRequests: string[] = []
  page.on('pageerror', (error) => problems.push(`page error: ${String(error)}`))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol !== 'blob:' && protocol !== 'data:' && origin !== own) foreignRequests.push(request.url())
  })
  return { problems, foreignRequests }
}

const button = (page: Page, name: string) => page.locator(`::-p-aria([name="${name}"][role="button"])`)
const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent ?? '').catch(() => '')
const voxels = async (page: Page) =>
  Number(/Voxels\s*([\d\s]+)/.exec(await textOf(page, 'section[aria-label="ROI"]'))?.[1].replace(/\D/g, '') ?? 0)

/** From the middle of the axial view to the right. */
async function paint(page: Page): Promise<void> {
  const { x, y, width, height } = (await (await page.waitForSelector('.views > .axial'))!.boundingBox())!
  await page.mouse.move(x + width / 2, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(x + width / 2 + 60, y + height / 2 + 20, { steps: 6 })
  await page.mouse.up()
}

test('in Firefox a sample opens, is drawn on and extracted from, and all is there after a reload', async () => {
  test.setTimeout(180_000)
  const page = await browser.newPage()
  const { problems, foreignRequests } = watch(page)
  await page.goto(test.info().project.use.baseURL!)
  await page.locator('::-p-text(Breast, MR)').click()
  await page.waitForSelector('[data-testid="views"][data-shown="true"]', { timeout: 60_000 })
  expect(await textOf(page, '.views')).not.toContain('cannot be drawn')
  await expect.poll(() => voxels(page)).toBe(143)
  await page.keyboard.press('4')
  await paint(page)
  await expect.poll(() => voxels(page)).toBeGreaterThan(143)
  const drawn = await voxels(page)
  await page.waitForSelector('::-p-text(Saved)')

  await button(page, 'Features').click()
  await button(page, 'Extract features').click()
  const rows = () => textOf(page, '[data-testid="row-count"]')
  await expect.poll(rows, { timeout: 90_000 }).toMatch(/^1.502 features$/)

  await page.reload()
  await page.locator('nav[aria-label="Steps"] button[aria-label^="Features"]').click()
  await expect.poll(rows, { timeout: 60_000 }).toMatch(/^1.502 features$/)
  await page.locator('nav[aria-label="Steps"] button[aria-label^="Images"]').click()
  await button(page, 'Open').click()
  await button(page, 'Restore').click()
  await expect.poll(() => voxels(page)).toBe(drawn)
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
