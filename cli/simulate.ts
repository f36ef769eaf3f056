import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { defaultSimulation, planStudy, type SimulatedStudy } from '../src/core/simulate/planStudy.ts'
import { phaseLayouts, type PhaseLayout } from '../src/io/simulated/habitOf.ts'
import {
  formatCases,
  formatClinical,
  formatTruth,
  formatTruthTable,
  type MadePatient,
} from '../src/io/simulated/simulatedTables.ts'
import { simulatedReadme } from '../src/messages/en/simulated.ts'
import { limitProcessors } from '../workers/limits.node.ts'
import type { WantedFiles } from '../workers/simulateApi.ts'
import { createSimulators } from '../workers/simulateStudy.node.ts'
import { parseCount } from './parseCount.ts'
import { parseSeed } from './parseSeed.ts'
import { createProgressBar, type ProgressBar } from './progressBar.ts'
import { refuseFilledFolder } from './refuseOutput.ts'
import { UsageError } from './usageError.ts'

interface SimulateOptions {
  readonly output: string
  readonly patients: readonly [number, number]
  readonly seed: number
  readonly effect: number
  readonly dicom?: true
  readonly phases?: PhaseLayout
  readonly workers: number
}

export function addSimulateCommand(program: Command): void {
  const { patients, effect } = defaultSimulation
  program
    .command('simulate')
    .description('Make a simulated study of two centres whose truth is known: images, masks of two readers, tables.')
    .requiredOption('--output <folder>', 'a new folder, or an empty one')
    .option('--patients <a,b>', 'patients of the centre that trains and of the one that validates', parsePatients, patients)
    .option('--seed <n>', 'of all random numbers: the same seed makes the same study', parseSeed, 1)
    .option('--effect <d>', 'by how many SD HER2 shifts what the images show: 0.9 is hard, 0 is nothing', parseEffect, effect)
    .option('--dicom', 'also the DICOM files of the examinations, as four scanners write them')
    .addOption(
      new Option('--phases <layout>', 'how all scanners write the phases, in place of each in its own way').choices(phaseLayouts),
    )
    .option('--workers <n>', 'patients made at the same time', parseCount, limitProcessors().amount)
    .addHelpText('after', '\ntruth.json in the folder says what is true, and what a program must ask of a person.')
    .action(simulate)
}

async function simulate({ output, patients, seed, effect, dicom, phases, workers }: SimulateOptions): Promise<void> {
  if (phases !== undefined && !dicom) throw new UsageError('--phases is about the DICOM files: give --dicom as well.')
  refuseFilledFolder(output)
  const study = planStudy(seed, { patients, effect })
  const progress = createProgressBar()
  try {
    const made = await makePatients(
      study,
      output,
      { nifti: true, dicom: dicom ? { layout: phases ?? null, leftovers: true } : null },
      workers,
      progress,
    )
    const tables = {
      'README.txt': simulatedReadme,
      'clinical.csv': formatClinical(study),
      'truth.csv': formatTruthTable(study),
      'cases.csv': formatCases(study, made),
      'truth.json': formatTruth(study, made, phases ?? null),
    }
    for (const [name, text] of Object.entries(tables)) await writeFile(join(output, name), text)
    progress.say(`${study.patients.length} simulated patients in ${output}: see README.txt there.`)
  } finally {
    progress.stop()
  }
}

async function makePatients(
  { seed, options, patients }: SimulatedStudy,
  output: string,
  wanted: WantedFiles,
  workers: number,
  progress: ProgressBar,
): Promise<MadePatient[]> {
  const simulators = createSimulators(workers)
  let done = 0
  try {
    return await Promise.all(
      patients.map(async (_, i) => {
        const { files, ...made } = await simulators.run((api) => api.makePatient(seed, options, i, wanted))
        for (const folder of new Set(files.map(({ path }) => dirname(path))))
          await mkdir(join(output, folder), { recursive: true })
        for (const { path, bytes } of files) await writeFile(join(output, path), bytes)
        progress.update(++done, patients.length, made.id)
        return made
      }),
    )
  } finally {
    simulators.close()
  }
}

function parsePatients(text: string): readonly [number, number] {
  const parts = text.split(',')
  if (parts.length !== 2) throw new InvalidArgumentError('Two numbers were expected, as 60,36.')
  return [parseCount(parts[0]), parseCount(parts[1])]
}

function parseEffect(text: string): number {
  const effect = Number(text)
  if (text.trim() === '' || !(effect >= 0 && effect <= 5)) throw new InvalidArgumentError('A number from 0 to 5 was expected.')
  return effect
}
