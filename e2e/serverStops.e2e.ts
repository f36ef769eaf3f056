import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { paintStroke, readVoxelCount, step, waitForImage, waitForResult } from './openPage.ts'

const script = fileURLToPath(new URL('../scripts/serve.mjs', import.meta.url))

/** A server of the test's own. @param port 0: any that is free */
async function startServer(port: number) {
  const child = spawn(process.execPath, [script], { env: { ...process.env, PORT: String(port) } })
  const [told] = (await once(child.stdout, 'data')) as [Buffer]
  const url = /http:\/\/localhost:\d+\//.exec(String(told))![0]
  return {
    url,
    async stop() {
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
    },
  }
}

test('when the program’s own server stops, all that needs it says so, nothing is lost, and it works when the server is back', async ({
  page,
}) => {
  const first = await startServer(0)
  await page.goto(first.url)
  await page.getByRole('button', { name: /Breast, MR/ }).click()
  await waitForImage(page)
  await paintStroke(page)
  const drawn = await readVoxelCount(page)
  const file = {
    name: 'again.nii.gz',
    mimeType: 'application/gzip',
    buffer: await readFile(new URL('../public/samples/breast1/image.nii.gz', import.meta.url)),
  }
  const main = page.getByRole('main')
  const told = (act: string) =>
    page.getByRole('alert').filter({ hasText: act }).filter({ hasText: 'own server does not answer any more: start it again' })
  const banner = page.locator('.overFoot').getByRole('alert')
  const extract = page.getByRole('button', { name: /^Extract/ }).first()

  await first.stop()
  await page.getByRole('button', { name: 'Save mask' }).click()
  await expect(told('The mask was not saved')).toBeVisible()
  await expect(banner).toContainText('start it again (npm start)')
  await page.screenshot({ path: test.info().outputPath('server-gone.png') })
  await page.getByRole('heading', { name: 'Mask operations' }).click()
  await page.getByRole('button', { name: 'Grow the margin', exact: true }).click()
  await expect(told('Grow by 2 mm')).toBeVisible()
  await step(page, 'Features').click()
  await extract.click()
  await expect(page.getByRole('region', { name: 'Extract', exact: true }).getByRole('alert')).toContainText('does not answer')
  await step(page, 'Images').click()
  await page.getByTestId('file-input').setInputFiles(file)
  await expect(told('again.nii.gz')).toBeVisible()
  await expect(main).not.toContainText(/damaged|memory/)

  const again = await startServer(Number(new URL(first.url).port))
  await expect(banner).toBeHidden()
  await step(page, 'ROI').click()
  expect(await readVoxelCount(page)).toBe(drawn)
  await page.getByRole('button', { name: 'Grow the margin', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Preview: Grow by 2 mm' })).toBeVisible()
  await page.keyboard.press('Escape')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  await download
  await step(page, 'Features').click()
  await extract.click()
  await waitForResult(page, /^1\s502 features/)
  await step(page, 'Images').click()
  await page.getByTestId('file-input').setInputFiles(file)
  await expect(page.getByRole('banner')).toContainText('again')
  await again.stop()
})
