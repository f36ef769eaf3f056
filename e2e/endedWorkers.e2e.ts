import { expect, test, type Page, type Worker } from '@playwright/test'
import { openSample, step, waitForResult, watchPage } from './openPage.ts'

const isComputeWorker = (worker: Worker) => worker.url().includes('/compute.worker')
const computeWorkers = (page: Page) => page.workers().filter(isComputeWorker)

/** Closed by itself, as the page sees it, once it is ready: once it holds the lock of its own by which the page knows that it lives. */
const endByItself = (worker: Worker) =>
  worker.evaluate(async () => {
    const held = async () => (await navigator.locks.query()).held!
    const probe = `probe ${crypto.randomUUID()}`
    const own = await navigator.locks.request(probe, async () => (await held()).find(({ name }) => name === probe)!.clientId)
    const isReady = async () => (await held()).some(({ name, clientId }) => clientId === own && name!.startsWith('texel worker'))
    while (!(await isReady()));
    self.close()
  })

test('a worker that ends by itself in the middle of an extraction costs nothing; two in a row are told, and the page goes on', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  await step(page, 'Features').click()
  const extract = page.getByRole('button', { name: /^Extract/ }).first()
  const running = page.getByTestId('footer-run')

  // The first that starts for the run, which has its first part when it is ready.
  const starting = page.waitForEvent('worker', isComputeWorker)
  await extract.click()
  const ended = await starting
  const closed = ended.waitForEvent('close')
  await endByItself(ended)
  await closed
  await waitForResult(page, /^1\s502 features/)
  await expect(page.getByText(/^Done in/)).toBeVisible()

  // Each one that starts for the next run.
  const first = computeWorkers(page)
  await extract.click()
  await expect(running).toContainText(/Extracting \d+ of/)
  page.on('worker', (worker) => void endByItself(worker))
  await Promise.all(first.map((worker) => endByItself(worker)))
  await expect(running).toBeHidden()
  await expect(page.getByText(/ended by itself twice/).first()).toBeVisible()

  page.removeAllListeners('worker')
  await extract.click()
  await waitForResult(page, /^1\s502 features/)
  await expect(page.getByText(/^Done in/)).toBeVisible()
  expect(problems).toEqual([])
})
