import { expect, test, type Page } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { openSample, readVoxelCount, watchPage } from './openPage.ts'
import {
  cornersOf,
  count,
  drag,
  expectVoxels,
  findVoxels,
  readSampleImage,
  saveVoxels,
  side,
  slices,
  withRectangle,
  type At,
} from './voxels.ts'

// Every step is compared voxel by voxel with a saved file: long on a machine that is busy.
test.slow()

const pressed = (page: Page, name: RegExp) => page.getByRole('button', { name, pressed: true })

test('polygon: points, last one back, a vertex moved, filled, pasted on the next slice, erased, undone', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const { at, slice } = await findVoxels(page)
  const start = await saveVoxels(page)
  await page.keyboard.press('3')
  await expect(pressed(page, /^Polygon/)).toBeVisible()
  const panel = page.getByRole('region', { name: 'Polygon' })

  const [topLeft, bottomRight]: [At, At] = [
    [40, 110],
    [59, 124],
  ]
  const corners = cornersOf(topLeft, bottomRight)
  for (const corner of corners.slice(0, 3)) await page.mouse.click(...at(corner))
  await expect(panel).toContainText('3 points')
  await page.mouse.click(...at([90, 60]))
  await expect(panel).toContainText('4 points')
  await page.keyboard.press('Backspace')
  await expect(panel).toContainText('3 points')
  // The last corner is put down wrong, and then taken to its place.
  await page.mouse.click(...at([30, 140]))
  await drag(page, [at([30, 140]), at([35, 130]), at(corners[3])])
  await expect(panel).toContainText('4 points')
  expect(await readVoxelCount(page)).toBe(count(start))
  await page.keyboard.press('Enter')
  const filled = withRectangle(start, slice, topLeft, bottomRight, 1)
  expect(count(filled)).toBeGreaterThan(count(start))
  await expectVoxels(page, filled)

  await page.locator('.axial').hover()
  await page.keyboard.press('Control+v')
  await expect(panel).toContainText(`axial ${slice + 2}`)
  await page.keyboard.press('Control+Enter')
  const both = withRectangle(filled, slice + 1, topLeft, bottomRight, 1)
  await expectVoxels(page, both)

  // Begun with the right button it erases.
  const [hole, holeEnd]: [At, At] = [
    [44, 113],
    [50, 118],
  ]
  await drag(
    page,
    [...cornersOf(hole, holeEnd), cornersOf(hole, holeEnd)[0]].map((corner) => at(corner)),
    'right',
  )
  await expect(panel).toContainText('takes it out of the ROI')
  await page.keyboard.press('Enter')
  await expectVoxels(page, withRectangle(both, slice + 1, hole, holeEnd, 0))

  await page.mouse.click(...at([30, 30]))
  await expect(panel).toContainText('1 point')
  await page.keyboard.press('Escape')
  await expect(panel).not.toContainText('1 point')
  for (const before of [both, filled, start]) {
    await page.keyboard.press('Control+z')
    await expectVoxels(page, before)
  }
  await page.keyboard.press('Control+y')
  await expectVoxels(page, filled)
  expect(problems).toEqual([])
})

