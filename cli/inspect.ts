import type { Command } from 'commander'
import { describePaths, type DescribedVolume } from '../workers/readFiles.node.ts'

interface InspectOptions {
  readonly labels?: true
  readonly json?: true
}

/** @param report is told at the end whether every file could be used */
export function addInspectCommand(program: Command, report: (good: boolean) => void): void {
  program
    .command('inspect')
    .description('Tell what is in files and folders: an entry for each volume (a DICOM series, a phase of it, a file).')
    .argument('<path...>', 'files or folders')
    .option('--labels', 'list the values of masks with their voxel counts')
    .option('--json', 'an array of records instead of text')
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
  if (json) process.stdout.write(`${JSON.stringify(entries, null, 2)}\n`)
  return entries.every((entry) => !('error' in entry))
}

function describe(entry: DescribedVolume): string {
  const name = [entry.path, entry.series, entry.phase].filter(Boolean).join(' | ')
  const lines =
    'error' in entry ? [`error: ${entry.error}`] : 'structures' in entry ? describeStructures(entry) : describeVolume(entry)
  return [name, ...lines, ...entry.warnings.map((warning) => `warning: ${warning}`)].join('\n  ')
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
  const { size, spacing, origin, direction, minimum, maximum, mean, nanVoxels, labels, segments } = entry
  return [
    `size ${size.join(' x ')}, spacing ${spacing.map(round).join(' x ')} mm`,
    `origin (${origin.map(round).join(', ')}) mm, direction (${direction.map(round).join(' ')})`,
    minimum === null ? 'no finite value' : `values ${round(minimum)} to ${round(maximum!)}, mean ${round(mean!)}`,
    ...(nanVoxels > 0 ? [`${nanVoxels} voxels are not finite`] : []),
    ...(segments ?? []).map(({ value, name, voxelCount }) => `segment ${value} "${name}": ${voxelCount} voxels`),
    ...(labels ? [`labels ${Object.entries(labels).map(([value, voxels]) => `${value} (${voxels})`).join(', ')}`] : []), // prettier-ignore
  ]
}

/** For reading; --json has all digits. */
function round(value: number): string {
  return String(Number(value.toPrecision(6)))
}
