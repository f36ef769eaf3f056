import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { expect, test, type Page } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { drawTumours, importStudy, writeImage } from './niftiStudy.ts'
import { step, waitForImage, watchPage } from './openPage.ts'

/** As it is built beside the page. */
const program = fileURLToPath(new URL('../dist/cli/texel.js', import.meta.url))
const texel = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args])

const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: new RegExp(`^${name},`) })
const ownTable = (page: Page) => page.getByRole('region', { name: 'The study’s own table' })
const check = async (page: Page) => {
  const violations = await findViolations(page)
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
async function shoot(page: Page, name: string) {
  for (const [width, height] of [[1920, 1080], [1440, 900]] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: test.info().outputPath(`${name}-${width}.png`) })
  }
} // prettier-ignore

const drawn = 24
/** The last one of the list is not drawn on. */
const patients = drawn + 1
const isPositive = (patient: number) => patient % 2 === 0
/** Of the tumour: brighter in positive ones on the whole, and in none by herself. */
const level = (patient: number) => 700 + (isPositive(patient) ? 150 : 0) + ((patient * 37) % 11) * 30
const her2 = (patient: number) => (isPositive(patient) ? '3+' : patient % 3 === 0 ? '0' : '1+')
const everybody = Array.from({ length: patients }, (_, i) => i + 1)
const clinical = ['id,her2_ihc,age', ...everybody.map((patient) => `A${patient},${her2(patient)},${40 + ((patient * 13) % 30)}`), ''].join('\n') // prettier-ignore
const protocol = [
  'seed: 3',
  'harmonise: { method: none }',
  'missing: drop feature',
  'select: [{ method: rankSum, alpha: 0.5 }, { method: redundancy, limit: 0.8 }]',
  'models: [{ method: logistic, penalty: firth }]',
  'evaluate: { bootstraps: 100 }',
  'resample: { folds: 2 }',
  '',
].join('\n')

