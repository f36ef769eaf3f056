import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { waitForImage } from './openPage.ts'

test('a CT opens on soft tissue; keys and buttons give it the windows of the organs, and the list of keys names them', async ({
  page,
}) => {
  await page.goto('./')
  await page.getByTestId('file-input').setInputFiles(fileURLToPath(new URL('../reference/dicom/ct.zip', import.meta.url)))
  await waitForImage(page)
  const label = page.locator('.views > .axial [data-part=window]')
  await expect(label).toHaveText('W 400  L 40')
  const windows = page.getByRole('group', { name: 'Windows of a CT' })
  const isOn = (name: RegExp) => expect(windows.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true')
  await isOn(/^Soft tissue/)
  await page.keyboard.press('8')
  await expect(label).toHaveText('W 1500  L −600')
  await isOn(/^Lung/)
  await windows.getByRole('button', { name: /^Bone/ }).click()
  await expect(label).toHaveText('W 2500  L 480')
  await page.getByText('PACS hands').click()
  await page.keyboard.press('5')
  await expect(label).toHaveText('W 80  L 40')
  await page.keyboard.press('?')
  await expect(page.getByRole('row', { name: /^Liver, CT 3$/ })).toBeVisible()
})
