import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { makeNifti } from '../cli/madeNifti.ts'
import { makeSeries } from '../cli/madeSeries.ts'
import { findViolations } from './findViolations.ts'
import { openSample, paintStroke, sayItIsHers, step, waitForImage, watchPage } from './openPage.ts'

test('the curve of the region is drawn over phases, typed by thresholds that can be set, and times can be changed', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await openSample(page, /Breast, MR/)
  const file = gunzipSync(await readFile(new URL('../public/samples/breast1/image.nii.gz', import.meta.url)))
  await step(page, 'Images').click()
  // The same image with its grey levels scaled in the header: enhancement of 100 %, then 60 %.
  for (const [name, slope] of [
    ['post1', 2],
    ['post2', 1.6],
  ] as const) {
    const phase = Buffer.from(file)
    phase.writeFloatLE(slope, 112)
    await page
      .getByTestId('file-input')
      .setInputFiles({ name: `${name}.nii`, mimeType: 'application/octet-stream', buffer: phase })
    await expect(page.getByRole('banner')).toContainText(name)
    await sayItIsHers(page)
  }
  await page
    .getByRole('row', { name: /image\.nii/ })
    .getByRole('button', { name: /Open|Show/ })
    .click()
  const panel = page.getByRole('region', { name: 'Enhancement curve' })
  await panel.getByRole('button', { name: 'Curve over 3 phases' }).click()
  await expect(
    panel
      .getByRole('img', { name: /^Enhancement of the ROI/ })
      .locator('svg')
      .first(),
  ).toBeVisible()
  await expect(panel).toContainText(/Type\s*III/)
  await expect(panel).toContainText('100.0 %, 1.67 %/s')
  // Seconds count from the injection, which is assumed just before the second phase.
  await expect(panel).toContainText('0 s, 100.0 %')
  await expect(panel).toContainText('Times assumed: 60 s apart; the files give none')
  await panel.getByRole('textbox', { name: 'Type III below −' }).fill('30')
  await expect(panel).toContainText(/Type\s*II(?!I)/)

  // At the cursor, without an ROI: the header scales all voxels alike.
  await panel.locator('label', { hasText: 'Cursor' }).click()
  await expect(panel).toContainText('100.0 %, 1.67 %/s')

  // Enhancement is 100 % everywhere but in air: a third of the way from 50 to 200 %.
  const colours = () =>
    page.evaluate(() => {
      const canvas = document.querySelectorAll<HTMLCanvasElement>('.views > .axial [data-plane] > canvas')[0]
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      const found = new Set<string>()
      for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 0) found.add(data.slice(at, at + 3).join(' '))
      return [...found]
    })
  await panel.locator('label', { hasText: 'Colour the enhancement' }).click()
  await expect(panel.getByRole('img', { name: 'Colours from 50 to 200 % enhancement' })).toBeVisible()
  await expect.poll(async () => (await colours()).length).toBeGreaterThan(0)
  const drawn = (await colours()).map((colour) => colour.split(' ').map(Number))
  for (const [red, green, blue] of drawn) {
    expect(Math.abs(red - 49)).toBeLessThan(8)
    expect(Math.abs(green - 103)).toBeLessThan(8)
    expect(Math.abs(blue - 141)).toBeLessThan(8)
  }
  const violations = await findViolations(page)
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('colours.png') })
  await panel.locator('label', { hasText: 'Colour the enhancement' }).click()
  await expect.poll(async () => (await colours()).length).toBe(0)
  expect(problems).toEqual([])
  expect(foreignRequests).toEqual([])
  await page.screenshot({ path: test.info().outputPath('curve.png') })
})

