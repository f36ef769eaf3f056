import { defineConfig } from '@playwright/test'
import tests from '../../playwright.config.ts'

/** `npm run bench:folder`: the built page in the browser of the tests, and nothing else running beside. */
export default defineConfig({
  ...tests,
  testDir: '.',
  testMatch: 'folder.bench.ts',
  outputDir: '../../test-results/bench',
  timeout: 600_000,
  reporter: [['line']],
})
