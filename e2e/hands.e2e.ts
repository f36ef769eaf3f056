import { expect, test, type Page } from '@playwright/test'
import { openSample, readVoxelCount } from './openPage.ts'

type Voxel = readonly [x: number, y: number, z: number]

const axial = (page: Page) => page.locator('.axial')
const part = (page: Page, name: string) => axial(page).locator(`[data-part=${name}]`)
const slice = async (page: Page) => Number(/(\d+)\s*\/\s*\d+/.exec(await part(page, 'slice').innerText())![1])
const greyWindow = async (page: Page) =>
  (await part(page, 'window').innerText()).match(/[\d.−-]+/g)!.map((text) => Number(text.replace('−', '-')))
const pressedTool = (page: Page, name: string) =>
  expect(page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: new RegExp(`^${name}`) })).toHaveAttribute(
    'aria-pressed',
    'true',
  )

async function middle(page: Page): Promise<{ x: number; y: number }> {
  const box = (await axial(page).boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** What the footer says stands under the pointer, so many pixels from the middle of the axial view. */
async function voxelAt(page: Page, dx: number, dy: number): Promise<Voxel> {
  const { x, y } = await middle(page)
  await page.mouse.move(x + dx, y + dy)
  return readFooter(page)
}
async function readFooter(page: Page): Promise<Voxel> {
  const text = await page.getByTitle('Voxel index of the cursor, counted from 0').innerText()
  return text.match(/\d+/g)!.map(Number) as unknown as Voxel
}
/** Where the linked cursor stands: what the footer says while the pointer is off the views. */
async function cursor(page: Page): Promise<Voxel> {
  await page.mouse.move(5, 5)
  return readFooter(page)
}
/** Voxels across, of a piece of the view. */
const spanOf = async (page: Page) => (await voxelAt(page, 60, 0))[0] - (await voxelAt(page, -60, 0))[0]

async function drag(page: Page, button: 'left' | 'middle' | 'right', dx: number, dy: number, key?: 'Shift' | 'Alt' | 'Control') {
  const { x, y } = await middle(page)
  await page.mouse.move(x, y)
  if (key) await page.keyboard.down(key)
  await page.mouse.down({ button })
  await page.mouse.move(x + dx, y + dy, { steps: 4 })
  await page.mouse.up({ button })
  if (key) await page.keyboard.up(key)
}

async function wheel(page: Page, notches: number, key?: 'Shift' | 'Control') {
  const { x, y } = await middle(page)
  await page.mouse.move(x, y)
  if (key) await page.keyboard.down(key)
  for (let notch = 0; notch < Math.abs(notches); notch++) await page.mouse.wheel(0, 100 * Math.sign(notches))
  if (key) await page.keyboard.up(key)
}

/** What both presets share: the wheel turns slices, the middle button pans, right or Ctrl+left zooms, a key fits again. */
async function checkPanZoomScroll(page: Page, fitKey: string) {
  const atSlice = await slice(page)
  await wheel(page, 3)
  await expect.poll(() => slice(page)).toBe(atSlice + 3)
  await wheel(page, -2)
  await expect.poll(() => slice(page)).toBe(atSlice + 1)
  await page.keyboard.press('Home')
  await expect.poll(() => slice(page)).toBe(1)
  await page.keyboard.press('End')
  await expect.poll(() => slice(page)).toBe(21)
  await page.keyboard.press('PageDown')
  await expect.poll(() => slice(page)).toBe(20)
  await page.keyboard.press('PageUp')
  await expect.poll(() => slice(page)).toBe(21)

  const atMiddle = await voxelAt(page, 0, 0)
  const pans: readonly (readonly ['left' | 'middle', 'Shift' | 'Alt' | undefined])[] = [
    ['middle', undefined],
    ['left', 'Shift'],
    ['left', 'Alt'],
  ]
  for (const [button, key] of pans) {
    await drag(page, button, 80, 40, key)
    const gesture = `${key ?? ''} ${button}`
    await expect.poll(() => voxelAt(page, 80, 40), gesture).toEqual(atMiddle)
    expect(await voxelAt(page, 0, 0), gesture).not.toEqual(atMiddle)
    await page.keyboard.press(fitKey)
    await expect.poll(() => voxelAt(page, 0, 0), fitKey).toEqual(atMiddle)
  }
  const span = await spanOf(page)
  await drag(page, 'right', 0, -90)
  await expect.poll(() => spanOf(page)).toBeLessThan(span * 0.75)
  await page.keyboard.press(fitKey)
  await expect.poll(() => spanOf(page)).toBe(span)
  await drag(page, 'left', 0, -90, 'Control')
  await expect.poll(() => spanOf(page)).toBeLessThan(span * 0.75)
  await page.keyboard.press(fitKey)
  await wheel(page, -4, 'Control')
  await expect.poll(() => spanOf(page)).toBeLessThan(span * 0.75)
  await page.keyboard.press(fitKey)
  await expect.poll(() => spanOf(page)).toBe(span)
}

test('PACS hands: left drag is the window, wheel and arrows the slices, and every tool has its key', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  await page.getByText('PACS hands').click()
  await pressedTool(page, 'Window')
  const [width, centre] = await greyWindow(page)
  const standing = await cursor(page)
  await drag(page, 'left', 60, 0)
  await expect.poll(async () => (await greyWindow(page))[0]).toBeGreaterThan(width)
  expect((await greyWindow(page))[1]).toBe(centre)
  await drag(page, 'left', 0, 60)
  await expect.poll(async () => (await greyWindow(page))[1]).toBeGreaterThan(centre)
  expect(await cursor(page), 'the cursor stays').toEqual(standing)
  await page.keyboard.press('Shift+J')
  await expect.poll(() => greyWindow(page)).toEqual([width, centre])

  await checkPanZoomScroll(page, '=')
  const { x, y } = await middle(page)
  await page.mouse.move(x, y)
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => slice(page)).toBe(20)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => slice(page)).toBe(21)
  const before = await cursor(page)
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(async () => Math.abs((await cursor(page))[0] - before[0])).toBe(1)
  await page.keyboard.press('Control+ArrowLeft')
  await expect.poll(async () => Math.abs((await cursor(page))[0] - before[0])).toBe(4)

  for (const [key, tool] of [
    ['c', 'Cursor'],
    ['n', 'Pan'],
    ['z', 'Zoom'],
    ['b', 'Brush'],
    ['e', 'Eraser'],
    ['p', 'Brush'],
    ['t', 'Threshold'],
    ['g', 'Polygon'],
    ['k', 'Scissors'],
    ['m', 'Ruler'],
    ['l', 'Window'],
  ]) {
    await page.keyboard.press(key)
    await pressedTool(page, tool)
  }

  // The right button zooms while painting too, and takes nothing away.
  await page.keyboard.press('p')
  const count = await readVoxelCount(page)
  const span = await spanOf(page)
  await drag(page, 'right', 0, -90)
  await expect.poll(() => spanOf(page)).toBeLessThan(span * 0.75)
  expect(await readVoxelCount(page)).toBe(count)
  const brush = page.getByRole('region', { name: 'Brush' })
  await expect(brush).toContainText('4.0 mm')
  await page.keyboard.press(']')
  await expect(brush).toContainText('4.8 mm')
  await page.keyboard.press('[')
  await expect(brush).toContainText('4.0 mm')
  await wheel(page, -1, 'Shift')
  await expect(brush).toContainText('4.6 mm')
})

