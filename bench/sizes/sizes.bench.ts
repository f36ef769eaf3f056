/*
 * How much memory the whole browser takes for one image of 16-bit voxels, by its size: `npm run bench:sizes`. On Linux, which tells it.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { expect, test, type Browser } from '@playwright/test'
import { makeNifti } from '../../cli/madeNifti.ts'
import { paintStroke, step, waitForResult } from '../../e2e/openPage.ts'

/** So often memory is looked at, in milliseconds. */
const lookMs = 200

/** Of all processes of the browser, in bytes; what several share is counted once. */
async function takenBytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const shares = await Promise.all(
    processInfo.map(async ({ id }) => {
      // A process that ended meanwhile takes nothing.
      const told = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '')
      return 1024 * Number(/^Pss:\s+(\d+)/m.exec(told)?.[1] ?? 0)
    }),
  )
  return shares.reduce((sum, one) => sum + one, 0)
}

/** @returns how long the work took, and the most bytes while it went on */
async function watch(browser: Browser, work: () => Promise<void>): Promise<{ readonly seconds: number; readonly most: number }> {
  let [most, isOver] = [0, false]
  const looking = (async () => {
    while (!isOver) {
      most = Math.max(most, await takenBytes(browser))
      await new Promise((go) => setTimeout(go, lookMs))
    }
  })()
  const startedAt = performance.now()
  await work()
  const seconds = (performance.now() - startedAt) / 1000
  isOver = true
  await looking
  return { seconds, most }
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

for (const size of [
  [256, 256, 150],
  [512, 512, 150],
  [512, 512, 300],
  [512, 512, 600],
  [512, 512, 1000],
] as const)
  // prettier-ignore
  test(`one image of ${size.join(' x ')}`, async ({ browser, page }) => {
    const path = test.info().outputPath('image.nii')
    // Noise, which nothing makes smaller.
    let noise = 1
    const value = () => (noise = (noise * 48271) % 2147483647) % 1200
    const bytes = makeNifti({ size, spacing: [0.7, 0.7, 1], datatype: 4, value })
    await writeFile(path, bytes)
    await page.goto('./')
    await page.waitForLoadState('networkidle')
    const opening = await watch(browser, async () => {
      await page.getByTestId('file-input').setInputFiles(path)
      await expect(page.getByTestId('views')).toHaveAttribute('data-shown', 'true', { timeout: 300_000 })
    })
    await paintStroke(page)
    await expect(page.getByRole('banner')).toContainText('Saved')
    const held = await takenBytes(browser)
    await step(page, 'Features').click()
    const extracting = await watch(browser, async () => {
      await page.getByRole('button', { name: 'Extract features' }).click()
      await page.getByTestId('row-count').filter({ hasText: /features$/ }).waitFor({ timeout: 600_000 }) // prettier-ignore
    })
    await waitForResult(page, /^1.502 features$/)
    console.log(
      `\n${size.join(' x ')}, ${Math.round(bytes.length / 1e6)} MB: opened in ${opening.seconds.toFixed(1)} s, ${gigabytes(opening.most)} while it is read, ${gigabytes(held)} held, ${gigabytes(extracting.most)} at most for 1502 features`,
    )
  })
