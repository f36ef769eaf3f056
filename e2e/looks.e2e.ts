import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { openSample, readVoxelCount, sayItIsHers, step, waitForImage, watchPage } from './openPage.ts'

/*
 * What each tool looks like in use: pictures of the views, compared with those kept beside this file. Only what the page draws itself
 * is compared: what is written over the views is hidden, since letters differ between machines. Every picture is tight around what the
 * tool draws, and must not be found there before the tool is used: a tool that draws nothing fails.
 *
 * After a change that is meant to be seen: `npx playwright test e2e/looks.e2e.ts --update-snapshots`, and look at every picture.
 */

// Pictures are taken until two are the same: long on a machine that is busy.
test.slow()

type Shift = readonly [x: number, y: number]

/** A rectangle of a view, in pixels from its middle. */
interface Part {
  readonly from: Shift
  readonly to: Shift
}

async function middleOf(page: Page, view: string): Promise<Shift> {
  const { x, y, width, height } = (await page.locator(view).boundingBox())!
  return [Math.floor(x + width / 2), Math.floor(y + height / 2)]
}

interface Look {
  readonly view?: string
  readonly part: Part
  /** Puts the tool to use, until what it draws is there. */
  readonly use: () => Promise<void>
}

async function look(page: Page, name: string, { view = '.views > .axial', part, use }: Look): Promise<void> {
  await test.step(name, async () => {
    const clipped = async () => {
      const [x, y] = await middleOf(page, view)
      const [[left, top], [right, bottom]] = [part.from, part.to]
      return { clip: { x: x + left, y: y + top, width: right - left, height: bottom - top } }
    }
    if (test.info().config.updateSnapshots === 'none')
      await expect.soft(page).not.toHaveScreenshot(`${name}.png`, { ...(await clipped()), timeout: 10_000 })
    await use()
    await expect.soft(page).toHaveScreenshot(`${name}.png`, await clipped())
  })
}

/** The hand in the axial view, in pixels from its middle. */
function handOn(page: Page, view = '.views > .axial') {
  const place = async ([x, y]: Shift): Promise<[number, number]> => {
    const [middleX, middleY] = await middleOf(page, view)
    return [middleX + x, middleY + y]
  }
  return {
    move: async (at: Shift) => page.mouse.move(...(await place(at))),
    click: async (at: Shift) => page.mouse.click(...(await place(at))),
    /** Presses, and goes along; the button stays down. */
    async press(way: readonly Shift[]) {
      await page.mouse.move(...(await place(way[0])))
      await page.mouse.down()
      for (const at of way.slice(1)) await page.mouse.move(...(await place(at)), { steps: 4 })
    },
    release: () => page.mouse.up(),
  }
}

const click = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const choose = (page: Page, label: string) => page.locator('label', { hasText: new RegExp(`^${label}$`) }).click()
const preview = (page: Page) => page.getByRole('region', { name: /^Preview/ })

/** Without what the page says about the sample, which takes room from the views. */
async function openPlain(page: Page, sample: RegExp): Promise<void> {
  await openSample(page, sample)
  await page
    .getByRole('button', { name: /^(Close|Dismiss)/ })
    .first()
    .click()
  await waitForImage(page)
}

