import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { expect, test, type Page } from '@playwright/test'
import { createRandom } from '../src/core/numeric/random.ts'
import { findViolations } from './findViolations.ts'
import { drawTumours, importStudy, writeImage } from './niftiStudy.ts'
import { dropFile, step, watchPage } from './openPage.ts'

/* A model from its file scores others: a table as texel predict does, and a patient by the parameters of the file. */

/** As it is built beside the page. */
const program = fileURLToPath(new URL('../dist/cli/texel.js', import.meta.url))
const texel = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args])
const at = (name: string) => test.info().outputPath(name)
const write = (name: string, lines: readonly (readonly (string | number)[])[]) => writeFile(at(name), lines.map((line) => `${line.join(',')}\n`).join('')) // prettier-ignore

const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: new RegExp(`^${name},`) })
const check = async (page: Page) => {
  const violations = await findViolations(page)
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
async function shoot(page: Page, name: string) {
  for (const [width, height] of [[1920, 1080], [1440, 900]] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: at(`${name}-${width}.png`) })
  }
} // prettier-ignore

const [mean, entropy] = ['T1WI_original_firstorder_Mean', 'T1WI_original_firstorder_Entropy']

/** 80 patients of two scanners; positive ones are brighter on the whole. */
function makeRows() {
  const random = createRandom(4)
  return Array.from({ length: 80 }, (_, i) => {
    const isPositive = i % 2 === 1
    const scanner = i % 3 === 0 ? 'GE' : 'Philips'
    const value = 600 + 300 * random.uniform() + (isPositive ? 120 : 0) + (scanner === 'GE' ? 40 : 0)
    return { id: `T${i}`, isPositive, scanner, cohort: i < 60 ? 'training' : 'validation', values: [value, 3 + random.uniform()] }
  })
}

/** A study of the command line, with its scanners harmonised. @returns the text of the model's file */
async function learnModel(): Promise<string> {
  const rows = makeRows()
  await write('F.csv', [['id', mean, entropy], ...rows.map(({ id, values }) => [id, ...values])])
  await write('C.csv', [['id', 'HER2', 'cohort', 'scanner'], ...rows.map(({ id, isPositive, cohort, scanner }) => [id, isPositive ? 'pos' : 'neg', cohort, scanner])]) // prettier-ignore
  await writeFile(at('P.yaml'), 'outcome: { column: HER2, positive: pos }\nharmonise: { mode: training only }\nselect: []\nmodels: [{ method: logistic }]\nevaluate: { bootstraps: 100 }\nresample: { folds: 3 }\n') // prettier-ignore
  await texel('analyse', '--protocol', at('P.yaml'), '--features', at('F.csv'), '--clinical', at('C.csv'), '--output', at('out'), '--workers', '1') // prettier-ignore
  return readFile(at('out/models/LR.json'), 'utf8')
}

