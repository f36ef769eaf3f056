import { chromium, expect, test, type Page } from '@playwright/test'
import { knowGraphics } from './knowGraphics.ts'
import { openSample, paintStroke, readVoxelCount, step } from './openPage.ts'

declare global {
  interface Window {
    told: string[]
    graphicsHold: 'smallPictures' | 'noneMore' | 'enough'
  }
}

const message = (page: Page) => page.locator('.views > .axial [data-part=message]')
const label = (page: Page) => page.locator('.views > .axial [data-part=slice]')
/** How bright the picture of the axial view is, over all its pixels. */
const brightness = (page: Page) =>
  page.locator('.views > .axial canvas.cornerstone-canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    return data.reduce((sum, value, i) => (i % 4 === 0 ? sum + value : sum), 0)
  })

interface Before {
  /** Of the next slice, which was looked at. */
  readonly nextLabel: string
  readonly nextBrightness: number
  readonly count: number
}

/** Looks at the next slice and goes back; the hand stays on the axial view, whose slices keys turn. */
async function lookAround(page: Page): Promise<Before> {
  const count = await readVoxelCount(page)
  await page.locator('.views > .axial').hover()
  const first = { label: (await label(page).textContent())!, brightness: await brightness(page) }
  await page.keyboard.press('PageUp')
  await expect(label(page)).not.toHaveText(first.label)
  await expect.poll(() => brightness(page)).not.toBe(first.brightness)
  const next = { nextLabel: (await label(page).textContent())!, nextBrightness: await brightness(page) }
  await page.keyboard.press('PageDown')
  await expect(label(page)).toHaveText(first.label)
  await expect.poll(() => brightness(page)).toBe(first.brightness)
  return { ...next, count }
}

/** Nothing is drawn where no picture is; then the very slice that was scrolled to meanwhile is there and takes strokes. */
async function expectRebuilt(page: Page, { nextLabel, nextBrightness, count }: Before): Promise<void> {
  await expect(message(page)).toBeHidden()
  await expect(label(page)).toHaveText(nextLabel)
  expect(await brightness(page)).toBe(nextBrightness)
  expect(await readVoxelCount(page)).toBe(count)
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(count)
}

test('a picture that lost its graphics says so, takes no stroke, and comes back on the slice that was scrolled to', async ({
  page,
}) => {
  await knowGraphics(page)
  await openSample(page, /Breast, MR/)
  const before = await lookAround(page)
  const room = await page.locator('.views > .axial').boundingBox()
  await page.getByRole('button', { name: /^Brush/ }).click()
  await page.locator('.views > .axial').hover()
  await page.mouse.down()
  await page.mouse.up()
  await expect.poll(() => readVoxelCount(page)).not.toBe(before.count)
  const count = await readVoxelCount(page)
  // They do not come back by themselves. Keys and hand come before the picture can be there again.
  const meanwhile = await page.evaluate(() => {
    window.graphics.filter((gl) => !gl.isContextLost()).forEach((gl) => gl.getExtension('WEBGL_lose_context')!.loseContext())
    for (const key of ['PageUp', 'z', 'Enter']) {
      window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: key === 'z' }))
    }
    const view = document.querySelector('.views > .axial')!
    const { x, y, width, height } = view.getBoundingClientRect()
    const shown = document.elementFromPoint(x + width / 2, y + height / 2)!
    for (const [type, dx] of [
      ['pointerdown', 0],
      ['pointermove', 60],
      ['pointerup', 60],
    ] as const) {
      const at = { clientX: x + width / 2 + dx, clientY: y + height / 2, pointerId: 1, bubbles: true, cancelable: true }
      shown.dispatchEvent(new PointerEvent(type, at))
    }
    return { text: view.querySelector<HTMLElement>('[data-part=message]')!.innerText, room: { x, y, width, height } }
  })
  expect(meanwhile).toEqual({ text: 'The picture is being rebuilt …', room })
  await expectRebuilt(page, { ...before, count })
})

test('pictures come back after the GPU process ended', async () => {
  const { launchOptions, baseURL, viewport } = test.info().project.use
  const browser = await chromium.launch(launchOptions)
  try {
    const page = await browser.newPage({ baseURL: baseURL!, viewport: viewport! })
    await openSample(page, /Breast, MR/)
    const before = await lookAround(page)
    const client = await browser.newBrowserCDPSession()
    const { processInfo } = await client.send('SystemInfo.getProcessInfo')
    // It may come back sooner than can be asked for again and again.
    await message(page).evaluate((element) => {
      window.told = []
      new MutationObserver(() => window.told.push(element.textContent)).observe(element, { childList: true })
    })
    process.kill(processInfo.find(({ type }) => type === 'GPU')!.id, 'SIGKILL')
    await expect.poll(() => page.evaluate(() => window.told)).toContain('The picture is being rebuilt …')
    await page.keyboard.press('PageUp')
    await expectRebuilt(page, before)
  } finally {
    await browser.close()
  }
})

test('what the graphics cannot hold is told as that, in the view, and the picture comes back when there is room', async ({
  page,
}) => {
  await page.addInitScript(() => {
    window.graphicsHold = 'smallPictures'
    const { getParameter, getError } = WebGL2RenderingContext.prototype
    WebGL2RenderingContext.prototype.getParameter = function (name: number) {
      return name === this.MAX_TEXTURE_SIZE && window.graphicsHold === 'smallPictures'
        ? 8
        : (getParameter.call(this, name) as unknown)
    }
    let asked = 0
    WebGL2RenderingContext.prototype.getError = function () {
      return window.graphicsHold === 'noneMore' && asked++ % 2 === 0 ? this.OUT_OF_MEMORY : getError.call(this)
    }
  })
  await page.goto('./')
  await page.getByRole('button', { name: /Breast, MR/ }).click()
  await expect(step(page, 'ROI')).toBeVisible()
  await expect(message(page)).toContainText(/This slice has \d+ x \d+ voxels; the graphics of this computer draw at most 8 x 8/)
  await expect(message(page)).not.toContainText('WebGL')
  const tryAgain = message(page).getByRole('button', { name: 'Try again' })
  await page.evaluate(() => (window.graphicsHold = 'noneMore'))
  await tryAgain.click()
  await expect(message(page)).toContainText('The graphics of this computer have no memory left for this picture.')
  await page.evaluate(() => (window.graphicsHold = 'enough'))
  await tryAgain.click()
  await expect(message(page)).toBeHidden()
  await expect.poll(() => brightness(page)).toBeGreaterThan(0)
})

test('a browser without WebGL 2 is told as that', async () => {
  const { launchOptions, baseURL, viewport } = test.info().project.use
  const browser = await chromium.launch({ ...launchOptions, args: ['--no-sandbox', '--disable-3d-apis'] })
  try {
    const page = await browser.newPage({ baseURL: baseURL!, viewport: viewport! })
    await page.goto('./')
    await page.getByRole('button', { name: /Breast, MR/ }).click()
    await expect(message(page)).toContainText('this browser has no WebGL 2')
    await expect(message(page).getByRole('button', { name: 'Try again' })).toBeVisible()
  } finally {
    await browser.close()
  }
})
