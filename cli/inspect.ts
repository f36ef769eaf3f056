import type { Command } from 'commander'
import { nameTimeSource } from '../src/messages/en/phases.ts'
import { say } from '../src/messages/say.ts'
import { describePaths, type DescribedVolume } from '../workers/readFiles.node.ts'
import { findDynamicSeries, type PhasesOf } from './chooseVolume.ts'

interface InspectOptions {
  readonly labels?: true
  readonly json?: true
}

/** @param report is told at the end whether every file could be used */
export function addInspectCommand(program: Command, _: AbortSignal, report: (good: boolean) => void): void {
  program
    .command('inspect')
    .description('Tell what is in files and folders: an entry for each volume (a DICOM series, a phase of it, a file).')
    .argument('<path...>', 'files or folders')
    .option('--labels', 'list the values of masks with their voxel counts')
    .option('--json', 'an array of records instead of text; phases of dynamic series carry their times')
    .addHelpText(
      'after',
      '\nGrids are in LPS and millimetres, values after rescale.\nExit code: 0 all good, 1 some files cannot be used, 2 wrong usage.',
    )
    .action(async (paths: string[], options: InspectOptions) => report(await inspect(paths, options)))
}

async function inspect(paths: readonly string[], { labels, json }: InspectOptions): Promise<boolean> {
  const entries: DescribedVolume[] = []
  for await (const entry of describePaths(paths, { labels: labels ?? false })) {
    entries.push(entry)
    if (!json) process.stdout.write(`${describe(entry)}\n`)
  }
  const images = entries.filter((entry): entry is Described => 'size' in entry && !entry.segments)
  const series = findDynamicSeries(images, ({ listed }) => listed)
  if (json)
    process.stdout.write(
      `${JSON.stringify(
        entries.map((entry) => toRecord(entry, series)),
        null,
        2,
      )}\n`,
    )
  else for (const one of series) process.stdout.write(`${describeSeries(one)}\n`)
  return entries.every((entry) => !('error' in entry))
}

type Described = Extract<DescribedVolume, { size: unknown }>

type TimedSeries = PhasesOf<Described>

/** Identifiers of the files stay inside; a phase has its time. */
function toRecord(entry: DescribedVolume, series: readonly TimedSeries[]) {
  const told = entry.warnings.map(say)
  if ('error' in entry) return { ...entry, error: say(entry.error), warnings: told }
  if (!('size' in entry)) return { ...entry, warnings: told }
  const { dicom, timing } = entry.listed.source
  const record = {
    ...entry,
    ...(entry.unit && { unit: say(entry.unit) }),
    ...(entry.greyLevels && { greyLevels: nameCount(entry.greyLevels) }),
    listed: undefined,
    warnings: told,
    ...(timing?.seriesNumber !== undefined && { seriesNumber: timing.seriesNumber }),
    ...(dicom?.SeriesInstanceUID !== undefined && { seriesInstanceUid: dicom.SeriesInstanceUID }),
  }
  const own = series.find(({ phases }) => phases.includes(entry))
  if (!own) return record
  const { times, phases } = own
  const at = phases.indexOf(entry)
  const { from, proved, injectionS, injectionProved, warnings, decision } = times
  return {
    ...record,
    time: {
      phase: at + 1,
      phases: phases.length,
      timeS: times.timesS[at],
      from,
      proved,
      injectionS,
      injectionProved,
      warnings,
      ...(decision && { disputedBy: decision.options[1].source }),
    },
  }
}

function describeSeries({
  phases,
  times: { timesS, from, proved, decision, injectionS, injectionProved, warnings },
}: TimedSeries): string {
  const source =
    from === 'order' ? 'assumed, 60 s apart: the files give none that can be used' : `from the ${nameTimeSource(from)}`
  return [
    `phases by time (${phases.length}), times ${source}${proved ? '' : ', not proved'}`,
    ...phases.map(({ path, series, phase }, i) => `${round(timesS[i])} s: ${[path, series, phase].filter(Boolean).join(' | ')}`),
    `injection at ${round(injectionS)} s${injectionProved ? '' : ', assumed just before the second phase'}`,
    ...(decision
      ? [
          `warning: the ${decision.options.map(({ source }) => nameTimeSource(source)).join(' and the ')} put the phases in different orders`,
        ]
      : []),
    ...warnings.map((warning) => `warning: ${say(warning)}`),
  ].join('\n  ')
}

function describe(entry: DescribedVolume): string {
  const name = [entry.path, entry.series, entry.phase].filter(Boolean).join(' | ')
  const lines =
    'error' in entry ? [`error: ${say(entry.error)}`] : 'structures' in entry ? describeStructures(entry) : describeVolume(entry)
  return [name, ...lines, ...entry.warnings.map((warning) => `warning: ${say(warning)}`)].join('\n  ')
}

function describeStructures({ structures }: Extract<DescribedVolume, { structures: unknown }>): string[] {
  return [
    'structure set (RTSTRUCT)',
    ...structures.map(
      ({ number, name, contours, points }) => `structure ${number} "${name}": ${contours} contours, ${points} points`,
    ),
  ]
}

function describeVolume(entry: Extract<DescribedVolume, { size: unknown }>): string[] {
  const { size, spacing, origin, direction, minimum, maximum, mean, unit, nanVoxels, segments } = entry
  const inMl = (voxels: number) => `${voxels} voxels, ${round((voxels * spacing[0] * spacing[1] * spacing[2]) / 1000)} mL`
  return [
    ...describeSeriesOf(entry.listed),
    `size ${size.join(' x ')}, spacing ${spacing.map(round).join(' x ')} mm`,
    `origin (${origin.map(round).join(', ')}) mm, direction (${direction.map(round).join(' ')})`,
    minimum === null
      ? 'no finite value'
      : `values ${round(minimum)} to ${round(maximum!)}, mean ${round(mean!)}${unit ? `; ${say(unit)}` : ''}`,
    ...(nanVoxels > 0 ? [`${nanVoxels} voxels are not finite`] : []),
    ...(segments ?? []).map(({ value, name, voxelCount }) => `segment ${value} "${name}": ${inMl(voxelCount)}`),
    ...describeLabels(entry, inMl),
  ]
}

/** What tells a series from others that are called the same. */
function describeSeriesOf({ source: { dicom, timing } }: Described['listed']): string[] {
  const number = timing?.seriesNumber === undefined ? 'series without a number' : `series ${timing.seriesNumber}`
  return dicom?.SeriesInstanceUID === undefined ? [] : [`${number}, UID ${dicom.SeriesInstanceUID}`]
}

function describeLabels({ labels, greyLevels }: Described, inMl: (voxels: number) => string): string[] {
  if (greyLevels) return [`no mask: ${nameCount(greyLevels)} different values`]
  if (!labels) return []
  const all = Object.entries(labels).sort(([a], [b]) => Number(a) - Number(b))
  if (all.length === 0) return ['an empty mask: every voxel is 0']
  return all.map(([value, voxels]) => `label ${value}: ${inMl(voxels)}`)
}

const nameCount = ({ count, areMore }: NonNullable<Described['greyLevels']>) => (areMore ? `more than ${count}` : String(count))

/** For reading; --json has all digits. */
function round(value: number): string {
  return String(Number(value.toPrecision(6)))
}
