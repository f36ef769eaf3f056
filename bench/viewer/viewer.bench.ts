import { expect, test, type Page } from '@playwright/test'
import { step, waitForImage } from '../../e2e/openPage.ts'
import { makeVolume } from './madeVolume.ts'
import { watchDrawing } from './watchDrawing.ts'

const repeats = 100
/** So long nothing more is drawn: what an input set off is over. */
const quietMs = 350

interface Point {
  readonly x: number
  readonly y: number
}

/** Milliseconds from an input to the frame after the drawing: by then the browser has taken the picture over. */
interface Latency {
  /** The first drawing in the view under the hand. */
  readonly first: number
  /** The last drawing in that view before the hand would have rested. */
  readonly last: number
  /** The last drawing in the views beside. */
  readonly beside: number
}

/** What the page did after the latest input of a kind. */
async function takeLatency(page: Page, type: 'pointerdown' | 'pointermove' | 'wheel'): Promise<Latency> {
  await page.waitForTimeout(quietMs)
  return page.evaluate((type) => {
    const { draws, frames, inputs } = window.drawing
    const start = inputs.findLast((input) => input.type === type)!.at
    const later = draws.filter(({ at }) => at >= start)
    const shownAt = (at: number | undefined) => (at === undefined ? NaN : frames.find((frame) => frame > at)! - start)
    const own = later.filter(({ plane }) => plane === 'axial').map(({ at }) => at)
    const beside = later.filter(({ plane }) => plane !== 'axial').map(({ at }) => at)
    const result = {
      first: shownAt(own[0]),
      last: shownAt(own.findLast((at) => at < start + 100)),
      beside: shownAt(beside.at(-1)),
    }
    for (const list of [draws, frames, inputs]) list.splice(0)
    return result
  }, type)
}

function summarise(name: string, milliseconds: readonly number[], aim: number): string[] {
  const sorted = milliseconds.filter(Number.isFinite).sort((a, b) => a - b)
  const quantile = (p: number) => sorted[Math.min(sorted.length - 1, Math.round(p * (sorted.length - 1)))]
  return [name, quantile(0.5).toFixed(0), quantile(0.95).toFixed(0), `${aim}`, `${sorted.length}`]
}

function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const table = [['ms', 'median', 'p95', 'aim', 'measured'], ...rows]
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)))
  const lines = table.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '))
  console.log(`\n${title}\n${lines.join('\n')}`)
}

async function openVolume(page: Page): Promise<void> {
  const { image, mask } = makeVolume()
  await page.addInitScript(watchDrawing)
  await page.goto('./')
  const file = (name: string, buffer: Buffer) => ({ name, buffer, mimeType: 'application/octet-stream' })
  await page.getByTestId('file-input').setInputFiles([file('made.nii.gz', image), file('ball.nii.gz', mask)])
  await waitForImage(page)
  await page.getByRole('button', { name: 'Use this mask' }).click()
  await expect(page.getByRole('region', { name: 'ROI', exact: true })).toContainText('cm³')
}

async function measureViews(page: Page, title: string): Promise<void> {
  await page.waitForTimeout(1000)
  const box = (await page.locator('.axial').boundingBox())!
  const middle: Point = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  /** Along a circle round the middle. */
  const way = (i: number, radius: number): Point => ({
    x: middle.x + radius * Math.cos(i / 6),
    y: middle.y + radius * Math.sin(i / 6),
  })
  const collect = async (act: (i: number) => Promise<Latency>) => {
    const all: Latency[] = []
    for (let i = -3; i < repeats; i++) {
      const latency = await act(i)
      if (i >= 0) all.push(latency)
    }
    return all
  }

  await page.mouse.move(middle.x, middle.y)
  const scrolls = await collect(async (i) => {
    await page.mouse.wheel(0, Math.floor(i / 20) % 2 === 0 ? 100 : -100)
    return takeLatency(page, 'wheel')
  })

  await page.getByRole('button', { name: /^Brush/ }).click()
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.down()
  const moves = await collect(async (i) => {
    const { x, y } = way(i, 60 + i)
    await page.mouse.move(x, y)
    return takeLatency(page, 'pointermove')
  })
  await page.mouse.up()

  const dabs = await collect(async (i) => {
    const { x, y } = way(i, 40 + i)
    // Every second one erases again, so that each changes voxels.
    if (i % 2 === 0) await page.keyboard.press('4')
    else await page.keyboard.press('r')
    await page.mouse.move(x, y)
    await page.waitForTimeout(50)
    await page.mouse.down()
    const latency = takeLatency(page, 'pointerdown')
    await page.mouse.up()
    return latency
  })

  printTable(`${title}: axial view ${Math.round(box.width)} x ${Math.round(box.height)} px`, [
    summarise('scroll one plane', scrolls.map(({ last }) => last), 50), // prettier-ignore
    summarise('pointer move while painting, plane under the hand', moves.map(({ first }) => first), 60), // prettier-ignore
    summarise('the other planes, when the hand rests', moves.map(({ beside }) => beside), 250), // prettier-ignore
    summarise('a single dab', dabs.map(({ first }) => first), 100), // prettier-ignore
  ])
}

test('views of 400 x 400 px', async ({ page }) => {
  await openVolume(page)
  await page.addStyleTag({ content: '.views { grid-template: 400px 400px / 400px 400px !important; } .views > .axial { grid-row: auto !important; }' }) // prettier-ignore
  await measureViews(page, '256 x 256 x 100, DPR 1, mask shown')
})

test('the layout as it is drawn, 1440 x 900', async ({ page }) => {
  await openVolume(page)
  await measureViews(page, '256 x 256 x 100, DPR 1, mask shown, window of 1440 x 900')
})

test('long tasks while workers compute', async ({ page }) => {
  await openVolume(page)
  await step(page, 'Features').click()
  await page.waitForTimeout(3000)
  await page.evaluate(() => window.drawing.longTasks.splice(0))
  await page.getByRole('button', { name: 'Extract features' }).click()
  await page.getByTestId('row-count').waitFor({ timeout: 300_000 })
  await page.waitForTimeout(500)
  const tasks = await page.evaluate(() => window.drawing.longTasks)
  console.log(
    `\nextraction of the ball: ${tasks.length} tasks over 50 ms on the page's own thread, the longest ${Math.round(Math.max(0, ...tasks))} ms (the last one draws the table)`,
  )
})

test('from the click on a sample case to its three planes, in a page that has just been opened', async ({ browser }) => {
  const rows: string[][] = []
  for (const name of [/Brain, MR/, /Breast, MR/]) {
    const all: number[] = []
    for (let i = -1; i < 10; i++) {
      // Nothing is cached in a context of its own.
      const page = await browser.newPage()
      await page.addInitScript(watchDrawing)
      await page.goto('./')
      await page.getByRole('button', { name }).click()
      await waitForImage(page)
      const ms = await page.evaluate(async () => {
        await new Promise(requestAnimationFrame)
        const { draws, frames, inputs } = window.drawing
        const firsts = ['axial', 'sagittal', 'coronal'].map((plane) => draws.find((draw) => draw.plane === plane)!.at)
        return frames.find((frame) => frame > Math.max(...firsts))! - inputs.find(({ type }) => type === 'pointerdown')!.at
      })
      if (i >= 0) all.push(ms)
      await page.close()
    }
    rows.push(summarise(name.source, all, 1500))
  }
  printTable('From the click on a sample case to its three planes', rows)
})
