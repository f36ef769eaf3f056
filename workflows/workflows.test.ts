import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeMadeStudy } from '../cli/madeStudyFolder.ts'
import { builtProgram, root, sampleFile, spawnProgram } from '../cli/testProgram.ts'
import { parseParameterFile } from '../src/io/records/parameterFile.ts'
import { startCluster, type MadeCluster } from './madeCluster.ts'

/*
 * The workflows as they are shipped, over simulated patients of whom one has a broken mask, with a job that is killed once in its middle:
 * the table is that of one run, byte by byte.
 */

const run = promisify(execFile)
let folder: string
let cluster: MadeCluster
let env: NodeJS.ProcessEnv
const path = (...names: string[]) => join(folder, ...names)
const read = (...names: string[]) => readFileSync(path(...names), 'utf8')
const write = (name: string, text: string) => writeFileSync(path(name), text)
const texel = (...args: string[]) => spawnProgram(args, folder)

const protocol = `
outcome: { column: task1, positive: positive }
harmonise: { method: none }
missing: median of training
select: [{ method: mrmr, keep: 2 }]
models: [{ method: logistic }]
evaluate: { bootstraps: 100 }
resample: { folds: 2, bootstraps: 3 }
`

/** The program, but that the first job of part 2 is killed when its first row is there. @param out where its table stands */
function writeKilledOnce(name: string, table: string) {
  write(
    name,
    `#!/bin/bash
case " $* " in
  *" 2/"*)
    if [ ! -e ${path(`${name}.killed`)} ]; then
      touch ${path(`${name}.killed`)}
      "${process.execPath}" "${builtProgram}" "$@" &
      until [ "$(wc -l 2>/dev/null < ${path(table)})" -ge 2 ]; do sleep 0.05; done
      kill -KILL $!
      wait $!
      exit $?
    fi ;;
esac
exec "${process.execPath}" "${builtProgram}" "$@"
`,
  )
  chmodSync(path(name), 0o755)
}

/** Of a part that was killed once: two runs, the first without an end. */
function expectKilledOnce(table: string) {
  const { runs } = JSON.parse(read(`${table}.run.json`)) as { runs: { endedAt: string | null; cases: unknown[] }[] }
  expect(runs.map(({ endedAt }) => endedAt !== null)).toEqual([false, true])
  expect(runs[1].cases.length).toBeLessThan(read(table).trimEnd().split('\n').length)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'texel-workflows-'))
  cluster = await startCluster(path('slurm'))
  // A profile of whoever runs this is none of these.
  env = { ...process.env, SNAKEMAKE_PROFILE: undefined }
  expect((await texel('simulate', '--output', 'study', '--patients', '8,6', '--seed', '5')).exitCode).toBe(0)
  // One image of each, and a patient whose mask is that of another one.
  const [header, ...rows] = read('study/cases.csv').trimEnd().split('\n')
  const own = rows.filter((row) => row.endsWith(',FST2WI,1'))
  const broken = ['A-broken', sampleFile('brain1/image.nii.gz'), sampleFile('breast1/mask.nii.gz'), 'FST2WI,1'].join(',')
  write('study/cases.csv', `${[header, ...own.slice(0, 7), broken, ...own.slice(7)].join('\n')}\n`)
  write('p.yaml', 'imageType: { Original: {}, Wavelet: {} }\n')
  write('protocol.yaml', protocol)
  const { exitCode, stderr } = await texel('extract', '--cases', 'study/cases.csv', '--params', 'p.yaml', '--output', 'whole.csv')
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('14 in whole.csv, 1 failed')])
  await writeStudy()
})
afterAll(async () => {
  await cluster.stop()
  rmSync(folder, { recursive: true })
})

