import { readFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { makeSeries } from '../cli/madeSeries.ts'
import { readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

const sample = (name: string) => new URL(`../public/samples/breast1/${name}.nii.gz`, import.meta.url)

interface OwnFile {
  readonly name: string
  readonly buffer: Buffer
}

const choose = (page: Page, ...files: OwnFile[]) =>
  page.getByTestId('file-input').setInputFiles(files.map((file) => ({ ...file, mimeType: 'application/octet-stream' })))

/** The sample's mask after a change of its NIfTI bytes. */
async function changedMask(name: string, change: (bytes: Buffer) => void): Promise<OwnFile> {
  const bytes = gunzipSync(await readFile(sample('mask')))
  change(bytes)
  return { name, buffer: gzipSync(bytes) }
}

const image = async (): Promise<OwnFile> => ({ name: 't1.nii.gz', buffer: await readFile(sample('image')) })

test('own image and mask: the mask is laid on the image, told to fit, and used when accepted', async ({ page }) => {
  await page.goto('./')
  await choose(page, await image(), { name: 'tumour.nii.gz', buffer: await readFile(sample('mask')) })
  await waitForImage(page)
  const review = page.getByRole('region', { name: 'Is this the mask?' })
  await expect(review).toContainText('Same grid as the image')
  await expect(review.getByRole('button', { name: 'Use this mask' })).toBeEnabled()
  await review.getByRole('button', { name: 'Use this mask' }).click()
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(10)
})

test('a shifted mask is not adopted: its difference is told, and it is resampled only when asked', async ({ page }) => {
  await page.goto('./')
  const shifted = await changedMask('shifted.nii.gz', (bytes) => {
    for (const at of [268, 292]) bytes.writeFloatLE(bytes.readFloatLE(at) + 0.4, at)
  })
  await choose(page, await image(), shifted)
  await waitForImage(page)
  const review = page.getByRole('region', { name: 'Is this the mask?' })
  await expect(review).toContainText('Not on the grid of the image')
  await expect(review).toContainText('origin')
  await expect(review.getByRole('button', { name: 'Use this mask' })).toBeHidden()
  await review.getByRole('button', { name: 'Resample onto image' }).click()
  await expect(review).toContainText('Resampled onto the image')
  // Whoever allows such a difference in the parameters is not asked again, and gets the voxels as they are.
  await step(page, 'Features').click()
  const yaml = Buffer.from('setting:\n  geometryTolerance: 1\n')
  await page.getByTestId('parameter-input').setInputFiles({ name: 'tolerant.yaml', mimeType: 'application/yaml', buffer: yaml })
  await expect(page.getByRole('region', { name: 'Parameters' })).toContainText('tolerant.yaml')
  await step(page, 'ROI').click()
  await expect(review).toContainText('within the geometry tolerance of the parameters')
  await expect(review.getByRole('button', { name: 'Use this mask' })).toBeEnabled()
  await review.getByRole('button', { name: 'Refuse' }).click()
  await expect(page.getByRole('region', { name: 'ROI' })).toContainText('Nothing drawn yet')
})

test('every label of a mask is listed with its voxels, whatever its value', async ({ page }) => {
  await page.goto('./')
  const labels = await changedMask('labels.nii.gz', (bytes) => {
    let seen = 0
    for (let i = bytes.readFloatLE(108); i < bytes.length; i++) if (bytes[i] === 1) bytes[i] = seen++ % 3 === 0 ? 2 : 255
  })
  await choose(page, await image(), labels)
  await waitForImage(page)
  const list = page.getByRole('group', { name: 'Labels in the mask' })
  await expect(list.getByRole('button')).toHaveCount(2)
  await list.getByRole('button', { name: /^255/ }).click()
  await expect(list.getByRole('button', { pressed: true })).toContainText('255')
})

test('bad files are told one by one and the good one is still there', async ({ page }) => {
  await page.goto('./')
  const whole = await readFile(sample('image'))
  await choose(
    page,
    { name: 'empty.nii', buffer: Buffer.alloc(0) },
    { name: 'notes.txt', buffer: Buffer.from('not an image') },
    { name: 'cut.nii.gz', buffer: whole.subarray(0, 20_000) },
    await image(),
  )
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('3 files cannot be used')
  await expect(alert).toContainText('empty.nii: The file is empty')
  await expect(alert).toContainText('notes.txt')
  await expect(alert).toContainText('cut.nii.gz')
  await expect(page.getByRole('cell', { name: 't1', exact: false }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(alert).toBeHidden()
})

test('files dropped anywhere on the page are taken', async ({ page }) => {
  await page.goto('./')
  const { name, buffer } = await image()
  const transfer = await page.evaluateHandle(
    ({ name, bytes }) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(bytes)], name))
      return data
    },
    { name, bytes: [...buffer] },
  )
  await page.dispatchEvent('footer', 'drop', { dataTransfer: transfer })
  await waitForImage(page)
  await expect(page.getByRole('banner')).toContainText('t1')
})

