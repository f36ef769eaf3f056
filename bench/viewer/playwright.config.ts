import { defineConfig } from '@playwright/test'
import tests from '../../playwright.config.ts'

/** `npm run bench:viewer`: the built page in the browser of the tests, drawn by software, and nothing else running beside. */
export default defineConfig({
  ...tests,
  testDir: '.',
  testMatch: 'viewer.bench.ts',
  outputDir: '../../test-results/bench',
  timeout: 600_000,
  reporter: [['line']],
})