test('the study’s own table is analysed: who learns as it was fixed, to the digit what the command line gives of the same files, and a number leads to the patient’s ROI', async ({
  page,
}) => {
  test.setTimeout(300_000)
  const { problems, foreignRequests } = watchPage(page)
  const folder = test.info().outputPath('study')
  for (const patient of everybody) await writeImage(folder, patient, 'T1WI', patient, level(patient))

  // Before there is a study the door is that of tables; while cohorts are open it leads to them.
  await page.goto('./')
  await rail(page, 'Cohorts').click()
  await expect(page.getByRole('heading', { name: 'Which features do you have?' })).toBeVisible()
  await expect(ownTable(page)).toBeHidden()
  await importStudy(page, folder, patients)
  await rail(page, 'Cohorts').click()
  await expect(ownTable(page)).toContainText(`Its ${patients} patients are in no fixed cohorts yet`)
  await shoot(page, 'open')
  await check(page)
  await ownTable(page).getByRole('button', { name: 'Fix the cohorts on Study' }).click()

  await page.getByRole('button', { name: 'Clinical table' }).click()
  const sheet = page.getByRole('dialog', { name: 'Clinical table' })
  await page
    .getByTestId('clinical-input')
    .setInputFiles({ name: 'clinical.csv', mimeType: 'text/csv', buffer: Buffer.from(clinical) })
  await expect(sheet.getByLabel('her2_ihc is')).toHaveValue('variable her2')
  await sheet.getByRole('button', { name: 'Use these columns' }).click()
  await expect(sheet).toContainText(`${patients} of ${patients} patients have a row`)
  await page.keyboard.press('Escape')
  const cohorts = page.getByRole('region', { name: 'Cohorts' })
  await cohorts.getByText('By chance').click()
  await cohorts.getByRole('button', { name: 'Fix the cohorts' }).click()
  const hash = cohorts.locator('code')
  await expect(hash).toBeVisible()
  const fixed = (await hash.getAttribute('title'))!

  // Without features it leads to them.
  await rail(page, 'Cohorts').click()
  await ownTable(page).getByRole('button', { name: 'Compute them on Features' }).click()
  await page.getByTestId('parameter-input').setInputFiles({ name: 'small.yaml', mimeType: 'application/yaml', buffer: Buffer.from('imageType:\n  Original: {}\nfeatureClass:\n  firstorder:\n') }) // prettier-ignore
  await step(page, 'Images').click()
  await drawTumours(page, drawn, ['T1WI'])
  await step(page, 'Features').click()
  await page.getByRole('button', { name: `Compute ${drawn} ROIs` }).click()
  await expect(page.getByRole('region', { name: 'Run' })).toContainText(`Done: ${drawn} of ${drawn} ROIs`, { timeout: 60_000 })

  await rail(page, 'Cohorts').click()
  await expect(ownTable(page)).toContainText(`${drawn} of ${patients} patients × 18 features; cohorts fixed, hash ${fixed.slice(0, 12)}`) // prettier-ignore
  await expect(ownTable(page)).toContainText('1 ROI is not computed')
  await shoot(page, 'ready')
  await check(page)
  await ownTable(page).getByRole('button', { name: 'Analyse the study’s own table' }).click()
  await expect(page.getByRole('heading', { name: 'Who is in, and are the cohorts alike?' })).toBeVisible()
  await expect(page.locator('.screenHead')).toContainText(`${drawn} patients with 18 features of the study’s own table; cohorts fixed, hash ${fixed.slice(0, 12)}`) // prettier-ignore
  const flow = page.getByRole('region', { name: 'Flow of patients' })
  await expect(flow.getByRole('img')).toHaveAttribute('aria-label', new RegExp(`^The study: ${patients} patients found; 1 patient left out:: no features computed`)) // prettier-ignore
  // The study's tasks are the analysis's, those that can be learnt.
  await expect(page.getByRole('button', { name: /^Task 1 of 2: her2 positive = positive/ })).toBeVisible()
  await shoot(page, 'cohorts')
  await check(page)

  await page
    .getByTestId('protocol-input')
    .setInputFiles({ name: 'small.yaml', mimeType: 'application/yaml', buffer: Buffer.from(protocol) })
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeEnabled()
  await page.getByRole('button', { name: 'Run the analysis' }).click()
  const failed = page.getByRole('alert')
  await expect(failed.or(page.locator('.studyGuard'))).toBeVisible({ timeout: 60_000 })
  expect(await failed.allInnerTexts()).toEqual([])
  await expect(rail(page, 'Evaluate')).toHaveAccessibleName(/done/)
  await expect(page.locator('.studyGuard')).toContainText(`hash ${fixed.slice(0, 12)}`)

  // The command line makes the same of the same files, and its files name the hash.
  const tables = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the tables' }).click()
  const packed = unzipSync(new Uint8Array(await readFile(await (await tables).path())))
  expect(Object.keys(packed).sort()).toEqual(['protocol.yaml', 'study-clinical.csv', 'study-features.csv'])
  for (const [name, bytes] of Object.entries(packed)) await writeFile(test.info().outputPath(name), bytes)
  const out = test.info().outputPath('out')
  const at = (name: string) => test.info().outputPath(name)
  await texel('analyse', '--features', at('study-features.csv'), '--clinical', at('study-clinical.csv'), '--protocol', at('protocol.yaml'), '--output', out) // prettier-ignore
  await rail(page, 'Evaluate').click()
  const lookAt = page.getByRole('button', { name: /^Look at/ })
  await lookAt.click()
  await expect(page.getByRole('heading', { name: 'Does it hold in patients held out at random?' })).toBeVisible()
  await page.getByRole('button', { name: 'Export' }).click()
  const results = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save tables' }).click()
  const saved = unzipSync(new Uint8Array(await readFile(await (await results).path())))
  await page.keyboard.press('Escape')
  for (const name of ['auc.csv', 'cutoffs.csv', 'roc.csv', 'dca.csv', 'table2.csv'])
    expect(new TextDecoder().decode(saved[name]), name).toBe(await readFile(`${out}/${name}`, 'utf8'))
  expect(new TextDecoder().decode(saved['evaluation.json'])).toContain(fixed)
  for (const name of ['run.json', 'split.json', 'models/LR.json', 'evaluation.json', 'notes.txt'])
    expect(await readFile(`${out}/${name}`, 'utf8'), name).toContain(fixed)
  const split = JSON.parse(await readFile(`${out}/split.json`, 'utf8')) as { training: string[] }

  // A number leads to its patients, a patient to her ROI, a value to the image that it was measured on.
  await rail(page, 'Cohorts').click()
  await page.getByRole('button', { name: String(split.training.length), exact: true }).click()
  const behind = page.getByRole('region', { name: 'Behind the number' })
  await shoot(page, 'followed')
  await check(page)
  await behind.getByRole('button', { name: split.training[0], exact: true }).click()
  await expect(behind.getByRole('region', { name: `Patient ${split.training[0]}` })).toContainText('training')
  await shoot(page, 'patient')
  await check(page)
  await behind.getByRole('button', { name: 'T1WI', exact: true }).first().click()
  await waitForImage(page)
  await expect(page.getByRole('banner').locator('strong')).toHaveText(/^A\d+ \/ T1WI$/)
  await expect(page.getByRole('region', { name: 'ROI' })).toContainText('cm³')
  await rail(page, 'Cohorts').click()
  await behind.getByRole('button', { name: 'Show in image' }).click()
  await waitForImage(page)

  // Once the study is another one, what is shown is told to be of the study as it was; it stays readable.
  await rail(page, 'Study').click()
  await cohorts.getByRole('button', { name: /^Thaw/ }).click()
  await cohorts.getByRole('textbox').fill('another seed')
  await cohorts.getByRole('button', { name: 'Thaw the cohorts' }).click()
  await rail(page, 'Train').click()
  await expect(page.getByText('its cohorts were thawed')).toBeVisible()
  await page.getByRole('button', { name: 'To Study' }).click()
  await cohorts.getByLabel('Seed').fill('7')
  await cohorts.getByLabel('Seed').press('Tab')
  await cohorts.getByRole('button', { name: 'Fix the cohorts' }).click()
  await expect(hash).not.toHaveText(fixed.slice(0, 12))
  const now = await hash.innerText()
  await rail(page, 'Train').click()
  await expect(page.getByText('its cohorts were fixed anew. What is shown is of the study as it was')).toBeVisible()
  await shoot(page, 'changed')
  await check(page)
  await page.getByRole('button', { name: 'Take the study as it is now' }).click()
  await expect(page.getByText('its cohorts were fixed anew')).toBeHidden()
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.studyGuard')).toContainText(`hash ${now}`)
  await rail(page, 'Cohorts').click()
  await expect(page.locator('.screenHead')).toContainText(`hash ${now}`)

  // All of it is there again after a reload.
  await page.reload()
  await expect(page.locator('.screenHead')).toContainText('of the study’s own table; cohorts fixed, hash')
  await expect(page.getByRole('button', { name: /^Task 1 of 2/ })).toBeVisible()
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
