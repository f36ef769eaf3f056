import { readFileSync } from 'node:fs'
import { read } from '@e965/xlsx'
import { expect, test, type Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { findViolations } from './findViolations.ts'
import { twiceRead } from './madeStudy.ts'
import { dropFile, watchPage } from './openPage.ts'

/* A study that harmonises nothing: its batches are seen all the same, its models answer to their features, its tables go out as files. */

const protocol = `
harmonise: { method: none }
select: [{ method: agreement, readings: one reader twice, threshold: 0.3 }, { method: rankSum, alpha: 0.3 }]
models: [{ method: logistic, penalty: ridge }]
evaluate: { bootstraps: 200 }
resample: { folds: 3 }
`

async function save(page: Page, label: string): Promise<Buffer> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: label, exact: true }).click()
  return readFileSync(await (await download).path())
}

test('batches are seen where nothing is harmonised, one reader twice is told as such, a model answers, tables are saved for Word and Excel', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await page.goto('./')
  await dropFile(page, 'study.csv', twiceRead())
  await page.getByRole('button', { name: 'Begin the study' }).click()
  await page.getByTestId('protocol-input').setInputFiles({ name: 'protocol.yaml', mimeType: 'application/yaml', buffer: Buffer.from(protocol) }) // prettier-ignore
  await expect(page.getByLabel('How batches are harmonised')).toHaveValue('none')
  const table1 = strFromU8(unzipSync(await save(page, 'Word'))['word/document.xml'])
  expect(table1.match(/<w:tbl>/g)).toHaveLength(1)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/All steps learnt from/)).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('2')
  await expect(page.getByText('Nothing is harmonised: this is how the batches lie as they were measured.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Patients as measured' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Patients harmonised' })).toHaveCount(0)
  expect((await findViolations(page)).map(({ id }) => id)).toEqual([])
  await page.keyboard.press('3')
  await expect(page.getByRole('heading', { name: 'Would the reader measure the same again?' })).toBeVisible()
  await page.keyboard.press('5')
  await expect(page.getByRole('img', { name: /^Mean probability of LR as .* goes from its 1st to its 99th percentile/ })).toBeVisible() // prettier-ignore
  await page.keyboard.press('6')
  await page.getByRole('button', { name: 'Look at validation' }).click()
  await page.getByRole('button', { name: 'Export' }).click()
  const words = strFromU8(unzipSync(await save(page, 'Word'))['word/document.xml'])
  expect(words).toContain('validation')
  const book = read(await save(page, 'Excel'))
  expect(book.SheetNames).toContain('scores')
  expect(book.Sheets.scores.A2.t).toBe('s')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Type counts' }).click()
  await expect(page.getByRole('heading', { name: 'What do four counts say?' })).toBeVisible()
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('region', { name: 'Models' }).getByRole('button', { name: /^0\.\d{3}$/ }).last().click() // prettier-ignore
  await expect(page.getByRole('region', { name: 'Behind the number' })).toContainText(/AUC 0\.\d{3} of LR, validation: \d+ patients/) // prettier-ignore
  expect(problems).toEqual([])
  expect(foreignRequests).toEqual([])
})
