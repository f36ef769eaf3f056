import { expect, test, type Page } from '@playwright/test'
import { findViolations } from './findViolations.ts'
import { importStudy, listRows as rows, roles, writeStudy } from './niftiStudy.ts'
import { readKeptProgress, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

async function dropStudy(page: Page, patients: number): Promise<void> {
  const folder = test.info().outputPath('study')
  await writeStudy(folder, patients)
  await importStudy(page, folder, patients)
}

const banner = (page: Page) => page.getByRole('banner')

/** A person's hand: each key and each click is one act. */
function createHand(page: Page) {
  let acts = 0
  return {
    acts: () => acts,
    press: async (key: string) => {
      acts++
      await page.keyboard.press(key)
    },
    clickTumour: async () => {
      acts++
      const box = (await page.locator('.views > .axial').boundingBox())!
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    },
  }
}

test('three ROIs of a patient are at most 12 acts, from the list to the next patient', async ({ page }) => {
  const { problems } = watchPage(page)
  await dropStudy(page, 2)
  const hand = createHand(page)
  await hand.press('Shift+N')
  await waitForImage(page)
  await expect(banner(page)).toContainText('A-0001')
  await hand.press('Shift+G')
  const grow = page.getByRole('region', { name: 'Grow from a click' })
  const name = (await banner(page).locator('strong').innerText()).split(' ')[0]
  for (const role of roles) {
    await expect(banner(page).locator('strong')).toHaveText(`${name} / ${role}`)
    await waitForImage(page)
    await hand.clickTumour()
    await expect(grow).toContainText('voxels')
    await hand.press('Enter')
    await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(200)
    await hand.press('Shift+D')
  }
  await expect(banner(page)).toContainText('A-0002')
  await expect(banner(page).locator('strong')).toHaveText(/ \/ FST2WI$/)
  expect(hand.acts()).toBeLessThanOrEqual(12)
  await page.keyboard.press('Shift+L')
  await expect(rows(page).first().locator('.progressMark')).toHaveText(['complete', 'complete', 'complete'])
  await expect.poll(() => readKeptProgress(page)).toEqual(['complete', 'complete', 'complete'])
  await page.reload()
  await step(page, 'ROI').click()
  await expect(rows(page).first().locator('.progressMark')).toHaveText(['complete', 'complete', 'complete'])
  expect(problems).toEqual([])
})

test('the list is found, filtered and worked by keys; who is excluded is passed over; a second reader begins with nothing', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await dropStudy(page, 3)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.screenshot({ path: test.info().outputPath('list-1440.png') })
  const violations = await findViolations(page)
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])

  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'poor image quality' }).click()
  await expect(rows(page)).toHaveCount(2)
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+F')
  await page.getByRole('textbox').last().fill('two lesions')
  await page.keyboard.press('Enter')
  await expect(rows(page).first()).toContainText('two lesions')
  await page.keyboard.press('/')
  await page.keyboard.type('lesions')
  await expect(rows(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('button', { name: /^Not excluded/ }).click()
  await expect(rows(page)).toHaveCount(3)
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.screenshot({ path: test.info().outputPath('list-1920.png') })

  // A button has the focus until a row is in hand: Enter is the row's then.
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await waitForImage(page)
  await expect(page.locator('.beside .axial [role=application]')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Patient' })).toContainText('1 of 3')
  await page.screenshot({ path: test.info().outputPath('views-1920.png') })
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.screenshot({ path: test.info().outputPath('views-1440.png') })
  await page.keyboard.press('Shift+L')
  await page.getByLabel('Who reads').selectOption({ label: 'Reader 2' })
  await expect(page.locator('.progressMark').first()).toHaveText('to do')
  await page.getByRole('button', { name: 'Second reading', exact: true }).click()
  await page.getByRole('button', { name: 'Draw the 50' }).click()
  await expect(page.getByRole('button', { name: /^Reread 2/ })).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('second-1440.png') })
  expect(problems).toEqual([])
})
