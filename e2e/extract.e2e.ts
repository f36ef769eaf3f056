import { readFile } from 'node:fs/promises'
import { expect, test, type Download } from '@playwright/test'
import Papa from 'papaparse'
import { sampleFile, spawnProgram } from '../cli/testProgram.ts'
import { compareFeatures } from '../src/core/features/madeComparison.ts'
import { openSample, step, waitForResult, watchPage } from './openPage.ts'

const reference = new URL('../reference/pyradiomics/brain1/features_paper.csv', import.meta.url)

async function readDownload(download: Download): Promise<string[][]> {
  return Papa.parse<string[]>(await readFile(await download.path(), 'utf8'), { skipEmptyLines: true }).data
}

/** The lines that the command line writes for the same case. */
async function extractInNode(output: string): Promise<string[][]> {
  const [image, mask] = ['image', 'mask'].map((name) => sampleFile(`brain1/${name}.nii.gz`))
  await spawnProgram(['extract', '--image', image, '--mask', mask, '--output', output])
  return Papa.parse<string[]>(await readFile(output, 'utf8'), { skipEmptyLines: true }).data
}

test('the sample gives the 1502 features of PyRadiomics, in the table and in both files', async ({ page }) => {
  const { problems } = watchPage(page)
  await openSample(page, /Brain, MR/)
  await step(page, 'Features').click()
  await page.getByRole('button', { name: 'Extract features' }).click()
  await waitForResult(page, /^1.502 features$/)

  const long = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV, long' }).click()
  const lines = await readDownload(await long)
  expect(lines[0]).toEqual(['feature', 'value'])
  expect(lines[1][0]).toMatch(/^diagnostics_/)
  const values = new Map(lines.map(([name, value]) => [name, Number(value)]))
  const expected = Papa.parse<string[]>(await readFile(reference, 'utf8'), { skipEmptyLines: true }).data.slice(1)
  const names = expected.map(([name]) => name).filter((name) => !name.startsWith('diagnostics_'))
  expect(names).toHaveLength(1502)
  expect(names.filter((name) => !values.has(name))).toEqual([])
  const comparison = compareFeatures(
    names.map((name) => [name, values.get(name)!]),
    expected.filter(([name]) => !name.startsWith('diagnostics_')).map(([name, text]) => [name, Number(text)]),
  )
  expect(comparison.equal, comparison.summary).toBe(true)

  // The same bits as on the command line: engines and hosts must not matter.
  const features = ([name]: string[]) => !name.startsWith('diagnostics_')
  expect(lines.filter(features)).toEqual((await extractInNode(test.info().outputPath('node.csv'))).filter(features))

  const wide = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV, one row' }).click()
  const [header, row, ...more] = await readDownload(await wide)
  expect(more).toEqual([])
  expect(header.findIndex((name) => name.startsWith('original_'))).toBeGreaterThan(
    header.findLastIndex((name) => name.startsWith('diagnostics_')),
  )
  expect(Number(row[header.indexOf(names[0])])).toBe(values.get(names[0]))

  await page.getByLabel('Search features').fill('wavelet-lll glcm')
  await expect(page.getByTestId('row-count')).toHaveText(/^24 of/)
  const first = page.locator('tr[data-feature]').first()
  await expect(first).toHaveAttribute('data-feature', /^wavelet-LLL_glcm_/)
  const shown = await first.getAttribute('data-feature')
  expect(Number(await first.locator('[data-value]').getAttribute('data-value'))).toBe(values.get(shown!))
  await page.getByLabel('Search features').fill('')

  // Only the rows in sight are in the document, and the last one can be reached.
  expect(await page.locator('tr[data-feature]').count()).toBeLessThan(100)
  await page.getByLabel('Feature table, scrollable').evaluate((element) => element.scrollTo(0, element.scrollHeight))
  await expect(page.locator(`tr[data-feature="${names.at(-1)}"]`)).toBeVisible()
  expect(problems).toEqual([])
})

test('cancel answers at once and leaves the page ready for the next run', async ({ page }) => {
  await openSample(page, /Brain, MR/)
  await step(page, 'Features').click()
  const load = async (name: string, text: string) => {
    await page.getByTestId('parameter-input').setInputFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) })
    await expect(page.getByRole('region', { name: 'Parameters' })).toContainText(name)
  }
  // Minutes of work: no hand is slower.
  const sigmas = Array.from({ length: 600 }, (_, i) => (1 + i / 200).toFixed(3))
  await load('long.yaml', `imageType:\n  LoG:\n    sigma: [${sigmas.join(', ')}]\n`)
  await page.getByRole('button', { name: 'Extract features' }).click()
  const cancel = page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Cancel' })
  await cancel.click()
  await expect(cancel).toBeHidden({ timeout: 1000 })
  await load('short.yaml', 'imageType:\n  Original: {}\nfeatureClass:\n  shape:\n  firstorder:\n')
  await page.getByRole('button', { name: /^Extract (features|again)$/ }).click()
  await waitForResult(page, /^32 features$/)
})

test('parameters are loaded from a file, refused with the line, edited, and used', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  await step(page, 'Features').click()
  const load = (name: string, text: string) =>
    page.getByTestId('parameter-input').setInputFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) })
  await load('bad.yaml', 'setting:\n  binWdth: 5\n')
  const parameters = page.getByRole('region', { name: 'Parameters' })
  await expect(parameters.getByRole('alert')).toContainText('binWdth')
  await expect(parameters.getByRole('alert')).toContainText('2')
  await expect(parameters).toContainText('Study parameters')
  await load('shape.yaml', 'imageType:\n  Original: {}\nfeatureClass:\n  shape:\n  firstorder:\n')
  await expect(parameters).toContainText('shape.yaml')
  await parameters.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Co-occurrence (GLCM)').check()
  await page.getByLabel('Bin width').fill('a')
  await expect(page.getByRole('button', { name: 'Use these' })).toBeDisabled()
  await page.getByLabel('Bin width').fill('10')
  await page.getByRole('button', { name: 'Use these' }).click()
  await expect(parameters).toContainText('Edited parameters')
  await page.getByRole('button', { name: 'Extract features' }).click()
  await waitForResult(page, /^56 features$/)
})