test('tools of the hand', async ({ page }) => {
  const { problems } = watchPage(page)
  await openPlain(page, /Brain, MR/)
  const hand = handOn(page)
  const voxels = () => readVoxelCount(page)
  const start = await voxels()
  const undo = async () => {
    await page.keyboard.press('Control+z')
    await expect.poll(voxels).toBe(start)
  }
  const around: Part = { from: [-90, -80], to: [90, 80] }

  await page.keyboard.press('4')
  await look(page, 'brush-sphere', {
    part: around,
    async use() {
      await page.keyboard.press('Shift+B')
      await hand.press([[-50, -30], [40, 30]]) // prettier-ignore
    },
  })
  await hand.release()
  await undo()

  await page.keyboard.press('t')
  await look(page, 'threshold-brush', {
    part: around,
    async use() {
      await hand.press([[-50, -30], [40, 30]]) // prettier-ignore
    },
  })
  await hand.release()
  await undo()

  await page.keyboard.press('3')
  await look(page, 'polygon', {
    part: around,
    async use() {
      for (const at of [[-60, -40], [10, -60], [60, 0], [30, 50], [-40, 40]] as const) await hand.click(at) // prettier-ignore
      await expect(page.getByRole('region', { name: 'Polygon' })).toContainText('5 points')
      await hand.move([-80, 70])
    },
  })
  await page.keyboard.press('Escape')
  await look(page, 'freehand', {
    part: around,
    async use() {
      await hand.press([[-60, 0], [-30, -50], [20, -40], [60, -10], [40, 40], [-20, 50]]) // prettier-ignore
      await expect(page.getByRole('region', { name: 'Polygon' })).toContainText(/points/)
    },
  })
  await hand.release()
  await page.keyboard.press('Escape')

  await page.keyboard.press('k')
  await look(page, 'scissors', {
    part: around,
    use: () => hand.press([[-60, -40], [60, 50]]), // prettier-ignore
  })
  await page.keyboard.press('Escape')
  await hand.release()

  await page.keyboard.press('m')
  await look(page, 'ruler', {
    part: around,
    async use() {
      await hand.press([[-60, -40], [60, 30]]) // prettier-ignore
      await hand.release()
      await expect(page.getByRole('region', { name: 'Ruler' })).toContainText(/\d mm/)
    },
  })
  await page.keyboard.press('Escape')

  await page.keyboard.press('Shift+G')
  const found = page.getByRole('region', { name: 'Grow from a click' })
  await look(page, 'grow', {
    part: { from: [-140, -120], to: [140, 120] },
    async use() {
      await hand.click([-80, 60])
      await expect(found).toContainText(/[1-9][\d\s]* voxels/)
    },
  })
  expect(problems).toEqual([])
})

test('tools that propose', async ({ page }) => {
  const { problems } = watchPage(page)
  await openPlain(page, /Brain, MR/)
  const hand = handOn(page)
  const tumour = [128, 45] as const
  const around: Part = { from: [40, -40], to: [200, 120] }
  // The tumour is drawn anew.
  await page.keyboard.press('Control+z')
  await expect(page.getByText('Nothing drawn yet')).toBeVisible()
  await page.getByRole('heading', { name: 'Semi-automatic' }).click()

  await look(page, 'strokes', {
    part: around,
    async use() {
      await page.getByText('Inside (ROI)').click()
      await hand.press([[118, 40], [134, 48]]) // prettier-ignore
      await hand.release()
      await page.getByText('Outside', { exact: true }).click()
      await hand.press([[85, 5], [150, 10], [155, 85], [85, 80], [85, 5]]) // prettier-ignore
      await hand.release()
      await expect(page.getByText('1 stroke outside')).toBeVisible()
      await hand.move([-100, -200])
    },
  })
  await look(page, 'grown-from-strokes', {
    part: around,
    async use() {
      await click(page, 'Grow')
      await expect(preview(page)).toBeVisible()
    },
  })
  await page.keyboard.press('Escape')

  await page.getByText('Contour', { exact: true }).click()
  await page.keyboard.press('1')
  await hand.click(tumour)
  await look(page, 'contour', {
    part: around,
    async use() {
      await click(page, 'Bubble at cursor')
      await expect(preview(page)).toContainText('before the first round')
      await click(page, 'Step')
      await expect(preview(page)).toContainText('Round 2, stopped')
    },
  })
  await page.keyboard.press('Escape')

  // A disc two slices away, and interpolated between it and the stroke.
  await page.getByRole('heading', { name: 'Semi-automatic' }).click()
  await page.keyboard.press('PageUp')
  await page.keyboard.press('PageUp')
  await page.keyboard.press('4')
  await hand.press([[110, 50], [130, 70]]) // prettier-ignore
  await hand.release()
  await page.keyboard.press('PageDown')
  await hand.move([-100, -200])
  await page.getByRole('heading', { name: 'Mask operations' }).click()
  await look(page, 'interpolated', {
    part: around,
    async use() {
      await click(page, 'Interpolate between axial slices')
      await expect(preview(page)).toBeVisible()
    },
  })
  expect(problems).toEqual([])
})

const sampleFile = async (name: 'image' | 'mask') =>
  gunzipSync(await readFile(new URL(`../public/samples/breast1/${name}.nii.gz`, import.meta.url)))

