import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { chromium, expect, test, type Page } from '@playwright/test'
import { listRows } from './niftiStudy.ts'
import { dropFile, paintStroke, readKept, readVoxelCount, waitForImage, watchPage } from './openPage.ts'

/** As it is built beside the page. */
const program = fileURLToPath(new URL('../dist/cli/texel.js', import.meta.url))
const texel = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args])

const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: new RegExp(`^${name},`) })
const runCard = (page: Page) => page.getByRole('region', { name: 'Run' })
const cohorts = (page: Page) => page.getByRole('region', { name: 'Cohorts' })
const hashOf = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex')

/** Of both centres; on the last one of the list nothing is drawn. */
const patients = 26
const drawn = patients - 1

const parameters = 'imageType:\n  Original: {}\nfeatureClass:\n  firstorder:\n  glcm: [JointEntropy, Contrast]\n'
const protocol = [
  'seed: 3',
  'harmonise: { method: none }',
  'missing: drop feature',
  'select: [{ method: redundancy, limit: 0.3 }, { method: rankSum, alpha: 0.9 }]',
  'models: [{ method: logistic, penalty: firth }]',
  'evaluate: { bootstraps: 100 }',
  'resample: { folds: 2 }',
  '',
].join('\n')

/** The result of each stage that the browser keeps, as text, by its key. */
const readStages = async (page: Page) => (await readKept(page, 'stageRecords')).map((one) => JSON.stringify(one)).sort()

async function saveTable(page: Page): Promise<string> {
  await rail(page, 'Features').click()
  const download = page.waitForEvent('download')
  await page.getByRole('region', { name: 'Save the table' }).getByRole('button', { name: 'CSV' }).click()
  return readFile(await (await download).path(), 'utf8')
}

async function drawEach(page: Page): Promise<void> {
  await page.keyboard.press('Shift+N')
  for (let i = 0; i < drawn; i++) {
    await waitForImage(page)
    await paintStroke(page)
    await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(20)
    await page.keyboard.press('Shift+D')
    // All images have one name: the next one is that on which nothing is drawn.
    await expect.poll(() => readVoxelCount(page), { timeout: 20_000 }).toBe(0)
  }
  await expect(page.getByText('Saving …')).toBeHidden()
}

/** The task in hand, by a protocol that takes a second. */
async function analyseTask(page: Page, task: number): Promise<void> {
  await expect(page.getByRole('button', { name: new RegExp(`^Task ${task} of 2`) })).toBeVisible()
  await page
    .getByTestId('protocol-input')
    .setInputFiles({ name: 'small.yaml', mimeType: 'application/yaml', buffer: Buffer.from(protocol) })
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  const failed = page.getByRole('alert')
  await expect(failed.or(page.locator('.studyGuard'))).toBeVisible({ timeout: 60_000 })
  expect(await failed.allInnerTexts()).toEqual([])
  await expect(rail(page, 'Evaluate')).toHaveAccessibleName(/done/)
}

