import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { dropFolder, openSample, paintStroke, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

const sample = (name: string) => new URL(`../public/samples/breast1/${name}.nii.gz`, import.meta.url)
const chooseFile = (page: Page, name: string, buffer: Buffer) =>
  page.getByTestId('file-input').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })

/** The bytes of the saved mask, unpacked, and its voxels. */
async function saveMask(page: Page): Promise<{ bytes: Buffer; voxels: Buffer }> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  const bytes = gunzipSync(await readFile(await (await download).path()))
  return { bytes, voxels: bytes.subarray(bytes.readFloatLE(108)) }
}

for (const ending of ['nii', 'nii.gz'] as const) {
  test(`a saved mask that is loaded again, as .${ending}, is the same voxel by voxel`, async ({ page }) => {
    const { problems } = watchPage(page)
    await openSample(page, /Breast, MR/)
    const atStart = await readVoxelCount(page)
    await paintStroke(page)
    await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)
    const painted = await readVoxelCount(page)
    const saved = await saveMask(page)
    expect(saved.voxels.reduce((sum, voxel) => sum + voxel, 0)).toBe(painted)
    await page.keyboard.press('Control+z')
    await expect.poll(() => readVoxelCount(page)).toBe(atStart)

    await step(page, 'Images').click()
    await chooseFile(page, `again.${ending}`, ending === 'nii' ? saved.bytes : gzipSync(saved.bytes))
    const review = page.getByRole('region', { name: 'Is this the mask?' })
    await expect(review).toContainText('Same grid as the image')
    await review.getByRole('button', { name: 'Use this mask' }).click()
    await expect.poll(() => readVoxelCount(page)).toBe(painted)
    const again = await saveMask(page)
    expect(again.voxels.equals(saved.voxels)).toBe(true)
    expect(again.bytes.equals(saved.bytes)).toBe(true)
    expect(problems).toEqual([])
  })
}

const chooseFolder = (page: Page, folder: string) => page.getByTestId('folder-input').setInputFiles(folder)
const takeHandlesAway = () => Reflect.deleteProperty(DataTransferItem.prototype, 'getAsFileSystemHandle')
const ways = [
  { way: 'chosen', give: chooseFolder, prepare: () => undefined },
  { way: 'dropped', give: dropFolder, prepare: () => undefined },
  { way: 'dropped in a browser that has no handles of files', give: dropFolder, prepare: takeHandlesAway },
]

for (const { way, give, prepare } of ways) {
  test(`a folder that is ${way} is read with all that lies in it, and what is no image in it does no harm`, async ({ page }) => {
    const folder = test.info().outputPath('patient 7')
    await mkdir(`${folder}/masks`, { recursive: true })
    await copyFile(fileURLToPath(sample('image')), `${folder}/t1.nii.gz`)
    await copyFile(fileURLToPath(sample('mask')), `${folder}/masks/tumour.nii.gz`)
    await writeFile(`${folder}/notes.txt`, 'not an image')
    await page.addInitScript(prepare)
    await page.goto('./')
    await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeVisible()
    await give(page, folder)
    await waitForImage(page)
    await expect(page.getByRole('region', { name: 'Is this the mask?' })).toContainText('tumour')
    await page.getByRole('button', { name: 'Use this mask' }).click()
    await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(10)
    await step(page, 'Images').click()
    await expect(page.getByRole('row', { name: /patient 7\/t1\.nii\.gz/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /patient 7\/masks\/tumour\.nii\.gz/ })).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
}

test('a sample says that its mask was taken over, and why it was not shown for review', async ({ page }) => {
  await openSample(page, /Brain, MR/)
  const notice = page.getByText('own mask was laid on it without asking')
  await expect(notice).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toBeHidden()
})

/** A NIfTI file of two numbers a voxel: the mask, and what the second function makes of it. */
async function vectorMask(second: (voxels: Buffer) => Buffer): Promise<Buffer> {
  const bytes = gunzipSync(await readFile(sample('mask')))
  const start = bytes.readFloatLE(108)
  const vectorIntent = 1007
  bytes.writeInt16LE(5, 40)
  bytes.writeInt16LE(1, 48)
  bytes.writeInt16LE(2, 50)
  bytes.writeInt16LE(vectorIntent, 68)
  return Buffer.concat([bytes, second(bytes.subarray(start))])
}

test('the channel of a vector mask is picked when it is opened; a picture of numbers in pairs is refused', async ({ page }) => {
  await page.goto('./')
  await chooseFile(page, 't1.nii.gz', await readFile(sample('image')))
  await waitForImage(page)
  await step(page, 'Images').click()
  const half = await vectorMask((voxels) => {
    let seen = 0
    return voxels.map((voxel) => Number(voxel !== 0 && seen++ % 2 === 0)) as Buffer
  })
  await chooseFile(page, 'readers.nii', half)
  const review = page.getByRole('region', { name: 'Is this the mask?' })
  const channels = review.getByRole('group', { name: 'Channels of the mask' })
  await expect(channels.getByRole('button')).toHaveText(['channel 1 of 2', 'channel 2 of 2'])
  await channels.getByRole('button', { name: 'channel 2 of 2' }).click()
  await expect(channels.getByRole('button', { pressed: true })).toHaveText('channel 2 of 2')
  await review.getByRole('button', { name: 'Use this mask' }).click()
  const expected = half.subarray(half.length - (half.length - half.readFloatLE(108)) / 2).reduce((sum, voxel) => sum + voxel, 0)
  await expect.poll(() => readVoxelCount(page)).toBe(expected)

  await step(page, 'Images').click()
  await chooseFile(page, 'picture.nii', await vectorMask((voxels) => voxels.map((_, i) => i % 251) as Buffer))
  await expect(page.getByRole('alert')).toContainText('2 numbers a voxel')
})
