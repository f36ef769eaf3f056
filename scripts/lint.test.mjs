import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import rooms, { stages } from '../rooms.config.mjs'

/* Each rule of rooms.config.mjs, broken once, in a small house of its own. */

let folder
const home = process.cwd()
beforeEach(() => {
  // Inside the project: libraries are found from there.
  folder = mkdtempSync(join(home, 'build/rooms-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** @returns the rules that are broken where `from` imports `to`, by a line of TypeScript */
async function lint(from, to, line = (path) => `import { x } from '${path}'\nexport const y = x\n`) {
  const isFile = /\.tsx?$/.test(to)
  if (isFile) write(to, 'export const x = 1\nexport type T = number\n')
  const up = '../'.repeat(from.split('/').length - 1) || './'
  write(from, line(isFile ? `${up}${to}` : to))
  const { output } = await cruise(['.'], {
    ...rooms.options,
    baseDir: folder,
    ruleSet: { forbidden: rooms.forbidden },
    validate: true,
  })
  return output.summary.violations.map(({ rule }) => rule.name).sort()
}

test.each([
  ['src/core/numeric/a.ts', 'src/core/statisticsJob.ts', ['core-in-stages']],
  ['src/core/numeric/a.ts', 'src/core/elsewhere/b.ts', ['core-in-stages']],
  ['src/core/image/a.ts', 'src/core/protocol/protocol.ts', ['core-image-looks-back']],
  ['src/core/analysis/a.ts', 'src/core/analyse.ts', ['core-in-stages']],
  ['src/core/numeric/a.ts', 'src/io/b.ts', ['core-is-first']],
  ['src/core/numeric/a.ts', 'react', ['core-is-first']],
  ['src/core/numeric/a.ts', 'node:fs', ['core-is-first']],
  ['src/state/a.ts', 'comlink', ['comlink-in-workers']],
  ['src/io/a.ts', 'zod', ['zod-by-one-door']],
  ['src/ui/roi/A.tsx', '@cornerstonejs/core', ['cornerstone-in-viewer']],
  ['src/ui/roi/A.tsx', 'plotly.js-cartesian-dist-min', ['plotly-in-chart']],
  ['src/ui/roi/A.tsx', 'src/viewer/planes.ts', ['viewer-door']],
  ['src/viewer/a.ts', 'src/state/roi.ts', ['viewer-is-told']],
  ['src/viewer/a.ts', 'workers/maskBridge.ts', ['viewer-is-told']],
  ['src/io/tables/a.ts', 'workers/maskBridge.ts', ['io-is-blind']],
  ['src/storage/a.ts', 'workers/sendInPieces.ts', ['storage-is-quiet']],
  ['src/charts/a.ts', 'src/state/roi.ts', ['charts-are-pure']],
  ['src/messages/en/a.ts', 'src/io/b.ts', ['messages-are-words']],
  ['src/io/tables/a.ts', 'src/messages/en/b.ts', ['no-sentences-below']],
  ['workers/a.ts', 'src/messages/say.ts', ['no-sentences-below']],
  ['workers/a.ts', 'src/state/roi.ts', ['workers-compute']],
  ['src/state/a.ts', 'src/ui/shared/B.tsx', ['state-before-screens', 'ui-is-last']],
  ['src/ui/shared/A.tsx', 'src/ui/roi/B.tsx', ['ui-shared-first']],
  ['src/ui/commands/a.ts', 'src/ui/app/B.tsx', ['ui-commands-next']],
  ['src/ui/roi/A.tsx', 'src/ui/app/B.tsx', ['screens-apart']],
  ['src/ui/roi/A.tsx', 'src/ui/images/B.tsx', ['screens-apart']],
  ['cli/a.ts', 'src/state/roi.ts', ['cli-is-apart']],
  ['src/io/a.ts', 'reference/evaluation.ts', ['product-without-tests']],
  ['workers/a.ts', 'workers/fakeBrowser.node.ts', ['product-without-tests']],
])('%s imports %s: %j', async (from, to, rules) => {
  expect(await lint(from, to)).toEqual(rules)
})

test('each stage is kept from each later one', async () => {
  for (const [i, stage] of stages.slice(0, -1).entries()) {
    expect(await lint(`src/core/${stage}/a.ts`, `src/core/${stages[i + 1]}/b.ts`)).toEqual([`core-${stage}-looks-back`])
    expect(await lint(`src/core/${stage}/a.ts`, `src/core/${stages.at(-1)}/b.ts`)).toEqual([`core-${stage}-looks-back`])
    rmSync(join(folder, 'src'), { recursive: true })
  }
})

test('a circle of types is a circle', async () => {
  write('src/io/b.ts', "import type { A } from './a.ts'\nexport type T = A\n")
  write('src/io/a.ts', "import type { T } from './b.ts'\nexport type A = T\n")
  const { output } = await cruise(['.'], {
    ...rooms.options,
    baseDir: folder,
    ruleSet: { forbidden: rooms.forbidden },
    validate: true,
  })
  expect(output.summary.violations.map(({ rule }) => rule.name)).toContain('no-circles')
})

test('a type, a later import and an export are imports', async () => {
  const lines = [
    (path) => `import type { T } from '${path}'\nexport type Y = T\n`,
    (path) => `export const y = () => import('${path}')\n`,
    (path) => `export { x } from '${path}'\n`,
  ]
  for (const line of lines)
    expect(await lint('src/core/numeric/a.ts', 'src/core/image/b.ts', line)).toEqual(['core-numeric-looks-back'])
})

test('what looks back, and a test, break nothing', async () => {
  expect(await lint('src/core/image/a.ts', 'src/core/numeric/b.ts')).toEqual([])
  expect(await lint('src/core/numeric/a.test.ts', 'src/core/image/b.ts')).toEqual([])
  expect(await lint('src/ui/roi/A.tsx', 'src/viewer/index.ts')).toEqual([])
  expect(await lint('src/messages/en/a.ts', 'src/io/dicom/messages.ts')).toEqual([])
})