test('a study from its folder to both of its tasks, through a browser that is killed, into another browser and to the command line: the same digits everywhere', async ({
  launchOptions,
  baseURL,
  viewport,
  browser,
}) => {
  test.setTimeout(300_000)
  const folder = test.info().outputPath('hospital')
  const at = (name: string) => test.info().outputPath(name)
  await texel('simulate', '--output', folder, '--patients', '16,10', '--dicom')
  // The T2 images are enough, and are read in a moment.
  for (const name of await readdir(`${folder}/dicom`, { recursive: true }))
    if (/_dyn\w*$/.test(name)) await rm(`${folder}/dicom/${name}`, { recursive: true })
  await rm(`${folder}/images`, { recursive: true })
  const profile = await mkdtemp(join(tmpdir(), 'texel-whole-'))
  const launch = async () => {
    const context = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL!, viewport })
    // Browsers with a dialog of their own for it ask where to save: here the file goes to the downloads.
    await context.addInitScript(() => delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker)
    return context
  }
  try {
    const killed = await launch()
    const first = killed.pages()[0]
    await first.goto('./')
    await first.getByTestId('folder-input').setInputFiles(`${folder}/dicom`)
    await first.getByRole('button', { name: 'Use these roles' }).click({ timeout: 60_000 })
    await expect(listRows(first)).toHaveCount(patients)

    await rail(first, 'Study').click()
    await first.getByRole('button', { name: 'Clinical table' }).click()
    const sheet = first.getByRole('dialog', { name: 'Clinical table' })
    await first.getByTestId('clinical-input').setInputFiles(`${folder}/clinical.csv`)
    await sheet.getByRole('button', { name: 'Use these columns' }).click()
    await expect(sheet).toContainText(`${patients} of ${patients} patients have a row`)
    await first.keyboard.press('Escape')
    await cohorts(first).getByText('By centre').click()
    await cohorts(first).getByRole('button', { name: 'Fix the cohorts' }).click()
    const fixed = (await cohorts(first).locator('code').getAttribute('title'))!

    await rail(first, 'Features').click()
    await first.getByTestId('parameter-input').setInputFiles({ name: 'small.yaml', mimeType: 'application/yaml', buffer: Buffer.from(parameters) }) // prettier-ignore
    await rail(first, 'Images').click()
    await drawEach(first)
    await rail(first, 'Features').click()
    const pid = Number((await readlink(join(profile, 'SingletonLock'))).split('-').at(-1))
    const closed = killed.waitForEvent('close')
    await first.getByRole('button', { name: `Compute ${drawn} ROIs` }).click()
    // Seen by the page itself, at each frame.
    await first.waitForFunction(() => {
      const told = document.querySelector('section[aria-label="Run"]')?.textContent ?? ''
      return Number(/Computing: (\d+) of /.exec(told)?.[1] ?? 0) >= 5
    })
    process.kill(pid, 'SIGKILL')
    await closed

    const next = await launch()
    const page = next.pages()[0]
    page.setDefaultTimeout(30_000)
    const { problems, foreignRequests } = watchPage(page)
    await page.goto('./')
    await rail(page, 'Features').click()
    await expect(page.getByRole('button', { name: 'Give the folder again' })).toBeVisible()
    const there = page.getByRole('group', { name: 'ROIs by state' }).getByRole('button', { name: /^Up to date \d/ })
    const kept = Number(/\d+/.exec(await there.innerText())![0])
    expect(kept).toBeGreaterThanOrEqual(5)
    expect(kept).toBeLessThan(drawn)
    await page.getByTestId('study-folder-input').setInputFiles(`${folder}/dicom`)
    await expect(page.getByText('images of the study can be read again')).toBeVisible({ timeout: 60_000 })
    await rail(page, 'Features').click()
    await page.getByRole('button', { name: `Compute ${drawn - kept} ROI` }).click()
    await expect(runCard(page)).toContainText(`Done: ${drawn - kept} of`, { timeout: 60_000 })
    const table = await saveTable(page)
    expect(table.trim().split('\n')).toHaveLength(1 + drawn)

    await rail(page, 'Cohorts').click()
    await page.getByRole('button', { name: 'Analyse the study’s own table' }).click()
    await analyseTask(page, 1)
    await expect(page.locator('.studyGuard')).toContainText(`hash ${fixed.slice(0, 12)}`)
    await page.keyboard.press('t')
    await analyseTask(page, 2)
    const stages = await readStages(page)
    expect(stages.length).toBeGreaterThan(10)

    await page.keyboard.press('Shift+S')
    const dialog = page.getByRole('dialog').filter({ has: page.locator('.studyCopy') })
    await dialog.getByRole('checkbox', { name: new RegExp(`^With images: ${patients} of`) }).check()
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await (await download).saveAs(at('study.zip'))
    await expect(dialog).toContainText('read back and is whole')
    expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
    await next.close()

    // In another browser it is there as it was, and nothing is computed again.
    const fresh = await browser.newContext({ viewport })
    const other = await fresh.newPage()
    other.setDefaultTimeout(30_000)
    const seen = watchPage(other)
    await other.goto('./')
    await dropFile(other, 'study.texel.zip', await readFile(at('study.zip')))
    await other.getByRole('button', { name: 'Show the study' }).click()
    await expect(cohorts(other).locator('code')).toHaveAttribute('title', fixed)
    expect(hashOf(await saveTable(other))).toBe(hashOf(table))
    await rail(other, 'Evaluate').click()
    await expect(rail(other, 'Evaluate')).toHaveAccessibleName(/done/)
    await expect(other.getByRole('button', { name: /^Task 2 of 2/ })).toBeVisible()
    expect(await readStages(other)).toEqual(stages)
    expect(seen).toEqual({ problems: [], foreignRequests: [] })

    // Nor does the command line find other digits: of the images, and of the analysis.
    await writeFile(at('table.csv'), table)
    await texel('study', at('study.zip'), '--extract', '--output', at('features.csv'))
    expect(hashOf(await readFile(at('features.csv')))).toBe(hashOf(table))
    for (const task of ['1', '2']) {
      const { stderr } = await texel('analyse', '--bundle', at('study.zip'), '--task', task, '--output', at(`task-${task}`))
      expect(stderr, `task ${task}`).toMatch(/(\d+) of \1 results are those of .*study\.zip, to the last digit\./)
      expect(await readFile(at(`task-${task}/split.json`), 'utf8')).toContain(fixed)
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
})