test('a dropped model scores a table to the byte as texel predict; a changed file is refused, an unknown scanner waits for an answer, a row is shown among the training patients, and the scores are judged', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const { problems, foreignRequests } = watchPage(page)
  const text = await learnModel()
  const rows = makeRows()
  const others = rows.slice(60).map((row, i) => ({ ...row, id: `N${i}`, scanner: i < 3 ? 'Vida' : row.scanner }))
  const header = ['id', 'HER2', 'scanner', 'remark', mean, entropy]
  const lines = others.map(({ id, isPositive, scanner, values }, i) => [id, isPositive ? 'pos' : 'neg', scanner, 'x', i === 5 ? 9000 : values[0], values[1]]) // prettier-ignore
  await write('N.csv', [header, ...lines])
  await write('lacking.csv', [['id', 'scanner', 'T1WI_original_firstorder_Means', entropy], ...others.map(({ id, scanner, values }) => [id, scanner, ...values])]) // prettier-ignore

  await page.goto('./')
  await rail(page, 'Apply').click()
  await expect(page.getByRole('heading', { name: 'What does a model say of other patients?' })).toBeVisible()
  await shoot(page, 'door')
  await check(page)

  // One byte is another one.
  await dropFile(page, 'LR.json', Buffer.from(text.replace('"threshold":0.', '"threshold":1.')))
  await expect(page.getByRole('alert')).toContainText('LR.json was changed or damaged after it was written')
  await dropFile(page, 'LR.json', Buffer.from(text))
  await expect(page.getByRole('heading', { name: 'What does LR say?' })).toBeVisible()
  await expect(page.getByText('Research use. Not a medical device.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'The model' })).toContainText('30 of 60 positive')
  await shoot(page, 'model')
  await check(page)

  await dropFile(page, 'lacking.csv', await readFile(at('lacking.csv')))
  await expect(page.getByRole('alert')).toContainText(`${mean} – did you mean T1WI_original_firstorder_Means?`)
  await shoot(page, 'lacking')
  await dropFile(page, 'N.csv', await readFile(at('N.csv')))
  const score = page.getByRole('button', { name: 'Score 20 patients' })
  await expect(page.getByText('1 other is left alone: remark.')).toBeVisible()
  await expect(page.getByText('ComBat has not seen Vida.')).toBeVisible()
  await expect(score).toBeDisabled()
  await expect(page.getByRole('radio', { name: /^Join/ })).toBeDisabled()
  await shoot(page, 'unknown')
  await check(page)
  await page.getByRole('radio', { name: /^As measured/ }).check()
  await expect(score).toBeEnabled()
  await score.click()
  const scores = page.getByRole('region', { name: 'Scores', exact: true })
  await expect(scores).toContainText('NOT HARMONISED: N0, N1, N2.')
  await expect(scores).toContainText(/[1-9] with a value outside what the training patients had/)
  const saving = page.waitForEvent('download')
  await scores.getByRole('button', { name: 'Save scores (CSV)' }).click()
  const saved = await readFile(await (await saving).path(), 'utf8')
  await texel('predict', '--model', at('out/models/LR.json'), '--features', at('N.csv'), '--leave-unseen', '--output', at('S.csv')) // prettier-ignore
  expect(saved).toBe(await readFile(at('S.csv'), 'utf8'))
  expect(saved.split('\n')[1]).toContain('not harmonised')

  // A row: where she stands, what moved her score, what became of others like her.
  await scores.getByRole('button', { name: 'N5', exact: true }).click()
  const patient = page.getByRole('region', { name: 'Patient N5' })
  const own = saved.split('\n').find((line) => line.startsWith('N5,'))!.split(',').at(-1)! // prettier-ignore
  await expect(patient.getByTestId('patient-score')).toContainText(Number(own).toPrecision(4))
  await expect(patient.getByTestId('tenth')).toHaveText(/^Of \d+ training patients with such a score .* \d+ (was|were) positive \(pos\), 95 % CI 0\.\d\d to [01]\.\d\d\./) // prettier-ignore
  await expect(patient.getByRole('row', { name: /Mean/ })).toContainText('outside training')
  await expect(patient.getByRole('img', { name: /^Nomogram of 2 features/ })).toBeVisible()
  await expect(patient.getByRole('img', { name: /^Nomogram of 2 features/ })).toHaveAttribute('aria-label', new RegExp(`probability ${Number(own).toFixed(3)}`)) // prettier-ignore
  await shoot(page, 'row')
  await check(page)

  await scores.getByRole('button', { name: 'Evaluate' }).click()
  await expect(page.getByRole('heading', { name: 'What is in the columns?' })).toBeVisible()
  await expect(page.getByText(/20 rows/)).toBeVisible()
  expect(problems).toEqual([])
  expect(foreignRequests).toEqual([])
})

test('a patient of the work list is measured by the parameters of the model’s file, and her score is that of her saved features', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const { problems } = watchPage(page)
  const rows = makeRows()
  const parameters = 'imageType:\n  Original: {}\nfeatureClass:\n  firstorder: [Mean, Entropy]\n'
  await writeFile(at('small.yaml'), parameters)
  await write('F.csv', [['id', mean, entropy], ...rows.map(({ id, values }) => [id, ...values])])
  await write('C.csv', [['id', 'HER2'], ...rows.map(({ id, isPositive }) => [id, isPositive ? 'yes' : 'no'])])
  await write('train.txt', rows.map(({ id }) => [id])) // prettier-ignore
  await texel('train', '--features', at('F.csv'), '--outcomes', at('C.csv'), '--outcome', 'HER2', '--train', at('train.txt'), '--model', 'forest', '--trees', '50', '--params', at('small.yaml'), '--output', at('RF.json')) // prettier-ignore

  const folder = at('study')
  for (const patient of [1, 2]) await writeImage(folder, patient, 'T1WI', patient, 700 + 50 * patient)
  await importStudy(page, folder, 2)
  await drawTumours(page, 1, ['T1WI'])
  await dropFile(page, 'RF.json', await readFile(at('RF.json')))
  const one = page.getByRole('region', { name: 'One patient' })
  await expect(one).toContainText('Needs an ROI on T1WI')
  const label = await one.getByLabel(/1 of 2 can be measured/).inputValue()
  expect(label).toMatch(/^A-000[12]$/)
  await shoot(page, 'choose')
  await check(page)
  await one.getByRole('button', { name: 'Measure and score' }).click()
  const shown = page.getByRole('region', { name: `Patient ${label}` })
  await expect(shown).toContainText('measured on her images here', { timeout: 60_000 })
  await expect(shown).toContainText('moves score by')
  await shoot(page, 'measured')
  await check(page)
  const values = new Map<string, string>()
  for (const row of await shown.locator('.patientFeatures tbody tr').all())
    values.set((await row.locator('th').getAttribute('title'))!, (await row.locator('td.number').first().getAttribute('title'))!)

  // The same features as Features computes them by these parameters, and the same score as the command line gives.
  await step(page, 'Features').click()
  await page.getByTestId('parameter-input').setInputFiles(at('small.yaml'))
  await page.getByRole('button', { name: 'Compute 1 ROI' }).click()
  await expect(page.getByRole('region', { name: 'Run' })).toContainText('Done: 1 of 1', { timeout: 60_000 })
  const saving = page.waitForEvent('download')
  await page.getByRole('region', { name: 'Save the table' }).getByRole('button', { name: 'CSV' }).click()
  const table = await readFile(await (await saving).path(), 'utf8')
  const [header, first] = table.replace(/^\uFEFF/, '').trim().split(/\r?\n/).map((line) => line.split(',')) // prettier-ignore
  for (const name of [mean, entropy]) expect(Number(values.get(name))).toBe(Number(first[header.indexOf(name)]))
  await write('her.csv', [['id', mean, entropy], [label, values.get(mean)!, values.get(entropy)!]]) // prettier-ignore
  await texel('predict', '--model', at('RF.json'), '--features', at('her.csv'), '--output', at('S.csv'))
  const predicted = Number((await readFile(at('S.csv'), 'utf8')).trim().split('\n')[1].split(',').at(-1))
  await rail(page, 'Apply').click()
  await expect(shown.getByTestId('patient-score')).toContainText(predicted.toPrecision(4))
  expect(problems).toEqual([])
})
