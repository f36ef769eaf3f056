import { mkdtemp, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { chromium, expect, test, type Page } from '@playwright/test'
import { countKept, expectLeavingAsked, openSample, paintStroke, readVoxelCount, waitForImage } from './openPage.ts'

// Views are drawn by software: most of the time of these tests, three visits to an image each, goes with their size.
test.use({ viewport: { width: 1024, height: 640 } })

/** Presses the brush and drags it, but does not let go. */
async function beginStroke(page: Page): Promise<void> {
  const box = (await page.locator('.axial').boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 3]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x - 80, y - 20, { steps: 6 })
}

async function saveRegion(page: Page): Promise<Buffer> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  const bytes = gunzipSync(await readFile(await (await download).path()))
  return bytes.subarray(bytes.readFloatLE(108))
}

const isKept = (page: Page) => expect(page.getByRole('banner')).toContainText(/Saved (now|just|\d)/)
const reopen = async (page: Page) => {
  await page.goto('./')
  await page.getByRole('button', { name: /Breast, MR/ }).click()
  await waitForImage(page)
}

/** Draws two strokes, which are kept, and is in the middle of a third one. @returns the region of the two */
async function drawThreeStrokes(page: Page): Promise<Buffer> {
  await openSample(page, /Breast, MR/)
  const atStart = await readVoxelCount(page)
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)
  await beginStroke(page)
  await page.mouse.up()
  await isKept(page)
  const region = await saveRegion(page)
  const count = await readVoxelCount(page)
  await page.keyboard.press('PageUp')
  await beginStroke(page)
  expect(await readVoxelCount(page), 'the third stroke is not over').toBe(count)
  return region
}

/** As the page writes it, with any gap between the thousands. */
function countText(region: Buffer): RegExp {
  const count = region.reduce((sum, voxel) => sum + voxel, 0)
  return new RegExp(`${String(count).replace(/\B(?=(\d{3})+$)/g, '\\s?')} voxels`)
}

async function expectRecovered(page: Page, region: Buffer): Promise<void> {
  const notice = page.getByText(/^Recovered ROI of /)
  await expect(notice).toBeVisible()
  await expect(page.getByText(/A stroke that the page was closed in/)).toContainText(countText(region))
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(notice).toBeHidden()
  expect(Buffer.compare(await saveRegion(page), region)).toBe(0)
}

test('a tab that is closed in the middle of a stroke loses that stroke and nothing else', async ({ context, page }) => {
  const region = await drawThreeStrokes(page)
  await page.close()
  const next = await context.newPage()
  await reopen(next)
  await expectRecovered(next, region)
})

test('a browser that is killed in the middle of a stroke loses that stroke and nothing else', async ({
  launchOptions,
  baseURL,
  viewport,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'texel-profile-'))
  const launch = () => chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL!, viewport })
  try {
    const killed = await launch()
    const region = await drawThreeStrokes(killed.pages()[0])
    const closed = killed.waitForEvent('close')
    // "host-1234": the browser's own note of who uses the profile.
    process.kill(Number((await readlink(join(profile, 'SingletonLock'))).split('-').at(-1)), 'SIGKILL')
    await closed

    const context = await launch()
    const page = context.pages()[0]
    await reopen(page)
    await expectRecovered(page, region)
    await context.close()
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
})

/** Writes into the browser's storage until not even a few bytes are taken. */
async function fillDisk(): Promise<void> {
  const request = indexedDB.open('filler')
  request.onupgradeneeded = () => request.result.createObjectStore('bytes', { autoIncrement: true })
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error('The filler could not be opened.'))
  })
  const write = (bytes: number) =>
    new Promise<boolean>((resolve) => {
      const transaction = database.transaction('bytes', 'readwrite')
      transaction.objectStore('bytes').add(new Uint8Array(bytes))
      transaction.oncomplete = () => resolve(true)
      transaction.onabort = () => resolve(false)
    })
  for (const bytes of [100_000, 10_000, 1000, 100, 10]) while (await write(bytes));
  database.close()
}

