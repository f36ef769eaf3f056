import { expect, test } from '@playwright/test'
import { findViolations } from './findViolations.ts'

test('a browser that lacks what Texel needs is told so by name, with those that have it, and nothing else is tried', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Array.prototype, 'toSorted')
    WebAssembly.validate = () => false
  })
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto('./')
  await expect(page.getByRole('heading', { name: 'Texel cannot work in this browser' })).toBeVisible()
  await expect(page.getByRole('listitem')).toHaveText(['WebAssembly with SIMD, which computes', 'Array.prototype.toSorted'])
  await expect(page.getByText('Chrome and Edge from version 110, Firefox from 121 and Safari from 16.4')).toBeVisible()
  expect(await findViolations(page)).toEqual([])
  expect(asked.filter((path) => path.includes('worker'))).toEqual([])
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
})
