import { readFile, rename, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import type { ExtractionParameters } from '../src/core/parameters/profiles/pyradiomics/parameters.ts'
import { formatFeatureLines } from '../src/io/tables/featureCsv.ts'
import { caseColumns } from '../src/io/tables/tableFile.ts'
import { ParameterFileError, parseParameterFile, studyParameterFile } from '../src/io/records/parameterFile.ts'
import { readCaseList, type CaseEntry } from './caseList.ts'
import { openExtractor, type Extractor } from './extractCase.ts'
import { describeFailures, extractCases } from './extractCases.ts'
import { parseCount } from './parseCount.ts'
import type { CaseRequest } from './readCase.ts'
import { createProgressBar, type ProgressBar } from './progressBar.ts'
import { refuseOutput, refuseToReplace } from './refuseOutput.ts'
import { UsageError } from './usageError.ts'
import { sayError, say } from '../src/messages/say.ts'

interface ExtractOptions {
  readonly image?: string
  readonly mask?: string
  readonly cases?: string
  readonly label?: number
  readonly maskThreshold?: number
  readonly series?: string
  readonly phase?: string
  readonly maskPhase?: string
  readonly params?: string
  readonly output: string
  readonly workers: number
  readonly resume?: true
  readonly overwrite?: true
}

/** @param report is told at the end whether everything went well */
export function addExtractCommand(program: Command, signal: AbortSignal, report: (good: boolean) => void): void {
  program
    .command('extract')
    .description('Measure a region, or all regions of a list, and write their features as CSV.')
    .option(
      '--image <path>',
      'image: NIfTI, NRRD, MetaImage, or a folder with DICOM files; see --series and --phase where it holds several volumes',
    )
    .option('--mask <path>', 'mask on the grid of the image; also a DICOM segmentation or structure set of the series')
    .option(
      '--label <number>',
      'value of the region in the mask, or number of the segment or structure (default: label of the parameter file)',
      parseAboveZero,
    )
    .option(
      '--mask-threshold <value>',
      'of a mask of probabilities or partial volume, whose values are no whole numbers: voxels of at least this value are inside',
      parseAboveZero,
    )
    .option(
      '--series <series>',
      'of an image folder with several series: number, SeriesInstanceUID or description of the one meant',
    )
    .option(
      '--phase <phase>',
      'of a dynamic series or 4D file: number of the phase by time, from 1; or the name of a part as inspect gives it',
    )
    .option('--mask-phase <phase>', 'of a 4D mask: number of the volume in the file, from 1')
    .addOption(
      new Option(
        '--cases <list.csv>',
        `list of cases: id,image,mask and, if wanted, ${caseColumns.slice(2).join(',')}; paths relative to it`,
      ).conflicts(['image', 'mask', 'series', 'phase', 'maskPhase']),
    ) // prettier-ignore
    .option('--params <file.yaml>', 'parameter file as PyRadiomics reads it (default: that of the study, 1502 features)')
    .requiredOption('--output <file.csv>', 'one region: feature,value lines; a list: one row a case')
    .option('--workers <n>', 'workers: one case of a list each, or a single case together', parseCount, availableParallelism())
    .addOption(
      new Option('--resume', 'take up an earlier run of the list: skip what is done, retry what failed').conflicts([
        'image',
        'mask',
      ]),
    ) // prettier-ignore
    .addOption(
      new Option('--overwrite', 'start anew where the output holds rows of an earlier run of the list').conflicts([
        'image',
        'mask',
        'resume',
      ]),
    ) // prettier-ignore
    .addHelpText(
      'after',
      '\nFailed cases of a list go to <output>.errors.csv.\nExit code: 0 all good, 1 some cases failed, 2 wrong usage.',
    )
    .action(async (options: ExtractOptions) => report(await extract(options, signal)))
}

async function extract(options: ExtractOptions, signal: AbortSignal): Promise<boolean> {
  const { image, mask, cases } = options
  refuseOutput(options.output)
  const parameters = await readParameters(options)
  if (cases !== undefined) return extractList(cases, parameters, options, signal)
  if (image === undefined || mask === undefined)
    throw new UsageError('Give --image and --mask, or --cases. Add --help to see what is expected.')
  const { series, phase, maskPhase, maskThreshold } = options
  const request: CaseRequest = {
    imagePath: resolve(image),
    maskPath: resolve(mask),
    label: parameters.settings.label,
    ...((series ?? phase) !== undefined && {
      choice: { ...(series !== undefined && { series }), ...(phase !== undefined && { phase }) },
    }),
    ...(maskPhase !== undefined && { maskPhase }),
    ...(maskThreshold !== undefined && { maskThreshold }),
  }
  return extractOne(request, parameters, options, signal)
}

async function extractOne(
  request: CaseRequest,
  parameters: ExtractionParameters,
  options: ExtractOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const progress = createProgressBar()
  const extractor = openExtractor(parameters, {
    workers: options.workers,
    signal,
    onProgress: progress.update,
  })
  try {
    const result = await extractor.extract(request)
    if (result.partial) return false
    for (const warning of result.warnings) progress.say(warning)
    if (result.failures.length > 0) progress.say(describeFailures(result.failures))
    await writeFile(`${options.output}.new`, formatFeatureLines(result, say))
    await rename(`${options.output}.new`, options.output)
    return result.failures.length === 0
  } catch (error) {
    progress.say(sayError(error))
    return false
  } finally {
    progress.stop()
    extractor.close()
  }
}

/** Cases that are read while the workers measure others. */
const casesAhead = 2

async function extractList(
  path: string,
  parameters: ExtractionParameters,
  options: ExtractOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const { maskThreshold } = options
  const { label } = parameters.settings
  const { cases, ignoredColumns, isNumbered } = await readCaseList(path, {
    label,
    ...(maskThreshold !== undefined && { maskThreshold }),
  })
  const inputs = cases.flatMap(({ name, imagePath, maskPath }) => [[`image of ${name}`, imagePath], [`mask of ${name}`, maskPath]] as const) // prettier-ignore
  refuseToReplace(options.output, inputs)
  const progress = createProgressBar()
  const extractor = openExtractor(parameters, { workers: options.workers, signal })
  try {
    if (isNumbered) progress.say(`${path} has no column id: the cases are called by the number of their row.`)
    if (ignoredColumns.length > 0) progress.say(`${path}: not used are the columns ${ignoredColumns.join(', ')}.`)
    const foretell = (first: CaseEntry) => foretellGreyLevels(first, extractor, progress)
    const earlier = options.resume ? 'resume' : options.overwrite ? 'overwrite' : 'refuse'
    const outcome = await extractCases(cases, extractor.extract, { output: options.output, parameters, maskThreshold, earlier, foretell, signal, progress, atOnce: options.workers + casesAhead }) // prettier-ignore
    const where = outcome.failed > 0 ? ` (${outcome.errorsPath})` : ''
    progress.say(
      `${cases.length === 1 ? '1 case' : `${cases.length} cases`}: ${outcome.done} in ${options.output}, ${outcome.failed} failed${where}.`,
    )
    return outcome.failed === 0
  } finally {
    progress.stop()
    extractor.close()
  }
}

/** The first case stands for the list: what its grey levels say of the parameters is told before hours are spent on the rest. */
async function foretellGreyLevels(
  first: CaseEntry,
  { checkGreyLevels }: Extractor,
  progress: ProgressBar,
): Promise<readonly string[]> {
  progress.update(0, 0, `Counting the grey levels of ${first.name}`)
  // A case that cannot be used is told when its turn comes, with the other failures.
  const found = await checkGreyLevels(first).catch(() => [])
  for (const sentence of found) progress.say(`Before the run, from ${first.name}: ${sentence}`)
  return found
}

async function readParameters({ params, label }: ExtractOptions): Promise<ExtractionParameters> {
  const parameters = parse(
    params === undefined ? studyParameterFile : await readText(params),
    params ?? 'the built-in parameter file',
  )
  return label === undefined ? parameters : { ...parameters, settings: { ...parameters.settings, label } }
}

function parse(text: string, path: string): ExtractionParameters {
  try {
    return parseParameterFile(text)
  } catch (error) {
    if (error instanceof ParameterFileError) throw new UsageError(`${path}: ${sayError(error)}`, { cause: error })
    throw error
  }
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`The parameter file ${path} cannot be read: ${(cause as Error).message}.`, { cause })
  })
}

function parseAboveZero(text: string): number {
  const label = Number(text)
  if (text.trim() === '' || !(label > 0 && Number.isFinite(label)))
    throw new InvalidArgumentError('A number above 0 was expected.')
  return label
}
