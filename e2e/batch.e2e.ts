import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { chromium, expect, test, type Page } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { drawTumours, importStudy, listRows, writeImage, writeStudy } from './niftiStudy.ts'
import {
  expectLeavingAsked,
  openSampleStudy,
  paintStroke,
  readKept,
  readVoxelCount,
  step,
  waitForImage,
  watchPage,
} from './openPage.ts'

const chip = (page: Page, name: string) =>
  page.getByRole('group', { name: 'ROIs by state' }).getByRole('button', { name: new RegExp(`^${name}`) })
const runCard = (page: Page) => page.getByRole('region', { name: 'Run' })
const looks = async (page: Page, name: string) => {
  for (const [width, height] of [[1920, 1080], [1440, 900]]) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: test.info().outputPath(`${name}-${width}.png`) })
  }
} // prettier-ignore
const check = async (page: Page) => {
  const violations = await findViolations(page)
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

/** When the rows were computed that the browser keeps, by their region. */
const readSaved = async (page: Page) =>
  (await readKept<{ key: string; savedAt: number }>(page, 'featureTables')).map(({ key, savedAt }) => [key, savedAt] as const)

async function saveTable(page: Page, button: string): Promise<Buffer> {
  const download = page.waitForEvent('download')
  await page.getByRole('region', { name: 'Save the table' }).getByRole('button', { name: button }).click()
  return readFile(await (await download).path())
}

test('a browser that is killed in a batch goes on where it was: nothing is computed twice, a bad case fails alone, and the table is that of an undisturbed run', async ({
  launchOptions,
  baseURL,
  viewport,
  page: undisturbed,
}) => {
  test.setTimeout(240_000)
  const folder = test.info().outputPath('study')
  await writeStudy(folder, 3)
  const profile = await mkdtemp(join(tmpdir(), 'texel-batch-'))
  const launch = () => chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL!, viewport })
  try {
    const killed = await launch()
    const first = killed.pages()[0]
    await importStudy(first, folder, 3)
    const [one, other] = await drawTumours(first, 2)
    await step(first, 'Features').click()
    await expect(chip(first, 'Ready')).toHaveText('Ready 6')
    await expect(chip(first, 'Blocked')).toHaveText('Blocked 3')
    await check(first)
    await looks(first, 'before')
    const pid = Number((await readlink(join(profile, 'SingletonLock'))).split('-').at(-1))
    const closed = killed.waitForEvent('close')
    await first.getByRole('button', { name: 'Compute 6 ROIs' }).click()
    // Seen by the page itself, at each frame: six small ROIs take less than a second.
    const done = await first.waitForFunction(() => {
      const told = document.querySelector('section[aria-label="Run"]')?.textContent ?? ''
      return Number(/Computing: ([1-4]) of 6/.exec(told)?.[1] ?? 0)
    })
    const before = await done.jsonValue()
    process.kill(pid, 'SIGKILL')
    await closed

    const next = await launch()
    const page = next.pages()[0]
    const { problems, foreignRequests } = watchPage(page)
    await page.goto('./')
    await step(page, 'Features').click()
    await expect(page.getByRole('button', { name: 'Give the folder again' })).toBeVisible()
    const kept = new Map(await readSaved(page))
    expect(kept.size).toBeGreaterThanOrEqual(before)
    expect(kept.size).toBeLessThan(6)
    await expect(chip(page, 'Up to date')).toHaveText(`Up to date ${kept.size}`)
    await page.getByTestId('study-folder-input').setInputFiles(folder)
    await expect(page.getByText('9 images of the study can be read again')).toBeVisible()
    await step(page, 'Features').click()
    await expect(chip(page, 'Ready')).toHaveText(`Ready ${6 - kept.size}`)
    // A file that waits still is another one by now.
    await writeImage(folder, other, 'T1WI+C', 99)
    await page.getByRole('button', { name: /^Compute \d ROI/ }).click()
    await expect(runCard(page)).toContainText(`Done: ${6 - kept.size} of`)
    await expect(runCard(page)).toContainText('1 ROI failed; the others go on.')
    await expect(runCard(page)).toContainText('A-0002 T1WI+C:')
    await check(page)
    await looks(page, 'after')
    const after = new Map(await readSaved(page))
    expect(after.size).toBe(5)
    for (const [key, at] of kept) expect(after.get(key)).toBe(at)

    // A number leads to its ROI.
    await page.getByText('Table', { exact: true }).click()
    await expect(page.getByTestId('table-size')).toHaveText(/2 rows, 4\s506 columns/)
    await expect(page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /^Features,/ })).toContainText(
      /4\s506$/,
    )
    await page.getByRole('textbox', { name: 'Search columns' }).fill('T1WI original MeshVolume')
    await expect(page.getByTestId('table-size')).toHaveText(/2 of 4\s506 columns/)
    await page.locator('.wideTable tbody td').first().click()
    await expect(page.getByRole('region', { name: 'This number' })).toContainText('T1WI, lesion L1')
    await check(page)
    await looks(page, 'table')
    const csv = (await saveTable(page, 'CSV')).toString('utf8')
    expect((await saveTable(page, 'For Excel')).toString('utf8')).toBe(`\uFEFF${csv}`)
    expect((await saveTable(page, 'Parquet')).subarray(0, 4).toString()).toBe('PAR1')
    await page.getByRole('button', { name: 'Open the ROI' }).click()
    await expect(page.getByRole('banner').locator('strong')).toHaveText(`A${one} / T1WI`)
    expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
    await next.close()

    await writeImage(folder, other, 'T1WI+C')
    await importStudy(undisturbed, folder, 3)
    await drawTumours(undisturbed, 2)
    await step(undisturbed, 'Features').click()
    await undisturbed.getByRole('button', { name: 'Compute 6 ROIs' }).click()
    await expect(runCard(undisturbed)).toContainText('Computing')
    await expectLeavingAsked(undisturbed)
    await expect(runCard(undisturbed)).toContainText('Done: 6 of 6 ROIs', { timeout: 60_000 })
    const whole = (await saveTable(undisturbed, 'CSV')).toString('utf8')
    const cells = (text: string) => text.trimEnd().split('\n').map((line) => line.split(',')) // prettier-ignore
    const [expected, found] = [cells(whole), cells(csv)]
    expect(found[0]).toEqual(expected[0])
    expect(found[1]).toEqual(expected[1])
    const perRole = (found[0].length - 1) / 3
    expect(found[2].slice(0, 1 + 2 * perRole)).toEqual(expected[2].slice(0, 1 + 2 * perRole))
    expect(new Set(found[2].slice(1 + 2 * perRole))).toEqual(new Set(['']))
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('rows of DICOM images that are not open are read from their files, a run may be paused and gone on with, and the command line makes the same table of the study file, byte by byte', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const { problems, foreignRequests } = watchPage(page)
  // Browsers with a dialog of their own for it ask where to save: here the file goes to the downloads.
  await page.addInitScript(() => delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker)
  await page.goto('./')
  await openSampleStudy(page)
  await page.keyboard.press('Shift+N')
  for (let drawn = 1; drawn <= 2; drawn++) {
    await waitForImage(page)
    await expect.poll(() => readVoxelCount(page)).toBe(0)
    await paintStroke(page)
    await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(5)
    const before = await page.getByRole('banner').locator('strong').innerText()
    await page.keyboard.press('Shift+D')
    await expect(page.getByRole('banner').locator('strong')).not.toHaveText(before)
    await waitForImage(page)
  }
  await expect(page.getByText('Saving …')).toBeHidden()
  await page.reload()
  await page.getByRole('button', { name: 'Open the sample study' }).click()
  await expect(listRows(page)).toHaveCount(6, { timeout: 60_000 })
  await step(page, 'Features').click()
  await expect(chip(page, 'With a warning')).toHaveText('With a warning 2')
  await page.getByRole('button', { name: 'Compute 2 ROIs' }).click()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(runCard(page)).toContainText('Paused')
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(runCard(page)).toContainText('Done: 2 of 2 ROIs')
  await expect(chip(page, 'Up to date')).toHaveText('Up to date 2')
  const table = await saveTable(page, 'CSV')
  await page.keyboard.press('Shift+S')
  const dialog = page.getByRole('dialog')
  const withImages = dialog.getByRole('checkbox', { name: /^With images: 18 of the study’s sequences, up to \d/ })
  await withImages.check()
  await expect(dialog).toContainText('of a head a face can be recognised')
  await check(page)
  await looks(page, 'with images')
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await (await download).saveAs(test.info().outputPath('study.zip'))
  await expect(dialog).toContainText('18 images went to your downloads')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  const computed = test.info().outputPath('features.csv')
  const program = fileURLToPath(new URL('../dist/cli/texel.js', import.meta.url))
  await promisify(execFile)(process.execPath, [
    program,
    'study',
    test.info().outputPath('study.zip'),
    '--extract',
    '--output',
    computed,
  ])
  expect(await readFile(computed, 'utf8')).toBe(table.toString('utf8'))
  // One ROI alone has its screen as before, and its features are those of its row.
  await page.getByText('One ROI', { exact: true }).click()
  await expect(page.getByTestId('row-count')).toHaveText(/^1\s502 features/)
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
