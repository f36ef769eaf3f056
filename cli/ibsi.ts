import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { collectResult } from '../src/core/extraction/collectResult.ts'
import { cutCase } from '../src/core/extraction/cutCase.ts'
import { ibsiDiagnostics } from '../src/core/extraction/ibsiDiagnostics.ts'
import { planJobs } from '../src/core/extraction/planJobs.ts'
import { prepareCase } from '../src/core/extraction/prepareCase.ts'
import { openCase, runJob } from '../src/core/extraction/runJob.ts'
import { agreesWithConsensus, type Consensus } from '../src/core/features/ibsi/agreesWithConsensus.ts'
import { listIbsiFeatures } from '../src/core/features/ibsi/computeIbsiFamily.ts'
import { measureVolume } from '../src/core/image/statistics.ts'
import type { Kernels } from '../src/core/kernels/kernels.ts'
import { planIbsi } from '../src/core/parameters/profiles/ibsi.ts'
import { parseCsv } from '../src/io/tables/tableFile.ts'
import { loadKernels } from '../workers/loadKernels.node.ts'
import { ibsiSets, type IbsiSet } from './ibsiSets.ts'
import { readCase } from './readCase.ts'
import { UsageError } from './usageError.ts'

/** What comes with the program: the digital phantom. */
const ownReferences = fileURLToPath(new URL('../../reference', import.meta.url))

interface IbsiOptions {
  readonly reference: string
}

/** @param report is told at the end whether all values that could be looked at are the consensus */
export function addIbsiCommand(program: Command, _: AbortSignal, report: (good: boolean) => void): void {
  program
    .command('ibsi')
    .description('Compare features with the consensus values of the IBSI, one by one.')
    .option('--reference <folder>', 'images and values of the IBSI; without it the digital phantom', ownReferences)
    .addHelpText(
      'after',
      '\nThe folder holds ibsi/ (values and digital phantom) and extraction/ibsi_ct/ (the CT, which may not be passed on for commercial use and does not come with the program).\nA value is the consensus within its tolerance, or when it is rounded to three digits as the consensus is.\nExit code: 0 all are, 1 some are not, 2 wrong usage.',
    )
    .action(async (options: IbsiOptions) => report(await compareWithIbsi(options)))
}

async function compareWithIbsi({ reference }: IbsiOptions): Promise<boolean> {
  const isThere = ({ values, image, mask }: IbsiSet) => [values, image, mask].every((path) => existsSync(join(reference, path)))
  const here = ibsiSets.filter(isThere)
  if (here.length === 0)
    throw new UsageError(
      `${reference} holds nothing of the IBSI: ${join('ibsi', 'ibsi_1_dig_phantom.csv')} was looked for, for one.`,
    )
  const kernels = await loadKernels()
  const say = (line: string) => process.stdout.write(`${line}\n`)
  say(['set', 'tag', 'got', 'wanted', 'tolerance', 'verdict'].join('\t'))
  let [agreeing, all] = [0, 0]
  for (const set of here) {
    const got = await computeSet(kernels, reference, set)
    for (const { tag, value, tolerance } of await readConsensus(join(reference, set.values))) {
      const mine = got.get(tag)
      const isSame = mine !== undefined && agreesWithConsensus(mine, { value, tolerance })
      const verdict = isSame ? 'same' : mine === undefined ? 'missing' : 'DIFFERENT'
      say([set.name, tag, mine === undefined ? '' : String(mine), String(value), String(tolerance), verdict].join('\t'))
      all++
      if (isSame) agreeing++
    }
  }
  for (const set of ibsiSets.filter((other) => !here.includes(other)))
    say(
      `${set.name}: not looked at, since ${join(reference, existsSync(join(reference, set.values)) ? set.image : set.values)} is not there`,
    )
  say(`IBSI 1: ${agreeing} of ${all}`)
  return agreeing === all
}

/** Every value of a set by its tag. */
async function computeSet(
  kernels: Kernels,
  reference: string,
  { image, mask, parameters, diagnostics }: IbsiSet,
): Promise<Map<string, number>> {
  const { settings, families } = parameters
  const request = { imagePath: join(reference, image), maskPath: join(reference, mask), label: settings.label }
  const read = await readCase(request, settings)
  const planned = planIbsi(parameters)
  // Facts about the image are about all of it.
  const plan = { ...planned, surroundings: { ...planned.surroundings, padding: Infinity } }
  const statistics = measureVolume(read.image.voxels)
  const cut = cutCase(read.image, read.mask, plan)
  const prepared = prepareCase(kernels, cut, statistics, plan)
  const jobs = planJobs(prepared, plan)
  const { features } = kernels.scope(() => {
    const open = openCase(kernels, prepared)
    return collectResult(prepared, jobs, jobs.map((job) => runJob(open, job)))
  }) // prettier-ignore
  const byName = new Map(features)
  const names = families.flatMap((family) => listIbsiFeatures(family, settings.aggregations))
  return new Map([
    ...(diagnostics ? Object.entries(ibsiDiagnostics(read.image, read.mask, cut, prepared)) : []),
    ...names.map(({ tag, name }) => [tag, byName.get(`ibsi_${name}`)!] as const),
  ])
}

/** The rows with a consensus of a table of the IBSI: value, tolerance, tag. */
async function readConsensus(path: string): Promise<(Consensus & { readonly tag: string })[]> {
  const [, ...rows] = parseCsv(await readFile(path, 'utf8'), path)
  return rows.flatMap(([value, tolerance = '', tag]) =>
    tolerance.trim() === '' ? [] : [{ tag: tag.trim(), value: Number(value), tolerance: Number(tolerance) }],
  )
}