/** A study file with its images beside it, 42 ROIs of which one is damaged, and the table of one run. */
async function writeStudy() {
  mkdirSync(path('drawn'))
  const patients = Array.from({ length: 14 }, (_, i) => i + 1)
  const roles = ['FST2WI', 'T1WI', 'T1WI+C'] as const
  const drawings = patients.flatMap((patient) => roles.map((role) => ({ patient, role, first: 1 + (patient % 3) })))
  const values = parseParameterFile('imageType: { Original: {}, Wavelet: {} }\n')
  await writeMadeStudy(path('drawn'), drawings, { parameters: { name: 'small', values } })
  const file = readFileSync(path('drawn/study.texel.zip'))
  const name = 'masks/A-0002/T1WI.1.nii.gz'
  file[file.indexOf(name) + name.length + 30] ^= 255
  writeFileSync(path('drawn/study.texel.zip'), file)
  const rows = patients.map((n) => `A-${String(n).padStart(4, '0')},${n > 8 ? 'validation' : 'training'},${n % 2 ? 'positive' : 'negative'}\n`) // prettier-ignore
  write('drawn/clinical.csv', `id,cohort,task1\n${rows.join('')}`)
  const { exitCode, stderr } = await texel('study', 'drawn/study.texel.zip', '--extract', '--images', 'drawn/images', '--output', 'drawn.csv') // prettier-ignore
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('41 in drawn.csv, 1 failed')])
}

/** The merged table and what failed are those of one run. */
function expectWhole(table: string, whole = 'whole.csv') {
  expect(read(table) === read(whole), table).toBe(true)
  expect(read(`${table}.errors.csv`)).toBe(read(`${whole}.errors.csv`))
}

test.concurrent('a SLURM array, a task killed once', async () => {
  writeKilledOnce('texel-array', 'array/00002.csv')
  const variables = {
    ...env,
    PARTS: '3',
    CASES: 'study/cases.csv',
    OUT: 'array',
    PARAMS: 'p.yaml',
    PAUSE: '1',
    TEXEL: path('texel-array'),
  }
  await cluster.submit(['--array=1-3', '--mem=1G', join(root, 'workflows/slurm/array.sbatch')], { cwd: folder, env: variables }) // prettier-ignore
  const tables = [1, 2, 3].map((k) => `array/0000${k}.csv`)
  expectKilledOnce(tables[1])
  const merged = await texel('merge', '--cases', 'study/cases.csv', '--output', 'array.csv', ...tables)
  expect([merged.exitCode, merged.stderr]).toEqual([1, '3 shards, 15 cases: 14 in array.csv, 1 failed (array.csv.errors.csv).\n'])
  expectWhole('array.csv')
})

const snakemakeOf = (profile: string, config: readonly string[], ...more: string[]) =>
  run('snakemake', ['--snakefile', join(root, 'workflows/snakemake/Snakefile'), '--workflow-profile', join(root, 'workflows/snakemake/profiles', profile), ...more, '--config', ...config], { cwd: folder, env }) // prettier-ignore
const snakemake = (profile: string, config: readonly string[], ...more: string[]) =>
  snakemakeOf(profile, ['cases=study/cases.csv', 'params=p.yaml', ...config], ...more)

test.concurrent(
  'Snakemake on one machine, a job killed once, on to the report; a second time there is nothing to do',
  async () => {
    writeKilledOnce('texel-local', 'local/shards/00002.csv')
    const config = ['out=local', `texel=${path('texel-local')}`, 'cases_per_job=5', 'clinical=study/truth.csv', 'protocol=protocol.yaml', 'pieces=2'] // prettier-ignore
    await snakemake('local', config)
    expectKilledOnce('local/shards/00002.csv')
    expectWhole('local/features.csv')
    const { stderr } = await snakemake('local', config)
    expect(stderr).toContain('Nothing to be done')
    const study = ['analyse', '--features', 'whole.csv', '--clinical', 'study/truth.csv', '--protocol', 'protocol.yaml']
    const { exitCode } = await texel(...study, '--output', 'whole')
    expect(exitCode).toBe(0)
    for (const name of ['evaluation.json', 'optimism.json', 'resampling.json', 'scores.csv'])
      expect(read('local/analysis', name), name).toBe(read('whole', name))
    expect(existsSync(path('local/analysis/report.html'))).toBe(true)
  },
)

