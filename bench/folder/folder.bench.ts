/*
 * From the drop of a folder of DICOM files to its volumes: `npm run bench:folder`.
 *   SIMPLEITK_PYTHON      an interpreter that has SimpleITK, which then reads the same folder
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { dropFolder, step } from '../../e2e/openPage.ts'
import { runPeer } from '../peer.ts'
import { makeCohort, makeLongSeries } from './madeFolder.ts'
import { watchReading, type Reading } from './watchReading.ts'

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-folder-'))
})
test.afterEach(() => rm(folder, { recursive: true }))

async function write(files: ReturnType<typeof makeCohort>): Promise<void> {
  for (const { path, bytes } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
}

async function openPage(page: Page): Promise<void> {
  await page.addInitScript(watchReading)
  await page.goto('./')
  // At rest: later parts of the page are there too.
  await page.waitForLoadState('networkidle')
}

const isDone = (page: Page) => page.waitForFunction(() => !Number.isNaN(window.reading.doneAt), undefined, { timeout: 300_000 })

/** Of all processes of the browser, since it was started. */
async function processorSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

function tell(title: string, { droppedAt, listedAt, firstAt, doneAt, longTasks }: Reading, processor: number): void {
  const seconds = (at: number) => ((at - droppedAt) / 1000).toFixed(2)
  console.log(`
${title}: seconds from the drop
  all headers read          ${seconds(listedAt)}
  first volume to be opened ${seconds(firstAt)}
  all volumes read          ${seconds(doneAt)}, ${processor.toFixed(2)} of the processor in all processes of the browser
  tasks over 50 ms on the page's own thread: ${longTasks.length}, the longest ${Math.round(Math.max(0, ...longTasks))} ms`)
}

test('966 small files, 56 volumes, 25 MB', async ({ browser, page }) => {
  await write(makeCohort())
  await openPage(page)
  const before = await processorSeconds(browser)
  await dropFolder(page, folder)
  await isDone(page)
  const processor = (await processorSeconds(browser)) - before
  await expect(page.locator('.volumes').getByRole('radiogroup')).toHaveCount(56)
  tell('966 files in 56 volumes', await page.evaluate(() => window.reading), processor)
  const theirs = await runPeer<Record<'seconds' | 'processor', number> & { readonly version: string }>(
    process.env.SIMPLEITK_PYTHON,
    'readFolder.py',
    [folder],
  )
  if (theirs)
    console.log(`  SimpleITK ${theirs.version}: ${theirs.seconds.toFixed(2)}, ${theirs.processor.toFixed(2)} of the processor`)
})

test('2,952 files, of which the first volume is opened meanwhile', async ({ browser, page }) => {
  await write(makeLongSeries())
  await openPage(page)
  const before = await processorSeconds(browser)
  await dropFolder(page, folder)
  await page.locator('.volumes').getByRole('button', { name: 'Open', exact: true }).first().click({ timeout: 300_000 })
  await expect(page.getByTestId('views')).toHaveAttribute('data-shown', 'true', { timeout: 120_000 })
  await step(page, 'Images').click()
  await isDone(page)
  const reading = await page.evaluate(() => window.reading)
  tell('2,952 files in 18 volumes', reading, (await processorSeconds(browser)) - before)
  console.log(
    `  opened meanwhile: ${((reading.shownAt - reading.droppedAt) / 1000).toFixed(2)} from the drop to its three planes`,
  )
})
