import { defineConfig } from '@playwright/test'
import tests from '../../playwright.config.ts'

/** `npm run bench:charts`: the built page in the browser of the tests, drawn by software, and nothing else running beside. */
export default defineConfig({
  ...tests,
  testDir: '.',
  testMatch: 'charts.bench.ts',
  outputDir: '../../test-results/bench',
  timeout: 300_000,
  reporter: [['line']],
})
