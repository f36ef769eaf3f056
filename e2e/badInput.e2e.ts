import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { makeNifti, type MadeNifti } from '../cli/madeNifti.ts'
import { readVoxelCount, step, waitForImage, waitForResult, watchPage } from './openPage.ts'

const size = [20, 18, 12]
const grey = (i: number) => (i * 7919) % 200
const image: MadeNifti = { size, datatype: 4, value: grey }
/** A box of voxels, 1 inside. */
const box = (lower: readonly number[], upper: readonly number[]) => (i: number) =>
  Number([i % 20, Math.floor(i / 20) % 18, Math.floor(i / 360)].every((at, axis) => at >= lower[axis] && at <= upper[axis]))
const mask: MadeNifti = { size, datatype: 2, value: box([5, 5, 4], [10, 10, 8]) }

interface OwnFile {
  readonly name: string
  readonly buffer: Buffer
}
const file = (name: string, made: MadeNifti): OwnFile => ({ name: `${name}.nii.gz`, buffer: gzipSync(makeNifti(made)) })
const choose = (page: Page, ...files: OwnFile[]) =>
  page.getByTestId('file-input').setInputFiles(files.map((own) => ({ ...own, mimeType: 'application/octet-stream' })))
const review = (page: Page) => page.getByRole('region', { name: 'Is this the mask?' })

/** Image and mask, the mask taken over, and on to the Features step. */
async function openCase(page: Page, imageFile: OwnFile, maskFile: OwnFile): Promise<void> {
  await page.goto('./')
  await choose(page, imageFile, maskFile)
  await waitForImage(page)
  await review(page).getByRole('button', { name: 'Use this mask' }).click()
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(0)
  await step(page, 'Features').click()
}
const preflight = (page: Page) => page.getByRole('region', { name: 'Before you extract' })
let loaded = 0
async function loadParameters(page: Page, yaml: string): Promise<void> {
  const name = `parameters-${++loaded}.yaml`
  await page.getByTestId('parameter-input').setInputFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(yaml) })
  await expect(page.getByRole('region', { name: 'Parameters' })).toContainText(name)
}

test('every file that cannot be used is told with its reason, and what can be used is offered', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  const doubled = await readFile(new URL('../reference/dicom/doubled.zip', import.meta.url))
  await choose(
    page,
    { name: 'cut.nii', buffer: Buffer.from(makeNifti(image).slice(0, 900)) },
    file('colour', { ...image, datatype: 128 }),
    file('spacing', { ...image, spacing: [1, -2, 1] }),
    file('nan-spacing', { ...image, spacing: [1, NaN, 1] }),
    { name: 'doubled.zip', buffer: doubled },
    file('four', { ...image, size: [20, 18, 6, 2] }),
    file('constant', { ...image, value: () => 7 }),
    file('holes', { ...image, datatype: 16, value: (i) => (i === 365 ? NaN : grey(i)) }),
  )
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('5 files cannot be used; the rest is unharmed')
  for (const told of [
    /cut\.nii: The file is cut off: it has 900 bytes/,
    /colour\.nii\.gz: .*colour \(RGB\)/,
    /spacing\.nii\.gz: .*axis 2 is -2 mm/,
    /nan-spacing\.nii\.gz: .*axis 2 is NaN mm/,
    /doubled\.zip.*: Slices 3 and 4 of 6 lie at the same place/,
  ])
    await expect(alert).toContainText(told)
  const row = (name: RegExp) => page.getByRole('row', { name })
  await expect(row(/four, phase \d of 2/)).toHaveCount(2)
  await expect(row(/four, phase 1/)).toContainText('each is offered by itself')
  await expect(row(/constant/)).toContainText('All voxels have the same value, 7')
  await expect(row(/holes/)).toContainText('1 voxel is no finite number (NaN or infinite); the first is at (5, 0, 1)')
  await row(/four, phase 2/)
    .getByRole('button', { name: 'Open' })
    .click()
  await waitForImage(page)
  expect(problems).toEqual([])
})

test('an image alone comes to the front; beside others, or with something to be said of it, the list stays', async ({ page }) => {
  await page.goto('./')
  await choose(page, file('t1', image))
  await waitForImage(page)
  await expect(page.getByTestId('views')).toBeVisible()
  await expect(page.getByRole('button', { name: /^ROI,/ })).toHaveAttribute('aria-current', 'page')
  await step(page, 'Images').click()
  await choose(page, file('t2', image))
  await expect(page.getByRole('row', { name: /t2/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Images,/ })).toHaveAttribute('aria-current', 'page')

  await page.goto('./')
  await choose(page, file('holes', { ...image, datatype: 16, value: (i) => (i === 365 ? NaN : grey(i)) }))
  await expect(page.getByRole('row', { name: /holes/ })).toContainText('no finite number')
  await expect(page.getByRole('button', { name: /^Images,/ })).toHaveAttribute('aria-current', 'page')
})

