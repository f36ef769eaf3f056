import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { MadeFile } from '../src/io/simulated/simulatedImages.ts'
import { createSimulateApi } from '../workers/simulateApi.ts'
import { findViolations } from './findViolations.ts'
import { dropFolder, paintStroke, readKeptProgress, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

const options = { patients: [3, 2], effect: 1.3 } as const

/** The files of a simulated study, as a hospital would give them. @param from which patients */
function makeStudy(from: readonly number[]): readonly MadeFile[] {
  const { makePatient } = createSimulateApi()
  const wanted = { nifti: false, dicom: { layout: null, leftovers: true } }
  return from.flatMap((index) => makePatient(1, options, index, wanted).files)
}

async function writeStudy(folder: string, from = [0, 1, 2, 3, 4]): Promise<void> {
  for (const { path, bytes } of makeStudy(from)) {
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
  // As in a browser that cannot read a folder again by itself.
  await page.addInitScript(() => Reflect.deleteProperty(DataTransferItem.prototype, 'getAsFileSystemHandle'))
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
  await expect(dialog).toContainText('t2_tse_fs_tra has no role')
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
  await expect(page.locator('.where')).toHaveText(/^A-0001 \/ SIMULATED t2_tse_fs_tra$/)
  // From its top: nothing under it has scrolled the patient, and what is told of her ROI, away.
  await expect(page.getByRole('heading', { name: 'A-0001' })).toBeInViewport({ ratio: 1 })
  await paintStroke(page)
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(5)
  const drawn = await readVoxelCount(page)
  const marks = page.getByRole('region', { name: 'Patient' }).locator('.progressMark')
  await expect(marks).toHaveText(['in progress', 'to do', 'to do'])
  // In one line, within its button.
  const heights = await marks.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))
  expect(new Set(heights).size).toBe(1)
  expect(await marks.evaluateAll((all) => all.every((one) => one.getBoundingClientRect().right <= one.parentElement!.getBoundingClientRect().right - 3))).toBe(true) // prettier-ignore
  await page.keyboard.press('Shift+L')
  await expect(rows(page).first().locator('.progressMark').first()).toHaveText('in progress')

  // What was drawn and said is there after a reload; the folder is given again, and nothing is asked.
  await expect.poll(() => readKeptProgress(page)).toEqual(['inProgress'])
  await page.reload()
  const kept = page.getByRole('region', { name: 'Kept on this computer' })
  await expect(kept.getByRole('listitem')).toContainText(/^A-0001 \/ SIMULATED/)
  await step(page, 'ROI').click()
  await expect(rows(page)).toHaveCount(5)
  await expect(rows(page).first().locator('.progressMark').first()).toHaveText('in progress')
  await expect(page.locator('.workList')).toContainText('44 images of the study cannot be read until their folder is given again')
  await expect(page.getByRole('button', { name: 'Give the folder again' })).toBeVisible()
  await check(page)
  await page.screenshot({ path: test.info().outputPath('not-at-hand-1440.png') })
  await dropFolder(page, folder)
  await expect(page.getByText('44 images of the study can be read again')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Give the folder again' })).toBeHidden()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await waitForImage(page)
  await expect.poll(() => readVoxelCount(page)).toBe(drawn)
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})

test('a folder that the browser may read again is read after a reload without a word; a later folder comes to it and is taken back', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  // In place of a person who chooses and allows: a folder of the browser's own, of the same class.
  await page.addInitScript(() => {
    const showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(document.title)
    Object.assign(window, { showDirectoryPicker })
  })
  await page.goto('./')
  const choose = async (folder: string, button: string) => {
    await page.evaluate((name) => (document.title = name), folder)
    await page.getByRole('button', { name: button }).click()
    await expect(page.getByRole('heading', { name: 'What is each series?' })).toBeVisible()
  }
  const put = (folder: string, from: readonly number[]) =>
    page.evaluate(
      async ([name, files]) => {
        const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true })
        for (const { path, bytes } of files) {
          const parts = path.split('/')
          let at = root
          for (const part of parts.slice(0, -1)) at = await at.getDirectoryHandle(part, { create: true })
          const writable = await (await at.getFileHandle(parts.at(-1)!, { create: true })).createWritable()
          await writable.write(Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)))
          await writable.close()
        }
      },
      [folder, makeStudy(from).map(({ path, bytes }) => ({ path, bytes: Buffer.from(bytes).toString('base64') }))] as const,
    )
  await put('first', [2, 3])
  await put('second', [1])
  await choose('first', 'Choose a folder')
  await useRoles(page).click()
  await expect(rows(page)).toHaveCount(2)
  const labels = await page.locator('.patients tbody td:first-child').allInnerTexts()

  await page.reload()
  await step(page, 'ROI').click()
  await expect(rows(page)).toHaveCount(2)
  await page.keyboard.press('Shift+N')
  await waitForImage(page)
  await expect(page.getByRole('banner')).toContainText(labels[0])

  // A browser that asks on each visit: one click, and all is there.
  await page.addInitScript(() => {
    let answer: PermissionState = 'prompt'
    Object.assign(FileSystemHandle.prototype, {
      queryPermission: async () => answer,
      requestPermission: async () => (answer = 'granted'),
    })
  })
  await page.reload()
  await step(page, 'ROI').click()
  await expect(page.locator('.workList')).toContainText('Folder first is not connected. Its')
  await page.screenshot({ path: test.info().outputPath('not-connected-1440.png') })
  await page.getByRole('button', { name: 'Connect' }).click()
  await expect(page.getByRole('button', { name: 'Connect' })).toBeHidden()
  await page.keyboard.press('Shift+N')
  await waitForImage(page)

  // Another centre's folder, later: who is there keeps her label, and the act can be taken back.
  await step(page, 'Images').click()
  await expect(page.getByRole('region', { name: 'Study' })).toContainText('2 patients')
  await check(page)
  await page.screenshot({ path: test.info().outputPath('study-1440.png') })
  await choose('second', 'Add folder')
  await useRoles(page).click()
  await expect(rows(page)).toHaveCount(3)
  await expect(rows(page)).toContainText(labels)
  await step(page, 'Images').click()
  await page.getByRole('button', { name: 'Take back the last import' }).click()
  await expect(page.getByRole('region', { name: 'Study' })).toContainText('2 patients')
  await page.getByRole('button', { name: 'Work list' }).click()
  await expect(rows(page)).toHaveCount(2)
  expect(problems).toEqual([])
})