/** The breast sample with other grey levels on its grid. */
async function withLevels(levelOf: (level: number, isTumour: boolean, i: number, j: number) => number): Promise<Buffer> {
  const [file, mask] = [await sampleFile('image'), await sampleFile('mask')]
  const [nx, ny, start, kind] = [file.readInt16LE(42), file.readInt16LE(44), file.readFloatLE(108), file.readInt16LE(70)]
  expect([kind, mask.readInt16LE(72)], 'the sample has int16 voxels, its mask bytes').toEqual([4, 8])
  const maskStart = mask.readFloatLE(108)
  for (let at = start, p = 0; at < file.length; at += 2, p++)
    file.writeInt16LE(Math.round(levelOf(file.readInt16LE(at), mask[maskStart + p] !== 0, p % nx, Math.floor(p / nx) % ny)), at)
  return file
}

async function openBeside(page: Page, name: string, buffer: Buffer): Promise<void> {
  await step(page, 'Images').click()
  await page.getByTestId('file-input').setInputFiles({ name: `${name}.nii`, mimeType: 'application/octet-stream', buffer })
  await expect(page.getByRole('banner')).toContainText(name)
  await sayItIsHers(page)
  await step(page, 'ROI').click()
  await waitForImage(page)
}

test('two phases of contrast: proposal from enhancement, and its colours', async ({ page }) => {
  const { problems } = watchPage(page)
  await openPlain(page, /Breast, MR/)
  await openBeside(page, 'post', await withLevels((level, isTumour) => (isTumour ? 3 * level + 50 : 1.2 * level)))
  await page.getByRole('heading', { name: 'Semi-automatic' }).click()
  await page.getByText('DCE', { exact: true }).click()
  await page.getByRole('combobox', { name: 'Phase before contrast' }).click()
  await page.getByRole('option', { name: /image$/ }).click()
  const around: Part = { from: [-150, -150], to: [150, 150] }
  await look(page, 'enhancement-proposal', {
    part: around,
    async use() {
      await click(page, 'Propose at cursor')
      await expect(preview(page)).toBeVisible()
    },
  })
  await page.keyboard.press('Escape')
  const curve = page.getByRole('region', { name: 'Enhancement curve' })
  await curve.getByRole('button', { name: 'Curve over 2 phases' }).click()
  await look(page, 'enhancement-colours', {
    part: around,
    async use() {
      await choose(page, 'Colour the enhancement')
      await expect(curve.getByRole('img', { name: /^Colours from/ })).toBeVisible()
    },
  })
  expect(problems).toEqual([])
})

test('a second image: over the first, in squares, beside it', async ({ page }) => {
  const { problems } = watchPage(page)
  await openPlain(page, /Breast, MR/)
  // With a little of the first image, or it would be taken for a mask.
  await openBeside(page, 'stripes', await withLevels((level, _, i, j) => 400 * (Math.floor((i + j) / 8) % 2) + level / 8))
  await page.keyboard.press('.')
  await expect(page.getByRole('banner')).toContainText('image')
  await waitForImage(page)
  const panel = page.getByRole('region', { name: 'Second image' })
  const around: Part = { from: [-150, -150], to: [150, 150] }
  await look(page, 'overlay', {
    part: around,
    async use() {
      await panel.getByRole('combobox', { name: 'Image to show with this one' }).click()
      await page.getByRole('option', { name: /stripes/ }).click()
      await choose(page, 'Overlay')
    },
  })
  await look(page, 'checkerboard', { part: around, use: () => choose(page, 'Checker') })
  await look(page, 'side-by-side', {
    view: '.views',
    part: { from: [-300, -120], to: [300, 120] },
    use: () => choose(page, 'Side by side'),
  })
  expect(problems).toEqual([])
})

test('where two readers differ', async ({ page }) => {
  const { problems } = watchPage(page)
  await openPlain(page, /Breast, MR/)
  const reader = page.getByRole('region', { name: 'Reader' })
  await reader.getByRole('button', { name: 'Lock' }).click()
  await choose(page, 'Reader 2')
  await page.keyboard.press('4')
  const hand = handOn(page)
  await hand.press([[0, 0], [30, 20]]) // prettier-ignore
  await hand.release()
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(5)
  await hand.move([-100, -200])
  await page.keyboard.press('1')
  await look(page, 'readers-compared', {
    part: { from: [-150, -150], to: [150, 150] },
    async use() {
      await reader.getByRole('button', { name: 'Lock' }).click()
      await expect(page.getByRole('region', { name: 'Readers compared' })).toContainText('Dice')
      await choose(page, 'Differ')
    },
  })
  expect(problems).toEqual([])
})
