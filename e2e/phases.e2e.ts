import { expect, test, type Page } from '@playwright/test'
import { makeSeries } from '../cli/madeSeries.ts'
import { findCutOff } from './findCutOff.ts'
import { findViolations } from './findViolations.ts'
import { paintStroke, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

const side = 48
const slices = 12
/** A lesion on one side that takes up contrast and loses it, in tissue that gains a little with each phase. */
const lesion = { x: 12, y: 20, z: 7, radius: 3 }
const levels = [100, 400, 340, 300]

async function openPhases(page: Page): Promise<void> {
  await page.goto('./')
  const files = levels.flatMap((level, i) =>
    makeSeries({
      size: [side, side, slices],
      value: (x, y, z) => {
        const isLesion = Math.hypot(x - lesion.x, y - lesion.y, z - lesion.z) <= lesion.radius
        const isBreast = y > 8 && y < 40 && x > 4 && x < 44
        return isLesion ? level : isBreast ? 80 + 10 * i + ((x + y) % 5) : 2
      },
      name: `dyn ${i + 1}`,
      number: i + 1,
      elements: [
        ['00080022', 'DA', '20240301'],
        ['00080032', 'TM', `1020${10 * i || '00'}`],
        ['00180080', 'DS', '4.5'],
        ['00180081', 'DS', '1.7'],
      ],
    }),
  )
  await page
    .getByTestId('file-input')
    .setInputFiles(
      files.map(({ bytes }, i) => ({ name: `IM${i}`, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
    )
  await page
    .getByRole('row', { name: /dyn 2/ })
    .getByRole('button', { name: /Open|Show/ })
    .click()
  await waitForImage(page)
}

const panelOf = (page: Page) => page.getByRole('region', { name: 'Phases' })
const shown = (page: Page) => page.getByRole('banner').locator('strong')
/** The middle of the lesion, as near as its size lets a click come. */
const inLesion = /voxel (9|1[0-5]), (1[7-9]|2[0-3]), ([4-9]|10)\n?/
const cursorIs = (page: Page, voxel: RegExp) => expect(page.getByRole('contentinfo')).toContainText(voxel)

for (const [hands, preset] of [
  ['ITK-SNAP hands', 'itk-snap'],
  ['PACS hands', 'pacs'],
] as const) {
  test(`phases are gone through by keys, each less the first, and played, with ${hands}`, async ({ page }) => {
    const { problems, foreignRequests } = watchPage(page)
    await openPhases(page)
    if (preset === 'pacs') await page.locator('label', { hasText: hands }).click()
    const panel = panelOf(page)
    await paintStroke(page)
    const painted = await readVoxelCount(page)
    expect(painted).toBeGreaterThan(0)

    // The window that was set stays through the phases: what grows brighter is seen to.
    const width = page.getByRole('textbox', { name: 'Window width' })
    await width.fill('777')
    await width.press('Enter')
    for (const phase of [3, 4, 1, 2]) {
      // Out of the field, into which the letter would be written.
      await page.locator('.views > .axial [data-plane]').focus()
      await page.keyboard.press('i')
      await expect(shown(page)).toHaveText(`dyn ${phase}`)
      await expect(panel.getByRole('button', { name: `Phase ${phase}, dyn ${phase}` })).toHaveAttribute('aria-pressed', 'true')
      await waitForImage(page)
      await expect(width).toHaveValue('777')
    }
    expect(await readVoxelCount(page)).toBe(painted)

    // What the phase gained lies over it, and its ROI is still in hand.
    await page.keyboard.press('Shift+U')
    await expect(page.locator('.imageNames')).toContainText('dyn 2, phase 2 minus phase 1')
    expect(await readVoxelCount(page)).toBe(painted)
    await page.keyboard.press('i')
    await expect(page.locator('.imageNames')).toContainText('dyn 3, phase 3 minus phase 1')
    await page.keyboard.press('u')
    await expect(page.locator('.imageNames')).toContainText('dyn 2, phase 2 minus phase 1')
    await page.keyboard.press('Control+z')
    await expect.poll(() => readVoxelCount(page)).toBe(0)

    // Opened it has a name of its own and is no phase: the curve counts four, as before.
    await panel.getByRole('button', { name: 'Open as an image' }).click()
    await expect(shown(page)).toHaveText('dyn 2, phase 2 minus phase 1')
    await waitForImage(page)
    await page.keyboard.press('i')
    await expect(shown(page)).toHaveText('dyn 3, phase 3 minus phase 1')
    await expect(page.getByRole('region', { name: 'Enhancement curve' })).toHaveCount(0)
    await panel.getByRole('button', { name: 'Phase 4, dyn 4' }).click()
    await expect(shown(page)).toHaveText('dyn 4, phase 4 minus phase 1')
    await step(page, 'Images').click()
    await page
      .getByRole('row', { name: /dyn 2(?!,)/ })
      .first()
      .getByRole('button', { name: /Open|Show/ })
      .click()
    await waitForImage(page)
    await expect(page.getByRole('button', { name: 'Curve over 4 phases' })).toBeVisible()

    // Played: every phase comes, and then the image itself again.
    await page.locator('.views > .axial').hover()
    await page.keyboard.press('Shift+V')
    for (const phase of [1, 3, 4]) await expect(page.locator('.playedPhase')).toContainText(`Phase ${phase} of 4, dyn ${phase}`)
    await page.keyboard.press('Shift+V')
    await expect(page.locator('.playedPhase')).toHaveCount(0)
    expect(problems).toEqual([])
    expect(foreignRequests).toEqual([])
  })
}

test('a click on the projection goes to what is brightest there, and the other side stands mirrored beside', async ({ page }) => {
  const { problems } = watchPage(page)
  await openPhases(page)
  await page.keyboard.press('Shift+M')
  const projection = page.getByRole('group', { name: 'Projection' })
  await expect(projection.getByRole('status')).toHaveText('MIP, dyn 2, phase 2 minus phase 1')
  const canvas = projection.locator('canvas')
  await expect(canvas).toHaveAccessibleName('MIP of dyn 2, phase 2 minus phase 1, turned by 0°')
  /** The middle of what is brightest in the picture. */
  const findBrightest = () =>
    canvas.evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement
      const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height)
      let [x, y, count] = [0, 0, 0]
      for (let at = 0; at < width * height; at++) {
        if (data[4 * at] < 250) continue
        x += at % width
        y += Math.floor(at / width)
        count++
      }
      return { x: x / count, y: y / count, count }
    })
  const clickBrightest = async () => {
    await expect.poll(async () => (await findBrightest()).count).toBeGreaterThan(0)
    const { x, y } = await findBrightest()
    const box = (await canvas.boundingBox())!
    await page.mouse.click(box.x + x, box.y + y)
  }
  await clickBrightest()
  await cursorIs(page, inLesion)
  await expect(projection.locator('.projection span')).toHaveText(['R', 'L'])
  const violations = await findViolations(page)
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('projection.png') })

  // Turned by hand a quarter, the way through is another one: the same lesion is found.
  await page.locator('.views > .axial').click({ position: { x: 40, y: 40 } })
  const box = (await canvas.boundingBox())!
  await page.mouse.move(box.x + 20, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + 200, box.y + 20, { steps: 6 })
  await page.mouse.up()
  await expect(canvas).toHaveAccessibleName(/turned by 90°/)
  await expect(projection.locator('.projection span')).toHaveText(['A', 'P'])
  await clickBrightest()
  await cursorIs(page, inLesion)
  // A slab that the lesion is outside of shows nothing so bright: its cursor lies in front.
  await page.locator('.views > .axial').click({ position: { x: 40, y: 40 } })
  await projection.getByRole('combobox', { name: 'Depth of the projection' }).selectOption('10')
  await projection.getByRole('slider', { name: 'Turn' }).press('Home')
  await expect(canvas).toHaveAccessibleName(/turned by 0°/)
  await expect.poll(async () => (await findBrightest()).count).toBe(0)
  // In another room it is drawn anew, not stretched.
  const isStretched = () => canvas.evaluate((element) => (element as HTMLCanvasElement).width !== element.clientWidth)
  const narrow = (await canvas.boundingBox())!.width
  await page.keyboard.press('Shift+R')
  await expect.poll(async () => (await canvas.boundingBox())!.width).toBeGreaterThan(1.5 * narrow)
  await expect.poll(isStretched).toBe(false)
  await page.keyboard.press('Shift+R')
  await page.keyboard.press('Shift+M')
  await expect(projection).toHaveCount(0)

  await page.keyboard.press('Shift+R')
  const beside = page.getByRole('group', { name: 'Second image, dyn 2, mirrored, axial' })
  await expect(beside).toBeVisible()
  await expect(page.locator('.imageNames')).toContainText('dyn 2, mirrored')
  // Each says which side it shows.
  await expect(page.locator('.views > .axial [data-part=left]')).toHaveText('R')
  await expect(beside.locator('[data-part=left]')).toHaveText('L')
  await expect(beside.locator('[data-part=right]')).toHaveText('R')
  await page.screenshot({ path: test.info().outputPath('mirrored.png') })
  await page.keyboard.press('Shift+R')
  await expect(beside).toHaveCount(0)
  expect(problems).toEqual([])
})

