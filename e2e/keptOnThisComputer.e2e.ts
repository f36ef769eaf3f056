import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { findViolations } from './findViolations.ts'
import { openSample, paintStroke, readVoxelCount, step, watchPage } from './openPage.ts'

/** Everything that a page can keep in a browser. */
const listKept = (page: Page) =>
  page.evaluate(async () => {
    const files: string[] = []
    const directory = await navigator.storage.getDirectory()
    for await (const name of (directory as unknown as { keys(): AsyncIterable<string> }).keys()) files.push(name)
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
      files,
      serviceWorkers: (await navigator.serviceWorker.getRegistrations()).length,
      settings: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
    }
  })

test('all ROIs are saved in one zip, then everything is forgotten in all tabs, and nothing is left', async ({
  page,
  context,
}) => {
  const { problems } = watchPage(page)
  await openSample(page, /Breast, MR/)
  await paintStroke(page)
  const drawn = await readVoxelCount(page)
  await page.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(page.getByRole('banner')).toContainText('Saved')
  await page.getByText('PACS hands').click()
  await step(page, 'Images').click()
  const kept = page.getByRole('region', { name: 'Kept on this computer' })
  await expect(kept).toContainText(/1 ROI, [\d.]+ [kM]B/)
  await expect(kept).toContainText(/This browser (keeps your ROIs until you delete them|may delete ROIs by itself)/)
  await expect(kept.getByRole('listitem')).toContainText(/breast1.*Locked.*Open now/)

  const download = page.waitForEvent('download')
  await kept.getByRole('button', { name: 'Save all ROIs' }).click()
  const files = unzipSync(await readFile(await (await download).path()))
  expect(Object.keys(files)).toEqual(['P0001_image-1_reader-1.nii.gz', 'rois.csv'])
  const nifti = gunzipSync(files['P0001_image-1_reader-1.nii.gz'])
  expect(nifti.subarray(nifti.readFloatLE(108)).reduce((sum, voxel) => sum + voxel, 0)).toBe(drawn)
  const list = new TextDecoder().decode(files['rois.csv'])
  expect(list).toContain('P0001_image-1_reader-1.nii.gz,P0001,L1,reader-1,locked,')
  expect(list).not.toContain('breast1')
  await expect(kept).toContainText('1 ROI is in the zip')

  // Things of the kinds that this version does not keep yet go as well.
  await page.evaluate(async () => {
    await (await navigator.storage.getDirectory()).getFileHandle('image', { create: true })
    await caches.open('program')
  })
  const before = await listKept(page)
  expect(before.databases).toContain('texel-2')
  expect(before.settings.length).toBeGreaterThan(0)
  const other = await context.newPage()
  await openSample(other, /Brain, MR/)
  await expect(other.getByRole('banner')).toContainText('Saved')
  await page.bringToFront()
  await kept.getByRole('button', { name: 'Forget everything on this computer' }).click()
  const question = page.getByRole('dialog', { name: 'Forget everything on this computer?' })
  await expect(question).toContainText(/2 ROIs \(1 locked\), no feature tables, 1 open image/)
  await question.getByRole('button', { name: 'Forget everything' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Everything is forgotten')
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Everything was forgotten in another tab')
  expect(await listKept(page)).toEqual({ databases: [], caches: [], files: [], serviceWorkers: 0, settings: [] })
  expect((await listKept(other)).settings).toEqual([])

  await page.getByRole('button', { name: 'Begin anew' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which images do you have?')
  await expect(kept).toBeHidden()
  expect(problems).toEqual([])
})

test('the top bar says what is kept of each kind and how large it is, and leads to saving and forgetting it', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await openSample(page, /Breast, MR/)
  await page.getByRole('button', { name: 'On this machine only' }).click()
  const dialog = page.getByRole('dialog', { name: 'Where is my data?' })
  await expect(dialog.getByRole('row', { name: /^ROIs/ })).toContainText(/kB/)
  await expect(dialog.getByRole('row', { name: /^Open images/ })).toContainText(/\d (k|M)B/)
  await expect(dialog).toContainText(/may delete ROIs by itself|keeps your ROIs/)
  await expect(dialog.getByRole('button', { name: 'Save all ROIs' })).toBeEnabled()
  expect(await findViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Forget everything on this computer …' }).click()
  await expect(page.getByRole('dialog', { name: 'Forget everything on this computer?' })).toContainText('1 ROI')
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(await readVoxelCount(page)).toBe(143)
  expect(problems).toEqual([])
})
