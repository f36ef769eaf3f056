import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { readAnswers } from '../reference/studies.ts'
import { findViolations } from './findViolations.ts'
import { twiceRead } from './madeStudy.ts'
import { dropFile as drop, watchPage } from './openPage.ts'

/* From a table of features over its cohorts to what the models are worth at the other centre. */

const { train_id } = readAnswers<{ train_id: string[] }>('ispy1', 'split')

/** The ISPY1 table with a column that says who learns, as R's answers were made. */
function ispy1(): Buffer {
  const text = gunzipSync(readFileSync('reference/tables/ispy1.csv.gz')).toString()
  const [header, ...rows] = text.trim().split(/\r?\n/)
  const idAt = header.split(',').indexOf('ID')
  const training = new Set(train_id)
  const cohortOf = (row: string) => (training.has(row.split(',')[idAt]) ? 'training' : 'validation')
  return Buffer.from([`${header},cohort`, ...rows.map((row) => `${row},${cohortOf(row)}`)].join('\n'))
}

const protocol = `
harmonise: { method: none }
select: [{ method: rankSum }]
models: [{ method: logistic, penalty: ridge }]
evaluate: { bootstraps: 200 }
resample: { folds: 3 }
`

/** The same with another outcome that every eighth patient lacks. */
function twoOutcomes(): Buffer {
  const [header, ...rows] = ispy1().toString().split('\n')
  return Buffer.from(
    [`${header},late`, ...rows.map((row, i) => `${row},${i % 8 === 0 ? '' : i % 3 === 0 ? 'yes' : 'no'}`)].join('\n'),
  )
}

const steps = (page: Page) => page.getByRole('navigation', { name: 'Steps' })

/** It has come in when it can be taken back. */
async function openProtocol(page: Page): Promise<void> {
  await page.getByTestId('protocol-input').setInputFiles({ name: 'protocol.yaml', mimeType: 'application/yaml', buffer: Buffer.from(protocol) }) // prettier-ignore
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()
}

