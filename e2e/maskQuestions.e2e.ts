import { expect, test, type Page } from '@playwright/test'
import { makeNifti } from '../cli/madeNifti.ts'
import { readVoxelCount, waitForImage, watchPage } from './openPage.ts'

const size = [24, 24, 10] as const
const image = makeNifti({ size, datatype: 4, value: (i) => 100 + ((i * 7) % 190) })
/** 0 outside, and inside a share that rises with x: 0.25 0.5 0.75 1. */
const share = (i: number) => {
  const [x, y, z] = [i % 24, Math.floor(i / 24) % 24, Math.floor(i / 576)]
  return x > 3 && x < 8 && y > 3 && y < 12 && z > 2 && z < 6 ? 0.25 * (x - 3) + 0.001 * y - 0.02 : 0
}
const shares = makeNifti({ size, datatype: 16, value: share })

const open = (page: Page, files: Readonly<Record<string, Uint8Array>>) =>
  page
    .getByTestId('file-input')
    .setInputFiles(
      Object.entries(files).map(([name, bytes]) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
    )

test('a map of probabilities beside its image is asked about, and as a mask gets its threshold by choice', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await open(page, { 't1.nii': image, 'tumour.nii': shares })
  const question = page.getByRole('region', { name: 'Is tumour a mask?' })
  await expect(question).toContainText('Its values go from 0 to 1')
  await expect(question).toContainText('on the grid of t1')
  // Whose images they are is asked of images.
  await expect(page.getByRole('region', { name: /one patient|Whose image/ })).toBeHidden()
  await page.screenshot({ path: test.info().outputPath('question.png') })
  await question.getByRole('button', { name: 'A mask of t1' }).click()
  await waitForImage(page)
  const review = page.getByRole('region', { name: 'Is this the mask?' })
  await expect(review.getByRole('button', { name: 'Use this mask' })).toBeDisabled()
  await expect(review).toContainText('Shares, not labels')
  await review.getByRole('textbox', { name: 'Inside from' }).fill('0.5')
  await review.getByRole('button', { name: 'Show' }).click()
  await review.getByRole('button', { name: 'Use this mask' }).click()
  const inside = Array.from({ length: 5760 }, (_, i) => share(i)).filter((value) => value >= 0.5).length
  await expect.poll(() => readVoxelCount(page)).toBe(inside)
  expect(problems).toEqual([])
})

test('what a person calls an image stays one, and is asked no more', async ({ page }) => {
  await page.goto('./')
  await open(page, { 't1.nii': image, 'normalised.nii': shares })
  const question = page.getByRole('region', { name: 'Is normalised a mask?' })
  await question.getByRole('button', { name: 'An image' }).click()
  await expect(question).toBeHidden()
  await expect(page.getByRole('radiogroup', { name: 'Kind of normalised' }).getByRole('radio', { name: 'Image' })).toBeChecked()
})
