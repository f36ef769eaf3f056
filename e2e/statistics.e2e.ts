import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import Papa from 'papaparse'
import { build } from 'vite'
import { analyse } from '../src/core/analyse.ts'
import { createKernels, type KernelExports } from '../src/core/kernels/kernels.ts'
import { protocolSchema, type Protocol } from '../src/core/protocol/protocol.ts'
import { runStatisticsJob, type StatisticsResult } from '../src/core/analysis/statisticsJob.ts'
import { watchPage } from './openPage.ts'
import { listBits } from './statistics/listBits.ts'
import type { RunStudy } from './statistics/page.ts'
import { toStudyData, type PlainStudy } from './statistics/plainStudy.ts'

const folderOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const built = folderOf('../test-results/statistics-page')

test.beforeAll(async () => {
  await build({
    configFile: false,
    root: folderOf('statistics'),
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: built, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  })
})

/** A reference table with ComBat's batches: every seventh feature. */
async function readStudy(): Promise<PlainStudy> {
  const text = async (path: string) => readFile(new URL(`../reference/${path}`, import.meta.url))
  const rows = Papa.parse<Record<string, string>>(gunzipSync(await text('tables/ispy1.csv.gz')).toString(), { header: true, skipEmptyLines: true }).data // prettier-ignore
  const { train_id, valid_id } = JSON.parse(String(await text('statistics/ispy1/split.json'))) as Record<string, string[]>
  const { batch } = JSON.parse(String(await text('statistics/ispy1/combat.json'))) as { batch: string[] }
  const ids = [...train_id, ...valid_id]
  const rowOf = new Map(rows.map((row) => [row.ID, row]))
  const columns = Object.keys(rows[0]).filter((column, j) => column !== 'ID' && column !== 'Target' && j % 7 === 0)
  return {
    ids,
    columns,
    values: columns.flatMap((column) => ids.map((id) => Number(rowOf.get(id)![column]))),
    outcome: ids.map((id) => Number(rowOf.get(id)!.Target) as 0 | 1),
    cohort: ids.map((_, i) => (i < train_id.length ? 'training' : 'validation')),
    batch,
  }
}

/** Between them: every step of selection, every model, with and without ComBat. */
const protocols: Record<string, Protocol> = {
  'ComBat, Wilcoxon, redundancy, Boruta, annealing; LR, RF, tuned SVM': protocolSchema.parse({
    select: [
      { method: 'rankSum', alpha: 0.2 },
      { method: 'redundancy' },
      { method: 'boruta', trees: 60, maximumRuns: 12, roughFix: true },
      { method: 'annealing', trees: 40, iterations: 5, improve: 2 },
    ],
    models: [{ method: 'logistic' }, { method: 'forest', trees: 100 }, { method: 'svm', tune: true }],
    evaluate: { bootstraps: 200 },
    resample: { folds: 3 },
  }),
  'mRMR, recursive elimination, BorutaPy, LASSO; ridge, LASSO, Firth, the second forest, linear SVM': protocolSchema.parse({
    harmonise: { parametric: false },
    select: [
      { method: 'mrmr', keep: 16 },
      { method: 'elimination', trees: 50 },
      { method: 'boruta', variant: 'BorutaPy', trees: 60, maximumRuns: 12, roughFix: true },
      { method: 'lasso' },
    ],
    models: [
      { method: 'logistic', name: 'ridge', penalty: 'ridge' },
      { method: 'logistic', name: 'LASSO', penalty: 'lasso' },
      { method: 'logistic', name: 'Firth', penalty: 'firth' },
      { method: 'forest', engine: 'ml-random-forest', trees: 20 },
      { method: 'svm', kernel: 'linear' },
    ],
    evaluate: { bootstraps: 200, cutoff: 'sensitivity' },
    resample: { folds: 2 },
  }),
}

async function runInNode(study: PlainStudy, protocol: Protocol): Promise<string[]> {
  const { instance } = await WebAssembly.instantiate(await readFile(new URL('../build/kernels/kernels.wasm', import.meta.url)))
  const kernels = createKernels(instance.exports as unknown as KernelExports)
  const analysis = await analyse(toStudyData(study), protocol, async (jobs) => {
    const results: StatisticsResult[] = []
    for (const job of jobs) results.push(await runStatisticsJob(kernels, job))
    return results
  })
  return listBits(analysis)
}

/** The test's page under the app's own origin, with its headers. */
async function openTestPage(page: Page): Promise<void> {
  const app = await page.request.get('./')
  await page.route('**/statistics-page/**', (route) => {
    const { pathname } = new URL(route.request().url())
    return route.fulfill({
      path: `${built}/${pathname.split('/statistics-page/')[1]}`,
      headers: { 'content-security-policy': app.headers()['content-security-policy'] },
    })
  })
  await page.goto('./statistics-page/index.html')
  await page.waitForFunction(() => 'runStudy' in window)
}

for (const [name, protocol] of Object.entries(protocols))
  test(`every number of a study has the bits of Node's, by 1 and by 3 workers: ${name}`, async ({ page }) => {
    test.setTimeout(300_000)
    const { problems } = watchPage(page)
    const study = await readStudy()
    await openTestPage(page)
    const expected = await runInNode(study, protocol)
    const numbers = expected.filter((line) => /= [0-9a-f]{16} /.test(line))
    expect(numbers.length).toBeGreaterThan(10_000)
    for (const workers of [1, 3]) {
      const found = await page.evaluate(
        ([study, protocol, workers]) => (window as unknown as { runStudy: RunStudy }).runStudy(study, protocol, workers),
        [study, protocol, workers] as const,
      )
      const differing = expected.flatMap((line, i) => (line === found[i] ? [] : [`Node${line}, page${found[i]}`]))
      expect(differing.slice(0, 10)).toEqual([])
      expect(found.length).toBe(expected.length)
    }
    expect(problems).toEqual([])
  })
