import { mkdir, writeFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { makeNifti } from '../cli/madeNifti.ts'
import { findCutOff } from './findCutOff.ts'
import { findViolations } from './findViolations.ts'
import { importStudy, listRows, writeStudy } from './niftiStudy.ts'
import { dropFolder, readKept, watchPage } from './openPage.ts'

const size = [48, 48, 16] as const

/** On the grid of the study's images, labels by voxel. */
const mask = (value: (i: number) => number, spacing: readonly [number, number, number] = [1, 1, 2]) =>
  Buffer.from(makeNifti({ size, spacing, datatype: 2, value }))
const block = (label: number) => mask((i) => (i >= 20_000 && i < 20_100 ? label : 0))

async function looks(page: Page, name: string) {
  for (const [width, height] of [[1920, 1080], [1440, 900]] as const) {
    await page.setViewportSize({ width, height })
    expect.soft(await findCutOff(page), `${name} at ${width}`).toEqual([])
    await page.screenshot({ path: test.info().outputPath(`${name}-${width}.png`) })
  }
  const violations = await findViolations(page)
  expect.soft(violations.map(({ id }) => id)).toEqual([])
} // prettier-ignore

test('a folder of masks that is dropped on a study is of the patients who are there: proposed, laid in progress, nothing drawn is replaced', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  const folder = test.info().outputPath('study')
  await writeStudy(folder, 2)
  const masks = test.info().outputPath('masks')
  await mkdir(masks)
  await writeFile(`${masks}/A1_T1WI.nii`, block(1))
  await writeFile(`${masks}/A2_T1WI+C_reader-1_L1.nii`, block(255))
  await writeFile(
    `${masks}/A2_FST2WI_two.nii`,
    mask((i) => (i >= 9000 && i < 9050 ? 1 : i >= 20_000 && i < 20_030 ? 2 : 0)),
  )
  await writeFile(`${masks}/somebody.nii`, block(3))
  await importStudy(page, folder, 2)

  await dropFolder(page, masks)
  await expect(page.getByRole('heading', { name: 'Whose masks are these?' })).toBeVisible()
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  await expect(page.getByText('4 masks of patients of the study.')).toBeVisible()
  const imageOf = (name: string) => row(name).getByRole('combobox')
  const proposed = (name: string) => imageOf(name).locator('option:checked')
  await expect(proposed('A1_T1WI')).toHaveText(/^A-000[12] T1WI$/)
  // Labels go by the voxels of the images, not by names of folders.
  const [first] = (await proposed('A1_T1WI').innerText()).split(' ')
  const second = first === 'A-0001' ? 'A-0002' : 'A-0001'
  await expect(proposed('A2_T1WI+C')).toHaveText(`${second} T1WI+C`)
  await expect(proposed('A2_FST2WI')).toHaveText(`${second} FST2WI`)
  await expect(proposed('somebody')).toHaveText('Choose the image')
  await looks(page, 'proposed')
  await page.getByRole('button', { name: 'Lay 3 masks' }).click()
  await expect(row('A2_FST2WI')).toContainText('Laid: 2 lesions')
  await expect(row('A1_T1WI')).toContainText('Laid')
  // What was drawn meanwhile stays.
  await imageOf('somebody').selectOption(`${first} T1WI`)
  await page.getByRole('button', { name: 'Lay 1 mask' }).click()
  await expect(row('somebody')).toContainText('Left: something is drawn there')
  await looks(page, 'laid')
  await page.getByRole('button', { name: 'To the work list' }).click()
  await expect(listRows(page)).toHaveCount(2)
  await expect(page.getByText('3 masks are ROIs now, in progress until you mark them complete. One was left')).toBeVisible()
  // A lesion that is on one sequence and not on another may be forgotten, and is told.
  await expect(page.getByTitle('1 of 2 lesions of this patient are drawn on T1WI+C')).toBeVisible()
  await expect(page.locator('.forgotten')).toHaveCount(1)
  await looks(page, 'list')
  const kept = await readKept<{ key: string; lesion: string; voxelCount: number; progress: string }>(page, 'regions')
  // Each is the image's own, and nothing waits beside it for a decision.
  expect(kept.filter(({ key }) => key.includes('beside'))).toEqual([])
  const sorted = kept.map(({ lesion, voxelCount, progress }) => `${lesion} ${voxelCount} ${progress}`).sort()
  expect(sorted).toEqual(['L1 100 inProgress', 'L1 100 inProgress', 'L1 50 inProgress', 'L2 30 inProgress'])
  expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
})
