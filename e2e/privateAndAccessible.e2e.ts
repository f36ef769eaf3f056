import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { makeNifti } from '../cli/madeNifti.ts'
import { findViolations } from './findViolations.ts'
import { openSample, paintStroke, readVoxelCount, step, waitForResult, watchPage } from './openPage.ts'

test('load, draw, extract and save ask no other origin for anything', async ({ page }) => {
  const { foreignRequests, problems } = watchPage(page)
  await openSample(page, /Breast, MR/)
  await paintStroke(page)
  const mask = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  await mask
  await step(page, 'Features').click()
  await page.getByRole('button', { name: 'Extract features' }).click()
  await waitForResult(page, /features$/)
  const csv = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV, one row' }).click()
  await csv
  expect(foreignRequests).toEqual([])
  expect(problems).toEqual([])
})

test('the page comes compressed, the policy stands in its header and in itself, and it works: another origin is refused', async ({
  page,
}) => {
  const said: string[] = []
  // Playwright itself says that it keeps the service worker away.
  page.on('console', (message) => /blocked by Playwright/.test(message.text()) || said.push(message.text()))
  const response = (await page.goto('./'))!
  await expect(page.getByRole('heading', { name: 'Which images do you have?' })).toBeVisible()
  expect(said, 'the console stays empty').toEqual([])
  const header = response.headers()['content-security-policy']
  const meta = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
  for (const policy of [header, meta!]) {
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toContain("form-action 'none'")
    expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'/)
  }
  expect(response.headers()['cross-origin-opener-policy']).toBe('same-origin')
  expect(response.headers()['content-encoding']).toMatch(/^(br|gzip)$/)
  for (const feature of ['camera', 'microphone', 'geolocation', 'usb', 'serial', 'payment'])
    expect(response.headers()['permissions-policy']).toContain(`${feature}=()`)
  const refused = await page.evaluate(() =>
    fetch('https://example.org/').then(
      () => false,
      () => true,
    ),
  )
  expect(refused).toBe(true)
})

/** What the accessibility check finds, and more than one button that says it is next. */
async function findFaults(page: Page) {
  const violations = await findViolations(page)
  const primary = await page.locator('.screen:not([inert]) button[data-variant=filled]:visible').allInnerTexts()
  expect.soft(primary.length, `filled buttons: ${primary.join(', ')}`).toBeLessThanOrEqual(1)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
}

test('every screen passes the accessibility check', async ({ page }) => {
  await page.goto('./')
  await step(page, 'ROI').click()
  await expect(page.getByRole('heading', { name: 'No image is open' })).toBeVisible()
  expect.soft(await findFaults(page)).toEqual([])
  await step(page, 'Images').click()
  expect.soft(await findFaults(page)).toEqual([])
  await openSample(page, /Breast, MR/)
  await page.keyboard.press('4')
  await expect(page.getByRole('region', { name: 'Brush' })).toBeVisible()
  expect.soft(await findFaults(page)).toEqual([])
  await step(page, 'Images').click()
  expect.soft(await findFaults(page)).toEqual([])
  await step(page, 'Features').click()
  await page.getByRole('button', { name: 'Edit' }).click()
  expect.soft(await findFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Back without changes' }).click()
  await page.getByRole('button', { name: 'Extract features' }).click()
  await waitForResult(page, /features$/)
  expect.soft(await findFaults(page)).toEqual([])
})

test('mask operations and semi-automatic tools pass the accessibility check in every state, and stay in sight', async ({
  page,
}) => {
  await openSample(page, /Breast, MR/)
  const preview = page.getByRole('region', { name: /^Preview/ })
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await page.getByRole('heading', { name: 'Mask operations' }).click()
  expect.soft(await findFaults(page)).toEqual([])
  const last = page.getByRole('button', { name: 'Shrink the margin' })
  await last.scrollIntoViewIfNeeded()
  await last.click()
  await expect(preview).toBeInViewport({ ratio: 1 })
  expect.soft(await findFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Semi-automatic' }).click()
  const grow = inspector.getByRole('button', { name: 'Grow', exact: true })
  await grow.scrollIntoViewIfNeeded()
  await grow.click()
  await expect(page.getByRole('alert').filter({ hasText: 'No stroke outside' })).toBeInViewport({ ratio: 1 })
  expect.soft(await findFaults(page)).toEqual([])
  await inspector.getByText('Contour', { exact: true }).click()
  await page.getByRole('button', { name: 'Bubble at cursor' }).click()
  await expect(preview).toBeInViewport({ ratio: 1 })
  expect.soft(await findFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await inspector.getByText('DCE', { exact: true }).click()
  expect.soft(await findFaults(page)).toEqual([])
})

/** Looks at a state for access, and keeps a picture of it. */
async function checkState(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) })
  expect.soft(await findFaults(page), name).toEqual([])
}

test('readers, their comparison, a locked ROI and the list of keys pass the accessibility check', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  const reader = page.getByRole('region', { name: 'Reader', exact: true })
  await reader.scrollIntoViewIfNeeded()
  await checkState(page, 'one-reader')
  await reader.getByRole('button', { name: 'Lock' }).click()
  await paintStroke(page)
  await expect(page.getByText(/cannot be changed/)).toBeVisible()
  await checkState(page, 'locked')
  await reader.locator('label', { hasText: 'Reader 2' }).click()
  await expect(page.getByText('Nothing drawn yet')).toBeVisible()
  await checkState(page, 'second-reader-with-nothing')
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(5)
  await reader.getByRole('button', { name: 'Lock' }).click()
  const comparison = page.getByRole('region', { name: 'Readers compared' })
  await comparison.locator('label', { hasText: 'Differ' }).click()
  await comparison.scrollIntoViewIfNeeded()
  await checkState(page, 'readers-compared')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys and mouse' })).toBeVisible()
  await checkState(page, 'keys')
})