test('scissors: cut and fill, inside and outside, rectangle and lasso, one slice and all, undone', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const { at, slice } = await findVoxels(page)
  const start = await saveVoxels(page)
  const inside = [...start.keys()].filter((p) => start[p] && Math.floor(p / side ** 2) === slice)
  const middle: At = [0, 1].map((axis) => {
    const places = inside.map((p) => Math.floor(p / side ** axis) % side).sort((a, b) => a - b)
    return places[places.length >> 1]
  }) as unknown as At
  const [topLeft, bottomRight]: [At, At] = [
    [middle[0] - 6, middle[1] - 5],
    [middle[0] + 9, middle[1] + 4],
  ]
  const corners = cornersOf(topLeft, bottomRight).map((corner) => at(corner))
  await page.keyboard.press('k')
  await expect(pressed(page, /^Scissors/)).toBeVisible()
  const panel = page.getByRole('region', { name: 'Scissors' })

  await drag(page, [corners[0], corners[2]])
  const cut = withRectangle(start, slice, topLeft, bottomRight, 0)
  expect(count(cut)).toBeLessThan(count(start))
  await expectVoxels(page, cut)
  await page.keyboard.press('Control+z')
  await expectVoxels(page, start)

  await panel.getByText('Lasso').click()
  await panel.getByText('Outside').click()
  await drag(page, corners)
  const kept = start.map((voxel, p) => {
    const [i, j, k] = [p % side, Math.floor(p / side) % side, Math.floor(p / side ** 2)]
    const isIn = i >= topLeft[0] && i <= bottomRight[0] && j >= topLeft[1] && j <= bottomRight[1]
    return k === slice && !isIn ? 0 : voxel
  })
  await expectVoxels(page, kept)
  await page.keyboard.press('Control+z')

  await panel.getByText('Inside').click()
  await panel.getByText('All', { exact: true }).click()
  await drag(page, corners)
  const through = Array.from({ length: slices }, (_, k) => k).reduce(
    (voxels, k) => withRectangle(voxels, k, topLeft, bottomRight, 0),
    start,
  )
  expect(count(through)).toBeLessThan(count(cut))
  await expectVoxels(page, through)
  await page.keyboard.press('Control+z')
  await expectVoxels(page, start)

  // They fill as well: the same shape through all slices, then what is outside a rectangle in this one.
  await panel.getByText('Fill').click()
  await drag(page, corners)
  const filled = Array.from({ length: slices }, (_, k) => k).reduce(
    (voxels, k) => withRectangle(voxels, k, topLeft, bottomRight, 1),
    start,
  )
  expect(count(filled)).toBeGreaterThan(count(start) + 160 * (slices - 10))
  await expectVoxels(page, filled)
  await panel.getByText('This one').click()
  await panel.getByText('Outside').click()
  await panel.getByText('Rectangle').click()
  await drag(page, [corners[0], corners[2]])
  const whole = withRectangle(filled, slice, [0, 0], [side - 1, side - 1], 1)
  await expectVoxels(page, whole)
  for (const before of [filled, start]) {
    await page.keyboard.press('Control+z')
    await expectVoxels(page, before)
  }
  expect(problems).toEqual([])
})

test('threshold brush: a fixed range, and one from the first touch', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const { at, slice } = await findVoxels(page)
  const { levels, spacing } = await readSampleImage()
  const start = await saveVoxels(page)
  const middle: At = [60, 118]
  const disc = [...start.keys()].filter((p) => {
    if (Math.floor(p / side ** 2) !== slice) return false
    const [x, y] = [((p % side) - middle[0]) * spacing[0], ((Math.floor(p / side) % side) - middle[1]) * spacing[1]]
    return x * x + y * y <= 16
  })
  const sorted = disc.map((p) => levels[p]).sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor(sorted.length / 4)], sorted[Math.floor((3 * sorted.length) / 4)]]
  const painted = (from: number, to: number) => {
    const voxels = start.slice()
    for (const p of disc) if (levels[p] >= from && levels[p] <= to) voxels[p] = 1
    return voxels
  }
  await page.keyboard.press('t')
  const panel = page.getByRole('region', { name: 'Threshold brush' })
  await panel.getByText('Fixed').click()
  await panel.getByLabel('Lowest grey level').fill(String(Math.min(low, high)))
  await panel.getByLabel('Highest grey level').fill(String(high))
  await panel.getByLabel('Lowest grey level').fill(String(low))
  await page.mouse.click(...at(middle))
  const fixed = painted(low, high)
  expect(count(fixed)).toBeGreaterThan(count(start))
  expect(count(fixed)).toBeLessThan(count(start) + disc.length)
  await expectVoxels(page, fixed)
  await page.locator('.axial').press('Control+z')
  await expectVoxels(page, start)

  await panel.getByText('Outside it').click()
  await page.mouse.click(...at(middle))
  await expectVoxels(
    page,
    withValue(
      start,
      disc.filter((p) => levels[p] < low || levels[p] > high),
      1,
    ),
  )
  await page.locator('.axial').press('Control+z')
  await expectVoxels(page, start)
  await panel.getByText('In the range').click()

  await panel.getByText('First touch').click()
  await panel.getByLabel('Standard deviations round the mean').fill('1')
  await page.mouse.click(...at(middle))
  const mean = sorted.reduce((sum, level) => sum + level, 0) / sorted.length
  const sd = Math.sqrt(sorted.reduce((sum, level) => sum + (level - mean) ** 2, 0) / sorted.length)
  await expect.poll(async () => Number(await panel.getByLabel('Lowest grey level').inputValue())).toBeCloseTo(mean - sd, 0)
  await expectVoxels(page, painted(mean - sd, mean + sd))
  await page.keyboard.press('Control+z')
  await expectVoxels(page, start)
  expect(problems).toEqual([])
})

