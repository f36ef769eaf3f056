import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { makeNifti } from '../cli/madeNifti.ts'
import { readVoxelCount, waitForImage } from './openPage.ts'

export const roles = ['FST2WI', 'T1WI', 'T1WI+C']
const [side, slices, radius] = [48, 16, 6]

/** A tumour in the middle, brighter than what is around it, in each image otherwise so that no two are equal. */
function makeImage(seed: number, level: number): Buffer {
  const value = (i: number) => {
    const [x, y, z] = [i % side, Math.floor(i / side) % side, Math.floor(i / side / side)]
    const distance = Math.hypot(x - side / 2, y - side / 2, 2 * (z - slices / 2))
    return (distance < radius ? level : 200) + ((i * 7919 + seed * 31) % 23)
  }
  return Buffer.from(makeNifti({ size: [side, side, slices], spacing: [1, 1, 2], datatype: 4, value }))
}

/** @param seed other voxels for another seed @param level of the tumour, whose surroundings have 200 */
export async function writeImage(
  folder: string,
  patient: number,
  role: string,
  seed = 10 * patient + roles.indexOf(role),
  level = 900,
): Promise<void> {
  const path = `${folder}/A${patient}/${role}.nii`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, makeImage(seed, level))
}

/** A folder a patient, each with an image a role. */
export async function writeStudy(folder: string, patients: number): Promise<void> {
  for (let patient = 1; patient <= patients; patient++) for (const role of roles) await writeImage(folder, patient, role)
}

export const listRows = (page: Page) => page.locator('.patients tbody tr')

/** The folder becomes a study, as its roles are proposed. */
export async function importStudy(page: Page, folder: string, patients: number): Promise<void> {
  await page.goto('./')
  await page.getByTestId('folder-input').setInputFiles(folder)
  await page.getByRole('button', { name: 'Use these roles' }).click()
  await expect(listRows(page)).toHaveCount(patients)
}

/**
 * An ROI on each image, of these roles, of the first patients on the list, not of the last, grown from a click into the tumour, and marked complete.
 * @returns their numbers, as `writeImage` has them
 */
export async function drawTumours(page: Page, patients: number, of: readonly string[] = roles): Promise<readonly number[]> {
  await page.keyboard.press('Shift+N')
  await waitForImage(page)
  await page.keyboard.press('Shift+G')
  const grow = page.getByRole('region', { name: 'Grow from a click' })
  const shown = page.getByRole('banner').locator('strong')
  const drawn: number[] = []
  for (let i = 0; i < patients; i++) {
    await expect(shown).not.toHaveText(new RegExp(`^A(${drawn.join('|') || '0'}) `))
    const patient = Number(/^A(\d+)/.exec(await shown.innerText())![1])
    drawn.push(patient)
    for (const role of of) {
      await expect(shown).toHaveText(`A${patient} / ${role}`)
      await waitForImage(page)
      const box = (await page.locator('.views > .axial').boundingBox())!
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
      await expect(grow).toContainText('voxels')
      await page.keyboard.press('Enter')
      await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(200)
      await page.keyboard.press('Shift+D')
      // The next one comes, here or of a patient who is not drawn on.
      await expect(shown).not.toHaveText(`A${patient} / ${role}`)
      await waitForImage(page)
    }
  }
  return drawn
}
