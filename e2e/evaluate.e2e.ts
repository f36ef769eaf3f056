import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { markers, readAsah, readEndToEnd, rocReference } from '../reference/evaluation.ts'
import { countsAt, distinctScores, vertexAt } from '../src/core/evaluate/readThreshold.ts'
import { traceRoc } from '../src/core/evaluate/roc.ts'
import { findViolations } from './findViolations.ts'
import { openTable, watchPage } from './openPage.ts'

/* From a table of scores to one threshold that moves everything. */

const asahFile = 'reference/statistics/asah.csv'
const asah = readAsah()
const panel = (page: Page) => page.getByRole('region', { name: 'One threshold, everything moves' })
const cell = (page: Page, name: string) => panel(page).locator(`[data-figure="${name}"]`)
const counts = async (page: Page) => Promise.all(['tp', 'fp', 'tn', 'fn'].map((name) => cell(page, name).textContent()))

const csv = (text: string) => ({ name: 'scores.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
const evaluate = (page: Page) => page.getByRole('main').getByRole('button', { name: 'Evaluate', exact: true }).click()

test('aSAH as pROC ships it: what it lacks is offered, pROC’s numbers are read off the screen and off the CSV', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await openTable(page, asahFile)
  await expect(page.getByText('No column holds IDs.')).toBeVisible()
  await page.getByRole('button', { name: 'Number the rows' }).click()
  await page.getByLabel('Role of age').selectOption('Left out')
  await evaluate(page)
  const models = page.getByRole('region', { name: 'Models' })
  for (const name of markers) {
    const { auc, auc_ci_delong: [lower, , upper] } = rocReference.curves[name] // prettier-ignore
    await expect(models.getByRole('row', { name: new RegExp(name) })).toContainText(
      `${auc.toFixed(3)} ${lower.toFixed(3)}–${upper.toFixed(3)}`,
    )
  }
  await expect(models.getByRole('row', { name: /ndka/ })).toContainText(rocReference.delong_paired.s100b_ndka.p.toFixed(3))
  for (const name of markers) {
    await models.getByRole('button', { name }).click()
    const { tp, fp, tn, fn } = rocReference.curves[name].youden
    await expect.poll(() => counts(page)).toEqual([tp, fp, tn, fn].map(String))
  }
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save tables' }).click()
  const files = unzipSync(readFileSync(await (await download).path()))
  const auc = new TextDecoder().decode(files['auc.csv'])
  expect(auc).toContain(String(rocReference.curves.s100b.auc).slice(0, 12))
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(['roc.csv', 'cutoffs.csv', 'delong.csv', 'table2.csv', 'evaluation.json']),
  )
  expect(problems).toEqual([])
  expect(foreignRequests).toEqual([])
})

test('keys and a drag of the ring move everything to a vertex of the curve', async ({ page }) => {
  await openTable(page, asahFile)
  await page.getByRole('button', { name: 'Number the rows' }).click()
  await evaluate(page)
  const curve = traceRoc(asah.s100b, asah.outcome)
  const start = vertexAt(distinctScores(asah.s100b), rocReference.curves.s100b.youden.threshold)
  const at = (index: number) => {
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = countsAt(curve, index)
    return [truePositives, falsePositives, trueNegatives, falseNegatives].map(String)
  }
  await expect.poll(() => counts(page)).toEqual(at(start))
  await page.keyboard.press('Shift+ArrowRight')
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight')
  await expect.poll(() => counts(page)).toEqual(at(start + 20))
  await expect(panel(page).getByRole('slider', { name: 'Threshold' })).toHaveAttribute(
    'aria-valuetext',
    /^Cut-off .*, sensitivity 0\.\d{3}/,
  )

  const ring = (await page.getByTestId('roc-ring').boundingBox())!
  const plot = (await page.getByRole('img', { name: /^ROC curves/ }).boundingBox())!
  await page.mouse.move(ring.x + ring.width / 2, ring.y + ring.height / 2)
  await page.mouse.down()
  // The corner where all are called positive.
  await page.mouse.move(plot.x + plot.width - 12, plot.y + 14, { steps: 8 })
  await page.mouse.up()
  await expect.poll(() => counts(page)).toEqual(at(0))
  await expect(cell(page, 'threshold')).toHaveText('below all')

  await page.keyboard.press('0')
  await expect.poll(() => counts(page)).toEqual(at(start))
  await page.keyboard.press('m')
  const { tp, fp, tn, fn } = rocReference.curves.ndka.youden
  await expect.poll(() => counts(page)).toEqual([tp, fp, tn, fn].map(String))
  await panel(page).getByLabel('Type a threshold').fill('11,08')
  await page.keyboard.press('Enter')
  await expect.poll(() => counts(page)).toEqual([tp, fp, tn, fn].map(String))
})

