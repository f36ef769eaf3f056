/*
 * Dice of the tools that find a tumour half by themselves, each with a scripted input, and of interpolation between slices, as the
 * table of docs/roi-tools.md: `npm run bench:roi`. With `speed`: seconds of every tool on whole volumes.
 */
import { loadKernels } from '../workers/loadKernels.node.ts'
import { loadRoiCases } from './roi/cases.ts'
import { measureSpeed } from './roi/measureSpeed.ts'
import { measureTools } from './roi/measureTools.ts'

const print = (text: string) => process.stdout.write(`${text}\n`)
const row = (cells: readonly string[]) => print(`| ${cells.join(' | ')} |`)

if (process.argv.includes('speed')) {
  const sizes = [[256, 256, 100], [512, 512, 150]] as const // prettier-ignore
  const columns = []
  for (const size of sizes) {
    // Memory of its own for each tool, as a worker has it.
    const instances = await Promise.all(Array.from({ length: 16 }, () => loadKernels()))
    columns.push(measureSpeed(() => instances.shift()!, size))
  }
  row(['seconds', ...sizes.map((size) => size.join(' x '))])
  row(['---', ...sizes.map(() => '---')])
  for (const [i, [tool]] of columns[0].entries()) row([tool, ...columns.map((column) => column[i][1].toFixed(2))])
} else {
  const cases = await loadRoiCases()
  const columns = []
  for (const roiCase of cases) columns.push(await measureTools(await loadKernels(), roiCase))
  row(['tool and input', ...cases.map(({ name }) => name)])
  row(['---', ...cases.map(() => '---')])
  for (const i of columns[0].keys()) {
    row([columns[0][i].tool, ...columns.map((column) => column[i].dice?.toFixed(3) ?? '-')])
  }
}