/** Voxels within so many mm of a line between two voxels of a slice, in that slice (disc) or in all (sphere). */
function listBrushed(from: At, to: At, slice: number, radiusMm: number, shape: 'disc' | 'sphere', spacing: number[]): number[] {
  const voxels: number[] = []
  const [dx, dy] = [(to[0] - from[0]) * spacing[0], (to[1] - from[1]) * spacing[1]]
  for (let k = 0; k < slices; k++) {
    const z = (k - slice) * spacing[2]
    if (Math.abs(z) > radiusMm || (shape === 'disc' && k !== slice)) continue
    for (let p = 0; p < side ** 2; p++) {
      const [x, y] = [((p % side) - from[0]) * spacing[0], (Math.floor(p / side) - from[1]) * spacing[1]]
      const along = dx === 0 && dy === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy)))
      if ((x - along * dx) ** 2 + (y - along * dy) ** 2 + z * z <= radiusMm ** 2) voxels.push(p + k * side ** 2)
    }
  }
  return voxels
}

const withValue = (voxels: Uint8Array, positions: readonly number[], value: number) => {
  const changed = voxels.slice()
  for (const position of positions) changed[position] = value
  return changed
}

test('brush: disc and sphere in mm, eraser, right button erases with the hands of ITK-SNAP, undone', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const { at, slice } = await findVoxels(page)
  const { spacing } = await readSampleImage()
  const start = await saveVoxels(page)
  const [from, to]: [At, At] = [
    [50, 110],
    [62, 122],
  ]
  await page.keyboard.press('4')
  await drag(page, [at(from), at(to)])
  const disc = withValue(start, listBrushed(from, to, slice, 4, 'disc', spacing), 1)
  expect(count(disc)).toBeGreaterThan(count(start) + 100)
  await expectVoxels(page, disc)

  await page.locator('.axial').press('Shift+B')
  for (let i = 0; i < 4; i++) await page.keyboard.press(']')
  const radiusMm = 4 * 1.2 ** 4
  await expect(page.getByRole('region', { name: 'Brush' })).toContainText(`${radiusMm.toFixed(1)} mm`)
  await page.mouse.click(...at([60, 140]))
  const ball = listBrushed([60, 140], [60, 140], slice, radiusMm, 'sphere', spacing)
  expect(new Set(ball.map((p) => Math.floor(p / side ** 2)))).toEqual(new Set([slice - 1, slice, slice + 1]))
  const sphere = withValue(disc, ball, 1)
  await expectVoxels(page, sphere)

  await page.locator('.axial').press('Shift+B')
  for (let i = 0; i < 4; i++) await page.keyboard.press('[')
  await drag(page, [at([56, 116]), at([62, 116])], 'right')
  const rightErased = withValue(sphere, listBrushed([56, 116], [62, 116], slice, 4, 'disc', spacing), 0)
  await expectVoxels(page, rightErased)
  await page.keyboard.press('r')
  await drag(page, [at([60, 140]), at([60, 150])])
  const erased = withValue(rightErased, listBrushed([60, 140], [60, 150], slice, 4, 'disc', spacing), 0)
  expect(count(erased)).toBeLessThan(count(rightErased))
  await expectVoxels(page, erased)
  for (const before of [rightErased, sphere, disc, start]) {
    await page.keyboard.press('Control+z')
    await expectVoxels(page, before)
  }
  expect(problems).toEqual([])
})

