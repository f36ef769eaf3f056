import { defineConfig } from '@playwright/test'
import tests from '../../playwright.config.ts'

/** `npm run bench:study`: the built page in the browser of the tests, drawn by software, and nothing else running beside. */
export default defineConfig({
  ...tests,
  testDir: '.',
  testMatch: 'study.bench.ts',
  outputDir: '../../test-results/bench',
  timeout: 600_000,
  workers: 1,
  reporter: [['line']],
})
