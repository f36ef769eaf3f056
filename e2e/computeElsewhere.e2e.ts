import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { expect, test, type Page } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { drawTumours, importStudy, writeStudy } from './niftiStudy.ts'
import { step, watchPage } from './openPage.ts'

const chip = (page: Page, name: string) =>
  page.getByRole('group', { name: 'ROIs by state' }).getByRole('button', { name: new RegExp(`^${name}`) })
const panel = (page: Page) => page.getByRole('region', { name: 'Compute on other machines' })
const check = async (page: Page) => {
  const violations = await findViolations(page)
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
const looks = async (page: Page, name: string) => {
  for (const [width, height] of [[1920, 1080], [1440, 900]]) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: test.info().outputPath(`${name}-${width}.png`) })
  }
} // prettier-ignore

test('a study goes to other machines as its file, is computed there in parts, and its rows come back: the table is that of the command line, byte by byte, and says where; rows of another ROI are left', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const { problems, foreignRequests } = watchPage(page)
  const out = (name: string) => test.info().outputPath(name)
  const folder = out('study')
  await writeStudy(folder, 3)
  // Browsers with a dialog of their own for it ask where to save: here the file goes to the downloads.
  await page.addInitScript(() => delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker)
  await importStudy(page, folder, 3)
  await drawTumours(page, 2)
  await step(page, 'Features').click()
  await expect(chip(page, 'Ready')).toHaveText('Ready 6')
  // Other parameters than the program's own go with the study, though nothing was computed with them here.
  const yaml = 'imageType: { Original: {}, Gradient: {} }\nfeatureClass: { firstorder: [], glcm: [JointEntropy] }\n'
  await page
    .getByTestId('parameter-input')
    .setInputFiles({ name: 'small.yaml', mimeType: 'text/yaml', buffer: Buffer.from(yaml) })
  await expect(page.getByRole('region', { name: 'Parameters' })).toContainText('small.yaml')
  await expect(chip(page, 'Ready')).toHaveText('Ready 6')
  await panel(page).getByRole('button', { name: 'Save the study' }).click()
  const dialog = page.getByRole('dialog')
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await (await download).saveAs(out('study.zip'))
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  const program = fileURLToPath(new URL('../dist/cli/texel.js', import.meta.url))
  const texel = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args])
  for (const k of [1, 2])
    await texel('study', out('study.zip'), '--extract', '--images', folder, '--shard', `${k}/2`, '--output', out(`part${k}.csv`))
  await texel('merge', '--study', out('study.zip'), '--output', out('features.csv'), out('part1.csv'), out('part2.csv'))

  const giveBack = (...files: Parameters<ReturnType<Page['getByTestId']>['setInputFiles']>) =>
    page.getByTestId('computed-rows-input').setInputFiles(...files)
  await giveBack(out('features.csv'))
  await expect(page.getByRole('alert')).toContainText('features.csv is not the table of rows')
  const rows = await readFile(out('features.csv.rows.csv'), 'utf8')
  const [header, first, ...others] = rows.trimEnd().split('\n')
  const at = header.split(',').indexOf('diagnostics_Texel_MaskFileHash')
  const redrawn = first.replace(first.split(',')[at], '0'.repeat(64))
  await giveBack({
    name: 'changed.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${[header, redrawn, ...others].join('\n')}\n`),
  })
  await expect(panel(page)).toContainText('5 ROIs taken from changed.csv; where they were computed is not known')
  await expect(panel(page)).toContainText('1 ROI left: the ROI was changed since')
  await expect(chip(page, 'Up to date')).toHaveText('Up to date 5')
  await looks(page, 'one left')
  await giveBack([out('features.csv.rows.csv'), out('features.csv.rows.csv.run.json')])
  await expect(panel(page)).toContainText(`1 ROI taken from features.csv.rows.csv, computed on ${hostname()}.`)
  await expect(panel(page)).toContainText('5 ROIs left: up to date here already')
  await expect(chip(page, 'Up to date')).toHaveText('Up to date 6')
  await expect(page.getByRole('row', { name: new RegExp(`Up to date.*Computed on ${hostname()}, `) })).toHaveCount(1)
  await check(page)
  await looks(page, 'taken')
  const table = page.waitForEvent('download')
  await page.getByRole('region', { name: 'Save the table' }).getByRole('button', { name: 'CSV' }).click()
  expect(await readFile(await (await table).path(), 'utf8')).toBe(await readFile(out('features.csv'), 'utf8'))
  // It is kept.
  await page.reload()
  await step(page, 'Features').click()
  await expect(chip(page, 'Up to date')).toHaveText('Up to date 6')
  await expect(page.getByRole('row', { name: new RegExp(`Computed on ${hostname()}, `) })).toHaveCount(1)
  // The first giving back is refused on purpose, and nothing else went wrong.
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
