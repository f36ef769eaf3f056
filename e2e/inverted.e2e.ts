import { expect, test, type Page } from '@playwright/test'
import { makeSeries } from '../cli/madeSeries.ts'
import type { DicomElement } from '../src/io/dicom/encodeDicom.ts'
import { step, waitForImage } from './openPage.ts'

const monochrome1: readonly DicomElement[] = [
  ['00280004', 'CS', 'MONOCHROME1'],
  ['00281050', 'DS', '1000'],
  ['00281051', 'DS', '2000'],
]

/** Rising from left to right in steps, as a film of 32 columns: 0, 250, 500 ... 1750. */
async function openRising(page: Page, elements: readonly DicomElement[]): Promise<void> {
  const value = (column: number, row: number) => 250 * Math.floor(column / 4) + (row % 8)
  const files = makeSeries({ size: [32, 32, 6], value, elements })
  await page.goto('./')
  await page.getByTestId('file-input').setInputFiles(
    files.map(({ path, bytes }) => ({
      name: path.replace('/', '-'),
      mimeType: 'application/dicom',
      buffer: Buffer.from(bytes),
    })),
  )
  await waitForImage(page)
  await step(page, 'ROI').click()
}

/** Grey levels at a quarter and three quarters of a view, as they are drawn. */
const greysOf = (page: Page, view = '.views > .axial') =>
  page.locator(`${view} canvas.cornerstone-canvas`).evaluate((canvas: HTMLCanvasElement) => {
    const greyAt = (share: number) =>
      canvas.getContext('2d')!.getImageData(Math.round(share * canvas.width), Math.round(0.4 * canvas.height), 1, 1).data[0]
    return [greyAt(0.3), greyAt(0.7)] as const
  })

test('MONOCHROME1 is shown with dark and light exchanged, in every plane and slice and at any window; its values stay', async ({
  page,
}) => {
  await openRising(page, monochrome1)
  const label = page.locator('.views > .axial [data-part=window]')
  await expect(label).toHaveText('Inverted (MONOCHROME1) W 2000  L 1000')
  const [left, right] = await greysOf(page)
  expect(left).toBeGreaterThan(right + 60)
  const [coronalLeft, coronalRight] = await greysOf(page, '.views > .coronal')
  expect(coronalLeft).toBeGreaterThan(coronalRight + 60)

  // What is drawn anew is not turned back.
  await page.keyboard.press('PageDown')
  await page.keyboard.press('PageUp')
  await page.keyboard.press('j')
  await expect(label).toHaveText(/^Inverted \(MONOCHROME1\)\s+W 17\d\d/)
  await expect.poll(async () => (await greysOf(page))[0]).toBeGreaterThan(right + 60)
  await page.screenshot({ path: test.info().outputPath('inverted.png') })
})

test('MONOCHROME2 is shown as it is', async ({ page }) => {
  await openRising(page, [])
  await expect(page.locator('.views > .axial [data-part=window]')).toHaveText(/^W /)
  const [left, right] = await greysOf(page)
  expect(right).toBeGreaterThan(left + 60)
})
