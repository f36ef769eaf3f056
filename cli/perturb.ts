import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { defaultContourChanges, perturbContour, type ContourChanges } from '../src/core/mask/edit/perturbContour.ts'
import { deriveSeed } from '../src/core/numeric/random.ts'
import { formatTable } from '../src/io/tables/tableFile.ts'
import { sayError } from '../src/messages/say.ts'
import { loadKernels } from '../workers/loadKernels.node.ts'
import { saveImage } from '../workers/readFiles.node.ts'
import { readCaseList, type CaseEntry } from './caseList.ts'
import { parseCount } from './parseCount.ts'
import { parseSeed } from './parseSeed.ts'
import { createProgressBar } from './progressBar.ts'
import { readCase } from './readCase.ts'
import { refuseFilledFolder } from './refuseOutput.ts'
import { UsageError } from './usageError.ts'

interface PerturbOptions {
  readonly cases: string
  readonly output: string
  readonly count: number
  readonly seed: number
  readonly shift: number
  readonly growth: number
  readonly roughness: number
}

export function addPerturbCommand(program: Command, _: AbortSignal, report: (good: boolean) => void): void {
  const { shiftMm, growthMm, roughnessMm, roughnessLengthMm } = defaultContourChanges
  program
    .command('perturb')
    .description('Change contours by chance, where there is no second reader: masks, and a list of cases a change.')
    .requiredOption('--cases <list.csv>', 'list of cases as extract takes it')
    .requiredOption('--output <folder>', 'a new folder, or an empty one')
    .option('--count <n>', 'changes of each region', parseCount, 2)
    .option('--seed <n>', 'of all random numbers: the same seed makes the same changes', parseSeed, 1)
    .option('--shift <mm>', 'SD of the move along each axis', parseMm, shiftMm)
    .option('--growth <mm>', 'SD of the growth, the same all around', parseMm, growthMm)
    .option(
      '--roughness <mm>',
      `SD of what differs from place to place, over about ${roughnessLengthMm} mm`,
      parseMm,
      roughnessMm,
    )
    .addHelpText(
      'after',
      '\nMeasure each list with extract, then: texel agree --first features.csv --second changed-1.csv changed-2.csv. What agrees is stable\nunder contours drawn otherwise; that two readers agree is another claim, and no change of a contour shows it.',
    )
    .action(async (options: PerturbOptions) => report(await perturb(options)))
}

/** @returns whether every region could be read and changed */
async function perturb({ cases: list, output, count, seed, shift, growth, roughness }: PerturbOptions): Promise<boolean> {
  refuseFilledFolder(output)
  const { cases } = await readCaseList(list, { label: 1 })
  const changes: ContourChanges = { ...defaultContourChanges, shiftMm: shift, growthMm: growth, roughnessMm: roughness }
  await mkdir(join(output, 'masks'), { recursive: true })
  const progress = createProgressBar()
  const kernels = await loadKernels()
  const rows: string[][][] = Array.from({ length: count }, () => [])
  let failed = 0
  for (const [i, entry] of cases.entries()) {
    try {
      const { mask } = await readCase(entry, { label_channel: 0 })
      for (let number = 1; number <= count; number++) {
        // Rows are numbered: an ID may be no name of a file, or a patient's.
        const name = `masks/${String(i + 1).padStart(4, '0')}-${number}.nii.gz`
        const voxels = perturbContour(kernels, mask, changes, deriveSeed(seed, 'case', i), number)
        if (!voxels.includes(1)) throw new UsageError(`change ${number} leaves nothing of the region`)
        await writeFile(join(output, name), await saveImage({ ...mask, voxels }, name))
        rows[number - 1].push(rowOf(entry, output, name))
      }
    } catch (error) {
      failed++
      progress.say(`${entry.name}: ${sayError(error)}`)
    }
    progress.update(i + 1, cases.length, entry.name)
  }
  progress.stop()
  for (const [i, own] of rows.entries())
    await writeFile(join(output, `cases-${i + 1}.csv`), formatTable(['id', 'sequence', 'image', 'mask', 'series', 'phase'], own))
  process.stdout.write(
    `${cases.length - failed} of ${cases.length} regions changed ${count} times each, seed ${seed}: shift ${shift} mm, growth ${growth} mm, roughness ${roughness} mm over ${changes.roughnessLengthMm} mm.\n`,
  )
  return failed === 0
}

/** The case with the changed mask; where the mask was one of several labels, it is the only one now. */
function rowOf({ identity, imagePath, choice }: CaseEntry, output: string, mask: string): string[] {
  const given = new Map(identity)
  return [
    given.get('id') ?? '',
    given.get('sequence') ?? '',
    relative(output, imagePath),
    mask,
    choice?.series ?? '',
    choice?.phase ?? '',
  ]
}

function parseMm(text: string): number {
  const mm = Number(text)
  if (text.trim() === '' || !(mm >= 0 && mm <= 50)) throw new InvalidArgumentError('A number of mm from 0 to 50 was expected.')
  return mm
}