/** The voxels that faces connect to the seed within a box, through those that belong. */
function flood(
  seed: readonly number[],
  lower: readonly number[],
  upper: readonly number[],
  belongs: (p: number) => boolean,
): number[] {
  const place = ([i, j, k]: readonly number[]) => i + side * (j + side * k)
  const found = new Set<number>()
  const waiting = belongs(place(seed)) ? [seed] : []
  if (waiting.length > 0) found.add(place(seed))
  while (waiting.length > 0) {
    const voxel = waiting.pop()!
    for (const [axis, step] of [
      [0, 1],
      [0, -1],
      [1, 1],
      [1, -1],
      [2, 1],
      [2, -1],
    ]) {
      const next = voxel.map((index, a) => (a === axis ? index + step : index))
      if (next[axis] < lower[axis] || next[axis] > upper[axis] || found.has(place(next)) || !belongs(place(next))) continue
      found.add(place(next))
      waiting.push(next)
    }
  }
  return [...found]
}

test('growing from a click: in a box, previewed, grown anew, discarded, accepted, taken out; holes filled; undone', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const { at, slice } = await findVoxels(page)
  const { levels, spacing } = await readSampleImage()
  const start = await saveVoxels(page)
  const seed = [90, 118, slice]
  const reach = spacing.map((mm) => Math.floor(20 / mm))
  const lower = seed.map((index, axis) => Math.max(0, index - reach[axis]))
  const upper = seed.map((index, axis) => Math.min([side, side, slices][axis] - 1, index + reach[axis]))
  const around = [-1, 0, 1].flatMap((k) => [-1, 0, 1].flatMap((j) => [-1, 0, 1].map((i) => i + side * (j + side * k))))
  const mean = around.reduce((sum, step) => sum + levels[seed[0] + side * (seed[1] + side * seed[2]) + step], 0) / 27
  const [width] = (await page.locator('.axial [data-part=window]').innerText()).match(/\d+/)!.map(Number)
  /** Tolerance in hundredths of the window that the image was opened with. */
  const grown = (percent: number, inSlice: boolean) =>
    flood(
      seed,
      inSlice ? [lower[0], lower[1], slice] : lower,
      inSlice ? [upper[0], upper[1], slice] : upper,
      (p) => Math.abs(levels[p] - mean) <= (percent / 100) * width,
    ).toSorted((a, b) => a - b)

  const found = async () => Number((await panel.locator('dd').first().innerText()).replace(/\D/g, ''))

  await page.keyboard.press('Shift+G')
  await expect(pressed(page, /^Grow/)).toBeVisible()
  const panel = page.getByRole('region', { name: 'Grow from a click' })
  await page.mouse.click(...at([90, 118]))
  await expect(panel).toContainText('voxels')
  const ten = grown(10, false)
  expect(await found()).toBe(ten.length)
  expect(await readVoxelCount(page)).toBe(count(start))
  await expect(page.locator('.axial [data-part=box]'), 'the border that it does not cross').toBeVisible()
  // Another tolerance grows it anew.
  for (let i = 0; i < 4; i++) await panel.getByRole('slider', { name: /^Tolerance/ }).press('ArrowRight')
  const twelve = grown(12, false)
  expect(twelve.length).toBeGreaterThan(ten.length)
  await expect.poll(found).toBe(twelve.length)
  await page.locator('.axial').press('Escape')
  await expect(panel).toContainText('Click into the tumour')
  await expectVoxels(page, start)

  // Ended in the middle of its work, it can be asked again.
  await page.mouse.click(...at([90, 118]))
  await page.keyboard.press('Escape')
  await expect(panel).toContainText('Click into the tumour')
  await panel.getByText('This slice').click()
  await page.mouse.click(...at([90, 118]))
  const flat = grown(12, true)
  await expect.poll(found).toBe(flat.length)
  await page.keyboard.press('Enter')
  const added = withValue(start, flat, 1)
  expect(count(added)).toBeGreaterThan(count(start))
  await expectVoxels(page, added)
  await page.locator('.axial').press('Control+z')
  await expectVoxels(page, start)

  // A hole in the ROI is filled; a part of it is taken out.
  const inside = [...start.keys()].filter((p) => start[p] && Math.floor(p / side ** 2) === slice)
  const isDeep = (p: number) => [-2, -1, 0, 1, 2].every((j) => [-2, -1, 0, 1, 2].every((i) => start[p + i + side * j]))
  const middle = inside.find(isDeep)!
  const [mi, mj] = [middle % side, Math.floor(middle / side) % side]
  const [topLeft, bottomRight]: [At, At] = [
    [mi - 1, mj - 1],
    [mi + 1, mj + 1],
  ]
  const holed = withRectangle(start, slice, topLeft, bottomRight, 0)
  expect(count(start) - count(holed), 'the hole lies in the ROI').toBe(9)
  await page.keyboard.press('k')
  const corners = cornersOf(topLeft, bottomRight).map((corner) => at(corner))
  await drag(page, [corners[0], corners[2]])
  await expectVoxels(page, holed)
  await page.keyboard.press('Shift+G')
  await panel.getByText('The ROI').click()
  await page.mouse.click(...at([mi, mj]))
  await expect(panel.locator('dd').nth(1)).toHaveText('what is not in the ROI')
  await page.keyboard.press('Enter')
  await expectVoxels(page, start)
  const beside: At = [mi, mj]
  await page.mouse.click(...at(beside))
  await expect(panel.locator('dd').nth(1)).toHaveText('the ROI')
  await page.keyboard.press('Shift+Enter')
  const part = flood(
    [mi, mj, slice],
    [Math.max(0, mi - reach[0]), Math.max(0, mj - reach[1]), slice],
    [mi + reach[0], mj + reach[1], slice],
    (p) => start[p] === 1,
  )
  await expectVoxels(page, withValue(start, part, 0))
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expectVoxels(page, start)
  expect(problems).toEqual([])
})

