import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { makeNifti } from '../cli/madeNifti.ts'
import { makeSeries, type MadeSeries } from '../cli/madeSeries.ts'
import { findViolations } from './findViolations.ts'
import { openSample, paintStroke, readVoxelCount, step, waitForImage, waitForResult, watchPage } from './openPage.ts'

interface OwnFile {
  readonly name: string
  readonly buffer: Buffer
}
const open = async (page: Page, files: readonly OwnFile[]) => {
  await step(page, 'Images').click()
  await page.getByTestId('file-input').setInputFiles(files.map((own) => ({ ...own, mimeType: 'application/octet-stream' })))
}
const series = (made: Partial<MadeSeries>): OwnFile[] =>
  makeSeries({ size: [24, 24, 10], value: (column, row, slice) => 100 + ((column * 7 + row * 3 + slice) % 90), ...made }).map(
    ({ path, bytes }) => ({ name: path.replace('/', ' '), buffer: Buffer.from(bytes) }),
  )
const nifti = (name: string, level: number): OwnFile => ({
  name: `${name}.nii`,
  buffer: Buffer.from(makeNifti({ size: [24, 24, 10], datatype: 4, value: (i) => level + ((i * 7919) % 200) })),
})
const openRow = (page: Page, name: RegExp) =>
  page
    .getByRole('row', { name })
    .first()
    .getByRole('button', { name: /^(Open|Show)$/ })
    .click()
const check = async (page: Page) => {
  const violations = await findViolations(page)
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

test('two people called ANON never meet: not in the curve, not in menus, not under the keys', async ({ page }) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  const person = (study: number) =>
    [0, 1, 2].flatMap((phase) =>
      series({
        name: 'dyn',
        number: 10 * study + phase + 1,
        value: (column, row, slice) => 100 * (phase + 1) + ((column * 7 + row * 3 + slice) % 90),
        elements: [
          ['00100020', 'LO', 'ANON'],
          ['0020000d', 'UI', `2.25.8${study}`],
          ['00200052', 'UI', `2.25.9${study}`],
          ['00080020', 'DA', '20260301'],
          ['00080022', 'DA', '20260301'],
          ['00080032', 'TM', `1020${20 * phase || '00'}`],
          ['00200011', 'IS', `${phase + 3}`],
        ],
      }).map(({ name, buffer }) => ({ name: `${study} ${phase} ${name}`, buffer })),
    )
  await open(page, [...person(1), ...person(2)])
  await expect(page.getByRole('row', { name: /^P000\d/ })).toHaveText([/P0001.*ANON.*2026-03-01/, /P0002.*ANON.*2026-03-01/])
  await openRow(page, /dyn, series 4/)
  await waitForImage(page)
  await expect(page.getByRole('banner')).toContainText('P0001')
  await page.getByRole('region', { name: 'Sequences' }).getByRole('button', { name: 'Go to' }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['dyn, series 3', 'dyn, series 5'])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Curve over 3 phases' })).toBeVisible()
  await page.getByRole('heading', { name: 'Semi-automatic' }).click()
  await page.getByText('DCE', { exact: true }).click()
  await page.getByRole('combobox', { name: 'Phase before contrast' }).click()
  await expect(page.getByRole('option')).toHaveText(['dyn, series 3', 'dyn, series 4', 'dyn, series 5'])
  await page.keyboard.press('Escape')
  // Round all of hers, back to where it began.
  await page.locator('.views > .axial [role=application]').focus()
  const seen: string[] = []
  for (let press = 0; press < 3; press++) {
    const before = await page.locator('.topBar .where').getAttribute('title')
    await page.keyboard.press('.')
    await expect(page.locator('.topBar .where')).not.toHaveAttribute('title', before!)
    await expect(page.getByRole('banner')).toContainText('P0001')
    seen.push((await page.locator('.topBar .where').getAttribute('title'))!)
  }
  expect(new Set(seen).size).toBe(3)
  expect(problems).toEqual([])
})

test('files that do not tell whose they are stay apart until one act says so, and the answer can be taken back', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await open(page, [nifti('before', 100), nifti('after', 300)])
  const question = page.getByRole('region', { name: 'Are these images of one patient?' })
  await expect(question.getByRole('listitem')).toHaveText([/P0001\s*before/, /P0002\s*after/])
  await check(page)
  await page.screenshot({ path: test.info().outputPath('asked.png') })
  await openRow(page, /before\.nii/)
  await waitForImage(page)
  const sequences = page.getByRole('region', { name: 'Sequences' })
  await expect(sequences.getByRole('button', { name: 'Go to' })).toBeHidden()
  await check(page)
  await sequences.getByRole('button', { name: 'Say whose they are' }).click()
  await question.getByRole('button', { name: 'Both are one patient' }).click()
  await expect(question).toBeHidden()
  await expect(page.getByRole('row', { name: /^P000\d/ })).toHaveText([/P0001/])
  await step(page, 'ROI').click()
  await sequences.getByRole('button', { name: 'Go to' }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['after'])
  await page.keyboard.press('Escape')

  // A third file is asked about by itself; what was said stays.
  await open(page, [nifti('third', 500)])
  const whose = page.getByRole('region', { name: 'Whose image is this?' })
  await expect(whose.getByRole('listitem')).toHaveText([/third/])
  await whose.getByRole('button', { name: 'Another patient' }).click()
  await expect(whose).toBeHidden()
  const heads = page.getByRole('row', { name: /^P000\d/ })
  await expect(heads).toHaveCount(2)
  await check(page)
  await page.getByRole('button', { name: 'Change patient P0001' }).click()
  await page.getByRole('menuitem', { name: 'Take apart again' }).click()
  await expect(heads).toHaveCount(3)
  await expect(question).toBeVisible()
  expect(problems).toEqual([])
})

