/*
 * From the drop of a folder of DICOM files to its volumes: `npm run bench:folder`.
 *   SIMPLEITK_PYTHON      an interpreter that has SimpleITK, which then reads the same folder
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { runPeer } from '../peer.ts'
import { makeCohort, makeLongSeries } from './madeFolder.ts'
import { watchReading } from './watchReading.ts'

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
  await page.waitForTimeout(2000)
}

/** As the browser does it when a person lets a folder go over the page. */
async function drop(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data })
}

const isDone = (page: Page) => page.waitForFunction(() => !Number.isNaN(window.reading.doneAt), undefined, { timeout: 300_000 })

async function tell(page: Page, title: string): Promise<void> {
  const { droppedAt, listedAt, firstAt, doneAt, longTasks } = await page.evaluate(() => window.reading)
  const seconds = (at: number) => ((at - droppedAt) / 1000).toFixed(2)
  const rows = await page.locator('.volumes tr:not(.head)').count()
  console.log(`
${title}: seconds from the drop
  all headers read          ${seconds(listedAt)}
  first volume to be opened ${seconds(firstAt)}
  all ${rows - 1} volumes            ${seconds(doneAt)}
  tasks over 50 ms on the page's own thread: ${longTasks.length}, the longest ${Math.round(Math.max(0, ...longTasks))} ms`)
}

test('966 small files, 56 volumes, 25 MB', async ({ page }) => {
  await write(makeCohort())
  await openPage(page)
  await drop(page)
  await isDone(page)
  await tell(page, '966 files in 56 volumes')
  const theirs = await runPeer<{ seconds: number; version: string }>(process.env.SIMPLEITK_PYTHON, 'readFolder.py', [folder])
  if (theirs) console.log(`  SimpleITK ${theirs.version}: ${theirs.seconds.toFixed(2)}`)
})

test('2,952 files, of which the first volume is opened meanwhile', async ({ page }) => {
  await write(makeLongSeries())
  await openPage(page)
  await drop(page)
  const open = page.locator('.volumes').getByRole('button', { name: 'Open', exact: true }).first()
  await open.click({ timeout: 300_000 })
  const clicked = await page.evaluate(() => performance.now())
  await expect(page.getByTestId('views')).toHaveAttribute('data-shown', 'true', { timeout: 60_000 })
  const shown = await page.evaluate(() => performance.now())
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: /^Images,/ })
    .click()
  await isDone(page)
  await tell(page, '2,952 files in 18 volumes')
  console.log(`  opened meanwhile: ${((shown - clicked) / 1000).toFixed(2)} from the click to its three planes`)
})