test('ruler: two clicks or a drag, in mm; measures of the ROI as computed from the files', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const { at } = await findVoxels(page)
  const { levels, spacing } = await readSampleImage()
  const voxels = await saveVoxels(page)
  await page.keyboard.press('m')
  const panel = page.getByRole('region', { name: 'Ruler' })
  await page.mouse.click(...at([40, 100]))
  await expect(panel).toContainText('Click the other end')
  await page.mouse.click(...at([70, 140]))
  await expect(panel).toContainText(`${(50 * spacing[0]).toFixed(1)} mm`)
  await drag(page, [at([40, 100]), at([60, 120]), at([60, 100])])
  await expect(panel).toContainText(`${(20 * spacing[0]).toFixed(1)} mm`)
  await expect(page.locator('.axial [data-part=measure]')).toHaveText(`${(20 * spacing[0]).toFixed(1)} mm`)
  await page.keyboard.press('Escape')
  await expect(panel).toContainText('Click two ends')

  const inside = [...levels].filter((_, p) => voxels[p])
  const mean = inside.reduce((sum, level) => sum + level, 0) / inside.length
  const sd = Math.sqrt(inside.reduce((sum, level) => sum + (level - mean) ** 2, 0) / inside.length)
  const measures = page.getByRole('region', { name: 'Measures' })
  await expect(measures.locator('dd').last()).toContainText('±')
  const texts = await measures.locator('dd').allInnerTexts()
  const facts = texts.map((text) =>
    text
      .replace(/(?<=\d)\s(?=\d{3})/g, '')
      .match(/[\d.]+/g)!
      .map(Number),
  )
  expect(facts[0][0] / (inside.length * spacing[0] * spacing[1] * spacing[2])).toBeCloseTo(1, 3)
  expect(facts.at(-1)![0] / mean).toBeCloseTo(1, 3)
  expect(facts.at(-1)![1] / sd).toBeCloseTo(1, 3)
  await expect(measures.getByRole('img', { name: /^Histogram/ })).toBeVisible()

  // After a stroke they are those of what is drawn now.
  const longest = await measures.locator('dd').nth(1).innerText()
  await page.keyboard.press('4')
  await drag(page, [at([30, 128]), at([225, 128])])
  await expect(measures.locator('dd').nth(1)).not.toHaveText(longest)
  // From the edge of the outermost voxels: 195 steps and twice the radius.
  const [mm] = (await measures.locator('dd').nth(1).innerText()).match(/[\d.]+/)!.map(Number)
  expect(Math.abs(mm - (195 * spacing[0] + 8))).toBeLessThan(spacing[0] + 0.1)
  expect(problems).toEqual([])
})

