import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { collectResult } from '../src/core/extraction/collectResult.ts'
import { cutCase } from '../src/core/extraction/cutCase.ts'
import { ibsiDiagnostics } from '../src/core/extraction/ibsiDiagnostics.ts'
import { measureByIbsi } from '../src/core/extraction/measureByIbsi.ts'
import { planJobs } from '../src/core/extraction/planJobs.ts'
import { prepareCase } from '../src/core/extraction/prepareCase.ts'
import { openCase, runJob } from '../src/core/extraction/runJob.ts'
import { agreesWithConsensus, compareMap, type Consensus } from '../src/core/features/ibsi/agreesWithConsensus.ts'
import { listIbsiFeatures } from '../src/core/features/ibsi/definitions.ts'
import { applyIbsiFilter } from '../src/core/image/filters/ibsiFilters.ts'
import { measureVolume } from '../src/core/image/statistics.ts'
import type { Block, Kernels } from '../src/core/kernels/kernels.ts'
import { groupBy } from '../src/core/numeric/groupBy.ts'
import { planIbsi } from '../src/core/parameters/profiles/ibsi.ts'
import { parseCsv } from '../src/io/tables/tableFile.ts'
import { loadKernels } from '../workers/loadKernels.node.ts'
import { ibsiFilterSets, ibsiFilterValues, ibsiMaps, ibsiSets, type IbsiMap, type IbsiSet } from './ibsiSets.ts'
import { readCase, readOnly } from './readCase.ts'
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

/** How many of the values that were looked at are the consensus. */
interface Count {
  same: number
  all: number
}

async function compareWithIbsi({ reference }: IbsiOptions): Promise<boolean> {
  if (!existsSync(join(reference, ibsiSets[0].values)))
    throw new UsageError(`${reference} holds nothing of the IBSI: ${ibsiSets[0].values} was looked for.`)
  const kernels = await loadKernels()
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const isThere = (...paths: string[]) => paths.every((path) => existsSync(join(reference, path)))
  const missing: string[] = []
  /** One value: counted, and told in a line. */
  const tell = (
    count: Count,
    set: string,
    tag: string,
    got: number | undefined,
    { value, tolerance }: Consensus,
    isSame: boolean,
  ) => {
    const verdict = isSame ? 'same' : got === undefined ? 'missing' : 'DIFFERENT'
    say([set, tag, got === undefined ? '' : String(got), String(value), String(tolerance), verdict].join('\t'))
    count.all++
    if (isSame) count.same++
  }
  const tellValues = (count: Count, set: string, wanted: readonly Tagged[], got: ReadonlyMap<string, number>) => {
    for (const { tag, ...want } of wanted) {
      const value = got.get(tag)
      tell(count, set, tag, value, want, value !== undefined && agreesWithConsensus(value, want))
    }
  }
  say(['set', 'tag', 'got', 'wanted', 'tolerance', 'verdict'].join('\t'))

  const first: Count = { same: 0, all: 0 }
  for (const set of ibsiSets) {
    if (!isThere(set.values, set.image, set.mask)) missing.push(`${set.name}: ${set.image}, ${set.values}`)
    else tellValues(first, set.name, await readConsensus(join(reference, set.values)), await computeSet(kernels, reference, set))
  }

  const maps: Count = { same: 0, all: 0 }
  for (const map of ibsiMaps) {
    if (!isThere(map.phantom, map.reference)) missing.push(`map ${map.name}: ${map.phantom}, ${map.reference}`)
    else {
      const { worst, isSame } = await computeMap(kernels, reference, map)
      tell(maps, `map ${map.name}`, 'worst_part_of_range', worst, { value: 0, tolerance: 0.01 }, isSame)
    }
  }

  const features: Count = { same: 0, all: 0 }
  if (isThere(ibsiFilterValues)) {
    const wanted = await readFilterConsensus(join(reference, ibsiFilterValues))
    for (const [name, values] of wanted) {
      const set = ibsiFilterSets.find((one) => one.name === name)
      if (!set) {
        missing.push(`filter ${name}: not known here`)
        tellValues(features, `filter ${name}`, values, new Map())
      } else if (!isThere(set.image, set.mask)) missing.push(`filter ${name}: ${set.image}`)
      else tellValues(features, `filter ${name}`, values, await computeSet(kernels, reference, { ...set, diagnostics: false }))
    }
  } else missing.push(`statistics of filters: ${ibsiFilterValues}`)

  for (const what of missing) say(`not looked at: ${what}`)
  const counts = { 'IBSI 1': first, 'IBSI 2 maps': maps, 'IBSI 2 features': features }
  for (const [name, { same, all }] of Object.entries(counts)) if (all > 0) say(`${name}: ${same} of ${all}`)
  return Object.values(counts).every(({ same, all }) => same === all)
}

