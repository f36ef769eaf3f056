import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test, type Page } from '@playwright/test'
import { readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

const reference = (name: string) => fileURLToPath(new URL(`../reference/dicom/${name}`, import.meta.url))
const choose = async (page: Page, ...names: string[]) => {
  await step(page, 'Images').click()
  await page.getByTestId('file-input').setInputFiles(names.map(reference))
}
const reviewOf = (page: Page) => page.getByRole('region', { name: 'Is this the mask?' })

async function saveAs(page: Page, format: RegExp) {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Other file formats' }).click()
  const item = page.getByRole('menuitem', { name: format })
  await expect(item).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('formats.png') })
  await item.click()
  const file = await download
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

test('a segment is chosen by name, and a saved DICOM segmentation comes back on its series', async ({ page }) => {
  const { problems, foreignRequests } = watchPage(page)
  await page.goto('./')
  await page.getByTestId('file-input').setInputFiles(reference('oblique.zip'))
  await waitForImage(page)
  await choose(page, 'masks/seg_overlapping.dcm')
  const review = reviewOf(page)
  await expect(review).toContainText('Same grid as the image')
  await expect(review.getByRole('group', { name: 'Segments of the mask' }).getByRole('button')).toHaveText([
    /1 Whole tumour.*33 voxels/,
    /2 Core.*7 voxels/,
    /3 Empty one.*empty/,
  ])
  await expect(review.getByRole('button', { name: /Empty one/ })).toBeDisabled()
  await review.getByRole('button', { name: /Core/ }).click()
  await expect(review).toContainText('On the image: 7 voxels')
  await page.screenshot({ path: test.info().outputPath('segments.png') })
  await review.getByRole('button', { name: 'Use this mask' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(7)

  const nrrd = await saveAs(page, /NRRD/)
  expect([nrrd.name, nrrd.bytes.subarray(0, 4).toString()]).toEqual(['P0001_oblique_reader-1.nrrd', 'NRRD'])
  const saved = await saveAs(page, /DICOM segmentation/)
  expect([saved.name, saved.bytes.subarray(128, 132).toString()]).toEqual(['P0001_oblique_reader-1-seg.dcm', 'DICM'])

  const structures = await saveAs(page, /RTSTRUCT/)
  expect(structures.name).toBe('P0001_oblique_reader-1-rtstruct.dcm')

  await page.keyboard.press('Control+z')
  await expect.poll(() => page.getByRole('region', { name: 'ROI' }).innerText()).toContain('Nothing drawn yet')
  await step(page, 'Images').click()
  await page.getByTestId('file-input').setInputFiles({ name: saved.name, mimeType: 'application/dicom', buffer: saved.bytes })
  await expect(review.getByRole('button', { name: /1 ROI.*7 voxels/ })).toBeVisible()
  await expect(review).toContainText('Same grid as the image')
  await review.getByRole('button', { name: 'Use this mask' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(7)
  await page.keyboard.press('Control+z')
  await step(page, 'Images').click()
  await page
    .getByTestId('file-input')
    .setInputFiles({ name: structures.name, mimeType: 'application/dicom', buffer: structures.bytes })
  await expect(review.getByRole('button', { name: /1 ROI.*7 voxels/ })).toBeVisible()
  await review.getByRole('button', { name: 'Use this mask' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(7)
  expect([problems, foreignRequests]).toEqual([[], []])
})

test('a structure set is drawn on its series, and told where that is not open', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await page.getByTestId('file-input').setInputFiles(reference('masks/rtstruct.dcm'))
  await expect(page.getByRole('alert').first()).toContainText('drawn on is not open. Its structures are GTV, Knoten links')
  await page.getByTestId('file-input').setInputFiles(['masks/rtstruct.dcm', 'oblique.zip'].map(reference))
  await waitForImage(page)
  await page.screenshot({ path: test.info().outputPath('structures.png') })
  await reviewOf(page)
    .getByRole('button', { name: /6 Knoten links/ })
    .click()
  await reviewOf(page).getByRole('button', { name: 'Use this mask' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(3)
  expect(problems).toEqual([])
})

test('of a mask of shares a person says what is inside, and slices left out are filled for a look', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await page.getByTestId('file-input').setInputFiles(reference('oblique.zip'))
  await waitForImage(page)
  await choose(page, 'masks/seg_fractional.dcm')
  const review = reviewOf(page)
  await expect(review).toContainText('Its values lie between 0 and 1: probabilities, or partial volume.')
  await expect(review.getByRole('button', { name: 'Use this mask' })).toBeDisabled()
  await review.getByRole('button', { name: 'Show' }).click()
  await expect(review).toContainText('On the image: 33 voxels')
  await page.screenshot({ path: test.info().outputPath('shares.png') })
  await review.getByRole('button', { name: 'Use this mask' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(33)

  await choose(page, 'masks/seg_gap.dcm')
  await expect(review).toContainText('Slice 2 lies inside the extent of the region and holds none of it.')
  await page.screenshot({ path: test.info().outputPath('gap.png') })
  await review.getByRole('button', { name: 'Use and fill' }).click()
  await page
    .getByRole('region', { name: /^Preview: Interpolate .* slices$/ })
    .getByRole('button', { name: 'Accept' })
    .click()
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(8)
  expect(problems).toEqual([])
})