test.concurrent('Snakemake gives its jobs to SLURM', async () => {
  await snakemake('slurm', ['out=cluster', `texel=${process.execPath} ${builtProgram}`, 'cases_per_job=8'], '--slurm-status-command', 'squeue', '--slurm-no-account', '--seconds-between-status-checks', '1', '--slurm-init-seconds-before-status-checks', '1', '--default-resources', 'slurm_partition=main') // prettier-ignore
  expectWhole('cluster/features.csv')
})

test.concurrent('a study file by Snakemake on one machine, a job killed once, on to the report', async () => {
  writeKilledOnce('texel-study', 'drawn-local/shards/00002.csv')
  const config = ['study=drawn/study.texel.zip', 'images=drawn/images', 'out=drawn-local', `texel=${path('texel-study')}`, 'cases_per_job=14', 'clinical=drawn/clinical.csv', 'protocol=protocol.yaml', 'pieces=2'] // prettier-ignore
  await snakemakeOf('local', config)
  expectKilledOnce('drawn-local/shards/00002.csv')
  expect(read('drawn-local/features.csv')).toBe(read('drawn.csv'))
  expectWhole('drawn-local/features.csv.rows.csv', 'drawn.csv.rows.csv')
  expect(existsSync(path('drawn-local/analysis/report.html'))).toBe(true)
  const { stderr } = await snakemakeOf('local', config)
  expect(stderr).toContain('Nothing to be done')
})

test.concurrent('a study file by a SLURM array', async () => {
  const variables = {
    ...env,
    PARTS: '2',
    STUDY: 'drawn/study.texel.zip',
    IMAGES: 'drawn/images',
    READER: '1',
    OUT: 'drawn-array',
    TEXEL: `${process.execPath} ${builtProgram}`,
  }
  await cluster.submit(['--array=1-2', '--mem=1G', join(root, 'workflows/slurm/array.sbatch')], { cwd: folder, env: variables }) // prettier-ignore
  const merged = await texel('merge', '--study', 'drawn/study.texel.zip', '--output', 'drawn-array.csv', 'drawn-array/00001.csv', 'drawn-array/00002.csv') // prettier-ignore
  expect([merged.exitCode, merged.stderr]).toEqual([1, expect.stringContaining('2 shards, 42 ROIs: 41 in drawn-array.csv')])
  expect(read('drawn-array.csv')).toBe(read('drawn.csv'))
  expectWhole('drawn-array.csv.rows.csv', 'drawn.csv.rows.csv')
})

test.concurrent('at the end of its time a task ends in order and asks to come back', async () => {
  // What asks SLURM is written down in its place.
  write('scontrol', `#!/bin/bash\necho "$*" > ${path('asked')}\n`)
  chmodSync(path('scontrol'), 0o755)
  const task = { SLURM_ARRAY_TASK_ID: '1', SLURM_JOB_ID: '77', PARTS: '1', CASES: 'study/cases.csv', OUT: 'ended', PARAMS: 'p.yaml', TEXEL: `${process.execPath} ${builtProgram}` } // prettier-ignore
  const child = spawn('bash', [join(root, 'workflows/slurm/array.sbatch')], { cwd: folder, env: { ...env, ...task, PATH: `${folder}:${env.PATH}` }, stdio: 'ignore' }) // prettier-ignore
  const ended = once(child, 'exit')
  const table = path('ended/00001.csv')
  while (!existsSync(table)) await wait(20)
  child.kill('SIGTERM')
  expect(await ended).toEqual([75, null])
  expect(read('asked')).toBe('requeue 77\n')
  expect(read('whole.csv').startsWith(read('ended/00001.csv'))).toBe(true)
})
