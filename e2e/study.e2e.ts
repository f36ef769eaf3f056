import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { expect, test, type Page } from '@playwright/test'
import { findCutOff } from './findCutOff.ts'
import { findViolations } from './findViolations.ts'
import { dropFolder, waitForImage, watchPage } from './openPage.ts'

/** As it is built beside the page. */
const program = fileURLToPath(new URL('../dist/cli/texel.js', import.meta.url))
const texel = async (...args: string[]) => (await promisify(execFile)(process.execPath, [program, ...args])).stdout

const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: new RegExp(`^${name},`) })
const rows = (page: Page) => page.locator('.patients tbody tr')
const chart = (page: Page) => page.getByRole('region', { name: 'Flow chart' })
const cohorts = (page: Page) => page.getByRole('region', { name: 'Cohorts' })
const toDecide = (page: Page) => page.getByRole('region', { name: 'To decide' })
const check = async (page: Page) => {
  const violations = await findViolations(page)
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
async function shoot(page: Page, name: string) {
  for (const [width, height] of [[720, 450], [1920, 1080], [1440, 900]] as const) {
    await page.setViewportSize({ width, height })
    expect.soft(await findCutOff(page), `${name} at ${width}`).toEqual([])
    await page.screenshot({ path: test.info().outputPath(`${name}-${width}.png`) })
  }
} // prettier-ignore

test('a folder and the hospital’s table become cohorts that are fixed, as the command line makes them of the same files', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const { problems, foreignRequests } = watchPage(page)
  const folder = test.info().outputPath('hospital')
  await texel('simulate', '--output', folder, '--patients', '4,2', '--dicom')

  await page.goto('./')
  await rail(page, 'Study').click()
  await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeVisible()
  await check(page)
  await dropFolder(page, `${folder}/dicom`)
  await page.getByRole('button', { name: 'Use these roles' }).click()
  await expect(rows(page)).toHaveCount(6)
  await rail(page, 'Study').click()
  await expect(page.getByRole('heading', { name: 'Who is in the study?' })).toBeVisible()
  await expect(chart(page)).toContainText('6 = 6 + 0 excluded')

  // Columns are guessed and may be changed; the doubts of the table are asked, each kind once; Esc loses nothing.
  await page.getByRole('button', { name: 'Clinical table' }).click()
  const sheet = page.getByRole('dialog', { name: 'Clinical table' })
  await page.getByTestId('clinical-input').setInputFiles(`${folder}/clinical.csv`)
  await expect(sheet.getByLabel('her2_ihc is')).toHaveValue('variable her2')
  await expect(sheet.getByLabel('scanner is')).toHaveValue('none')
  await sheet.getByLabel('scanner is').selectOption('Another category')
  await check(page)
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await page.getByRole('button', { name: 'Clinical table' }).click()
  await expect(sheet.getByLabel('scanner is')).toHaveValue('category')
  await sheet.getByRole('button', { name: 'Use these columns' }).click()
  await expect(sheet).toContainText('6 of 6 patients have a row')
  await expect(sheet.getByRole('heading', { name: '3 doubts' })).toBeVisible()
  await shoot(page, 'sheet')
  await check(page)
  await sheet.getByLabel(/^Tumour size: sizes that look like mm/).selectOption('mm (proposed)')
  await sheet.getByLabel(/^HER2: IHC 2\+ without/).selectOption('not known (proposed)')
  await sheet.getByLabel(/^Ki-67: two rows of a patient differ/).selectOption({ index: 1 })
  await expect(sheet.getByRole('heading', { name: 'No doubts' })).toBeVisible()
  await sheet
    .getByText('One corrected value')
    .or(sheet.getByText(/corrected values/))
    .click()
  await expect(sheet).toContainText('written: 29')
  await page.keyboard.press('Escape')

  // What holds by what is known is left out a group at a time.
  await expect(page.getByRole('heading', { name: 'Who is in the study?' })).toBeFocused()
  await shoot(page, 'proposed')
  await toDecide(page).getByRole('button', { name: 'Exclude: HER2 unknown' }).click()
  await toDecide(page).getByRole('button', { name: 'Exclude: phases missing' }).click()
  await expect(toDecide(page)).toContainText('Nothing waits for you.')
  await expect(page.getByRole('region', { name: 'Reasons of the excluded' })).toContainText('HER2 unknown')

  await cohorts(page).getByText('By chance').click()
  await expect(cohorts(page)).toContainText('The same seed draws the same patients.')
  await cohorts(page).getByText('By centre').click()
  await expect(cohorts(page).getByLabel('Centre A')).toBeChecked()
  await cohorts(page).getByLabel('Centre A').uncheck()
  await cohorts(page).getByLabel('Centre B').check()
  await check(page)
  await cohorts(page).getByRole('button', { name: 'Fix the cohorts' }).click()
  await expect(cohorts(page)).toContainText('Cohorts fixed before anything was learnt')
  await expect(cohorts(page)).toContainText('by centre: centre B learns, all others are judged')
  await shoot(page, 'fixed')
  await check(page)

  // The command line, of the same files and the same answers.
  const found = ['study', '--import', `${folder}/dicom`, '--clinical', `${folder}/clinical.csv`]
  await texel(...found, '--output', `${folder}/open.zip`)
  const doubts = unzipSync(new Uint8Array(await readFile(`${folder}/open.zip`)))['clinical-doubts.json']
  const asked = JSON.parse(new TextDecoder().decode(doubts)) as { proposed: string | null }[]
  await writeFile(`${folder}/answers.json`, JSON.stringify(asked.map((doubt) => ({ ...doubt, chosen: doubt.proposed ?? '1' }))))
  const told = await texel(...found, '--clinical-doubts', `${folder}/answers.json`, '--exclude', 'her2-unknown', 'phases-missing', '--training', 'B') // prettier-ignore
  const hash = await cohorts(page).locator('code').innerText()
  expect(told).toContain(`cohorts fixed, ${hash}:`)
  await chart(page).getByText('The chart as a list').click()
  const list = await chart(page).locator('details li').allInnerTexts()
  const numbers = (pattern: RegExp) => [...told.slice(told.indexOf('cohorts fixed')).matchAll(pattern)].map(([, n]) => Number(n))
  const ours = (pattern: RegExp) => list.flatMap((line) => pattern.exec(line)?.slice(1).map(Number) ?? [])
  expect(ours(/^Patients found in the files: (\d+)/)).toEqual(numbers(/^ {2}found: (\d+)/gm))
  expect(ours(/^Centre \w: (\d+)/)).toEqual(numbers(/^ {2}centre \w: (\d+)/gm))
  expect(ours(/^(?:Training|Validation) cohort: (\d+)/)).toEqual(numbers(/^ {2}cohort \w+: (\d+)/gm))
  const classes = (line: RegExpExecArray | null) => (line ? [line[1], line[2]].map(Number) : [])
  expect(list.flatMap((line) => classes(/, task \d: \d+ \([^:]*: (\d+); [^:]*: (\d+)/.exec(line)))).toEqual([...told.matchAll(/task\d: (\d+) positive, (\d+) negative/g)].flatMap(([, a, b]) => [Number(a), Number(b)])) // prettier-ignore
  expect(list.filter((line) => line.includes('excluded')).join()).toContain('HER2 unknown: 1')

  // The chart and the exclusions as files, which name nobody.
  const saved = page.waitForEvent('download')
  await chart(page).getByRole('button', { name: 'Table of exclusions' }).click()
  const table = await readFile(await (await saved).path(), 'utf8')
  expect(table).toMatch(/^label,reason,also\r?\n[AB]-000\d,/)
  const drawn = page.waitForEvent('download')
  await chart(page).getByRole('button', { name: 'SVG' }).click()
  expect(await readFile(await (await drawn).path(), 'utf8')).toContain('Patients found in the files')

  // A number opens its patients, by key too; a patient opens on the list, and with her images.
  await chart(page).getByRole('button', { name: /^Excluded, HER2 unknown: 1/ }).or(chart(page).getByRole('button', { name: /HER2 unknown: 1, show who/ })).focus() // prettier-ignore
  await page.keyboard.press('Enter')
  const who = page.getByRole('region', { name: 'Excluded, HER2 unknown' })
  const label = await who.getByRole('listitem').getByRole('button').first().innerText()
  await who.getByRole('button', { name: label }).click()
  await expect(rows(page).filter({ hasText: label })).toHaveAttribute('aria-selected', 'true')
  await rail(page, 'Study').click()
  await chart(page)
    .getByRole('button', { name: /^Training cohort: \d/ })
    .click()
  await page.getByRole('region', { name: 'Training cohort' }).getByRole('button', { name: 'Images' }).first().click()
  await waitForImage(page)

  // After a reload all is there, and whoever is in a cohort goes only after a thaw, which asks why.
  await page.reload()
  await rail(page, 'Study').click()
  await expect(cohorts(page).locator('code')).toHaveText(hash)
  await chart(page)
    .getByRole('button', { name: /^Training cohort: \d/ })
    .click()
  await page.getByRole('region', { name: 'Training cohort' }).getByRole('listitem').getByRole('button').first().click()
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'poor image quality' }).click()
  await expect(page.getByRole('alert')).toContainText('nobody goes or comes before cohorts are thawed')
  await rail(page, 'Study').click()
  await cohorts(page).getByRole('button', { name: /^Thaw/ }).click()
  await expect(cohorts(page).getByRole('button', { name: 'Thaw the cohorts' })).toBeDisabled()
  await chart(page)
    .getByRole('button', { name: /^Centre B: \d/ })
    .click()
  await shoot(page, 'thaw')
  await check(page)
  await cohorts(page).getByRole('textbox').fill('one image is poor')
  await cohorts(page).getByRole('button', { name: 'Thaw the cohorts' }).click()
  await expect(cohorts(page).getByRole('button', { name: 'Fix the cohorts' })).toBeVisible()
  await expect(chart(page)).toContainText('planned, not fixed yet')
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
