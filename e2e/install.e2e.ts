import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { listPrecache } from '../scripts/viteServiceWorker.ts'

/* The page as a program of its own, in a window without an address bar. */

declare global {
  interface Window {
    schemes: (string | null)[]
  }
}

interface Manifest {
  readonly theme_color: string
  readonly background_color: string
  readonly icons: readonly { readonly src: string; readonly sizes: string; readonly purpose: string }[]
}

test('Chromium can install the page: its manifest is whole, its icons are as large as they say and are kept with it', async ({
  page,
}) => {
  await page.addInitScript(() => {
    window.schemes = []
    const note = (changes: readonly MutationRecord[]) => window.schemes.push(...changes.map(({ oldValue }) => oldValue))
    const watched = { subtree: true, attributeFilter: ['data-mantine-color-scheme'], attributeOldValue: true }
    new MutationObserver(note).observe(document, watched)
  })
  await page.goto('./')
  const session = await page.context().newCDPSession(page)
  const { url, errors, data } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
  expect(url).toBe(new URL('texel.webmanifest', page.url()).href)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // A context of its own is what Chromium calls incognito: nothing is installed from there.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])

  const manifest = JSON.parse(data!) as Manifest
  const kept = (await listPrecache('dist/app')).map((entry) => entry.url)
  expect(kept).toContain('texel.webmanifest')
  const found: string[] = []
  for (const { src, sizes, purpose } of manifest.icons) {
    const icon = await readFile(`dist/app/${src}`)
    // Width and height stand in a PNG's first chunk.
    expect(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`, src).toBe(sizes)
    expect(kept).toContain(src.replace('./', ''))
    found.push(`${sizes} ${purpose}`)
  }
  expect(found.sort()).toEqual(['192x192 any', '192x192 maskable', '512x512 any', '512x512 maskable'])

  // Its window is framed in the colours of the page, which is never light on its way.
  await expect(page.getByRole('banner')).toBeVisible()
  expect(await page.evaluate(() => window.schemes.filter((scheme) => scheme === 'light'))).toEqual([])
  const shown = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement)
    return ['--ground', '--panel'].map((name) => style.getPropertyValue(name))
  })
  expect(shown).toEqual([manifest.background_color, manifest.theme_color])
  await expect(page.locator('meta[name="theme-color"]')).toHaveAttribute('content', manifest.theme_color)
})