test('a dropped table of features: cohorts, Wilcoxon keeps 93 of 370, who learnt is said, validation is asked for before it is shown', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await page.goto('./')
  await drop(page, 'ispy1.csv', ispy1())
  await expect(page.getByRole('heading', { name: 'What is in the columns?' })).toBeVisible()
  await expect(page.getByText('161 patients with 370 features; positive is 1, negative 0.')).toBeVisible()
  await page.getByRole('button', { name: 'Begin the study' }).click()
  await expect(page.getByRole('heading', { name: 'Who is in, and are the cohorts alike?' })).toBeVisible()
  await expect(
    page.getByRole('img', { name: /161 patients measured.*training: 101 patients.*validation: 60 patients/ }),
  ).toBeVisible()
  expect((await findViolations(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]) // prettier-ignore
  await openProtocol(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('All steps learnt from 101 patients of training')).toBeVisible({ timeout: 60_000 })
  await expect(steps(page).getByLabel(/^Select/)).toContainText('93')
  await page.keyboard.press('g')
  await expect(page.getByRole('region', { name: 'Patients behind each step' }).getByRole('row', { name: /^Wilcoxon/ })).toContainText('101') // prettier-ignore
  // What is kept is there again after a reload, and nothing is computed anew.
  await page.reload()
  await expect(steps(page).getByLabel(/^Select/)).toContainText('93')
  await page.getByRole('button', { name: /^Cohorts,/ }).click()
  await expect(page.getByRole('button', { name: /^Run/ })).toHaveCount(0)
  await page.keyboard.press('6')
  await expect(page.getByText('validation has not been looked at.')).toBeVisible()
  await expect(page.getByText('Out of fold', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Look at validation' }).click()
  await expect(page.getByText(/60 patients of validation/)).toBeVisible()
  expect(problems).toEqual([])
  expect(foreignRequests).toEqual([])
})

test('every step of a study of three scanners and two readers is shown from its records, and passes the accessibility check in the dark and in the light', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await page.goto('./')
  await drop(page, 'study.csv', twiceRead())
  await page.getByRole('button', { name: 'Begin the study' }).click()
  await expect(page.getByRole('heading', { name: /^Who is in/ })).toBeVisible()
  const threeSteps = 'harmonise: { batch: [scanner] }\nselect: [{ method: agreement }, { method: rankSum }]\nmodels: [{ method: logistic, penalty: ridge }]\nevaluate: { bootstraps: 100 }\nresample: { folds: 3 }\n' // prettier-ignore
  await page.getByTestId('protocol-input').setInputFiles({ name: 'p.yaml', mimeType: 'application/yaml', buffer: Buffer.from(threeSteps) }) // prettier-ignore
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(steps(page).getByRole('button', { name: 'Evaluate, done' })).toBeVisible({ timeout: 60_000 })
  const shown: readonly (readonly [string, string, RegExp])[] = [
    ['2', 'Do scanners still show?', /as measured, 16 large/],
    ['3', 'Would another reader measure the same?', /pass, \d+ do not, 0 have no ICC/],
    ['4', 'Which features earn their place?', /60 patients of training/],
    ['5', 'What did they learn?', /1 model from 60 patients/],
  ]
  for (const [key, heading, told] of shown) {
    await page.keyboard.press(key)
    await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    await expect(page.getByRole('main')).toContainText(told)
    await expect(page.locator('.plot svg.main-svg').first()).toBeVisible()
    const violations = await findViolations(page)
    expect(violations.map(({ id, nodes }) => `${heading} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  }
  // The same on a light ground; images stay in the dark, and it is found again.
  await page.getByRole('button', { name: 'Analysis on a light ground' }).click()
  const scheme = page.locator('html')
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light')
  // What the switch says of itself goes with the hand.
  await page.getByRole('heading', { level: 1 }).click()
  for (const key of ['1', '2', '3', '4', '5', '6']) {
    await page.keyboard.press(key)
    if (key !== '1') await expect(page.locator('.plot svg.main-svg').first()).toBeVisible()
    const violations = await findViolations(page)
    expect(violations.map(({ id, nodes }) => `light ${key} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  }
  await steps(page).getByRole('button', { name: /^Images/ }).click() // prettier-ignore
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.reload()
  await steps(page).getByRole('button', { name: /^Harmonise/ }).click() // prettier-ignore
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light')
  await page.getByRole('button', { name: 'Analysis on a dark ground' }).click()
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark')
  // Another table does not take the place of a study unasked.
  await page.keyboard.press('1')
  await drop(page, 'ispy1.csv', ispy1())
  await expect(page.getByText(/^The study of study\.csv, its protocol and what was computed of it are deleted/)).toBeVisible()
  await page.getByRole('button', { name: 'Keep the study' }).click()
  await expect(page.getByText(/are deleted from this computer/)).toBeHidden()
  await expect(page.getByText('90 patients with 16 features of study.csv.')).toBeVisible()
  expect(problems).toEqual([])
  expect(foreignRequests).toEqual([])
})

test('two tasks of one study: each has its outcome, results and threshold, in the top bar and by T, also after a reload', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await drop(page, 'two.csv', twoOutcomes())
  await page.getByRole('button', { name: 'Begin the study' }).click()
  await openProtocol(page)
  await page.keyboard.press('Control+Enter')
  await expect(steps(page).getByLabel(/^Select/)).toContainText('93', { timeout: 60_000 })
  await page.keyboard.press('6')
  await page.getByRole('button', { name: 'Look at validation' }).click()
  const threshold = page.getByTestId('threshold')
  await page.keyboard.press('End')
  await expect(threshold).toHaveText('above all')
  await page.getByRole('button', { name: 'Task 1 of 1: Target = 1' }).click()
  await expect(page.getByLabel('Outcome', { exact: true })).toHaveValue('0')
  await page.getByLabel('Positive is').selectOption('yes')
  expect((await findViolations(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await page.getByRole('button', { name: 'Add the task' }).click()
  await expect(page.getByRole('button', { name: 'Task 2 of 2: late = yes' })).toBeVisible()
  await expect(page.getByText('The study is ready. Nothing has been learnt yet.')).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.getByText(/patients lack late|no outcome|without outcome/i).first()).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('All steps learnt from 88 patients of training')).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('6')
  await expect(page.getByText('validation has not been looked at.')).toBeVisible()
  await page.keyboard.press('t')
  await expect(page.getByRole('button', { name: 'Task 1 of 2: Target = 1' })).toBeVisible()
  await expect(threshold).toHaveText('above all')
  await expect(page.getByText(/60 patients of validation/)).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Evaluate, done' }).click()
  await expect(page.getByRole('button', { name: 'Task 1 of 2: Target = 1' })).toBeVisible()
  await page.keyboard.press('t')
  await expect(page.getByText('validation has not been looked at.')).toBeVisible()
  await expect(steps(page).getByRole('button', { name: 'Evaluate, done' })).toBeVisible()
  expect(problems).toEqual([])
})

test('a number is followed to the patients behind it, their rows and values and back, by mouse, by keyboard and after a reload', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await drop(page, 'ispy1.csv', ispy1())
  await page.getByRole('button', { name: 'Begin the study' }).click()
  await openProtocol(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('All steps learnt from 101 patients of training')).toBeVisible({ timeout: 60_000 })
  // A step of the guard, a fold, a dot of it.
  await page.keyboard.press('g')
  await page.getByRole('button', { name: '101 patients: Wilcoxon' }).click()
  const behind = page.getByRole('region', { name: 'Behind the number' })
  await expect(behind.getByText('Wilcoxon learnt from: 101 patients')).toBeVisible()
  await page.getByRole('img', { name: /^Fold 2: \d+ of 101 patients held out$/ }).click({ position: { x: 4, y: 4 } })
  await expect(behind.getByRole('region', { name: /^Patient / })).toContainText('This table has no images: ispy1.csv, row')
  await page.keyboard.press('Escape')
  await expect(behind).toBeHidden()
  // A cell of the confusion matrix, a patient, a feature, another patient by the keyboard.
  await page.keyboard.press('6')
  await page.getByRole('button', { name: 'Look at validation' }).click()
  const cell = page.getByRole('group', { name: 'Patients' }).getByRole('button', { name: /true pos/ })
  const [, positives] = /^(\d+)/.exec((await cell.textContent())!.trim())!
  await cell.click()
  await expect(behind.getByText(`${positives} true positives of LR, validation`)).toBeVisible()
  const rows = behind.getByRole('row').filter({ has: page.getByRole('button') })
  const row = (await rows.first().getByRole('cell').first().textContent())!
  await rows.first().getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(behind.getByRole('region', { name: /^Patient / })).toContainText(`ispy1.csv, row ${row}.`)
  expect((await findViolations(page)).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  await behind
    .getByRole('row')
    .filter({ has: page.getByRole('button') })
    .first()
    .getByRole('button')
    .focus()
  await page.keyboard.press('Enter')
  const feature = behind.getByRole('region', { name: /^Feature / })
  await expect(feature).toContainText('Alone among the training patients: AUC')
  await feature.getByRole('group', { name: /^Every patient\./ }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(behind.getByRole('region', { name: /^Patient / })).toBeVisible()
  const trail = behind.getByRole('navigation', { name: 'Trail' })
  const before = await trail.textContent()
  expect(decodeURIComponent(page.url())).not.toContain('ISPY1-')
  // The address holds the way; it is there again, and back goes step by step.
  await page.reload()
  await expect(trail).toHaveText(before!)
  await page.keyboard.press('Backspace')
  await expect(feature).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(behind).toBeHidden()
  expect(new URL(page.url()).hash).toBe('')
  // A bar of the waterfall, by mouse.
  const waterfall = page.getByRole('region', { name: 'Waterfall' })
  await waterfall.scrollIntoViewIfNeeded()
  await waterfall.locator('.plot .bars .point').first().hover({ force: true })
  await waterfall.locator('.plot .bars .point').first().click({ force: true })
  await expect(behind.getByRole('region', { name: /^Patient / })).toBeVisible()
  expect(problems).toEqual([])
})
