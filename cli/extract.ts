import { readFile, rename, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { withLabel, type AnyParameters } from '../src/core/parameters/parameters.ts'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { formatFeatureLines } from '../src/io/tables/featureCsv.ts'
import { caseColumns } from '../src/io/tables/tableFile.ts'
import { parseParameters } from '../src/io/records/anyParameterFile.ts'
import { studyParameterFile } from '../src/io/records/parameterFile.ts'
import { ParameterFileError } from '../src/io/records/yamlReader.ts'
import { limitMemory, limitProcessors } from '../workers/limits.node.ts'
import { readCaseList, type CaseEntry } from './caseList.ts'
import { count } from './count.ts'
import { describeRun } from './describeRun.ts'
import { openExtractor, type Extractor } from './extractCase.ts'
import { describeFailures, extractCases, hashParameters } from './extractCases.ts'
import { beginRun } from './extractionRecord.ts'
import { fingerprint } from './fingerprint.ts'
import { findTrouble, refuseTroubled } from './findTrouble.ts'
import { lockOutput } from './lockOutput.ts'
import { parseCount } from './parseCount.ts'
import type { CaseRequest } from './readCase.ts'
import { createProgressBar, progressOption, type HowToProgress, type ProgressBar } from './progressBar.ts'
import { refuseOutput, refuseToReplace } from './refuseOutput.ts'
import { formatShard, parseShard, takeShard, type Shard } from './shard.ts'
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
  readonly workers?: number
  readonly progress: HowToProgress
  readonly shard?: Shard
  readonly failuresOk?: true
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
    .option(
      '--params <file.yaml>',
      'parameter file as PyRadiomics reads it, or with profile: IBSI (default: that of the study, 1502 features)',
    )
    .requiredOption('--output <file.csv>', 'one region: feature,value lines; a list: one row a case')
    .option(
      '--workers <n>',
      'workers: one case of a list each, or a single case together (default: the processors that it may use)',
      parseCount,
    )
    .addOption(
      new Option('--shard <k/n>', 'only part k of n of the list, as one of several jobs; texel merge makes one table of them')
        .argParser(parseShard)
        .conflicts(['image', 'mask']),
    )
    .addOption(new Option('--failures-ok', 'exit code 0 also where cases failed, if each is told').conflicts(['image', 'mask']))
    .addOption(progressOption)
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
      '\nFailed cases of a list go to <output>.errors.csv; <output>.run.json says where and when each was measured.\nExit code: 0 all good, 1 some cases failed, 2 wrong usage, 75 trouble that another try may not meet: a full disk, too little memory, ended by SIGTERM.',
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
  parameters: AnyParameters,
  options: ExtractOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const progress = createProgressBar(options.progress)
  const extractor = openExtractor(parameters, {
    workers: options.workers ?? limitProcessors().amount,
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
    if (findTrouble(error)) throw error
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
  parameters: AnyParameters,
  options: ExtractOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const { maskThreshold } = options
  const { label } = parameters.settings
  const list = await readCaseList(path, { label, ...(maskThreshold !== undefined && { maskThreshold }) })
  const { ignoredColumns, isNumbered } = list
  const cases = options.shard ? takeShard(list.cases, options.shard) : list.cases
  const inputs = cases.flatMap(({ name, imagePath, maskPath }) => [[`image of ${name}`, imagePath], [`mask of ${name}`, maskPath]] as const) // prettier-ignore
  refuseToReplace(options.output, inputs)
  const progress = createProgressBar(options.progress)
  const processors = limitProcessors()
  const workers = options.workers ?? processors.amount
  const memory = limitMemory()
  const size = {
    what: 'case',
    measured: cases.length,
    listed: list.cases.length,
    ...(options.shard && { shard: options.shard }),
    ...(options.workers !== undefined && { workers }),
  }
  progress.say(describeRun(size, processors, memory))
  const lock = await lockOutput(options.output)
  const ended = AbortSignal.any([signal, lock.lost])
  const extractor = openExtractor(parameters, { workers, signal: ended })
  try {
    if (isNumbered) progress.say(`${path} has no column id: the cases are called by the number of their row.`)
    if (ignoredColumns.length > 0) progress.say(`${path}: not used are the columns ${ignoredColumns.join(', ')}.`)
    const foretell = (first: CaseEntry) => foretellGreyLevels(first, extractor, progress)
    // Once is enough: another shard's first case says no more of the list.
    const isFirst = options.shard === undefined || options.shard.part === 1
    const earlier = options.resume ? 'resume' : options.overwrite ? 'overwrite' : 'refuse'
    const run = beginRun({
      workers,
      memoryBytes: memory.amount,
      parametersSha256: hashParameters(parameters, maskThreshold),
      list: { file: basename(path), sha256: await fingerprint(path) },
      shard: options.shard ? formatShard(options.shard) : null,
    })
    const outcome = await extractCases(cases, extractor.extract, { output: options.output, parameters, run, earlier, ...(isFirst && { foretell }), signal: ended, lost: lock.lost, progress, atOnce: workers + casesAhead }) // prettier-ignore
    const where = outcome.failed > 0 ? ` (${outcome.errorsPath})` : ''
    progress.say(`${count(cases.length, 'case')}: ${outcome.done} in ${options.output}, ${outcome.failed} failed${where}.`)
    refuseTroubled(outcome.troubled)
    return outcome.failed === 0 || options.failuresOk === true
  } finally {
    progress.stop()
    extractor.close()
    await lock.release()
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

async function readParameters({ params, label }: ExtractOptions): Promise<AnyParameters> {
  const parameters = parse(
    params === undefined ? studyParameterFile : await readText(params),
    params ?? 'the built-in parameter file',
  )
  return label === undefined ? parameters : withLabel(parameters, label)
}

function parse(text: string, path: string): AnyParameters {
  try {
    return parseParameters(text)
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