test('ITK-SNAP hands: left drag is the cursor, the right button erases while painting, and every tool has its key', async ({
  page,
}) => {
  await openSample(page, /Breast, MR/)
  await pressedTool(page, 'Cursor')
  const before = await greyWindow(page)
  const target = await voxelAt(page, 50, -30)
  await drag(page, 'left', 50, -30)
  await expect.poll(() => cursor(page)).toEqual(target)
  expect(await greyWindow(page)).toEqual(before)

  await checkPanZoomScroll(page, 'Control+f')
  const { x, y } = await middle(page)
  await page.mouse.move(x, y)
  const from = await cursor(page)
  for (const [key, axis, steps] of [
    ['ArrowRight', 0, 1],
    ['Shift+ArrowLeft', 0, 4],
    ['ArrowDown', 1, 1],
    ['Shift+ArrowUp', 1, 4],
  ] as const) {
    await page.keyboard.press(key)
    await expect.poll(async () => Math.abs((await cursor(page))[axis] - from[axis]), key).toBe(steps)
  }

  for (const [key, tool] of [
    ['v', 'Window'],
    ['n', 'Pan'],
    ['2', 'Zoom'],
    ['4', 'Brush'],
    ['r', 'Eraser'],
    ['t', 'Threshold'],
    ['3', 'Polygon'],
    ['k', 'Scissors'],
    ['6', 'Ruler'],
    ['1', 'Cursor'],
  ]) {
    await page.keyboard.press(key)
    await pressedTool(page, tool)
  }

  await page.keyboard.press('4')
  const atStart = await readVoxelCount(page)
  await drag(page, 'left', 60, 20)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)
  const painted = await readVoxelCount(page)
  await drag(page, 'right', 60, 20)
  await expect.poll(() => readVoxelCount(page)).toBeLessThan(painted)
  await page.keyboard.press('z')
  await expect.poll(() => readVoxelCount(page)).toBe(painted)
  await page.keyboard.press('y')
  await expect.poll(() => readVoxelCount(page)).toBeLessThan(painted)
  const brush = page.getByRole('region', { name: 'Brush' })
  await page.keyboard.press('+')
  await expect(brush).toContainText('4.8 mm')
  await page.keyboard.press('-')
  await expect(brush).toContainText('4.0 mm')
})

