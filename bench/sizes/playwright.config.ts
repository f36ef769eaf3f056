import { defineConfig } from '@playwright/test'
import tests from '../../playwright.config.ts'

/** `npm run bench:sizes`: the built page in the browser of the tests, drawn by software, one image after another. */
export default defineConfig({
  ...tests,
  testDir: '.',
  testMatch: 'sizes.bench.ts',
  outputDir: '../../test-results/bench',
  workers: 1,
  timeout: 900_000,
  reporter: [['line']],
})
