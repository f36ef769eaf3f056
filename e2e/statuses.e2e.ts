import { expect, test, type Page } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { dropFile, watchPage } from './openPage.ts'

/* A hospital's table beside the features: what its cells mean by the study's rules, what of it waits for a person, and who is left out. */

const patients = Array.from({ length: 40 }, (_, i) => `P${String(i + 1).padStart(4, '0')}`)
const isPositive = (i: number) => i % 2 === 0
const features = ['id,cohort,f1,f2', ...patients.map((id, i) => `${id},${i < 28 ? 'training' : 'validation'},${(i * 7) % 11},${isPositive(i) ? 2 + (i % 5) : i % 6}`)].join('\n') // prettier-ignore
/** The third has 2+ without hybridisation, the fourth an ER in words, the fifth was operated too late. */
const clinical = [
  'ID,HER2 IHC,HER2 FISH,ER,MRI date,Surgery date',
  ...patients.map((id, i) => `${id},${i === 2 ? '2+' : isPositive(i) ? '3+' : '1+'},,${i === 3 ? 'strong' : `${i}%`},2024-01-02,2024-0${i === 4 ? 5 : 1}-20`), // prettier-ignore
].join('\n')

const statuses = (page: Page) => page.getByRole('region', { name: 'Statuses by rules' })

test('statuses by rules are an outcome, doubts are answered, reasons leave patients out, and the flow adds up; a reload keeps it', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await page.goto('./')
  await dropFile(page, 'features.csv', Buffer.from(features))
  await page.getByRole('button', { name: 'Features', exact: true }).last().click()
  await expect(page.getByRole('heading', { name: 'What is in the columns?' })).toBeVisible()
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add a clinical table' }).click()
  await (await choosing).setFiles({ name: 'clinical.csv', mimeType: 'text/csv', buffer: Buffer.from(clinical) })
  await statuses(page).getByRole('button', { name: 'Read by rules' }).click()
  await statuses(page).getByLabel('her2 positive: positive against other').selectOption('outcome')
  await expect(statuses(page).getByText('er: what is written is not known (1 patient)')).toBeVisible()
  expect((await findViolations(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await statuses(page).getByRole('button', { name: 'is positive' }).click()
  await expect(statuses(page).getByText('er: what is written is not known')).toHaveCount(0)
  await statuses(page)
    .getByLabel(/^MRI more than 30 days.*1 patient, P0005/)
    .check()
  await statuses(page)
    .getByLabel(/^HER2 unknown: 1 patient, P0003/)
    .check()
  await expect(page.getByText('38 patients with 2 features; positive is positive, negative other.')).toBeVisible()
  await page.getByRole('button', { name: 'Begin the study' }).click()
  await expect(page.getByRole('img', { name: /40 patients measured; 1 patient left out:: MRI more than.*38 patients included; training: 26 patients, 12 positive.*validation: 12 patients, 6 positive/ })).toBeVisible() // prettier-ignore
  await page.reload()
  await expect(page.getByRole('img', { name: /38 patients included/ })).toBeVisible()
  await page.getByRole('button', { name: 'Columns' }).click()
  await expect(statuses(page).getByLabel(/^HER2 unknown/)).toBeChecked()
  expect(problems).toEqual([])
  expect(foreignRequests).toEqual([])
})