test('a locked ROI stays as it is, whatever tool is tried', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const { at } = await findVoxels(page)
  const start = await saveVoxels(page)
  const notice = page.getByText(/locked by .* cannot be changed/)
  // What was begun before it was locked is refused when it is to be taken.
  await page.keyboard.press('3')
  for (const corner of cornersOf([40, 110], [59, 124])) await page.mouse.click(...at(corner))
  const reader = page.getByRole('region', { name: 'Reader' })
  await reader.getByRole('button', { name: 'Complete' }).click()
  await reader.getByRole('button', { name: 'Lock' }).click()
  await page.locator('.axial').press('Enter')
  await expect(notice).toBeVisible()
  for (const key of ['4', 'r', 't', '3', 'k', 'Shift+G']) {
    await page.getByRole('button', { name: 'Dismiss' }).first().click()
    await expect(notice).toBeHidden()
    await page.locator('.axial').press(key)
    await drag(page, [at([100, 100]), at([140, 140])])
    await expect(notice).toBeVisible()
    await page.keyboard.press('Enter')
  }
  await expectVoxels(page, start)
  expect(problems).toEqual([])
})

test('every hand tool has its key in both presets, is listed, and its panel passes the accessibility check', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  const tools = [
    ['Brush', '4', 'b', 'Brush'],
    ['Eraser', 'r', 'e', 'Eraser'],
    ['Threshold', 't', 't', 'Threshold brush'],
    ['Polygon', '3', 'g', 'Polygon'],
    ['Scissors', 'k', 'k', 'Scissors'],
    ['Grow', 'Shift+G', 'Shift+G', 'Grow from a click'],
    ['Ruler', '6', 'm', 'Ruler'],
  ] as const
  for (const [name, key, , title] of tools) {
    await page.locator('.axial').press(key)
    await expect(pressed(page, new RegExp(`^${name}`))).toBeVisible()
    await expect(page.getByRole('region', { name: title, exact: true })).toBeVisible()
    const violations = await findViolations(page)
    expect
      .soft(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`))
      .toEqual([])
  }
  await page.getByText('PACS hands').click()
  for (const [name, , key] of tools) {
    await page.locator('.axial').press(key)
    await expect(pressed(page, new RegExp(`^${name}`))).toBeVisible()
  }
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keys and mouse' })
  for (const label of ['Threshold brush', 'Polygon', 'Scissors', 'Grow', 'Ruler', 'Paste the last outline, on the next slice']) {
    await expect(list.getByText(label, { exact: true })).toBeVisible()
  }
  expect(problems).toEqual([])
})