test('a chart is one stop of the keyboard: its points are walked and told, V shows its table', async ({ page }) => {
  await openTable(page, asahFile)
  await page.getByRole('button', { name: 'Number the rows' }).click()
  await evaluate(page)
  const roc = page.getByRole('region', { name: 'ROC', exact: true })
  const chart = roc.getByRole('group', { name: /^ROC/ })
  await expect(roc.getByRole('img', { name: /s100b 0\.731/ })).toBeVisible()
  const before = await counts(page)
  await chart.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowRight')
  await expect(chart).toContainText(/1 − specificity [\d.]+, sensitivity [\d.]+/)
  // The arrows belong to the chart meanwhile, not to the threshold.
  expect(await counts(page)).toEqual(before)
  await page.keyboard.press('Escape')
  await page.keyboard.press('v')
  const table = roc.getByRole('region', { name: 'ROC, table' })
  await expect(table.getByRole('columnheader', { name: 'sensitivity' })).toBeVisible()
  await expect(table.getByRole('row').nth(3)).toContainText('s100b')
})

test('two centres: validation is looked at once it is said, with cut-offs carried from where the models learnt; changes are counted', async ({
  page,
}) => {
  const { train_label, valid_label, models } = readEndToEnd('lung_two_centres').scores
  const rows = [train_label, valid_label].flatMap((outcome, part) =>
    outcome.map((y, i) => [`${'AB'[part]}${i}`, y, 'AB'[part], ...(['lr', 'rf_oob', 'svm'] as const).map((name) => models[name][part][i])].join()),
  ) // prettier-ignore
  await openTable(page, csv(['ID,Target,centre,LR,RF,SVM', ...rows].join('\n')))
  await page
    .getByRole('status')
    .filter({ hasText: 'Which cohort did the models learn from' })
    .getByRole('button', { name: 'A', exact: true })
    .click()
  await page.getByRole('row', { name: /^LR/ }).getByLabel('is a probability').check()
  await evaluate(page)
  await expect(page.getByText('B has not been looked at.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Models' })).not.toContainText('0.647')
  await page.getByRole('button', { name: 'Look at B' }).click()
  await expect(page.getByRole('region', { name: 'Models' }).getByRole('row', { name: /LR/ })).toContainText('0.647')
  await expect.poll(() => counts(page)).toEqual(['45', '80', '67', '15'])
  await expect(cell(page, 'threshold')).toHaveText('0.5229')
  await expect(page.getByText('nothing was changed since')).toBeVisible()
  await page.getByRole('region', { name: 'Models' }).getByRole('button', { name: 'SVM' }).click()
  await page.getByRole('region', { name: 'Calibration' }).getByRole('button', { name: 'Recalibrate on A' }).click()
  await expect(page.getByText('evaluated once with other choices since')).toBeVisible()
  await expect(page.getByRole('img', { name: /^Calibration of SVM/ })).toBeVisible()
})

test('a table whose scores speak against the class that is looked for asks whether that is right', async ({ page }) => {
  const rows = asah.outcome.map((y, i) => `${i},${y === 1 ? 'poor' : 'good'},${-asah.wfns[i]}`)
  await openTable(page, csv(['id,outcome,marker', ...rows].join('\n')))
  await page.getByRole('button', { name: 'poor is positive' }).click()
  await evaluate(page)
  await page.getByRole('button', { name: 'Positive is good' }).click()
  await expect(page.getByRole('region', { name: 'Models' }).getByRole('row', { name: /marker/ })).toContainText('0.824')
})