test('folders are patients where a person says so, in one act; the two sample cases are two patients', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  await step(page, 'Images').click()
  await page.getByRole('button', { name: /Brain, MR/ }).click()
  await expect(page.getByRole('banner')).toContainText('brain1')
  await waitForImage(page)
  await step(page, 'Images').click()
  await expect(page.getByRole('row', { name: /^P000\d/ })).toHaveText([/P0001/, /P0002/])
  await expect(page.getByRole('region', { name: /one patient|Whose image/ })).toHaveCount(0)

  const folder = test.info().outputPath('study')
  for (const [i, path] of ['one/t1', 'one/t2', 'two/t1', 'two/t2'].entries()) {
    const { name, buffer } = nifti(path, 100 * (i + 1))
    await mkdir(dirname(`${folder}/${name}`), { recursive: true })
    await writeFile(`${folder}/${name}`, buffer)
  }
  await page.getByTestId('folder-input').setInputFiles(folder)
  // Names of folders tell of two patients, which is a study unless somebody says otherwise.
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Open all images at once, without a study' }).click()
  const question = page.getByRole('region', { name: 'Are these images of one patient?' })
  await expect(question.getByRole('listitem')).toHaveCount(4)
  await question.getByRole('button', { name: 'Each folder is one patient' }).click()
  await expect(question).toBeHidden()
  await expect(page.getByRole('row', { name: /^P000\d/ })).toHaveCount(4)
  await openRow(page, /one\/t1/)
  await page.getByRole('region', { name: 'Sequences' }).getByRole('button', { name: 'Go to' }).click()
  await expect(page.getByRole('menuitem')).toHaveText([/one \/ t2/])
})

/** Words that may stand in no file name and no table. */
const planted = ['MUSTERFRAU', 'ERIKAPLANTED', 'PLANTEDID4711', 'PLANTEDFOLDER', 'PLANTEDFILE']

test('neither name nor ID of a patient, nor what her folder and files are called, stand in any saved file name or table', async ({
  page,
}) => {
  const saved: { name: string; bytes: Buffer }[] = []
  const save = async (act: () => Promise<void>) => {
    const download = page.waitForEvent('download')
    await act()
    const file = await download
    saved.push({ name: file.suggestedFilename(), bytes: await readFile(await file.path()) })
  }
  const saveAll = async () => {
    await step(page, 'ROI').click()
    await paintStroke(page)
    await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(5)
    await save(() => page.getByRole('button', { name: 'Save mask' }).click())
    await save(async () => {
      await page.getByRole('button', { name: 'Other file formats' }).click()
      await page.getByRole('menuitem', { name: /NRRD/ }).click()
    })
    await step(page, 'Features').click()
    await page.getByRole('button', { name: /^Extract (features|again)$/ }).click()
    await waitForResult(page, /features$/)
    await save(() => page.getByRole('button', { name: 'CSV, one row' }).click())
    await save(() => page.getByRole('button', { name: 'CSV, long' }).click())
  }
  await page.goto('./')
  await step(page, 'Features').click()
  const parameters = Buffer.from('imageType:\n  Original: {}\nfeatureClass:\n  firstorder:\n')
  await page
    .getByTestId('parameter-input')
    .setInputFiles({ name: 'small.yaml', mimeType: 'application/yaml', buffer: parameters })
  const header: MadeSeries['elements'] = [
    ['00100010', 'PN', 'MUSTERFRAU^ERIKAPLANTED'],
    ['00100020', 'LO', 'PLANTEDID4711'],
    ['0008103e', 'LO', 'T1 dyn Musterfrau plantedid4711'],
  ]
  await open(page, series({ name: 'PLANTEDFOLDER', elements: header, size: [64, 64, 12] }))
  await waitForImage(page)
  await saveAll()
  for (const [format, ending] of [
    [/DICOM segmentation/, '-seg.dcm'],
    [/RTSTRUCT/, '-rtstruct.dcm'],
  ] as const) {
    await step(page, 'ROI').click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Other file formats' }).click()
    await page.getByRole('menuitem', { name: format }).click()
    // Inside, the standard wants the identity of the series.
    expect((await download).suggestedFilename()).toBe(`P0001_T1-dyn_reader-1${ending}`)
  }
  await open(page, [nifti('PLANTEDFILE MUSTERFRAU', 100)])
  await expect(page.getByRole('banner')).toContainText('PLANTEDFILE')
  await page.getByRole('button', { name: 'Another patient' }).click()
  await saveAll()

  const stems = ['P0001_T1-dyn_reader-1', 'P0002_image-1_reader-1']
  expect(saved.map(({ name }) => name)).toEqual(
    stems.flatMap((stem) => ['.nii.gz', '.nrrd', '-features.csv', '-features-long.csv'].map((ending) => stem + ending)),
  )
  for (const { name, bytes } of saved) {
    const content = name.endsWith('.gz') ? gunzipSync(bytes) : bytes
    const text = `${name}\n${content.toString('latin1')}`.toUpperCase()
    expect(planted.filter((word) => text.includes(word))).toEqual([])
  }
  const [head, row] = saved[6].bytes.toString().split('\n')
  expect(head.split(',').slice(0, 2)).toEqual(['ID', 'Image'])
  expect(row.split(',').slice(0, 2)).toEqual(['P0002', stems[1]])
})