test('DICOM out of zips: the phases of one series, compressed and multi-frame images are offered, a missing slice is told', async ({
  page,
}) => {
  await page.goto('./')
  const phantom = async (name: string): Promise<OwnFile> => ({
    name: `${name}.zip`,
    buffer: await readFile(new URL(`../reference/dicom/${name}.zip`, import.meta.url)),
  })
  await choose(page, ...(await Promise.all(['dce_temporal', 'syntax_jpeg_2000', 'enhanced', 'missing'].map(phantom))))
  await expect(page.getByRole('alert')).toContainText('missing.zip')
  await step(page, 'Images').click()
  await expect(page.getByRole('cell', { name: /phase 1 of/ })).not.toHaveCount(0)
  await expect(page.getByRole('row', { name: /dce_temporal/ })).not.toHaveCount(0)
  await expect(page.getByRole('row', { name: /syntax_jpeg_2000/ })).not.toHaveCount(0)
  await expect(page.getByRole('row', { name: /enhanced/ })).not.toHaveCount(0)
})

test('a slice of a long series is on screen before the rest is read', async ({ page }) => {
  const { problems } = watchPage(page)
  const files = makeSeries({ size: [256, 256, 120], value: (column, row) => (column < 128 ? 100 : 900) + (row % 8) })
  // The rest is soon read here, and the slice gives way to the image: what was on screen is noted by the page, frame by frame.
  await page.addInitScript(() => {
    const look = () => {
      const slice = document.querySelector<HTMLCanvasElement>('canvas[aria-label="Slice 61 of 120"]')
      const isRead = document.querySelector('[data-testid=views][data-shown]') !== null
      if (slice?.checkVisibility() && !isRead) {
        const { data } = slice.getContext('2d')!.getImageData(0, 100, 256, 1)
        const { bottom } = slice.getBoundingClientRect()
        Object.assign(window, { seenSlice: { left: data[4 * 20], right: data[4 * 220], isInWindow: bottom <= innerHeight } })
      } else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.goto('./')
  await page
    .getByTestId('file-input')
    .setInputFiles(
      files.map(({ path, bytes }) => ({ name: path.slice(5), mimeType: 'application/dicom', buffer: Buffer.from(bytes) })),
    )
  await waitForImage(page)
  await expect(page.locator('.axial')).toContainText('Axial  61 / 120')
  const seen = await page.evaluate(
    () => (window as { seenSlice?: { left: number; right: number; isInWindow: boolean } }).seenSlice,
  )
  expect(seen, 'the slice was never on screen').toBeDefined()
  expect(seen!.left).toBeLessThan(20)
  expect(seen!.right).toBeGreaterThan(235)
  expect(seen!.isInWindow, 'the whole slice in the window').toBe(true)
  expect(problems).toEqual([])
})