test('a file that is no table is told, and the next one is read', async ({ page }) => {
  await page.goto('./')
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: /^Evaluate,/ })
    .click()
  await page
    .getByTestId('table-input')
    .setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from([0, 1, 2, 0, 5]) })
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByTestId('table-input').setInputFiles(asahFile)
  await expect(page.getByText('113 rows, 6 columns')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('columns and evaluation can be used by everybody', async ({ page }) => {
  await openTable(page, asahFile)
  await page.getByRole('button', { name: 'Number the rows' }).click()
  const serious = async () =>
    (await findViolations(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0].html}`) // prettier-ignore
  expect(await serious()).toEqual([])
  await evaluate(page)
  await expect(panel(page)).toBeVisible()
  await page.getByText('All thresholds').click()
  expect(await serious()).toEqual([])
})

test('typed counts: the twelve matrices of the paper give its printed figures on the screen and in the CSV, and are there after another screen', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /^Evaluate,/ }).click() // prettier-ignore
  await page.getByRole('button', { name: 'Type counts' }).click()
  await page.getByLabel('Name of the table').fill('Ward')
  for (const [cell, count] of [['TP', '22'], ['FN', '9'], ['FP', '29'], ['TN', '92']]) await page.getByLabel(`${cell} of Ward`).fill(count) // prettier-ignore
  await expect(page.getByRole('row', { name: /Ward/ }).getByRole('cell', { name: '0.750 0.673–0.817' })).toBeVisible()
  await page.getByRole('button', { name: 'The twelve of Luo et al. 2024' }).click()
  await expect(page.getByRole('row')).toHaveCount(14)
  const row = (name: string) => page.getByRole('row').filter({ has: page.locator(`input[value="${name}"]`) })
  await expect(row('Task 1, training, LR').getByRole('cell')).toContainText(['', '', '', '', '0.516 0.452–0.579', '0.822', '0.390', '0.357', '0.841']) // prettier-ignore
  await expect(row('Task 1, validation, SVM').getByRole('cell')).toContainText(['', '', '', '', '0.743 0.666–0.811', '0.581', '0.785', '0.409', '0.880']) // prettier-ignore
  // From what a paper prints, and what it cannot have meant.
  const rates = page.getByRole('group', { name: 'From printed rates' })
  for (const [label, text] of [['n positive', '31'], ['n negative', '121'], ['SEN', '0.700'], ['SPE', '0.760']]) await rates.getByLabel(label).fill(text) // prettier-ignore
  await expect(rates).toContainText('the nearest are 22 of 31 and 92 of 121')
  await expect(page.locator('.plot svg.main-svg').first()).toBeVisible()
  expect((await findViolations(page)).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save CSV' }).click()
  const lines = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split(/\r?\n/)
  expect(lines[0]).toMatch(/^name,TP,FN,FP,TN,ACC,ACC lower,ACC upper,SEN,/)
  expect(lines).toHaveLength(14)
  const [, ...figures] = lines
    .find((line) => line.includes('Task 2, validation, RF'))!
    .split('",')[1]
    .split(',')
    .map(Number)
  expect(figures.slice(0, 6).map((value) => Number(value.toFixed(3)))).toEqual([3, 30, 8, 0.727, 0.639, 0.804])
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /^Images/ }).click() // prettier-ignore
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /^Evaluate,/ }).click() // prettier-ignore
  await expect(page.getByRole('row')).toHaveCount(14)
  expect(problems).toEqual([])
})

test('models beside each other: by the same rule, threshold or specificity, with their points on the ROC', async ({ page }) => {
  const { problems } = watchPage(page)
  await openTable(page, asahFile)
  await page.getByRole('button', { name: 'Number the rows' }).click()
  await evaluate(page)
  const beside = page.getByRole('region', { name: 'Compared at a threshold' })
  const row = (model: string) => beside.getByRole('row', { name: new RegExp(`^${model}`) })
  // Each at Youden's cut-off, as the design gives them.
  await expect(row('ndka')).toContainText('11.08')
  await expect(row('ndka')).toContainText('0.707')
  await expect(row('wfns')).toContainText('0.833')
  await expect(page.getByTestId('shared-specificity')).toHaveAttribute('visibility', 'hidden')
  await beside.getByText('Same specificity', { exact: true }).click()
  await expect(page.getByTestId('shared-specificity')).toHaveAttribute('visibility', 'visible')
  const dots = page.getByTestId('roc-others').locator('circle')
  await expect(dots).toHaveCount(3)
  const line = (await page.getByTestId('shared-specificity').getAttribute('transform'))!
  await page.getByRole('heading', { name: 'ROC' }).click()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByTestId('shared-specificity')).not.toHaveAttribute('transform', line)
  await expect(page.getByText('set by hand')).toBeVisible()
  await beside.getByText('Same threshold', { exact: true }).click()
  await expect(row('ndka')).toContainText((await page.getByTestId('threshold').textContent())!)
  expect(problems).toEqual([])
})

test('Table 2 is copied as a word processor takes it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { problems } = watchPage(page)
  await openTable(page, asahFile)
  await page.getByRole('button', { name: 'Number the rows' }).click()
  await evaluate(page)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('button', { name: 'Copy Table 2' }).click()
  await expect(page.getByText('Copied')).toBeVisible()
  const html = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read()
    return (await item.getType('text/html')).text()
  })
  expect(html).toMatch(/<table[\s\S]*<td[^>]*>0\.731 \(0\.630-0\.833\)<\/td>[\s\S]*<\/table>/)
  expect((await findViolations(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  expect(problems).toEqual([])
})

test('a table of scores is there again after a reload, as it was chosen and evaluated; once it is closed it is not', async ({
  page,
  context,
}) => {
  const { problems } = watchPage(page)
  await openTable(page, asahFile)
  await page.getByRole('button', { name: 'Number the rows' }).click()
  await page.getByLabel('Role of ndka').selectOption('left out')
  await evaluate(page)
  await expect.poll(() => counts(page)).toEqual(['26', '14', '58', '15'])
  await page.reload()
  await expect.poll(() => counts(page)).toEqual(['26', '14', '58', '15'])
  await expect(page.getByRole('region', { name: 'Models' }).getByRole('row', { name: /ndka/ })).toHaveCount(0)
  // Another tab has tables of its own.
  const other = await context.newPage()
  await other.goto('./')
  await other.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /^Evaluate,/ }).click() // prettier-ignore
  await expect(other.getByRole('heading', { name: 'Which scores do you have?' })).toBeVisible()
  await other.close()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('button', { name: 'Close the table' }).click()
  await page.reload()
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /^Evaluate,/ }).click() // prettier-ignore
  await expect(page.getByRole('heading', { name: 'Which scores do you have?' })).toBeVisible()
  expect(problems).toEqual([])
})