test('masks that do not serve say why before they are used', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await choose(page, file('t1', image), file('nothing', { ...mask, value: () => 0 }))
  await waitForImage(page)
  await expect(review(page)).toContainText('The mask is empty: every voxel is 0.')
  await expect(review(page).getByRole('button', { name: 'Use this mask' })).toBeDisabled()
  await review(page).getByRole('button', { name: 'Refuse' }).click()

  const tryMask = async (name: string, change: Partial<MadeNifti>) => {
    await step(page, 'Images').click()
    await choose(page, file(name, { ...mask, ...change }))
    await expect(review(page)).toContainText(name)
  }
  await tryMask('shorter', { size: [20, 18, 9] })
  await expect(review(page)).toContainText('size: mask 20, 18, 9; image 20, 18, 12')
  await review(page).getByRole('button', { name: 'Resample onto image' }).click()
  await expect(review(page)).toContainText('On the image: 180 voxels')

  await tryMask('elsewhere', { origin: [50, 0, 0] })
  await review(page).getByRole('button', { name: 'Resample onto image' }).click()
  await expect(review(page)).toContainText('No voxel of this label lies inside the image.')
  await expect(review(page).getByRole('button', { name: 'Use this mask' })).toBeDisabled()

  await tryMask('over-the-edge', { origin: [12, 0, 0] })
  await review(page).getByRole('button', { name: 'Resample onto image' }).click()
  await expect(review(page)).toContainText('50 % of this label lies outside the image and is cut off.')

  await step(page, 'Features').click()
  await loadParameters(page, 'setting:\n  label: 3\n')
  await tryMask('labels', { value: (i) => 4 * mask.value(i) })
  await expect(review(page)).toContainText('The parameters ask for label 3, which this mask does not have.')
  await expect(review(page).getByRole('group', { name: 'Labels in the mask' })).toContainText(/4\s*180 voxels/)
  expect(problems).toEqual([])
})

test('regions that cannot be measured are told on the Features step, before and after Extract', async ({ page }) => {
  await openCase(page, file('t1', image), file('point', { ...mask, value: box([5, 5, 4], [5, 5, 4]) }))
  await expect(preflight(page)).toContainText('The ROI is one voxel: it will be refused.')
  await page.getByRole('button', { name: 'Extract features' }).click()
  const end = page.getByRole('region', { name: 'Extract', exact: true }).getByRole('alert')
  await expect(end).toContainText('The region is a single voxel')

  await openCase(page, file('t1', image), file('small', { ...mask, value: box([5, 5, 4], [6, 6, 5]) }))
  await loadParameters(page, 'setting:\n  resampledPixelSpacing: [9, 9, 9]\n')
  await expect(preflight(page)).toContainText('use a finer resampledPixelSpacing')
  await page.getByRole('button', { name: 'Extract features' }).click()
  await expect(end).toContainText('The region is empty after resampling')

  const holes = file('holes', { ...image, datatype: 16, value: (i) => (i === 0 || i === 5 + 20 * (6 + 18 * 7) ? NaN : grey(i)) })
  await openCase(page, holes, file('m', mask))
  await loadParameters(page, 'setting:\n  binWidth: 25\n')
  await expect(preflight(page).getByRole('alert')).toHaveCount(0)
  await expect(preflight(page)).toContainText('1 NaN or infinite voxel in the ROI, at (5, 6, 7)')
  await expect(preflight(page)).not.toContainText('rey levels')
  await page.getByRole('button', { name: 'Extract features' }).click()
  await expect(end).toContainText('1 NaN or infinite voxel in the region, at (5, 6, 7)')
  await loadParameters(page, 'setting:\n  resampledPixelSpacing: [2, 2, 2]\n')
  await page.getByRole('button', { name: 'Extract features' }).click()
  await expect(end).toContainText(
    'Resampling carries voxels without a number into the region: 2 NaN or infinite voxels in the image',
  )
  await loadParameters(page, 'setting:\n  normalize: true\n')
  await page.getByRole('button', { name: 'Extract features' }).click()
  await expect(end).toContainText('2 NaN or infinite voxels, the first at 0, 0, 0')
})

test('regions that mean little are measured, with a warning', async ({ page }) => {
  const { problems } = watchPage(page)
  await openCase(page, file('t1', image), file('slice', { ...mask, value: box([5, 5, 4], [12, 12, 4]) }))
  await loadParameters(page, 'setting:\n  binWidth: 25\n')
  await expect(preflight(page)).toContainText('The ROI lies in one slice: 3D shape means little.')
  await page.getByRole('button', { name: 'Extract features' }).click()
  await waitForResult(page, /^107 features$/)
  await expect(page.getByRole('main')).toContainText('The region is flat')

  // One grey level after binning: features as PyRadiomics gives them.
  await loadParameters(page, 'setting:\n  binWidth: 1000\n')
  await expect(preflight(page)).toContainText(/Grey levels\s*1(?!\d)/)
  await page.getByRole('button', { name: 'Extract again' }).click()
  await expect(page.getByRole('main').getByText(`, parameters-${loaded}.yaml`)).toBeVisible()
  await page.getByLabel('Search features').fill('original_firstorder_Entropy')
  await expect(page.locator('tr[data-feature="original_firstorder_Entropy"] [data-value]')).toHaveAttribute('data-value', /e-16$/)

  await openCase(page, file('constant', { ...image, value: () => 7 }), file('m', mask))
  await loadParameters(page, 'setting:\n  binWidth: 25\n')
  await expect(preflight(page)).toContainText('All voxels of the ROI have the same grey value.')
  await page.getByRole('button', { name: 'Extract features' }).click()
  await waitForResult(page, /^107 features$/)
  await loadParameters(page, 'setting:\n  normalize: true\n')
  await page.getByRole('button', { name: 'Extract again' }).click()
  await expect(page.getByRole('region', { name: 'Extract', exact: true }).getByRole('alert')).toContainText(
    'The image is constant',
  )
  expect(problems).toEqual([])
})
