import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { dropFile, openSampleStudy, paintStroke, waitForImage, watchPage } from './openPage.ts'

/** Browsers with a dialog of their own for it ask where to save: here the file goes to the downloads. */
const withoutPicker = () => {
  delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker
}

/** As it is built beside the page. */
const program = fileURLToPath(new URL('../dist/cli/texel.js', import.meta.url))
const texel = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args])

async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.addInitScript(withoutPicker)
  await page.goto('./')
  return page
}

/** A stroke of the brush in the patient that is next. */
async function draw(page: Page) {
  await page.keyboard.press('Shift+N')
  await waitForImage(page)
  await paintStroke(page)
  await expect(page.getByRole('banner')).toContainText('Saved')
}

/** What is kept of each ROI, by the file's own name for it. */
const keptRegions = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name!)
    const found: { key: string; maskHash: string; progress: string }[] = []
    for (const name of names) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error!)
      })
      if (database.objectStoreNames.contains('regions'))
        await new Promise<void>((resolve, reject) => {
          const request = database.transaction('regions').objectStore('regions').getAll()
          request.onsuccess = () => {
            for (const { key, maskHash, progress, voxelCount } of request.result as Record<string, never>[])
              if (voxelCount > 0) found.push({ key, maskHash, progress })
            resolve()
          }
          request.onerror = () => reject(request.error!)
        })
      database.close()
    }
    return found.sort((a, b) => (a.key < b.key ? -1 : 1))
  })

/** Of the study file; another one may fade out beside it. */
const dialog = (page: Page) => page.getByRole('dialog').filter({ has: page.locator('.studyCopy') })

async function save(page: Page): Promise<Buffer> {
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: /^Study,/ })
    .click()
  await page.getByRole('button', { name: 'Save to a file' }).click()
  await expect(dialog(page)).toContainText('6 patients')
  const download = page.waitForEvent('download')
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).click()
  const bytes = await readFile(await (await download).path())
  await expect(dialog(page)).toContainText('read back and is whole')
  await dialog(page).getByRole('button', { name: 'Close' }).last().click()
  return bytes
}

test('a study goes into a file and comes out of it in another browser with the same masks; a flipped byte loses one ROI, by name', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const page = await openPage(browser)
  const { problems, foreignRequests } = watchPage(page)
  await openSampleStudy(page)
  await expect(page.getByRole('banner')).toContainText('No copy elsewhere')
  await draw(page)
  await page.keyboard.press('Shift+D')
  await draw(page)
  const drawn = await keptRegions(page)
  expect(drawn).toHaveLength(2)
  const bytes = await save(page)
  await expect(page.getByRole('banner')).toContainText('Copy elsewhere just now')

  const names = Object.keys(unzipSync(bytes))
  const masks = names.filter((name) => name.startsWith('masks/'))
  expect(masks).toHaveLength(2)
  expect(names).toEqual(expect.arrayContaining(['README.txt', 'patients.csv', 'regions.csv', 'journal.jsonl', 'SHA256SUMS']))

  const other = await openPage(browser)
  const watched = watchPage(other)
  await other
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: /^Study,/ })
    .click()
  await expect(other.getByRole('button', { name: 'Open a study file' })).toBeVisible()
  await other
    .getByTestId('study-file-input')
    .setInputFiles({ name: 'study.texel.zip', mimeType: 'application/zip', buffer: bytes })
  await expect(dialog(other)).toContainText('6 patients, 2 ROIs came from study.texel.zip')
  await dialog(other).getByRole('button', { name: 'Show the study' }).click()
  await expect(other.getByRole('heading', { name: 'Who is in the study?' })).toBeVisible()
  await expect(other.getByRole('button', { name: 'Give their folder' })).toBeVisible()
  await expect.poll(() => keptRegions(other)).toEqual(drawn)

  // Within the packed voxels of the first mask.
  const at = bytes.indexOf(masks[0]) + masks[0].length + 30
  const damaged = Buffer.from(bytes)
  damaged[at] ^= 255
  const third = await openPage(browser)
  await dropFile(third, 'damaged.texel.zip', damaged)
  await expect(dialog(third)).toContainText('1 ROI came from damaged.texel.zip')
  await expect(dialog(third)).toContainText(masks[0])
  await dialog(third).getByRole('button', { name: 'Show the study' }).click()
  await expect(third.getByRole('heading', { name: 'Who is in the study?' })).toBeVisible()
  for (const seen of [{ problems, foreignRequests }, watched]) expect(seen).toEqual({ problems: [], foreignRequests: [] })
})

test('a note that may name the patient stops the file until a person says that it does not', async ({ browser }) => {
  test.setTimeout(120_000)
  const page = await openPage(browser)
  await openSampleStudy(page)
  await page.locator('.patients tbody tr').first().click()
  await page.keyboard.press('Shift+F')
  const flag = page.getByRole('dialog', { name: 'Flag with a note' })
  await flag.getByRole('textbox').fill('like SIMULATED^A0001 before')
  await flag.getByRole('button', { name: 'Flag', exact: true }).click()
  await expect(page.locator('.patients')).toContainText('like SIMULATED')
  await page.keyboard.press('Shift+S')
  await expect(dialog(page)).toContainText('These texts may name a patient.')
  const button = dialog(page).getByRole('button', { name: 'Save', exact: true })
  await expect(button).toBeDisabled()
  await dialog(page).getByRole('checkbox').first().check()
  await expect(button).toBeEnabled()
  const download = page.waitForEvent('download')
  await button.click()
  await download
  await expect(dialog(page)).toContainText('read back and is whole')
})

