import { expect, test } from 'vitest'
import { measureParts } from './measureParts.mjs'

const manifest = {
  'index.html': { file: 'main.js', css: ['main.css'], imports: ['_shared.js'], dynamicImports: ['chart.ts', 'more.ts'] },
  '_shared.js': { file: 'shared.js' },
  '_heavy.js': { file: 'heavy.js', css: ['heavy.css'], imports: ['_shared.js'] },
  'chart.ts': { file: 'chart.js', isDynamicEntry: true, imports: ['_heavy.js', 'index.html'] },
  'more.ts': { file: 'more.js', isDynamicEntry: true, imports: ['_shared.js'] },
}
const sizes = {
  'main.js': 1,
  'main.css': 10,
  'shared.js': 100,
  'chart.js': 1000,
  'heavy.js': 10_000,
  'heavy.css': 100_000,
  'more.js': 7,
}
const first = { name: 'first', kB: 1, modules: ['index.html', 'app.ts'] }
const weigh = (later) =>
  measureParts(
    { parts: [first, ...later], anyOther: 2 },
    manifest,
    [...Object.keys(sizes), 'a.worker-1.js'],
    (file) => sizes[file] ?? 3,
  )

test('the first screen is all that it imports at once; what comes later counts without it, and has a limit even where none is written', () => {
  expect(
    weigh([
      { name: 'chart', kB: 5, modules: ['chart.ts'] },
      { name: 'workers', kB: 4, files: 'worker-' },
    ]),
  ).toEqual([
    { name: 'first', files: 3, bytes: 111, limit: 1000 },
    { name: 'chart', files: 3, bytes: 111_000, limit: 5000 },
    { name: 'workers', files: 1, bytes: 3, limit: 4000 },
    { name: 'more.ts', files: 1, bytes: 7, limit: 2000 },
  ])
})

test('a line about nothing in the build is refused: it would hold for ever', () => {
  expect(() => weigh([{ name: 'gone', kB: 5, modules: ['gone.ts'] }])).toThrow('no file of the build belongs to "gone"')
})
