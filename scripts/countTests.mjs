// Adds up the JSON reports of Vitest, Playwright, the smoke test in Firefox and the workflows, and tells which tests take longest. A missing report or a step that failed without a failing test counts as one failure.
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'

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
// Run where all others passed.
const firefox = stepStatus === 0 ? await readReport('test-results/firefox.json') : undefined
const workflows = stepStatus === 0 ? await readReport('test-results/workflows.json') : undefined
const passed =
  (unit?.numPassedTests ?? 0) + (browser?.stats.expected ?? 0) + (firefox?.stats.expected ?? 0) + (workflows?.numPassedTests ?? 0)
let failed =
  (unit?.numFailedTests ?? 1) +
  (unit?.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length ?? 0)
if (stepStatus === 0) failed += firefox ? firefox.stats.unexpected + (firefox.errors?.length ?? 0) : 1
if (stepStatus === 0) failed += workflows?.numFailedTests ?? 1
failed += browser ? browser.stats.unexpected + browser.stats.flaky + (browser.errors?.length ?? 0) : 1
if (stepStatus !== 0 && failed === 0) failed = 1

/** Every browser test with what came of each of its runs. */
const listTests = (suite) => [
  ...(suite.suites ?? []).flatMap(listTests),
  ...(suite.specs ?? []).flatMap((spec) => spec.tests.map((test) => ({ spec, test }))),
]
const all = browser ? browser.suites.flatMap(listTests) : []
for (const { spec, test } of all.filter(({ test }) => test.results.length > 1))
  console.log(`repeated: ${spec.file}:${spec.line} ${spec.title}: ${test.results.map((result) => result.status).join(', ')}`)
const repeats = new Set(all.map(({ spec }) => `${spec.file} ${spec.title}`)).size
console.log(
  `${all.length} runs of ${repeats} browser tests${browser?.stats.flaky ? `, ${browser.stats.flaky} passed only when run again, which counts as failed` : ''}`,
)
if (browser?.config.projects.some((project) => project.retries !== 0)) {
  console.log('Browser tests must not be retried: retries is not 0.')
  failed++
}
const timed = [
  ...(unit?.testResults ?? []).flatMap((file) =>
    file.assertionResults.map((test) => ({
      ms: test.duration ?? 0,
      name: `${relative(process.cwd(), file.name)} ${test.title}`,
    })),
  ),
  ...all.flatMap(({ spec, test }) =>
    test.results.map(({ duration }) => ({ ms: duration, name: `e2e/${spec.file} ${spec.title}` })),
  ),
]
console.log('The ten slowest tests:')
for (const { ms, name } of timed.sort((a, b) => b.ms - a.ms).slice(0, 10))
  console.log(`${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