test('a patient who withdrew is erased once her label is typed, and is not there after the page is loaded again', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const page = await openPage(browser)
  const watched = watchPage(page)
  await openSampleStudy(page)
  await draw(page)
  expect(await keptRegions(page)).toHaveLength(1)
  await page.keyboard.press('Shift+L')
  await page.locator('.patients tbody tr').filter({ hasText: 'A-0001' }).click()
  await page.getByRole('button', { name: 'Erase a patient who withdrew' }).click()
  const asked = page.getByRole('dialog', { name: 'Erase a patient who withdrew' })
  const erase = asked.getByRole('button', { name: 'Erase', exact: true })
  await asked.getByRole('textbox').fill('A-0002')
  await expect(erase).toBeDisabled()
  await asked.getByRole('textbox').fill('A-0001')
  await erase.click()
  await expect(asked).toContainText('A-0001 is erased')
  await expect(asked).toContainText('1 ROI')
  await asked.getByRole('button', { name: 'Show the study' }).click()
  await expect(page.getByRole('heading', { name: 'Who is in the study?' })).toBeVisible()
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /^ROI,/ }).click()
  await expect(page.locator('.patients tbody tr')).toHaveCount(5, { timeout: 30_000 })
  await expect(page.locator('.patients')).not.toContainText('A-0001')
  expect(await keptRegions(page)).toEqual([])
  expect(watched).toEqual({ problems: [], foreignRequests: [] })
})

test('copies go to a folder of the user’s choice when an ROI is done, and after the page was loaded again', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const page = await openPage(browser)
  const watched = watchPage(page)
  // A folder of the browser's own stands for one on a disk: the same class, always allowed.
  await page.addInitScript(() => {
    const choose = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('Backup', { create: true })
    Object.assign(window, { showDirectoryPicker: choose })
  })
  await page.reload()
  await openSampleStudy(page)
  await page.keyboard.press('Shift+S')
  await dialog(page).getByRole('button', { name: 'Choose a folder' }).click()
  await expect(dialog(page)).toContainText('Copies go to Backup by themselves')
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  const files = () =>
    page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('Backup')
      const found: (readonly [string, number])[] = []
      for await (const [name, handle] of (
        folder as unknown as { entries(): AsyncIterable<[string, FileSystemFileHandle]> }
      ).entries())
        found.push([name, (await handle.getFile()).size])
      return found
    })
  const [[name, size]] = await files()
  expect(name).toMatch(/^study-.*-automatic\.texel\.zip$/)
  await draw(page)
  await page.keyboard.press('Shift+D')
  await expect.poll(async () => (await files()).map(([, now]) => now > size)).toEqual([true])
  await expect(page.getByRole('button', { name: 'Copy elsewhere just now', exact: true })).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: /^Copy elsewhere/ }).click()
  await expect(dialog(page)).toContainText('Copies go to Backup by themselves')
  expect(watched).toEqual({ problems: [], foreignRequests: [] })
})

test('a study that the command line imported comes with its images: they are read from the file, also after the page is loaded again', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const folder = await mkdtemp(join(tmpdir(), 'texel-imported-'))
  const path = join(folder, 'STUDY.zip')
  await texel('simulate', '--output', join(folder, 'sim'), '--patients', '3,2', '--dicom')
  await texel('study', '--import', join(folder, 'sim/dicom'), '--with-images', '--output', path)
  const bytes = await readFile(path)
  await rm(folder, { recursive: true })
  const chooseStudy = async (page: Page) =>
    page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: /^Study,/ })
      .click()
  const take = async (page: Page) => {
    await expect(dialog(page)).toContainText('5 patients, 0 ROIs came from STUDY.zip. 15 images lie in it')
    await dialog(page).getByRole('button', { name: 'Show the study' }).click()
    await expect(page.getByRole('heading', { name: 'Who is in the study?' })).toBeVisible()
  }

  const page = await openPage(browser)
  const watched = watchPage(page)
  // A file of the browser's own stands for one on a disk: the same class, always allowed.
  await page.addInitScript(() => {
    const choose = async () => [await (await navigator.storage.getDirectory()).getFileHandle('STUDY.zip')]
    Object.assign(window, { showOpenFilePicker: choose })
  })
  await page.reload()
  await page.evaluate(async (packed) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle('STUDY.zip', { create: true })
    const writable = await handle.createWritable()
    await writable.write(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)))
    await writable.close()
  }, bytes.toString('base64'))
  await chooseStudy(page)
  await page.getByRole('button', { name: 'Open a study file' }).click()
  await take(page)
  await draw(page)
  expect(await keptRegions(page)).toHaveLength(1)
  await page.reload()
  // Images without a role are not in it.
  await expect(page.getByText('29 images of the study came with a study file, which does not hold them')).toBeVisible()
  await expect(page.getByText('STUDY.zip')).toBeHidden()
  await page.keyboard.press('Shift+N')
  await waitForImage(page)

  // A browser that keeps no handle asks for the file, once a visit.
  const other = await openPage(browser)
  const watchedOther = watchPage(other)
  await chooseStudy(other)
  const given = { name: 'STUDY.zip', mimeType: 'application/zip', buffer: bytes }
  await other.getByTestId('study-file-input').setInputFiles(given)
  await take(other)
  const asks = other.getByText('15 images of the study lie in STUDY.zip, which this browser cannot read by itself')
  await expect(asks).toBeVisible()
  await other.getByTestId('study-file-again-input').setInputFiles(given)
  await expect(asks).toBeHidden()
  await other.keyboard.press('Shift+N')
  await waitForImage(other)
  expect([watched, watchedOther]).toEqual([
    { problems: [], foreignRequests: [] },
    { problems: [], foreignRequests: [] },
  ])
})
