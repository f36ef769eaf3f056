// Prints what the parts of the built page weigh as they are sent, and ends with 1 where one is heavier than budget.json allows.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measureParts } from './measureParts.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'dist/app')
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))
const manifestPath = join(folder, '.vite/manifest.json')
if (!existsSync(manifestPath)) {
  console.error('There is no built page to weigh. Run `npm run build` first.')
  process.exit(1)
}
const manifest = readJson(manifestPath)
const builtFiles = readdirSync(folder, { recursive: true }).map((path) => path.replaceAll('\\', '/'))
/** Bytes of a file in an encoding; of one that does not shrink, its own. */
const sizeIn = (ending) => (file) =>
  statSync(existsSync(join(folder, file + ending)) ? join(folder, file + ending) : join(folder, file)).size
const budget = readJson(join(root, 'budget.json'))
const weigh = (ending) => measureParts(budget, manifest, builtFiles, sizeIn(ending))
const [plain, gzip, brotli] = ['', '.gz', '.br'].map(weigh)

const inKb = (bytes) => (bytes / 1000).toFixed(1)
const rows = gzip.map(({ name, files, bytes, limit }, i) => [
  ...[name, `${files}`, inKb(plain[i].bytes), inKb(brotli[i].bytes), inKb(bytes), inKb(limit)],
  bytes > limit ? 'too heavy' : '',
])
const table = [['kB (1000 bytes)', 'files', 'plain', 'brotli', 'gzip', 'budget', ''], ...rows]
const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)))
for (const row of table) {
  console.log(
    row
      .map((cell, i) => (i === 0 || i === 6 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd(),
  )
}
const tooHeavy = gzip.filter(({ bytes, limit }) => bytes > limit)
for (const { name, bytes, limit } of tooHeavy) {
  console.error(`${name}: ${inKb(bytes)} kB gzipped, budget ${inKb(limit)} kB (budget.json).`)
}
process.exit(tooHeavy.length > 0 ? 1 : 0)
