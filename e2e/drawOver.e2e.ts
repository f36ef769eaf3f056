import { expect, test, type Page } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { openSample, readVoxelCount, waitForImage, watchPage } from './openPage.ts'
import { cornersOf, count, drag, expectVoxels, findVoxels, readSampleImage, saveVoxels, side, withRectangle, type At } from './voxels.ts' // prettier-ignore

// Every step is compared voxel by voxel with a saved file: long on a machine that is busy.
test.slow()

const rule = (page: Page) => page.getByRole('region', { name: 'Draw only over' })
const choose = async (page: Page, option: RegExp) => {
  await rule(page).getByRole('combobox', { name: 'Voxels that are drawn over' }).click()
  await page.getByRole('option', { name: option }).click()
}

for (const [hands, polygonKey] of [
  ['ITK-SNAP hands', '3'],
  ['PACS hands', 'g'],
] as const)
  test(`${hands}: polygon, brush and scissors draw only over what they may: within grey levels, background, another lesion`, async ({
    page,
  }) => {
    const { problems } = watchPage(page)
    await openSample(page, /Brain, MR/)
    await page.getByText(hands).click()
    await page.locator('.axial').focus()
    const { at, slice } = await findVoxels(page)
    const { levels } = await readSampleImage()
    const first = await saveVoxels(page)
    const inside = [...first.keys()].filter((p) => first[p] && Math.floor(p / side ** 2) === slice)
    const middle = inside[inside.length >> 1]
    const [x, y] = [middle % side, Math.floor(middle / side) % side]
    const [topLeft, bottomRight]: [At, At] = [
      [x - 14, y - 14],
      [x + 15, y + 15],
    ]
    const fillRectangle = async () => {
      for (const corner of cornersOf(topLeft, bottomRight)) await page.mouse.click(...at(corner))
      await page.keyboard.press('Enter')
    }
    const nothing = first.map(() => 0)
    const rectangle = withRectangle(nothing, slice, topLeft, bottomRight, 1)
    expect(count(rectangle)).toBe(900)
    const inRange = (p: number) => levels[p] >= low && levels[p] <= high
    const sorted = [...levels].filter((_, p) => rectangle[p]).sort((a, b) => a - b)
    const [low, middleLevel, high] = [sorted[225], sorted[450], sorted[675]]

    // Beside the sample's own lesion another one is drawn.
    await page.keyboard.press('Shift+A')
    await expect.poll(() => readVoxelCount(page)).toBe(0)
    await page.keyboard.press(polygonKey)
    await choose(page, /^Background/)
    await fillRectangle()
    const background = rectangle.map((voxel, p) => (first[p] ? 0 : voxel))
    expect(count(background)).toBeLessThan(900)
    await expectVoxels(page, background)
    await expect(rule(page)).toContainText('Some voxels were left as they are.')
    await page.keyboard.press('Control+z')
    await expect.poll(() => readVoxelCount(page)).toBe(0)

    await choose(page, /^L1/)
    await fillRectangle()
    const within = rectangle.map((voxel, p) => (first[p] ? voxel : 0))
    expect(count(within)).toBeGreaterThan(0)
    await expectVoxels(page, within)
    await page.keyboard.press('Control+z')

    await choose(page, /^All/)
    await rule(page).getByRole('switch').click()
    await rule(page).getByLabel('Lowest grey level').fill('0')
    await rule(page).getByLabel('Highest grey level').fill(String(high))
    await rule(page).getByLabel('Lowest grey level').fill(String(low))
    await page.locator('.axial').focus()
    await fillRectangle()
    const ranged = rectangle.map((voxel, p) => (voxel && inRange(p) ? 1 : 0))
    expect(count(ranged)).toBeLessThan(900)
    await expectVoxels(page, ranged)

    // Scissors erase by the same rule: of the lower end alone here.
    await rule(page).getByLabel('Highest grey level').fill(String(middleLevel))
    await page.getByRole('button', { name: /^Scissors/ }).click()
    const half: At = [x, bottomRight[1]]
    const [from, , to] = cornersOf(topLeft, half).map((corner) => at(corner))
    await drag(page, [from, to])
    const emptied = withRectangle(ranged, slice, topLeft, half, 0)
    const cut = ranged.map((voxel, p) => (levels[p] <= middleLevel ? emptied[p] : voxel))
    expect(count(cut)).toBeGreaterThan(count(emptied))
    expect(count(cut)).toBeLessThan(count(ranged))
    await expectVoxels(page, cut)
    await page.keyboard.press('Control+z')
    await expectVoxels(page, ranged)

    // A stroke that meets nothing says why, wherever the hand is, and how to go on.
    await rule(page).getByLabel('Highest grey level').fill('9999999')
    await rule(page).getByLabel('Lowest grey level').fill('9999998')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: /^Brush/ }).click()
    await drag(page, [at([x, y]), at([x + 8, y])])
    await expect(rule(page)).toContainText('Nothing changed: there is no voxel with a grey level from 9')
    expect(await readVoxelCount(page)).toBe(count(ranged))
    await page.screenshot({ path: test.info().outputPath(`held-1440.png`) })
    expect(await findViolations(page)).toEqual([])
    await rule(page).getByRole('button', { name: 'Draw over all' }).click()
    await expect(rule(page)).not.toContainText('Nothing changed')
    await drag(page, [at([x, y]), at([x + 8, y])])
    await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(count(ranged))
    await choose(page, /^Background/)
    await page.locator('.axial').click({ button: 'middle' })
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(() => readVoxelCount(page)).toBe(0)

    // The next session draws by the same rule, and says so with a tool that draws nothing, too.
    await page.goto('./')
    await page.getByRole('button', { name: /Brain, MR/ }).click()
    await waitForImage(page)
    await expect(rule(page)).toContainText('change only voxels of no other lesion')
    expect(problems).toEqual([])
  })