test('the panel of every tool passes the accessibility check, with what the tool has drawn', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await openSample(page, /Breast, MR/)
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  const panel = (name: string) => inspector.getByRole('region', { name, exact: true })
  await expect(inspector.getByRole('img', { name: /^Histogram/ })).toBeVisible()
  const view = (await page.locator('.views > .axial').boundingBox())!
  const [x, y] = [view.x + view.width / 2, view.y + view.height / 2]
  for (const [key, name] of [
    ['4', 'Brush'],
    ['r', 'Eraser'],
    ['t', 'Threshold brush'],
    ['3', 'Polygon'],
    ['k', 'Scissors'],
    ['6', 'Ruler'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(panel(name)).toBeInViewport()
    if (name === 'Threshold brush') await panel(name).locator('label', { hasText: 'First touch' }).click()
    if (name === 'Polygon') for (const [dx, dy] of [[0, 0], [40, 0], [40, 50]]) await page.mouse.click(x + dx, y + dy) // prettier-ignore
    if (name === 'Ruler') {
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.mouse.move(x + 60, y + 20)
      await page.mouse.up()
    }
    await checkState(page, name)
    await page.keyboard.press('Escape')
  }
  await page.keyboard.press('Shift+G')
  await page.mouse.click(x, y)
  await expect(panel('Grow from a click')).toContainText('Found')
  await checkState(page, 'Grow')
})

test('two sequences, a mask that does not fit, DICOM series and bad parameters pass the accessibility check', async ({
  page,
}) => {
  await openSample(page, /Breast, MR/)
  const choose = async (...files: readonly (readonly [name: string, buffer: Buffer])[]) => {
    await step(page, 'Images').click()
    await page
      .getByTestId('file-input')
      .setInputFiles(files.map(([name, buffer]) => ({ name, mimeType: 'application/octet-stream', buffer })))
  }
  await choose(['again.nii.gz', await readFile(new URL('../public/samples/breast1/image.nii.gz', import.meta.url))])
  await expect(page.getByRole('banner')).toContainText('again')
  await step(page, 'ROI').click()
  const sequences = page.getByRole('region', { name: 'Sequences' })
  await sequences.getByRole('button', { name: 'Go to' }).click()
  await expect(page.getByRole('menuitem', { name: 'image' })).toBeVisible()
  await checkState(page, 'sequences')
  await page.keyboard.press('Escape')
  const second = page.getByRole('region', { name: 'Second image' })
  await second.getByRole('combobox', { name: 'Image to show with this one' }).click()
  await page.getByRole('option', { name: /image/ }).click()
  await second.locator('label', { hasText: 'Checker' }).click()
  await second.getByRole('textbox', { name: 'To the left' }).fill('10')
  await expect(second).toContainText('Moved by 10.0 mm')
  await second.getByRole('button', { name: 'Undo alignment' }).scrollIntoViewIfNeeded()
  await checkState(page, 'aligned-checkerboard')

  await choose(['elsewhere.nii', Buffer.from(makeNifti({ size: [20, 18, 9], datatype: 2, value: (i) => Number(i > 2500) }))])
  const review = page.getByRole('region', { name: 'Is this the mask?' })
  await expect(review).toContainText('Not on the grid of the image')
  await checkState(page, 'mask-that-does-not-fit')
  await review.getByRole('button', { name: 'Refuse' }).click()

  const dicom = async (name: string) =>
    [`${name}.zip`, await readFile(new URL(`../reference/dicom/${name}.zip`, import.meta.url))] as const
  await choose(await dicom('two_series_and_others'), await dicom('missing'))
  await expect(page.getByRole('alert')).toContainText('missing.zip')
  await checkState(page, 'series-to-pick')

  await step(page, 'Features').click()
  await page
    .getByTestId('parameter-input')
    .setInputFiles({ name: 'bad.yaml', mimeType: 'application/yaml', buffer: Buffer.from('setting:\n  binWidht: 25\n') })
  const parameters = page.getByRole('region', { name: 'Parameters' })
  await expect(parameters.getByRole('alert')).toBeVisible()
  await checkState(page, 'bad-yaml')
  await parameters.getByRole('button', { name: 'Edit' }).click()
  const width = page.getByRole('textbox', { name: /^Bin width/ })
  await width.fill('wide')
  await expect(page.getByText('Give a number.')).toBeVisible()
  await checkState(page, 'form-with-error')
})

test('fields of the form beside each other are on one line, however long their helps are', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await openSample(page, /Breast, MR/)
  await step(page, 'Features').click()
  await page.getByRole('button', { name: 'Edit' }).click()
  const fields = await page.locator('.formGroup .mantine-InputWrapper-root').evaluateAll((all) =>
    all.map((field) => {
      const group = [...document.querySelectorAll('.formGroup')].indexOf(field.closest('.formGroup')!)
      const row = `${group} ${Math.round(field.getBoundingClientRect().top)}`
      const input = field.querySelector('.mantine-Input-wrapper')!.getBoundingClientRect().top
      return { row, input, help: field.querySelector('.mantine-InputWrapper-description')!.clientHeight }
    }),
  )
  const pairs = fields.flatMap((one) => fields.filter(({ row }) => row === one.row).map((other) => [one, other] as const))
  expect(pairs.some(([one, other]) => one.help !== other.help)).toBe(true)
  for (const [one, other] of pairs) expect(Math.abs(one.input - other.input)).toBeLessThan(1)
})
