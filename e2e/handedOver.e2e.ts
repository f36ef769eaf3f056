import { expect, test, type Page } from '@playwright/test'
import { makeNifti } from '../cli/madeNifti.ts'
import { expectLeavingAsked, openSample, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

const nifti = (level: number) => [...makeNifti({ size: [24, 24, 10], datatype: 4, value: (i) => level + ((i * 7919) % 200) })]

/** Drops a file on the page, whatever screen is in front. */
const drop = async (page: Page, name: string, bytes: readonly number[]) => {
  await expect(page.getByRole('main')).toBeVisible()
  await page.evaluate(
    ([name, bytes]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([Uint8Array.from(bytes)], name))
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.querySelector('main')!.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, bytes] as const,
  )
}
const polygon = (page: Page) => page.getByRole('region', { name: 'Polygon' })
const openRow = (page: Page, name: RegExp) =>
  page
    .getByRole('row', { name })
    .getByRole('button', { name: /^(Open|Show)$/ })
    .click()

/** The hand draws in the axial view, and has not let go. */
async function beginStroke(page: Page): Promise<void> {
  const box = (await page.locator('.axial').boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y - 40)
  await page.mouse.down()
  await page.mouse.move(x + 60, y - 20, { steps: 6 })
}

test('an image that is dropped while a polygon is open takes the view and nothing of the polygon, which comes back with its own image', async ({
  page,
}) => {
  const { problems } = watchPage(page)
  await page.goto('./')
  await drop(page, 'first.nii', nifti(300))
  await waitForImage(page)
  await page.keyboard.press('3')
  const box = (await page.locator('.axial').boundingBox())!
  for (const [x, y] of [
    [-80, -60],
    [80, -60],
    [0, 70],
  ] as const)
    await page.mouse.click(box.x + box.width / 2 + x, box.y + box.height / 2 + y)
  await expect(polygon(page)).toContainText('3 points')

  await drop(page, 'dropped.nii', nifti(100))
  await expect(page.getByRole('banner')).toContainText('dropped')
  await waitForImage(page)
  await expect(polygon(page)).not.toContainText('3 points')
  await page.keyboard.press('Enter')
  expect(await readVoxelCount(page)).toBe(0)

  await step(page, 'Images').click()
  await openRow(page, /first/)
  await waitForImage(page)
  await expect(polygon(page)).toContainText('3 points')
  expect(await readVoxelCount(page)).toBe(0)
  await page.keyboard.press('Enter')
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(0)
  expect(problems).toEqual([])
})

test('a stroke under way goes to the reader who began it when the other one is chosen by key', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  const atStart = await readVoxelCount(page)
  await page.getByRole('button', { name: /^Brush/ }).click()
  await beginStroke(page)
  const chosen = page.getByRole('region', { name: 'Reader' }).getByRole('radio', { checked: true })
  await chosen.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => readVoxelCount(page)).toBe(0)
  await page.mouse.up()
  expect(await readVoxelCount(page)).toBe(0)
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled()
  await chosen.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => readVoxelCount(page)).toBeGreaterThan(atStart)
  await page.keyboard.press('Control+z')
  await expect.poll(() => readVoxelCount(page)).toBe(atStart)
})

test('leaving is asked about while files are read, and not once they are kept', async ({ page }) => {
  let goOn = () => {}
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  // The part of the program that reads does not come yet.
  await page.context().route(/\/reader\.worker/, async (route) => {
    await gate
    await route.continue()
  })
  await page.goto('./')
  // Browsers ask only where somebody has done something on the page.
  await page.getByRole('heading', { name: 'Which images do you have?' }).click()
  await drop(page, 'first.nii', nifti(100))
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true })
  await expect(cancel).toBeVisible()
  await expectLeavingAsked(page)

  await drop(page, 'second.nii', nifti(200))
  await page.getByRole('button', { name: 'Cancel all' }).click()
  await expect(page.getByRole('progressbar')).toBeHidden()
  goOn()
  await drop(page, 'third.nii', nifti(300))
  await waitForImage(page)
  await step(page, 'Images').click()
  await expect(page.getByRole('row', { name: /third/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /first|second/ })).toBeHidden()
})

test('the focus is never nowhere: rows that are closed and questions that are answered give it to what comes next', async ({
  page,
}) => {
  await page.goto('./')
  await page.getByTestId('file-input').setInputFiles(
    ['one', 'two', 'three'].map((name, i) => ({
      name: `${name}.nii`,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(nifti(100 * (i + 1))),
    })),
  )
  const question = page.getByRole('region', { name: 'Are these images of one patient?' })
  await question.getByRole('button').last().focus()
  await page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  const focused = page.locator(':focus')
  await expect(focused).toHaveText(/Open|Show/)
  await page.getByRole('button', { name: /^Close .*two/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /two/ })).toBeHidden()
  await expect(page.getByRole('row', { name: /three/ }).getByRole('button', { name: /Open|Show/ })).toBeFocused()
})
