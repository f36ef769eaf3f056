/*
 * The command line over a list of cases, whole commands from start to end: `npm run bench:batch`.
 *   PYRADIOMICS_PYTHON    an interpreter that has PyRadiomics, beside which its command lies; it is then measured in turn
 * `npm run bench:batch -- 5` runs each five times instead of three; `npm run bench:batch -- memory` prints the resident memory
 * over a list of 300 cases instead; `npm run bench:batch -- rows` how fast the page's scheduler computes the rows of 101 simulated patients,
 * and its memory, and `-- rows 12` those of 12.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { costOf, type Cost } from './costOf.ts'
import { measureRows } from './batch/measureRows.ts'
import { summariseProfiles } from './batch/summariseProfiles.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const program = fileURLToPath(new URL('./texel.js', import.meta.url))
const parameterPath = join(root, 'reference/pyradiomics/params.yaml')
const samples = ['brain1', 'breast1'].map((name) => join(root, 'public/samples', name))
const [task = '3', patients = '101'] = process.argv.slice(2)
const rows = 24
const memoryRows = 300
const workers = 2

const folder = await mkdtemp(join(tmpdir(), 'texel-bench-'))
try {
  print(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} threads, Node ${process.versions.node}`)
  if (task === 'memory') await showMemory()
  else if (task === 'rows') await measureRows(folder, Number(patients), print)
  else await compare(Number(task))
} finally {
  await rm(folder, { recursive: true })
}

/** Both commands in turn, so that they meet the same load of the machine. */
async function compare(runs: number): Promise<void> {
  const peer = process.env.PYRADIOMICS_PYTHON && join(dirname(process.env.PYRADIOMICS_PYTHON), 'pyradiomics')
  const list = await writeList('cases.csv', 'id,image,mask', rows, (i, path) => `c${i},${path}`)
  const theirList = await writeList('theirs.csv', 'Image,Mask', rows, (_, path) => path)
  print(`${rows} rows (brain1 and breast1 in turn), the study's parameters, ${workers} workers; ${runs} runs in turn\n`)
  const ours: Cost[] = []
  const theirs: Cost[] = []
  for (let run = 0; run < runs; run++) {
    ours.push(await costOf(process.execPath, texel(list)))
    report('texel extract', ours.at(-1)!)
    if (!peer || !existsSync(peer)) continue
    theirs.push(await costOf(peer, [theirList, '-p', parameterPath, '-o', join(folder, 'theirs.out'), '-f', 'csv', '-j', String(workers)])) // prettier-ignore
    report('pyradiomics -j 2', theirs.at(-1)!)
  }
  const [own, other] = [ours, theirs].map((costs) => ({
    wall: Math.min(...costs.map(({ wall }) => wall)),
    processor: Math.min(...costs.map(({ processor }) => processor)),
  }))
  if (theirs.length === 0) print('PyRadiomics: not run (PYRADIOMICS_PYTHON names no interpreter beside which its command lies)')
  else print(`\nleast of each: ${(other.processor / own.processor).toFixed(2)} times less processor time, ${(other.wall / own.wall).toFixed(2)} times less wall time`) // prettier-ignore
  await showProfile(list)
}

/** Where the processor time goes, by thread, from one more run that writes profiles. */
async function showProfile(list: string): Promise<void> {
  const profiles = join(folder, 'profiles')
  await costOf(process.execPath, ['--cpu-prof', `--cpu-prof-dir=${profiles}`, ...texel(list)])
  print('\nms of each thread, by what it did (of a further run, profiled):')
  for (const line of await summariseProfiles(profiles)) print(line)
}

async function showMemory(): Promise<void> {
  const list = await writeList('cases.csv', 'id,image,mask', memoryRows, (i, path) => `c${i},${path}`)
  const output = join(folder, 'ours.csv')
  print(`resident memory over ${memoryRows} rows, ${workers} workers\n rows      MB`)
  const child = spawn(process.execPath, texel(list), { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  let isOver = false
  void ended.then(() => (isOver = true))
  let told = 0
  while (!isOver) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    const done = (await readFile(output, 'utf8').catch(() => '')).split('\n').length - 2
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    const resident = /^VmRSS:\s+(\d+)/m.exec(status)
    if (!resident || done < told) continue
    print(`${String(done).padStart(5)} ${(Number(resident[1]) / 1024).toFixed(0).padStart(7)}`)
    told = done + memoryRows / 30
  }
}

function texel(list: string): string[] {
  return [program, 'extract', '--cases', list, '--output', join(folder, 'ours.csv'), '--overwrite', '--workers', String(workers)]
}

async function writeList(
  name: string,
  header: string,
  count: number,
  row: (i: number, files: string) => string,
): Promise<string> {
  const lines = Array.from({ length: count }, (_, i) => {
    const sample = samples[i % samples.length]
    return row(i, `${join(sample, 'image.nii.gz')},${join(sample, 'mask.nii.gz')}`)
  })
  const path = join(folder, name)
  await writeFile(path, `${[header, ...lines].join('\n')}\n`)
  return path
}

function report(name: string, { wall, processor }: Cost): void {
  print(`  ${name.padEnd(20)} ${wall.toFixed(2).padStart(7)} s wall  ${processor.toFixed(2).padStart(7)} s processor`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
