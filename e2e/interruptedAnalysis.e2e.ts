import { expect, test, type Page } from '@playwright/test'
import { twiceRead } from './madeStudy.ts'
import { dropFile, endByItself, watchPage } from './openPage.ts'

/* What outlives the page, the run and the worker in the middle of nested folds; two tabs, and a table that may be either. */

const manyFolds = `
harmonise: { batch: [scanner] }
select: [{ method: rankSum, alpha: 0.2 }, { method: boruta, trees: 100, maximumRuns: 20 }]
models: [{ method: logistic, penalty: ridge }, { method: forest, trees: 200 }]
evaluate: { bootstraps: 100 }
resample: { folds: 5, repeats: 4 }
`

const steps = (page: Page) => page.getByRole('navigation', { name: 'Steps' })
const standing = (page: Page) => page.getByText(/\d+ of \d+ stages are finished and kept/)
const finished = async (page: Page) => Number(/(\d+) of \d+ stages/.exec((await standing(page).textContent())!)![1])

async function begin(page: Page, protocol: string): Promise<void> {
  await page.goto('./')
  await dropFile(page, 'study.csv', twiceRead())
  await page.getByRole('button', { name: 'Begin the study' }).click()
  await page.getByTestId('protocol-input').setInputFiles({ name: 'p.yaml', mimeType: 'application/yaml', buffer: Buffer.from(protocol) }) // prettier-ignore
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()
}

const inFolds = (page: Page) => expect(page.getByTestId('analysis-run')).toContainText(/Nested cross-validation/)

test('a reload in the middle of folds goes on where it was; a cancelled run and a worker that ended keep what is finished', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await begin(page, manyFolds)
  await page.keyboard.press('Control+Enter')
  await inFolds(page)
  await page.reload()
  // It opens where it was.
  await expect(page.getByRole('heading', { name: /^Who is in/ })).toBeVisible()
  await expect(page.getByText(/^The run of .* was interrupted when its page closed/)).toBeVisible()
  const afterReload = await finished(page)
  expect(afterReload).toBeGreaterThan(4)
  await page.getByRole('button', { name: /^Go on/ }).click()
  await inFolds(page)
  await page.keyboard.press('Escape')
  await page.getByTestId('analysis-run').getByRole('button', { name: 'Cancel the run' }).click()
  const afterCancel = await finished(page)
  expect(afterCancel).toBeGreaterThanOrEqual(afterReload)
  // Its worker is killed: whatever the bridge makes of it, nothing that was finished is lost, and the way goes on.
  await page.keyboard.press('Control+Enter')
  await inFolds(page)
  page.on('worker', (worker) => {
    if (worker.url().includes('/statistics.worker')) endByItself(worker).catch(() => {})
  })
  for (const worker of page.workers().filter((one) => one.url().includes('/statistics.worker'))) await endByItself(worker).catch(() => {}) // prettier-ignore
  await expect(page.getByText(/ended by itself/).first()).toBeVisible()
  page.removeAllListeners('worker')
  expect(await finished(page)).toBeGreaterThanOrEqual(afterCancel)
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(steps(page).getByRole('button', { name: 'Evaluate, done' })).toBeVisible({ timeout: 80_000 })
  expect(problems).toEqual([])
})

const short = 'select: []\nharmonise: { method: none }\nmodels: [{ method: logistic, penalty: ridge }]\nevaluate: { bootstraps: 100 }\nresample: { repeats: 0 }\n' // prettier-ignore

test('a second tab looks only, and goes on when the first is closed', async ({ page, context }) => {
  await begin(page, short)
  await page.keyboard.press('Control+Enter')
  await expect(steps(page).getByRole('button', { name: 'Evaluate, done' })).toBeVisible({ timeout: 60_000 })
  const second = await context.newPage()
  await second.goto('./')
  await steps(second)
    .getByRole('button', { name: /^Cohorts,/ })
    .click()
  await expect(second.getByText(/^The study is open in another tab; here it is looked at only/)).toBeVisible()
  await second.getByRole('button', { name: 'Columns' }).click()
  await second.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(second.getByText(/^Nothing was changed: the study is open in another tab/)).toBeVisible()
  await page.reload()
  await expect(page.getByText('90 patients with 16 features of study.csv.')).toBeVisible()
  await page.close()
  await expect(second.getByText(/looked at only/)).toBeHidden()
  await expect(second.getByText('90 patients with 16 features of study.csv.')).toBeVisible()
})

test('a small table is asked about, scores stand before the study, and closing them brings it back', async ({ page }) => {
  await begin(page, short)
  await steps(page)
    .getByRole('button', { name: /^Evaluate,/ })
    .click()
  await dropFile(page, 'small.csv', Buffer.from('id;outcome;a;b\n1;0;0,1;0,4\n2;1;0,7;0,8\n3;0;0,2;0,1\n4;1;0,6;0,3\n'))
  await expect(page.getByText(/^small\.csv: scores of models, or features\?/)).toBeVisible()
  await page.getByRole('button', { name: 'Scores of models' }).click()
  await expect(page.getByRole('heading', { name: 'What is in the columns?' })).toBeVisible()
  await page.getByRole('button', { name: 'Close the table' }).click()
  await steps(page)
    .getByRole('button', { name: /^Cohorts,/ })
    .click()
  await expect(page.getByText('90 patients with 16 features of study.csv.')).toBeVisible()
})
