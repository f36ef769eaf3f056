import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { openSample, step, watchPage } from './openPage.ts'

test('the curve of the region is drawn over phases, typed by thresholds that can be set, and times can be changed', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await openSample(page, /Breast, MR/)
  const file = gunzipSync(await readFile(new URL('../public/samples/breast1/image.nii.gz', import.meta.url)))
  await step(page, 'Images').click()
  // The same image with its grey levels scaled in the header: enhancement of 100 %, then 60 %.
  for (const [name, slope] of [
    ['post1', 2],
    ['post2', 1.6],
  ] as const) {
    const phase = Buffer.from(file)
    phase.writeFloatLE(slope, 112)
    await page
      .getByTestId('file-input')
      .setInputFiles({ name: `${name}.nii`, mimeType: 'application/octet-stream', buffer: phase })
    await expect(page.getByRole('banner')).toContainText(name)
  }
  await page
    .getByRole('row', { name: /image\.nii/ })
    .getByRole('button', { name: /Open|Show/ })
    .click()
  const panel = page.getByRole('region', { name: 'Enhancement curve' })
  await panel.getByRole('button', { name: 'Curve over 3 phases' }).click()
  await expect(
    panel
      .getByRole('img', { name: /Mean grey level/ })
      .locator('svg')
      .first(),
  ).toBeVisible()
  await expect(panel).toContainText(/Type\s*III/)
  await expect(panel).toContainText('100.0 %, 1.67 %/s')
  await expect(panel).toContainText('60 s, 100.0 %')
  await panel.getByRole('textbox', { name: 'Type III below −' }).fill('30')
  await expect(panel).toContainText(/Type\s*II(?!I)/)
  expect(problems).toEqual([])
  expect(foreignRequests).toEqual([])
  await page.screenshot({ path: test.info().outputPath('curve.png') })
})