for (const size of [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
]) {
  test(`at ${size.width} x ${size.height} all phases stand as tiles, and panels are drawn, folded and found so again`, async ({
    page,
  }) => {
    const { problems } = watchPage(page)
    await page.setViewportSize(size)
    await openPhases(page)
    await page.keyboard.press('Shift+T')
    const tiles = page.getByRole('group', { name: 'All phases' })
    await expect(tiles.getByRole('img')).toHaveCount(4)
    await expect(tiles.getByRole('img', { name: 'Slice 7 of dyn 3' })).toBeVisible()
    await expect(tiles.locator('.side')).toHaveText(['R', 'R', 'R', 'R'])
    // The slice is half as wide as it is high, and as high as its tile.
    const picture = (await tiles.locator('canvas').nth(2).boundingBox())!
    const tile = (await tiles.getByRole('button').nth(2).boundingBox())!
    expect(picture.width / picture.height).toBeCloseTo(0.5, 1)
    expect(tile.height - picture.height).toBeLessThan(8)
    await tiles.hover()
    await page.mouse.wheel(0, 120)
    await expect(tiles.getByRole('img', { name: 'Slice 8 of dyn 3' })).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('tiles.png') })
    await tiles.getByRole('button', { name: /dyn 3/ }).click()
    await expect(shown(page)).toHaveText('dyn 3')
    await waitForImage(page)
    await cursorIs(page, /voxel \d+, \d+, 7/)
    await page.keyboard.press('Shift+T')
    await expect(tiles).toHaveCount(0)

    const views = page.getByTestId('views')
    const widthOf = async () => (await views.boundingBox())!.width
    const before = await widthOf()
    const divider = page.getByRole('separator', { name: 'Width of the panels' })
    const box = (await divider.boundingBox())!
    await page.mouse.move(box.x + 3, box.y + 200)
    await page.mouse.down()
    await page.mouse.move(box.x - 97, box.y + 200, { steps: 4 })
    await page.mouse.up()
    await expect.poll(async () => before - (await widthOf())).toBeGreaterThan(90)
    expect(await findCutOff(page)).toEqual([])
    await divider.press('ArrowRight')
    await page.keyboard.press('Shift+W')
    await expect(page.locator('.inspector')).toBeHidden()
    await expect(page.getByRole('toolbar', { name: 'Tools' })).toBeHidden()
    await page.screenshot({ path: test.info().outputPath('folded.png') })
    const violations = await findViolations(page)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    await page.reload()
    await step(page, 'Images').click()
    await page
      .getByRole('row', { name: /dyn 2/ })
      .getByRole('button', { name: /Open|Show/ })
      .click()
    await waitForImage(page)
    await expect(page.locator('.inspector')).toBeHidden()
    await page.getByRole('button', { name: 'Show the panels' }).click()
    await expect.poll(async () => before - (await widthOf())).toBeGreaterThan(70)
    await divider.dblclick()
    await expect.poll(widthOf).toBe(before)
    expect(problems).toEqual([])
  })
}
