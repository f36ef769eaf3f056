/*
 * A list of simulated cases in one process, in shards, and as an array of SLURM's, if this is root and SLURM is installed: processor time
 * a case, and what a job costs beside its cases. `npm run bench:shards`; `npm run bench:shards -- 30` takes 30 cases in place of 96.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startCluster } from '../workflows/madeCluster.ts'
import { costOf } from './costOf.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const program = fileURLToPath(new URL('./texel.js', import.meta.url))
const cases = Number(process.argv[2] ?? '96')
const casesAShard = 10
const mostOverheadS = 0.5

const folder = await mkdtemp(join(tmpdir(), 'texel-shards-'))
const path = (name: string) => join(folder, name)
const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
try {
  print(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} threads, Node ${process.versions.node}`)
  await writeList()
  print(`${cases} cases of simulated patients, the study's parameters; seconds of the processor, of all threads\n`)
  const whole = await texel('one process, 2 workers', 'whole.csv', 2)
  const single = await texel('one process, 1 worker', 'single.csv', 1)
  await inShards(2, 'half')
  const shards = Math.ceil(cases / casesAShard)
  const costs = await inShards(shards, 'tenth')
  const overhead = (costs - single) / (shards - 1)
  print(`\nprocessor a case: ${(whole / cases).toFixed(3)} s with 2 workers, ${(single / cases).toFixed(3)} s with 1`)
  const one = await costOf(process.execPath, [program, ...extraction('one.csv', 1, '--shard', `2/${cases}`)])
  print(`a process of its own for one case: ${one.processor.toFixed(2)} s; the rest of what a shard costs beside its cases is V8's, which compiles in each process anew what several cases make hot`) // prettier-ignore
  print(`overhead a shard of ${casesAShard}: ${overhead.toFixed(2)} s of the processor, ${overhead > mostOverheadS ? 'MORE than' : 'at most'} ${mostOverheadS} s`) // prettier-ignore
  await asArray(shards, single)
} finally {
  await rm(folder, { recursive: true })
}

/** Simulates as many patients as it takes, and lists as many of their cases. */
async function writeList(): Promise<void> {
  const patients = Math.max(2, Math.ceil(cases / 8))
  await costOf(process.execPath, [program, 'simulate', '--output', path('study'), '--patients', `${patients},${patients}`])
  const lines = (await readFile(path('study/cases.csv'), 'utf8')).split('\n')
  await writeFile(path('study/cases.csv'), `${lines.slice(0, cases + 1).join('\n')}\n`)
}

function extraction(output: string, workers: number, ...more: string[]): string[] {
  return ['extract', '--cases', path('study/cases.csv'), '--output', path(output), '--workers', String(workers), ...more]
}

async function texel(name: string, output: string, workers: number): Promise<number> {
  const { wall, processor } = await costOf(process.execPath, [program, ...extraction(output, workers)])
  report(name, processor, `${wall.toFixed(1)} s by the clock`)
  return processor
}

/** One after the other. @returns seconds of the processor, merging included */
async function inShards(parts: number, name: string): Promise<number> {
  const tables = range(parts).map((k) => `${name}${k}.csv`)
  const costs = []
  for (const [i, table] of tables.entries())
    costs.push((await costOf(process.execPath, [program, ...extraction(table, 1, '--shard', `${i + 1}/${parts}`)])).processor)
  const merging = await merge(tables, `${name}.csv`)
  report(`${parts} shards, 1 worker`, sum(costs), `and merging ${merging.toFixed(2)} s`)
  return sum(costs) + merging
}

/** @throws Error unless the table is that of one run */
async function merge(tables: readonly string[], output: string): Promise<number> {
  const args = ['merge', '--cases', path('study/cases.csv'), '--output', path(output), ...tables.map(path)]
  const { processor } = await costOf(process.execPath, [program, ...args])
  const [whole, merged] = await Promise.all(['whole.csv', output].map((name) => readFile(path(name))))
  if (!whole.equals(merged)) throw new Error(`${output} is not the table of one run.`)
  return processor
}

async function asArray(parts: number, single: number): Promise<void> {
  const cluster = await startCluster(path('slurm')).catch((error: Error) => print(`\nSLURM array: not run. ${error.message}`))
  if (!cluster) return
  try {
    await mkdir(path('array'))
    const timed = `#!/bin/bash\nTIMEFORMAT='%U %S'\n{ time "${process.execPath}" "${program}" "$@" 2> /dev/null; } 2>> ${path('array')}/$SLURM_ARRAY_TASK_ID.time\n` // prettier-ignore
    await writeFile(path('timed'), timed, { mode: 0o755 })
    const variables = Object.entries({
      PARTS: String(parts),
      CASES: path('study/cases.csv'),
      OUT: path('array'),
      TEXEL: path('timed'),
    })
    const env = { ...process.env, ...Object.fromEntries(variables) }
    const started = performance.now()
    await cluster.submit([`--array=1-${parts}`, '--mem=1G', '--output', path('array/%a.log'), join(root, 'workflows/slurm/array.sbatch')], { cwd: folder, env }) // prettier-ignore
    const wall = (performance.now() - started) / 1000
    const times = await Promise.all(range(parts).map((k) => readFile(path(`array/${k}.time`), 'utf8')))
    const processor = sum(times.flatMap((text) => text.trim().split(/\s+/).map(Number)))
    report(`\nSLURM array, ${parts} tasks`, processor, `${wall.toFixed(1)} s by the clock`)
    const merging = await merge(range(parts).map((k) => `array/${String(k).padStart(5, '0')}.csv`), 'array.csv') // prettier-ignore
    print(`overhead a task: ${((processor + merging - single) / (parts - 1)).toFixed(2)} s of the processor`)
  } finally {
    await cluster.stop()
  }
}

function report(name: string, processor: number, more: string): void {
  print(`${name.padEnd(26)} ${processor.toFixed(2).padStart(7)} s processor, ${more}`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