test('the curve at the cursor follows it', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  const side = 40
  // Signal doubles in one half of the image and triples in the other.
  const phases = { pre: [100, 100], post: [200, 300] } as const
  await page.getByTestId('file-input').setInputFiles(
    Object.entries(phases).map(([name, [left, right]]) => ({
      name: `${name}.nii`,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(makeNifti({ size: [side, side, 10], datatype: 4, value: (i) => (i % side < side / 2 ? left : right) })),
    })),
  )
  await page.getByRole('button', { name: 'Both are one patient' }).click()
  await page
    .getByRole('row', { name: /post/ })
    .getByRole('button', { name: /Open|Show/ })
    .click()
  await waitForImage(page)
  const panel = page.getByRole('region', { name: 'Enhancement curve' })
  await panel.getByRole('button', { name: 'Curve over 2 phases' }).click()
  await panel.locator('label', { hasText: 'Cursor' }).click()
  const peak = panel.getByText(/^\d+ s, [\d.]+ %$/)
  const box = (await page.locator('.axial').boundingBox())!
  for (const [share, percent] of [
    [0.35, '100.0 %'],
    [0.65, '200.0 %'],
    [0.35, '100.0 %'],
  ] as const) {
    await page.mouse.click(box.x + box.width * share, box.y + box.height / 2)
    await expect(peak).toHaveText(`0 s, ${percent}`)
  }
  expect(problems).toEqual([])
})

test('six series of a dynamic study, dropped in any order, are phases by their acquisition times, the baseline before contrast', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  // By time: their names and series numbers say something else.
  const phases = [
    ['C', '102000', 1000],
    ['F', '102048', 1500],
    ['A', '102136', 1800],
    ['E', '102224', 2000],
    ['B', '102312', 2150],
    ['D', '102400', 2300],
  ] as const
  const files = phases.flatMap(([name, time, level], i) =>
    makeSeries({
      size: [24, 24, 10],
      value: (column, row, slice) => level + ((column + row + slice) % 3),
      name: `dyn ${name}`,
      number: i + 1,
      elements: [
        ['00080022', 'DA', '20240301'],
        ['00080032', 'TM', time],
        ['00180080', 'DS', '4.5'],
        ['00180081', 'DS', '1.7'],
        ['00200011', 'IS', `${20 - i}`],
      ],
    }),
  )
  const dropped = [3, 0, 5, 1, 4, 2].flatMap((phase) => files.slice(10 * phase, 10 * phase + 10))
  await page
    .getByTestId('file-input')
    .setInputFiles(
      dropped.map(({ bytes }, i) => ({ name: `IM${i}`, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
    )
  await page
    .getByRole('row', { name: /dyn E/ })
    .getByRole('button', { name: /Open|Show/ })
    .click()
  await waitForImage(page)
  const panel = page.getByRole('region', { name: 'Enhancement curve' })
  await panel.getByRole('button', { name: 'Curve over 6 phases' }).click()
  const rows = panel.getByRole('list', { name: 'Phases by time' }).getByRole('listitem')
  await expect(rows).toHaveText(phases.map(([name]) => `dyn ${name}`))
  const times = panel.getByRole('textbox', { name: /^Time of dyn/ })
  expect(await times.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))).toEqual(
    [-48, 0, 48, 96, 144, 192].map((time) => `${time} s`),
  )
  await expect(panel).toContainText('Times from the files: acquisition time.')
  await panel.locator('label', { hasText: 'Cursor' }).click()
  await expect(panel).toContainText(/Type\s*I(?!I)/)
  await expect(panel).toContainText('192 s, 129.')

  // By hand, and back.
  await panel.getByRole('button', { name: 'Move dyn F up' }).click()
  await expect(rows).toHaveText(['F', 'C', 'A', 'E', 'B', 'D'].map((name) => `dyn ${name}`))
  await expect(panel).toContainText('Order and times set by hand.')
  // The tool that needs the phase before contrast goes by it.
  await page.getByRole('heading', { name: 'Semi-automatic' }).click()
  await page.getByText('DCE', { exact: true }).click()
  await expect(page.getByRole('combobox', { name: 'Phase before contrast' })).toHaveValue('dyn F')
  await expect(page.getByText('the order set under Enhancement curve')).toBeVisible()
  await page.getByRole('heading', { name: 'Semi-automatic' }).click()
  // It lasts while another screen is shown, and the keys go by it.
  await step(page, 'Images').click()
  await step(page, 'ROI').click()
  await expect(rows).toHaveText(['F', 'C', 'A', 'E', 'B', 'D'].map((name) => `dyn ${name}`))
  await page.locator('.axial').click()
  for (const name of ['B', 'D', 'F', 'C']) {
    await page.keyboard.press('.')
    await expect(page.getByRole('banner')).toContainText(`dyn ${name}`)
    await waitForImage(page)
  }
  await panel.getByRole('button', { name: "Back to the files' order" }).click()
  await expect(rows).toHaveText(phases.map(([name]) => `dyn ${name}`))
  await panel.getByRole('textbox', { name: /^Injection/ }).fill('20')
  await expect(panel.getByRole('textbox', { name: 'Time of dyn F' })).toHaveValue('28 s')
  const violations = await findViolations(page)
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('phases.png') })

  // Without an order by hand the tool takes the first in time; that is open, so the one after it is next.
  await page.getByRole('heading', { name: 'Semi-automatic' }).click()
  await page.getByText('DCE', { exact: true }).click()
  await expect(page.getByRole('combobox', { name: 'Phase before contrast' })).toHaveValue('dyn C')
  await expect(page.getByRole('combobox', { name: 'Phase after contrast' })).toHaveValue('dyn F')
  await page.getByRole('heading', { name: 'Semi-automatic' }).click()

  // The keys go by time too.
  const banner = page.getByRole('banner')
  for (const name of ['F', 'A', 'E', 'B']) {
    // Out of the field, into which the point would be written.
    await page.locator('.axial').click()
    await page.keyboard.press('.')
    await expect(banner).toContainText(`dyn ${name}`)
    await waitForImage(page)
  }
  expect(problems).toEqual([])
})