test('a region is drawn, and tools are opened, without a mouse', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  await page.mouse.move(5, 5)
  const atStart = await readVoxelCount(page)
  const press = async (key: string, times = 1) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key)
  }
  const stroke = async (length: number) => {
    await page.keyboard.down('Space')
    await press('ArrowRight', length)
    await page.keyboard.up('Space')
    await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)
    return readVoxelCount(page)
  }
  // A slice that the ROI of the sample does not reach.
  await press('End')
  await press('4')
  const painted = await stroke(3)
  await press('ArrowRight', 4)
  expect(await readVoxelCount(page), 'a tool that is lifted paints no more').toBe(painted)
  await press('Control+z')
  await expect.poll(() => readVoxelCount(page)).toBe(atStart)
  await press('ArrowLeft', 7)
  expect(await stroke(9)).toBeGreaterThan(painted)
  await press('Control+z')
  await expect.poll(() => readVoxelCount(page)).toBe(atStart)

  await press('3')
  for (const [key, times] of [
    ['ArrowLeft', 3],
    ['Shift+ArrowDown', 2],
    ['Shift+ArrowLeft', 2],
  ] as const) {
    // prettier-ignore
    await press('Space')
    await press(key, times)
  }
  await press('Space')
  await press('Enter')
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)

  await press('5')
  const bubble = page.getByRole('button', { name: 'Bubble at cursor' })
  await expect(bubble).toBeVisible()
  await page.getByRole('region', { name: 'Mask operations' }).locator('summary').focus()
  await press('Enter')
  await expect(page.getByRole('region', { name: 'Mask operations' }).getByRole('button').first()).toBeVisible()
  await expect(bubble).toBeHidden()
  await press('Space')
  await expect(page.getByRole('region', { name: 'Mask operations' }).getByRole('button').first()).toBeHidden()
})
