import { expect, test, type Page } from '@playwright/test'
import { makeSeries } from '../cli/madeSeries.ts'
import { paintStroke, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

/** One series of three phases, told apart by their temporal position. */
const phase = (number: number) =>
  makeSeries({
    name: 'dyn',
    number,
    size: [24, 24, 10],
    value: (column, row, slice) => 100 * number + ((column * 7 + row * 3 + slice) % 90),
    elements: [
      ['0020000e', 'UI', '2.25.7002.9'],
      ['00200100', 'IS', `${number}`],
      ['00080032', 'TM', `1020${20 * number}`],
    ],
  }).map(({ bytes }, slice) => ({
    name: `${number} ${slice}.dcm`,
    mimeType: 'application/dicom',
    buffer: Buffer.from(bytes),
  }))
const open = async (page: Page, ...phases: number[]) => {
  await step(page, 'Images').click()
  await page.getByTestId('file-input').setInputFiles(phases.flatMap(phase))
}

test('the ROI of the second phase is found when that phase is opened alone, and not on the first', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await open(page, 1, 2, 3)
  await page
    .getByRole('row', { name: /phase 2 of 3/ })
    .getByRole('button', { name: 'Open', exact: true })
    .click()
  await waitForImage(page)
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(0)
  const painted = await readVoxelCount(page)
  await expect(page.getByRole('banner')).toContainText('Saved')

  await page.goto('about:blank')
  await page.goto('./')
  await open(page, 1)
  await waitForImage(page)
  await expect(page.getByRole('region', { name: 'ROI', exact: true })).toContainText('Nothing drawn yet')
  await expect(page.getByText('Recovered ROI')).toBeHidden()
  await open(page, 2)
  await step(page, 'ROI').click()
  await expect(page.getByText('Recovered ROI')).toBeVisible()
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(painted)
  expect(problems).toEqual([])
})
