import { readFile } from 'node:fs/promises'
import { expect, test, type Page, type Route } from '@playwright/test'
import Papa from 'papaparse'
import { makeSeries } from '../cli/madeSeries.ts'
import { countKept, openSample, paintStroke, readVoxelCount, step, waitForImage, waitForResult, watchPage } from './openPage.ts'

const series = (name: string, number: number) =>
  makeSeries({
    name,
    number,
    size: [24, 24, 10],
    value: (column, row, slice) => 100 * number + ((column * 7 + row * 3 + slice) % 90),
    elements: [['00200011', 'IS', `${number}`]],
  }).map(({ bytes }, slice) => ({
    name: `${number} ${slice}.dcm`,
    mimeType: 'application/dicom',
    buffer: Buffer.from(bytes),
  }))
const chooseParameters = (page: Page) =>
  page.getByTestId('parameter-input').setInputFiles({
    name: 'short.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from('imageType:\n  Original: {}\nfeatureClass:\n  firstorder:\n'),
  })
const openRow = async (page: Page, name: RegExp) => {
  await step(page, 'Images').click()
  await page
    .getByRole('row', { name })
    .getByRole('button', { name: /^(Open|Show)$/ })
    .click()
  await waitForImage(page)
}

test('images, their tables of features and the ROI come back with the page; what was closed does not', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await page.getByTestId('file-input').setInputFiles([...series('t1', 1), ...series('t2', 2), ...series('loc', 3)])
  const rows = page.getByRole('row', { name: /\.dcm/ })
  await expect(rows).toHaveCount(3)
  for (const name of [/t1/, /t2/]) {
    await openRow(page, name)
    await paintStroke(page)
    await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(0)
    await step(page, 'Features').click()
    if (name.source === 't1') await chooseParameters(page)
    await page.getByRole('button', { name: 'Extract features' }).click()
    await waitForResult(page, /^18 features$/)
  }
  const painted = await readVoxelCount(page)
  await step(page, 'Images').click()
  await page.getByRole('button', { name: /^Close loc/ }).click()
  await expect(rows).toHaveCount(2)
  await expect(page.getByRole('banner')).toContainText('Saved')
  await expect.poll(() => countKept(page, 'openedImages')).toBe(2)

  await page.reload()
  await step(page, 'Features').click()
  const choice = page.getByRole('combobox', { name: 'Table of features' })
  await expect(choice.getByRole('option')).toHaveText([/^t2 · P0001 · [\d-]+ [\d:]+$/, /^t1 · P0001 · [\d-]+ [\d:]+$/])
  await waitForResult(page, /^18 features$/)
  await expect(page.getByRole('region', { name: 'Extract' })).toContainText('Done on')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV, all 2 tables' }).click()
  const { data } = Papa.parse<string[]>(await readFile(await (await download).path(), 'utf8'), { skipEmptyLines: true })
  expect(data.map(([id, image]) => `${id} ${image}`)).toEqual(['ID Image', 'P0001 P0001_t1_reader-1', 'P0001 P0001_t2_reader-1'])

  await step(page, 'Images').click()
  await expect(rows).toHaveCount(2)
  await openRow(page, /t2/)
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(painted)
  await expect(step(page, 'Features')).toHaveAccessibleName('Features, done')
  expect(problems).toEqual([])
})

test('a sample is opened while images of the last visit are still being read, and they come back after it', async ({
  page,
  context,
}) => {
  await openSample(page, /Breast, MR/)
  await page.getByRole('banner').getByText('Saved').waitFor()
  let isHeld = true
  const held: Route[] = []
  await context.route(/reader\.worker/, (route) => (isHeld ? void held.push(route) : route.continue()))
  const other = await context.newPage()
  await other.goto('./')
  const restoring = other.getByRole('status').filter({ hasText: 'From your last visit' })
  await expect(restoring).toBeVisible()
  await other.getByRole('button', { name: /Brain, MR/ }).click()
  await expect(restoring).toBeHidden()
  isHeld = false
  for (const route of held) await route.continue().catch(() => {})
  await waitForImage(other)
  await step(other, 'Images').click()
  await expect(other.getByRole('row', { name: /^breast1 \/ image/ })).toBeVisible()
})
