import { expect, test } from '@playwright/test'
import { openSample, step, waitForResult } from './openPage.ts'

test('cancel answers at once; image types that were finished are shown and marked as partial', async ({ page }) => {
  await openSample(page, /Brain, MR/)
  await step(page, 'Features').click()
  // Pressed by the page itself at the fifth finished piece: a hand from outside would often be too late.
  const answered = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let pressedAt = 0
        const observer = new MutationObserver(() => {
          const inspector = [...document.querySelectorAll('aside')].at(-1)!
          const text = inspector.textContent ?? ''
          const cancel = [...inspector.querySelectorAll('button')].find(({ textContent }) => textContent === 'Cancel')
          const isUnderWay = text.startsWith('Extracting') && /([5-9]|\d\d) of \d+/.test(text)
          if (pressedAt === 0 && isUnderWay && cancel) {
            pressedAt = performance.now()
            cancel.click()
          } else if (pressedAt > 0 && !text.startsWith('Extracting')) {
            observer.disconnect()
            resolve(performance.now() - pressedAt)
          }
        })
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
  )
  await page.getByRole('button', { name: 'Extract features' }).click()
  console.log(`cancel answered after ${(await answered).toFixed(0)} ms (aim: 200)`)
  await expect(page.getByText('kept and marked as partial')).toBeVisible()
  const shown = Number((await page.getByTestId('row-count').innerText()).replace(/\D/g, ''))
  expect(shown).toBeGreaterThan(0)
  expect(shown).toBeLessThan(1502)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV, long' }).click()
  expect((await download).suggestedFilename()).toContain('partial')
  await page.getByRole('button', { name: 'Extract again' }).click()
  await waitForResult(page, /^1.502 features$/)
})

test('images that would have too many grey levels are told before the run, with the setting to change', async ({ page }) => {
  await openSample(page, /Breast, MR/)
  await step(page, 'Features').click()
  const yaml = 'imageType:\n  Original: { binWidth: 0.00001 }\n  Gradient: {}\nsetting: { binWidth: 500 }\n'
  await page
    .getByTestId('parameter-input')
    .setInputFiles({ name: 'bins.yaml', mimeType: 'application/yaml', buffer: Buffer.from(yaml) })
  const check = page.getByRole('region', { name: 'Before you extract' })
  await expect(check.getByRole('alert')).toContainText('original')
  await expect(check.getByRole('alert')).toContainText('binWidth 0.00001')
  await expect(check).toContainText('gradient (')
})