/** A response map of a phantom against its reference. */
async function computeMap(kernels: Kernels, reference: string, { phantom, reference: wanted, filter }: IbsiMap) {
  const [{ volume: image }, { volume: want }] = [
    await readOnly(join(reference, phantom), undefined),
    await readOnly(join(reference, wanted), undefined),
  ]
  return kernels.scope(() => {
    const block: Block = {
      pointer: kernels.allocate(8 * image.voxels.length),
      size: image.size,
      spacingMm: image.spacingMm,
      pixelType: 'float64',
    }
    kernels.f64(block.pointer, image.voxels.length).set(image.voxels)
    const response = applyIbsiFilter(kernels, block, filter)
    return compareMap(kernels.f64(response.pointer, image.voxels.length), want.voxels)
  })
}

/** Every value of a set by its tag. */
async function computeSet(
  kernels: Kernels,
  reference: string,
  { image, mask, parameters, diagnostics }: Pick<IbsiSet, 'image' | 'mask' | 'parameters' | 'diagnostics'>,
): Promise<Map<string, number>> {
  const { settings, families } = parameters
  const request = { imagePath: join(reference, image), maskPath: join(reference, mask), label: settings.label }
  const read = await readCase(request, settings)
  const planned = planIbsi(parameters)
  // Facts about the image are about all of it.
  const plan = diagnostics ? { ...planned, surroundings: { ...planned.surroundings, padding: Infinity } } : planned
  const statistics = measureVolume(read.image.voxels)
  const cut = cutCase(read.image, read.mask, plan)
  const prepared = prepareCase(kernels, cut, statistics, plan)
  const jobs = planJobs(prepared, plan)
  const { features } = kernels.scope(() => {
    const open = openCase(kernels, prepared, measureByIbsi)
    return collectResult(prepared, jobs, jobs.map((job) => runJob(open, job)))
  }) // prettier-ignore
  const byName = new Map(features)
  const [{ name: imageName }] = plan.ibsi
  const names = families.flatMap((family) => listIbsiFeatures(family, settings.aggregations))
  return new Map([
    ...(diagnostics ? Object.entries(ibsiDiagnostics(read.image, read.mask, cut, prepared)) : []),
    ...names.map(({ tag, name }) => [tag, byName.get(`${imageName}_${name}`)!] as const),
  ])
}

type Tagged = Consensus & { readonly tag: string }

/** The rows with a consensus of a table of the IBSI: value, tolerance, tag. */
async function readConsensus(path: string): Promise<Tagged[]> {
  const [, ...rows] = parseCsv(await readFile(path, 'utf8'), path)
  return rows.flatMap(([value, tolerance = '', tag]) =>
    tolerance.trim() === '' ? [] : [{ tag: tag.trim(), value: Number(value), tolerance: Number(tolerance) }],
  )
}

/** The same of the filters of IBSI 2: filter, name, tag, value, tolerance; by filter. */
async function readFilterConsensus(path: string): Promise<Map<string, Tagged[]>> {
  const [, ...rows] = parseCsv(await readFile(path, 'utf8'), path)
  const filled = rows.filter((row) => (row[4] ?? '').trim() !== '')
  return new Map(
    [...groupBy(filled, ([filter]) => filter)].map(([filter, own]) => [
      filter,
      own.map(([, , tag, value, tolerance]) => ({ tag, value: Number(value), tolerance: Number(tolerance) })),
    ]),
  )
}
