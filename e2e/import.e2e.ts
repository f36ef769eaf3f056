import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { createSimulateApi } from '../workers/simulateApi.ts'
import { findViolations } from './findViolations.ts'
import { dropFolder, paintStroke, readKeptProgress, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

const options = { patients: [3, 2], effect: 1.3 } as const

/** The files of a simulated study, as a hospital would give them. @param from which patients */
async function writeStudy(folder: string, from = [0, 1, 2, 3, 4]): Promise<void> {
  const { makePatient } = createSimulateApi()
  for (const index of from)
    for (const { path, bytes } of makePatient(1, options, index, { nifti: false, dicom: { layout: null, leftovers: true } })
      .files) {
      await mkdir(dirname(`${folder}/${path}`), { recursive: true })
      await writeFile(`${folder}/${path}`, bytes)
    }
}

const rows = (page: Page) => page.locator('.patients tbody tr')
const series = (page: Page) => page.locator('.series tbody tr')
const useRoles = (page: Page) => page.getByRole('button', { name: 'Use these roles' })
const check = async (page: Page) => {
  const violations = await findViolations(page)
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

test('a folder of two centres becomes a work list: roles are looked at, one is corrected for all like it, a patient is drawn on', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  const folder = test.info().outputPath('hospital')
  await writeStudy(folder)
  await page.goto('./')
  await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeVisible()
  await dropFolder(page, folder)
  await expect(page.getByRole('heading', { name: 'What is each series?' })).toBeVisible()
  await expect(page.locator('.screenHead')).toContainText('5 patients of 2 centres')
  await expect(page.locator('.screenHead')).toContainText('2 files left out')
  // Some lines for all patients, each with what it is taken for, and why.
  await expect(series(page).filter({ hasText: 't1_fl3d_tra_dyn' }).filter({ hasText: 'trigger time' })).toHaveCount(1)
  await check(page)
  await page.screenshot({ path: test.info().outputPath('proposal-1440.png') })
  await page.getByRole('button', { name: '2 files left out' }).click()
  await expect(page.getByRole('region', { name: 'Files left out' })).toContainText('colour')
  await page.getByRole('button', { name: '2 files left out' }).click()

  // The T2 of one scanner is none of the roles, whoever's it is.
  const several = series(page).filter({ hasText: 't2_tse_fs_tra' }).filter({ hasText: 'Likeness S' })
  await expect(several.getByRole('combobox')).toHaveValue('FST2WI')
  await several.getByRole('combobox').selectOption('No role')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: /^All like it/ })).toContainText('changes 2 images of 2 patients')
  await expect(dialog.getByRole('button', { name: /only/ })).toContainText('changes 1 image of 1 patient')
  await check(page)
  await dialog.getByRole('button', { name: /^All like it/ }).click()
  await expect(several.getByRole('combobox')).toHaveValue('')
  await expect(several).toContainText('your rule')
  await several.getByRole('combobox').selectOption('FST2WI')
  await dialog.getByRole('button', { name: /^All like it/ }).click()
  await expect(several.getByRole('combobox')).toHaveValue('FST2WI')
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Save the rules' }).click()
  expect((await saved).suggestedFilename()).toBe('rules.json')

  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.screenshot({ path: test.info().outputPath('proposal-1920.png') })
  await page.setViewportSize({ width: 1440, height: 900 })
  await useRoles(page).click()
  await expect(rows(page)).toHaveCount(5)
  await expect(rows(page)).toContainText(['A-0001', 'A-0002', 'B-0001', 'B-0002', 'B-0003'])
  await expect(page.locator('.workList')).not.toContainText('SIMULATED')
  await expect(rows(page).first().locator('.progressMark')).toHaveText(['to do', 'to do', 'to do'])

  await page.keyboard.press('Shift+N')
  await waitForImage(page)
  await expect(page.getByRole('banner')).toContainText('A-0001')
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(5)
  const drawn = await readVoxelCount(page)
  await page.keyboard.press('Shift+L')
  await expect(rows(page).first().locator('.progressMark').first()).toHaveText('in progress')

  // What was drawn and said is there after a reload; the folder is given again, and nothing is asked.
  await expect.poll(() => readKeptProgress(page)).toEqual(['inProgress'])
  await page.reload()
  await step(page, 'ROI').click()
  await expect(rows(page)).toHaveCount(5)
  await expect(rows(page).first().locator('.progressMark').first()).toHaveText('in progress')
  await dropFolder(page, folder)
  await expect(page.getByText('44 images of the study can be read again')).toBeVisible()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await waitForImage(page)
  await expect.poll(() => readVoxelCount(page)).toBe(drawn)
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
