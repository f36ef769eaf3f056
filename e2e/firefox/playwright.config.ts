import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { defineConfig } from '@playwright/test'
import tests from '../../playwright.config.ts'

/** The Firefox named in TEXEL_FIREFOX, or one that is installed on this system. */
export function findFirefox(): string {
  const named = process.env.TEXEL_FIREFOX
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = ['firefox-esr', 'firefox'].flatMap((name) => folders.map((folder) => join(folder, name)))
  const path = named ?? found.find((one) => existsSync(one))
  if (path === undefined || !existsSync(path))
    throw new Error('No Firefox to test in: install Firefox ESR, or name one in TEXEL_FIREFOX.')
  return path
}

/** `npm run test:firefox`: Firefox as it is installed, which Playwright cannot lead; it needs a screen, be it `xvfb-run`'s. */
export default defineConfig({
  ...tests,
  testDir: '.',
  testMatch: '**/*.firefox.ts',
  outputDir: '../../test-results/firefox',
  workers: 1,
  reporter: [['list'], ['json', { outputFile: '../../test-results/firefox.json' }]],
})
