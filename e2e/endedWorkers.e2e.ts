import { expect, test, type Route, type Worker } from '@playwright/test'
import { endByItself, openSample, step, waitForResult, watchPage } from './openPage.ts'

const isComputeWorker = (worker: Worker) => worker.url().includes('/compute.worker')

test('a worker that ends by itself in the middle of an extraction costs nothing', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  await step(page, 'Features').click()
  await page
    .getByRole('button', { name: /^Extract/ })
    .first()
    .click()
  // On a fast machine all is over in half a second: nothing that is shown only meanwhile can be waited for.
  await expect.poll(() => page.workers().filter(isComputeWorker).length).toBeGreaterThan(0)
  const [ended] = page.workers().filter(isComputeWorker)
  const closed = ended.waitForEvent('close')
  await endByItself(ended)
  await closed
  await waitForResult(page, /^1\s502 features/)
  await expect(page.getByText(/^Done in/)).toBeVisible()
  expect(problems).toEqual([])
})

test('so does one that ends while it is still loading; two in a row are told, and the page goes on', async ({
  page,
  context,
}) => {
  const { problems } = watchPage(page)
  const held: Route[] = []
  let isHeld = true
  // What a worker loads once it has begun; its own script comes.
  await context.route(/\/computeApi\.worker/, (route) => (isHeld ? void held.push(route) : route.continue()))
  await openSample(page, /Brain, MR/)
  await step(page, 'Features').click()
  const extract = page.getByRole('button', { name: /^Extract/ }).first()

  page.on('worker', (worker) => {
    // Where several load, the page ends the others as soon as one is gone.
    if (isComputeWorker(worker)) endByItself(worker).catch(() => {})
  })
  await extract.click()
  await expect(page.getByText(/ended by itself twice/).first()).toBeVisible()
  expect(held.length).toBeGreaterThan(1)

  page.removeAllListeners('worker')
  const starting = page.waitForEvent('worker', isComputeWorker)
  await extract.click()
  const ended = await starting
  const closed = ended.waitForEvent('close')
  isHeld = false
  await endByItself(ended)
  await closed
  await waitForResult(page, /^1\s502 features/)
  await expect(page.getByText(/^Done in/)).toBeVisible()
  expect(problems).toEqual([])
})
