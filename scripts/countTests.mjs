// Adds up the JSON reports of Vitest and Playwright. A missing report or a step that failed without a failing test counts as one failure.
import { readFile } from 'node:fs/promises'

const stepStatus = Number(process.argv[2] ?? 0)

async function readReport(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    console.log(`no report at ${file}`)
    return undefined
  }
}

const unit = await readReport('test-results/vitest.json')
const browser = await readReport('test-results/playwright.json')
const passed = (unit?.numPassedTests ?? 0) + (browser?.stats.expected ?? 0)
let failed = (unit?.numFailedTests ?? 1) + (unit?.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length ?? 0)
failed += browser ? browser.stats.unexpected + browser.stats.flaky + (browser.errors?.length ?? 0) : 1
if (stepStatus !== 0 && failed === 0) failed = 1
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