test('where two times in the files put phases in different orders both are shown with their slices, and a person decides; T1WI+C follows the ROI', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  // The acquisition times say A, B, C, D, E, the content times A, C, B, D, E.
  const phases = [
    ['A', '102000', '103000', 100],
    ['B', '102130', '103300', 150],
    ['C', '102300', '103130', 200],
    ['D', '102430', '103430', 230],
    ['E', '102600', '103600', 228],
  ] as const
  const files = phases.flatMap(([name, time, content, level], i) =>
    makeSeries({
      size: [24, 24, 8],
      value: (column) => (column < 12 ? level : 20),
      name: `dyn ${name}`,
      number: i + 1,
      elements: [
        ['00080022', 'DA', '20240301'],
        ['00080032', 'TM', time],
        ['00080023', 'DA', '20240301'],
        ['00080033', 'TM', content],
      ],
    }),
  )
  await page
    .getByTestId('file-input')
    .setInputFiles(
      files.map(({ bytes }, i) => ({ name: `IM${i}`, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
    )
  await page
    .getByRole('row', { name: /dyn A/ })
    .getByRole('button', { name: /Open|Show/ })
    .click()
  await waitForImage(page)
  const panel = page.getByRole('region', { name: 'Enhancement curve' })
  await panel.getByRole('button', { name: 'Curve over 5 phases' }).click()
  await expect(panel).toContainText('Two times in the files put the phases in different orders')
  await expect(panel.getByRole('img', { name: 'Middle slice of dyn C' })).toHaveCount(2)
  await expect(panel).toContainText("5 phases; the study's protocol has 6.")
  const rows = panel.getByRole('list', { name: 'Phases by time' }).getByRole('listitem')
  await expect(rows).toHaveText(['A', 'B', 'C', 'D', 'E'].map((name) => `dyn ${name}`))
  expect(await panel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  await panel.screenshot({ path: test.info().outputPath('decision.png') })
  await panel.getByRole('button', { name: 'By content time' }).click()
  await expect(rows).toHaveText(['A', 'C', 'B', 'D', 'E'].map((name) => `dyn ${name}`))
  await panel.getByRole('button', { name: 'By acquisition time' }).click()

  // A few voxels that grow brighter to the end, yet not in the last phase.
  await paintStroke(page)
  await expect(panel).toContainText(/T1WI\s*dyn A \(phase 1\)/)
  await expect(panel).toContainText(/T1WI\+C\s*to be decided/)
  await panel.getByRole('button', { name: 'The last: dyn E (phase 5)' }).click()
  await expect(panel).toContainText(/T1WI\+C\s*dyn E \(phase 5\)/)
  await panel.locator('label', { hasText: 'Hottest 3 × 3' }).click()
  await expect(panel.getByRole('button', { name: 'Go to the hottest voxels' })).toBeVisible()
  expect(await panel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  await panel.screenshot({ path: test.info().outputPath('contrast.png') })
  expect(problems).toEqual([])
})
