import { expect, test, type Page } from '@playwright/test'
import { findCutOff } from './findCutOff.ts'
import { findViolations } from './findViolations.ts'
import { knowGraphics } from './knowGraphics.ts'
import { openSample, paintStroke, readVoxelCount, watchPage } from './openPage.ts'

const view = (page: Page) => page.getByRole('application', { name: 'Surface in 3D' })
const group = (page: Page) => page.getByRole('group', { name: 'ROI in 3D' })

/** Pixels in shades of a lesion's colour, and where their middle is in the view. */
const seen = (page: Page, [red, green, blue]: readonly number[]) =>
  view(page)
    .locator('canvas')
    .evaluate(
      (canvas: HTMLCanvasElement, [red, green, blue]) => {
        const { data, width, height } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
        let [count, x, y] = [0, 0, 0]
        for (let at = 0; at < width * height; at++) {
          const [r, g, b] = data.subarray(4 * at, 4 * at + 3)
          // As dark as the light leaves it.
          const share = r / red
          if (share < 0.1 || Math.abs(g - share * green) > 25 || Math.abs(b - share * blue) > 25) continue
          count++
          x += at % width
          y += Math.floor(at / width)
        }
        return { count, x: x / count, y: y / count }
      },
      [red, green, blue] as const,
    )
const orange = [255, 138, 71]
const blue = [86, 180, 233]
const countOf = async (page: Page, colour = orange) => (await seen(page, colour)).count
const cursor = (page: Page) => page.getByRole('contentinfo').getByText(/voxel/)

async function openSurface(page: Page): Promise<number> {
  await openSample(page, /Breast, MR/)
  await page.keyboard.press('Shift+O')
  await expect(group(page).getByText('Drag to turn, click to go there')).toBeVisible()
  await expect.poll(() => countOf(page)).toBeGreaterThan(2000)
  return countOf(page)
}

for (const hands of ['ITK-SNAP hands', 'PACS hands']) {
  test(`the ROI stands in 3D in the fourth place: turned, cut, gone to, and drawn on, with ${hands}`, async ({ page }) => {
    const { problems, foreignRequests } = watchPage(page)
    const whole = await openSurface(page)
    await page.locator('label', { hasText: hands }).click()
    await expect(group(page).locator('.surface > span')).toHaveText(['R', 'L', 'S', 'I'])

    // Turned by hand and by keys, and back.
    const box = (await view(page).boundingBox())!
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 180, y, { steps: 6 })
    await page.mouse.up()
    await expect(group(page).locator('.surface > span').first()).toHaveText('A')
    await expect.poll(() => countOf(page)).not.toBe(whole)
    for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowRight')
    await expect(group(page).locator('.surface > span').first()).toHaveText('R')
    await expect.poll(() => countOf(page)).toBe(whole)
    // The keys of the view were not the cursor's.
    const before = await cursor(page).innerText()

    // The right button zooms as in the other views, whichever hand works.
    await page.mouse.down({ button: 'right' })
    await page.mouse.move(x - 180, y - 40, { steps: 4 })
    await page.mouse.up({ button: 'right' })
    await expect.poll(() => countOf(page)).toBeGreaterThan(1.5 * whole)
    await group(page).getByRole('button', { name: 'From the front' }).click()
    await expect.poll(() => countOf(page)).toBe(whole)
    expect(await cursor(page).innerText()).toBe(before)

    // A click goes to where the surface is, which is the border of the ROI.
    const { x: at, y: down } = await seen(page, orange)
    const scale = await view(page).locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.clientWidth / canvas.width) // prettier-ignore
    await page.mouse.click(box.x + at * scale, box.y + down * scale)
    await expect(cursor(page)).not.toHaveText(before)
    await expect(page.locator('.views > .coronal [data-part=slice]')).toHaveText(/(6[3-8]) \/ 120/)

    // Cut at the cursor's slice one half is left, or the other one.
    await page.keyboard.press('h')
    await group(page).getByRole('combobox', { name: 'Where the surface is cut' }).selectOption('axial')
    await expect.poll(() => countOf(page)).toBeLessThan(0.8 * whole)
    const lower = await seen(page, orange)
    await group(page).getByRole('checkbox', { name: 'Other half' }).check()
    await expect.poll(async () => (await seen(page, orange)).y).toBeLessThan(lower.y)
    const upper = await seen(page, orange)
    expect(Math.abs(lower.count + upper.count - whole)).toBeLessThan(0.25 * whole)
    await group(page).getByRole('combobox', { name: 'Where the surface is cut' }).selectOption('none')

    // What is drawn is in it when the hand rests; what is undone is not, to the pixel.
    const voxels = await readVoxelCount(page)
    await paintStroke(page)
    await expect.poll(() => countOf(page)).not.toBe(whole)
    expect(await readVoxelCount(page)).not.toBe(voxels)
    await page.keyboard.press('Control+z')
    await expect.poll(() => readVoxelCount(page)).toBe(voxels)
    await page.keyboard.press('h')
    await expect.poll(() => countOf(page)).toBe(whole)
    await page.keyboard.press('Shift+O')
    await expect(group(page)).toHaveCount(0)
    expect(problems).toEqual([])
    expect(foreignRequests).toEqual([])
  })
}

for (const size of [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
]) {
  test(`at ${size.width} x ${size.height} each lesion has its colour in 3D, a hidden ROI is not seen, and nothing is in the way`, async ({
    page,
  }) => {
    const { problems } = watchPage(page)
    await page.setViewportSize(size)
    await openSurface(page)
    // The third lesion is blue; the second stays empty.
    await page.keyboard.press('Shift+A')
    await expect.poll(() => readVoxelCount(page)).toBe(0)
    await page.keyboard.press('Shift+A')
    await paintStroke(page)
    await expect(group(page).getByText('L1, L3: drag to turn, click to go there')).toBeVisible()
    await expect.poll(() => countOf(page, blue)).toBeGreaterThan(200)
    expect(await countOf(page)).toBeGreaterThan(200)
    await group(page).getByRole('button', { name: 'From the front' }).click()
    await page.screenshot({ path: test.info().outputPath('surface.png') })
    const violations = await findViolations(page)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    expect(await findCutOff(page)).toEqual([])
    await page.keyboard.press('s')
    await expect(group(page).getByText('The ROI is hidden.')).toBeVisible()
    await expect.poll(() => countOf(page, blue)).toBe(0)
    await page.keyboard.press('s')
    await expect.poll(() => countOf(page, blue)).toBeGreaterThan(200)
    expect(problems).toEqual([])
  })
}

test('a surface that lost its graphics comes back as it was turned', async ({ page }) => {
  await knowGraphics(page)
  const front = await openSurface(page)
  await view(page).focus()
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft')
  await expect.poll(() => countOf(page)).not.toBe(front)
  const turned = await countOf(page)
  await page.evaluate(() =>
    window.graphics.filter((gl) => !gl.isContextLost()).forEach((gl) => gl.getExtension('WEBGL_lose_context')!.loseContext()),
  )
  await expect(group(page).getByText('The picture is on its way …')).toBeVisible()
  await expect(group(page).getByText('The picture is on its way …')).toBeHidden()
  await expect.poll(() => countOf(page)).toBe(turned)
})
