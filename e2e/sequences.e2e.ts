import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { openSample, readVoxelCount, sayItIsHers, step, watchPage } from './openPage.ts'

const sample = async (name: string) =>
  gunzipSync(await readFile(new URL(`../public/samples/breast1/${name}.nii.gz`, import.meta.url)))
const chooseFile = (page: Page, name: string, buffer: Buffer) =>
  page.getByTestId('file-input').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })

/** Every second voxel along x and y of the slices from `firstSlice` on: another sequence of the same patient, with larger voxels. */
function coarsen(file: Buffer, firstSlice = 0): Buffer {
  const [nx, ny, nz] = [42, 44, 46].map((at) => file.readInt16LE(at))
  const bytes = file.readInt16LE(72) / 8
  const start = file.readFloatLE(108)
  const header = Buffer.from(file.subarray(0, start))
  const [mx, my, mz] = [Math.ceil(nx / 2), Math.ceil(ny / 2), nz - firstSlice]
  for (const [at, n] of [
    [42, mx],
    [44, my],
    [46, mz],
  ] as const)
    header.writeInt16LE(n, at)
  for (const at of [80, 84]) header.writeFloatLE(2 * file.readFloatLE(at), at)
  for (const row of [0, 1, 2]) {
    const at = 280 + 16 * row
    for (const column of [0, 4]) header.writeFloatLE(2 * file.readFloatLE(at + column), at + column)
    const offset = file.readFloatLE(at + 12) + firstSlice * file.readFloatLE(at + 8)
    header.writeFloatLE(offset, at + 12)
    header.writeFloatLE(offset, 268 + 4 * row)
  }
  const voxels = Buffer.alloc(mx * my * mz * bytes)
  let to = 0
  for (let k = firstSlice; k < nz; k++)
    for (let j = 0; j < ny; j += 2)
      for (let i = 0; i < nx; i += 2, to += bytes) {
        const from = start + bytes * (i + nx * (j + ny * k))
        file.copy(voxels, to, from, from + bytes)
      }
  return Buffer.concat([header, voxels])
}
const countInside = (file: Buffer) => file.subarray(file.readFloatLE(108)).filter((voxel) => voxel !== 0).length

/** The cursor's place as the footer tells it. */
const readPlace = (page: Page) => page.locator('.footer').innerText()

test('a region is copied to another grid by its place in the patient, and what falls outside is told', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Breast, MR/)
  const whole = await readVoxelCount(page)
  const mask = await sample('mask')
  await step(page, 'Images').click()
  await chooseFile(page, 't2.nii', coarsen(await sample('image')))
  await expect(page.getByRole('banner')).toContainText('t2')
  await sayItIsHers(page)
  await step(page, 'ROI').click()
  await page.keyboard.press('.')
  await expect(page.getByRole('banner')).toContainText('image')
  await expect.poll(() => readVoxelCount(page)).toBe(whole)

  const sequences = page.getByRole('region', { name: 'Sequences' })
  await sequences.getByRole('button', { name: 'Copy ROI to' }).click()
  await page.getByRole('menuitem', { name: 't2' }).click()
  await expect(page.getByText(/Copied from .* nearest voxel/)).toBeVisible()
  await expect.poll(() => readVoxelCount(page)).toBe(countInside(coarsen(mask)))
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('region', { name: 'ROI', exact: true })).toContainText('Nothing drawn yet')

  // The region lies in slices 9 to 11: an image from the tenth on has no place for a part of it.
  await page.keyboard.press('.')
  const middle = 9
  await step(page, 'Images').click()
  await chooseFile(page, 'upper.nii', coarsen(await sample('image'), middle))
  await expect(page.getByRole('banner')).toContainText('upper')
  await sayItIsHers(page)
  await step(page, 'ROI').click()
  await page.keyboard.press(',')
  await page.keyboard.press(',')
  await expect.poll(() => readVoxelCount(page)).toBe(whole)
  await sequences.getByRole('button', { name: 'Copy ROI to' }).click()
  await page.getByRole('menuitem', { name: 'upper' }).click()
  await expect(page.getByText(/\d+\.\d % of the ROI lies outside this image/)).toBeVisible()
  await expect.poll(() => readVoxelCount(page)).toBe(countInside(coarsen(mask, middle)))

  // One act for all of them: what is drawn on one stays until that is wanted otherwise.
  await page.keyboard.press('.')
  await expect.poll(() => readVoxelCount(page)).toBe(whole)
  await sequences.getByRole('button', { name: 'Copy to all 2 other sequences' }).click()
  await expect(sequences.getByText('copied to 1 of 2 sequences')).toBeVisible()
  const rows = sequences.getByRole('list', { name: 'What became of each copy' }).getByRole('listitem')
  await expect(rows.filter({ hasText: 't2' })).toContainText(`${countInside(coarsen(mask))} voxels`)
  await expect(rows.filter({ hasText: 'upper' })).toContainText('an ROI is there already')
  await page.screenshot({ path: test.info().outputPath('copied.png') })
  await rows.filter({ hasText: 't2' }).getByRole('button').click()
  await expect(page.getByRole('banner')).toContainText('t2')
  await expect.poll(() => readVoxelCount(page)).toBe(countInside(coarsen(mask)))
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('region', { name: 'ROI', exact: true })).toContainText('Nothing drawn yet')
  expect(problems).toEqual([])
})

test('the cursor stays at its point in the patient while images are switched to and fro', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  await step(page, 'Images').click()
  await chooseFile(page, 't2.nii', coarsen(await sample('image')))
  await expect(page.getByRole('banner')).toContainText('t2')
  await sayItIsHers(page)
  await step(page, 'ROI').click()
  await page.keyboard.press('.')
  await expect(page.getByRole('banner')).toContainText('image')
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'PageUp', 'PageUp']) await page.keyboard.press(key)
  await expect(page.locator('.axial')).toContainText('12 / 21')
  const before = await page.locator('.axial').innerText()
  const place = await readPlace(page)
  for (const name of ['t2', 'image', 't2', 'image']) {
    await page.keyboard.press('.')
    await expect(page.getByRole('banner')).toContainText(name)
    const slice = /\d+ \/ 21/.exec(before)![0]
    await expect(page.locator('.axial')).toContainText(slice)
  }
  expect(await readPlace(page)).toBe(place)
})