test('on a full disk the page says that nothing is kept and what to do, and keeps again once there is room', async ({
  page,
  baseURL,
}) => {
  // Filling the disk takes longer where others share the machine.
  test.slow()
  const session = await page.context().newCDPSession(page)
  const origin = new URL(baseURL!).origin
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 })
  await openSample(page, /Breast, MR/)
  await isKept(page)
  // The files of open images give way to an ROI.
  await expect.poll(() => countKept(page, 'openedFiles')).toBeGreaterThan(0)
  const atFirst = await readVoxelCount(page)
  await page.evaluate(fillDisk)
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atFirst)
  await expect.poll(() => countKept(page, 'openedFiles')).toBe(0)
  await isKept(page)

  const before = await readVoxelCount(page)
  await page.evaluate(fillDisk)
  await beginStroke(page)
  await page.mouse.up()
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(before)
  const problem = page.getByRole('alert').filter({ hasText: 'no more room' })
  await expect(problem).toContainText('NOT kept')
  await expect(page.getByRole('banner')).toContainText('Not saved')
  const drawn = await saveRegion(page)

  // What was kept before is still there, unharmed.
  const other = await page.context().newPage()
  await other.goto('./')
  await expect(other.getByRole('region', { name: 'Kept on this computer' })).toContainText('breast1')
  await other.close()

  // Leaving is asked about, unless what is drawn is in a file.
  await page.keyboard.press('Control+z')
  await expect.poll(() => readVoxelCount(page)).toBe(before)
  await expect(page.getByRole('banner')).toContainText('Not saved')
  await expectLeavingAsked(page)
  await page.keyboard.press('Control+Shift+z')

  await problem.getByRole('button', { name: 'Try again' }).click()
  await expect(problem).toBeVisible()
  await session.send('Storage.overrideQuotaForOrigin', { origin })
  await problem.getByRole('button', { name: 'Try again' }).click()
  await expect(problem).toBeHidden()
  await isKept(page)
  await reopen(page)
  await expectRecovered(page, drawn)
})

test('what a second tab draws is not written over the ROI of the first; when that is closed, its ROI is offered', async ({
  page,
  context,
}) => {
  await openSample(page, /Breast, MR/)
  await paintStroke(page)
  await isKept(page)
  const first = await saveRegion(page)

  const other = await context.newPage()
  await openSample(other, /Breast, MR/)
  await expect(other.getByText('open in another tab')).toBeVisible()
  await expect(other.getByRole('banner')).toContainText('Saved')
  await other.getByRole('button', { name: 'Discard' }).click()
  await page.close()
  await expect(other.getByText('open in another tab')).toBeHidden()
  await expectRecovered(other, first)
  await isKept(other)
})

test('strokes drawn while a recovered ROI waits outlive a crash of the page, and both are offered', async ({ page, context }) => {
  await openSample(page, /Breast, MR/)
  await paintStroke(page)
  await isKept(page)
  const recovered = await saveRegion(page)
  await page.close()

  const undecided = await context.newPage()
  await reopen(undecided)
  await expect(undecided.getByText(/^Recovered ROI of /)).toBeVisible()
  for (let stroke = 0; stroke < 2; stroke++) {
    const before = await readVoxelCount(undecided)
    await undecided.keyboard.press('PageUp')
    await paintStroke(undecided)
    await expect.poll(() => readVoxelCount(undecided)).toBeGreaterThan(before)
  }
  await isKept(undecided)
  const drawn = await saveRegion(undecided)
  const crashed = undecided.waitForEvent('crash')
  const session = await context.newCDPSession(undecided)
  // Never answered: the page is gone.
  session.send('Page.crash').catch(() => undefined)
  await crashed
  await undecided.close()

  const next = await context.newPage()
  await reopen(next)
  await expect(next.getByText(/^Recovered ROI of /)).toBeVisible()
  await next.getByRole('button', { name: 'Restore' }).click()
  await expect(next.getByText(/A stroke that the page was closed in/)).toContainText(countText(drawn))
  expect(Buffer.compare(await saveRegion(next), recovered)).toBe(0)
  await expectRecovered(next, drawn)
})
