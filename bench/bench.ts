/*
 * Seconds from decoded volumes to features, for the reference cases: `npm run bench`.
 *   TEXEL_IBSI_CT         folder with image.nii.gz and mask.nii.gz of the IBSI CT phantom (non-commercial, not part of the project)
 *   PYRADIOMICS_PYTHON    an interpreter that has PyRadiomics, which is then measured in turn
 */
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCase } from '../cli/readCase.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import { parseParameterFile, studyParameterFile } from '../src/io/records/parameterFile.ts'
import { planExtraction } from '../src/core/parameters/profiles/pyradiomics.ts'
import type { ComputeBridge } from '../workers/computeBridge.ts'
import { createNodeComputeBridge } from '../workers/computeBridge.node.ts'
import { loadKernels } from '../workers/loadKernels.node.ts'
import { runPyradiomics } from './runPyradiomics.ts'
import { timeSteps, type StepTimes } from './timeSteps.ts'

const runs = 5
const pyradiomicsRuns = 3
const root = fileURLToPath(new URL('../../', import.meta.url))
const parameterPath = join(root, 'reference/pyradiomics/params.yaml')
const parameters = parseParameterFile(studyParameterFile)
const cases = [
  { name: 'brain1', folder: join(root, 'public/samples/brain1') },
  { name: 'breast1', folder: join(root, 'public/samples/breast1') },
  { name: 'ibsi_ct', folder: process.env.TEXEL_IBSI_CT },
]

print(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} threads, Node ${process.versions.node}; warm, minimum of ${runs} runs\n`,
)
for (const { name, folder } of cases) {
  if (!folder || !existsSync(folder))
    print(`${name}: not run (${!folder ? 'TEXEL_IBSI_CT names no folder' : `there is no folder ${folder}`})\n`)
  else await benchCase(name, join(folder, 'image.nii.gz'), join(folder, 'mask.nii.gz'))
}

async function benchCase(name: string, imagePath: string, maskPath: string): Promise<void> {
  const read = await timed(() => readCase({ imagePath, maskPath, label: 1 }, parameters.settings))
  const { image, mask } = read.result
  print(`${name}: ${image.size.join(' x ')} voxels, ${mask.voxels.reduce((sum, inside) => sum + inside, 0)} in the ROI`)
  line('read both files', read.ms)

  const steps = await timeOneThread(image, mask)
  line('one thread, in this process', steps.totalMs)
  for (const [step, ms] of steps.steps) line(`  ${step}`, ms, `${share(ms, steps.totalMs)} %`)
  line(`  largest job: ${steps.largestJob.label}`, steps.largestJob.ms, `${share(steps.largestJob.ms, steps.totalMs)} %`)

  const {
    counts: [one, two],
    sideBySideMs,
  } = await timeWorkers([1, 2], image, mask)
  line('1 worker, cold start', one.coldMs)
  line('1 worker', one.warmMs)
  line('2 workers, cold start', two.coldMs)
  line('2 workers', two.warmMs, `${ratio(one.warmMs, two.warmMs)} times as fast as 1 worker`)
  line(
    'two cases at once, 1 worker each',
    sideBySideMs,
    `${ratio(2 * one.warmMs, sideBySideMs)} times: what this machine has to gain`,
  )

  const interpreter = process.env.PYRADIOMICS_PYTHON
  if (!interpreter) print('  PyRadiomics: not run (PYRADIOMICS_PYTHON names no interpreter)')
  else {
    const theirs = await runPyradiomics(
      interpreter,
      join(root, 'bench/pyradiomics.py'),
      imagePath,
      maskPath,
      parameterPath,
      pyradiomicsRuns,
    )
    // Once more behind it, so that both meet the same load of the machine.
    const {
      counts: [again],
    } = await timeWorkers([1], image, mask)
    const ms = Math.min(...theirs.seconds) * 1000
    line(`PyRadiomics ${theirs.version}, 1 thread`, ms, `${theirs.features} features`)
    line(
      '1 worker, best of before and after',
      Math.min(one.warmMs, again.warmMs),
      `${ratio(ms, Math.min(one.warmMs, again.warmMs))} times as fast as PyRadiomics`,
    )
  }
  print('')
}

async function timeOneThread(image: Volume, mask: Mask): Promise<StepTimes> {
  const kernels = await loadKernels()
  const all = Array.from({ length: runs + 1 }, () => timeSteps(kernels, image, mask, planExtraction(parameters))).slice(1)
  return all.reduce((best, next) => (next.totalMs < best.totalMs ? next : best))
}

interface WorkerTimes {
  readonly counts: readonly { readonly coldMs: number; readonly warmMs: number }[]
  /** Two independent extractions that share nothing but the machine. */
  readonly sideBySideMs: number
}

/** Different numbers of workers take turns, so that all meet the same load of the machine. */
async function timeWorkers(counts: readonly number[], image: Volume, mask: Mask): Promise<WorkerTimes> {
  const bridges = counts.map((workers) => createNodeComputeBridge({ workers }))
  const pair = [1, 1].map((workers) => createNodeComputeBridge({ workers }))
  const extractIn = (bridge: ComputeBridge) => bridge.extract(image, mask, parameters)
  const times = bridges.map(() => [] as number[])
  const sideBySide: number[] = []
  for (let run = 0; run <= runs; run++) {
    for (const [i, bridge] of bridges.entries()) times[i].push((await timed(() => extractIn(bridge))).ms)
    sideBySide.push((await timed(() => Promise.all(pair.map(extractIn)))).ms)
  }
  for (const bridge of [...bridges, ...pair]) bridge.close()
  return {
    counts: times.map(([cold, ...warm]) => ({ coldMs: cold, warmMs: Math.min(...warm) })),
    sideBySideMs: Math.min(...sideBySide.slice(1)),
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const start = performance.now()
  const result = await work()
  return { result, ms: performance.now() - start }
}

function line(name: string, ms: number, note = ''): void {
  print(`  ${name.padEnd(40)} ${(ms / 1000).toFixed(3).padStart(8)} s  ${note}`)
}

function share(part: number, whole: number): string {
  return ((100 * part) / whole).toFixed(1)
}

function ratio(a: number, b: number): string {
  return (a / b).toFixed(2)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
