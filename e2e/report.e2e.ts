import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { expect, test, type Page } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { twiceRead } from './madeStudy.ts'
import { dropFile, openTable, watchPage } from './openPage.ts'

/* From a table to what goes into the paper. */

/** As it is built beside the page. */
const program = fileURLToPath(new URL('../dist/cli/texel.js', import.meta.url))
const texel = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args])

const protocol = [
  'title: Radiomics of a made study',
  'harmonise: { batch: [scanner] }',
  'select: [{ method: agreement }, { method: rankSum }]',
  'models: [{ method: logistic, penalty: firth }, { method: forest, trees: 30 }]',
  'evaluate: { bootstraps: 100 }',
  'resample: { folds: 3 }',
  '',
].join('\n')

const steps = (page: Page) => page.getByRole('navigation', { name: 'Steps' })
const paper = (page: Page) => page.getByRole('region', { name: 'The report as it prints' })
const contents = (page: Page) => page.getByRole('navigation', { name: 'Contents of the report' })
const check = async (page: Page) => {
  const violations = await findViolations(page)
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
async function saved(page: Page, button: string): Promise<Uint8Array> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: button, exact: true }).click()
  return new Uint8Array(await readFile(await (await download).path()))
}
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** Its parts by name. */
const partsOf = (html: string) => new Map([...html.matchAll(/<section id="([^"]+)">([\s\S]*?)<\/section>/g)].map(([, id, text]) => [id, text])) // prettier-ignore

test('from a table to the report by keyboard: it asks before validation is seen, a number leads to its rows, an answer is kept over a reload, and the file is what the command line writes', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000)
  const { problems, foreignRequests } = watchPage(page)
  await page.goto('./')
  await steps(page).getByRole('button', { name: /^Report/ }).press('Enter') // prettier-ignore
  await expect(page.getByText('Nothing was evaluated yet')).toBeVisible()
  await check(page)
  await dropFile(page, 'study.csv', twiceRead())
  const begin = page.getByRole('button', { name: 'Begin the study' })
  await expect(begin).toBeEnabled()
  await begin.press('Enter')
  await expect(page.getByRole('heading', { name: /^Who is in/ })).toBeVisible()
  await page.getByTestId('protocol-input').setInputFiles({ name: 'p.yaml', mimeType: 'application/yaml', buffer: Buffer.from(protocol) }) // prettier-ignore
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(steps(page).getByRole('button', { name: 'Evaluate, done' })).toBeVisible({ timeout: 60_000 })

  await page.keyboard.press('7')
  await expect(page.getByText('validation has not been looked at.')).toBeVisible()
  await expect(paper(page)).toBeHidden()
  await page.getByRole('button', { name: 'Look at validation' }).press('Enter')
  await expect(paper(page).getByRole('heading', { name: 'Radiomics of a made study' })).toBeVisible()
  await check(page)
  const bars = page.getByRole('region', { name: 'Checklists' })
  await expect(bars).toContainText(/% sure so far, \d+ % if all drafts hold/)

  // The file opens where nothing runs, and is that of the command line but for what it was read from and when it was looked at.
  const html = textOf(await saved(page, 'HTML, one file'))
  const packed = unzipSync(await saved(page, 'To run again'))
  const at = (name: string) => test.info().outputPath(name)
  for (const [name, bytes] of Object.entries(packed)) await writeFile(at(name), bytes)
  await texel('analyse', '--features', at('study-features.csv'), '--clinical', at('study-clinical.csv'), '--protocol', at('protocol.yaml'), '--output', at('out')) // prettier-ignore
  const [ours, theirs] = [html, await readFile(at('out/report.html'), 'utf8')].map(partsOf)
  expect([...ours.keys()]).toEqual([...theirs.keys()])
  const ofTheRun = ['flow', 'looks', 'reproducibility']
  const withoutFile = (text: string | undefined) => text?.replaceAll(/(from the table ).*?( \(SHA-256 )[0-9a-f]+/g, '$1$2')
  for (const [name, text] of ours) if (!ofTheRun.includes(name)) expect(withoutFile(text), name).toBe(withoutFile(theirs.get(name))) // prettier-ignore
  await writeFile(at('report.html'), html)
  const plain = await browser.newContext({ javaScriptEnabled: false })
  const alone = await plain.newPage()
  await alone.setContent(html)
  await expect(alone.getByRole('heading', { name: 'Figures' })).toBeVisible()
  await expect(alone.locator('figure svg').first()).toBeVisible()
  await plain.close()

  // By keyboard: to a part, from a number of it to the rows behind, and back.
  await contents(page).getByRole('button', { name: /^Performance/ }).press('Enter') // prettier-ignore
  const auc = paper(page).locator('td[data-record="evaluation/cohorts/0/models/0/auc"] .value')
  await expect(auc).toBeInViewport()
  await auc.press('Enter')
  const behind = page.getByRole('region', { name: 'Behind the number' })
  await expect(behind).toContainText(/AUC 0\.\d{3} of LR, training: 60 patients/)
  await page.keyboard.press('Escape')
  await expect(behind).toBeHidden()
  await paper(page).locator('[data-record="selection/steps/1"] .value').first().press('Enter')
  await expect(page.getByRole('heading', { name: 'Which features earn their place?' })).toBeVisible()

  await page.keyboard.press('7')
  const ethics = paper(page).getByRole('button', { name: 'Which committee approved the study' })
  await ethics.press('Enter')
  await page.keyboard.type('Board 7, consent waived')
  await check(page)
  await page.keyboard.press('Control+Enter')
  await expect(paper(page)).toContainText('Board 7, consent waived')
  const clear8 = paper(page).locator('[data-item="clear/8"]')
  await expect(clear8).toContainText('filled')
  await paper(page).getByRole('button', { name: '1 title that names the radiomic method: to confirm' }).press('Enter')
  await page.getByRole('button', { name: 'Yes, it holds' }).press('Enter')
  await expect(paper(page).locator('[data-item="clear/1"]')).toContainText('filled')
  await page.reload()
  await expect(paper(page)).toContainText('Board 7, consent waived')
  await expect(paper(page).locator('[data-item="clear/1"]')).toContainText('filled')
  expect(textOf(await saved(page, 'HTML, one file'))).toContain('Board 7, consent waived')

  // For print: another paper, and figures of a width and a resolution that the files say themselves.
  const panel = page.getByRole('region', { name: 'Take it with you' })
  await panel.getByRole('radio', { name: 'Letter' }).press('Space')
  expect(textOf(await saved(page, 'HTML, one file'))).toContain('size: letter;')
  const drawn = unzipSync(await saved(page, 'Save figures'))
  expect(Object.keys(drawn).map((name) => name.replace(/^figure-\d-/, ''))).toEqual(['flow.svg', 'roc.svg', 'bands.svg', 'benefit.svg', 'calibration.svg', 'scores.svg']) // prettier-ignore
  expect(textOf(drawn['figure-2-roc.svg'])).toMatch(/^<svg [^>]*width="85mm"/)
  await panel.getByRole('radio', { name: '180 mm' }).press('Space')
  await panel.getByRole('radio', { name: 'PNG 300 dpi' }).press('Space')
  const png = Buffer.from(unzipSync(await saved(page, 'Save figures'))['figure-2-roc.png'])
  expect([png.readUInt32BE(16), png.toString('latin1', 37, 41), png.readUInt32BE(41)]).toEqual([2126, 'pHYs', 11811])

  const word = unzipSync(await saved(page, 'Word'))
  expect(textOf(word['word/document.xml'])).toContain('<w:pgSz w:w="12240" w:h="15840"')
  expect(Object.keys(word).filter((name) => name.startsWith('word/media/')).length).toBeGreaterThan(4)
  expect(textOf(word['word/document.xml'])).toContain('Board 7, consent waived')
  const tables = unzipSync(await saved(page, 'Tables CSV'))
  expect(Object.keys(tables)).toEqual(expect.arrayContaining(['table1.csv', 'table2.csv', 'table3.csv', 'univariable.csv', 'roc.csv'])) // prettier-ignore
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})

test('scores that came from elsewhere have a report of what is known of them; an answer is there again with the table', async ({
  page,
}) => {
  // The whole report is looked through for what a screen reader could not read.
  test.setTimeout(180_000)
  const { problems, foreignRequests } = watchPage(page)
  await openTable(page, 'reference/statistics/asah.csv')
  await page.getByRole('button', { name: 'Number the rows' }).click()
  await page.getByRole('main').getByRole('button', { name: 'Evaluate', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Models' })).toBeVisible()
  await steps(page).getByRole('button', { name: /^Report/ }).click() // prettier-ignore
  await expect(paper(page).getByRole('heading', { name: 'Scores of asah.csv' })).toBeVisible()
  await expect(paper(page)).toContainText('chosen on the patients who are judged by them')
  await check(page)
  await paper(page).getByRole('button', { name: 'Who funded the study' }).click()
  await page.getByRole('textbox').fill('Nobody')
  await page.getByRole('button', { name: 'Keep the answer' }).click()
  await page.reload()
  await expect(paper(page)).toContainText('Nobody')
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
