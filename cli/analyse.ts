import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Option, type Command } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { analysePiece } from '../src/core/analyse.ts'
import type { Analysis } from '../src/core/analysis/analysis.ts'
import type { StageStore } from '../src/core/analysis/stages/stageStore.ts'
import { listSeeds } from '../src/core/analysis/stages/seeds.ts'
import { equalToPyradiomics } from '../src/core/features/equality.ts'
import { defaultProtocol, type Protocol } from '../src/core/protocol/protocol.ts'
import { analysisFiles } from '../src/io/records/analysisFiles.ts'
import { describeAnalysis, describeCopies } from '../src/core/report/describeAnalysis.ts'
import { DataError } from '../src/core/messages/message.ts'
import { parseModelFile } from '../src/io/records/modelFile.ts'
import { formatOnnxModel } from '../src/io/records/onnxModel.ts'
import { formatProtocolFile, parseProtocolFile } from '../src/io/records/protocolFile.ts'
import { readStudy } from '../src/io/tables/readStudy.ts'
import { countLooks, describeLooks } from '../src/io/records/looks.ts'
import type { NamedText } from '../src/io/results/namedTable.ts'
import { formatRunRecord, runRecordName, type RunInput, type RunRecord } from '../src/io/records/runRecord.ts'
import { hashKernels } from '../workers/loadKernels.node.ts'
import { limitProcessors } from '../workers/limits.node.ts'
import { createNodeStatisticsBridge } from '../workers/statisticsBridge.node.ts'
import type { Bundle } from './bundle.ts'
import { keepIdsOption, paramsOption, readFeatureSource, tellOfVectors } from './modelOptions.ts'
import { parseCount } from './parseCount.ts'
import { createProgressBar } from './progressBar.ts'
import { openRunFolder, readEarlierRun, type RunFile } from './runFolder.ts'
import { formatShard, parseShard, type Shard } from './shard.ts'
import { splitSheet } from './splitSheet.ts'
import { openStageFolder } from './stageFolder.ts'
import { idOption, readTableFile, readTextFile, sheetOption, type TableChoice } from './tableFiles.ts'
import { UsageError } from './usageError.ts'
import { say, sayError } from '../src/messages/say.ts'

interface AnalyseOptions extends TableChoice {
  readonly protocol?: string
  readonly bundle?: string
  readonly task?: number
  readonly features?: string
  readonly clinical?: string
  readonly output?: string
  readonly stages?: string
  readonly piece?: Shard
  readonly overwrite?: true
  readonly after?: string
  readonly onnx?: true
  readonly params?: string
  readonly keepIds?: true
  readonly workers: number
}

/** @param report is told at the end whether everything went well */
export function addAnalyseCommand(program: Command, signal: AbortSignal, report: (good: boolean) => void): void {
  program
    .command('analyse')
    .description('Carry out a study: harmonise, select and train on the training cohort, then judge in every cohort.')
    .option('--protocol <file.yaml>', 'what to do (default: the protocol of the study; texel protocol prints it)')
    .option('--features <file.csv>', 'id and features; with columns sequence and reader as texel extract --cases writes them')
    .option('--clinical <file.csv>', 'id and the columns that the protocol names: outcome, cohort, batch, covariates')
    .addOption(new Option('--bundle <STUDY.zip>', 'a study file with its analysis, in place of tables and protocol: the results are compared with those in it').conflicts(['features', 'clinical', 'protocol', 'id', 'sheet', 'stages', 'piece'])) // prettier-ignore
    .option('--task <n>', 'of several tasks of the study file: which, from 1 (default: the one that was in hand)', parseCount)
    .addOption(idOption)
    .addOption(sheetOption)
    .option('--output <folder>', 'gets the tables, models and evaluation')
    .option('--overwrite', 'replace the files of another run in that folder')
    .option(
      '--after <run>',
      'the folder (or run.json) of an earlier run: what changed since is told, and looks at validation are counted',
    )
    .option('--stages <folder>', 'keeps what is computed, so that a run that was stopped goes on from there; jobs may share it')
    .addOption(
      new Option('--piece <k/n>', 'only piece k of n of the folds and bootstrap samples, into --stages; the run without it takes them all')
        .argParser(parseShard)
        .conflicts(['output', 'overwrite', 'after', 'onnx']),
    )
    .option('--onnx', 'write each model as ONNX too, for programs that are not Texel (docs/models.md)')
    .addOption(paramsOption)
    .addOption(keepIdsOption)
    .option('--workers <n>', 'workers that share the work', parseCount, limitProcessors().amount)
    .addHelpText('after', '\nExit code: 0 all good, 1 the data, or a cohort or fold of them, cannot be used, or results are other than in the study file, 2 wrong usage.')
    .action(async (options: AnalyseOptions) => report(await analyseFiles(options, signal))) // prettier-ignore
}

async function analyseFiles(options: AnalyseOptions, signal: AbortSignal): Promise<boolean> {
  const startedAt = new Date().toISOString()
  const { output, piece, stages: stagesPath } = options
  if (output === undefined && piece === undefined)
    throw new UsageError('Give --output, or --piece with --stages. Add --help to see what is expected.')
  if (piece !== undefined && stagesPath === undefined)
    throw new UsageError('Give --stages too: a piece leaves its results there for the run that makes the tables.')
  const bundle =
    options.bundle === undefined ? null : await (await import('./bundle.ts')).readBundle(options.bundle, options.task)
  const { protocol, features, clinical, inputs } = bundle ? { ...bundle, inputs: inputsOf(bundle) } : await readTables(options)
  const read = readStudy(features, clinical, protocol)
  const source = await readFeatureSource(options.params)
  const stages = bundle?.stages ?? (stagesPath === undefined ? undefined : await openStageFolder(stagesPath))
  if (output === undefined) return computePiece(read, protocol, piece!, stages!, options.workers, signal)
  const named = options.after === undefined ? null : await readEarlierRun(options.after)
  const folder = await openRunFolder(output, options.overwrite === true)
  const progress = createProgressBar()
  const bridge = createNodeStatisticsBridge(options.workers)
  try {
    for (const line of bundle?.lost ?? []) progress.say(line)
    for (const note of read.notes) progress.say(say(note))
    const analysis = await bridge.analyse(read.study, protocol, {
      signal,
      onProgress: ({ done, total, step }) => progress.update(done, total, say(step)),
      stages,
    })
    const endedAt = new Date().toISOString()
    const now = { texel: packageJson.version, protocol, protocolSha256: hash(formatProtocolFile(protocol)), inputs, at: endedAt }
    // A run that is overwritten has been looked at too.
    const earlier = [named, folder.former].filter((run) => run !== null)
    const looks = countLooks(judgedCohorts(analysis), earlier, now)
    const told = describeLooks(looks, earlier[0] ?? null, now)
    const seeds = listSeeds(protocol.seed)
    const [{ file: featureFile }, { file: clinicalFile }] = inputs
    const again = { features: featureFile, clinical: clinicalFile }
    const cameAbout = {
      engine: await hashKernels(),
      extracted: bundle?.own ? equalToPyradiomics : null,
      thaws: bundle?.own?.thaws ?? null,
      cohortsBy: bundle?.own?.plan ?? null,
    }
    const run = { texel: now.texel, ...cameAbout, endedAt, inputs, protocolSha256: now.protocolSha256, seeds, again, looks }
    const origin = { texel: now.texel, source, withIds: options.keepIds === true }
    const texts = analysisFiles(analysis, { ...read, notes: [...read.notes, ...told] }, clinical, say, origin, run)
    const files = [
      ...texts.map(({ name, text }) => ({ name, content: text })),
      ...(options.onnx ? onnxFiles(analysis, texts) : []),
    ]
    const [followed] = earlier
    const after = followed && { startedAt: followed.startedAt, protocolSha256: followed.protocolSha256 }
    const warnings = describeCopies(analysis.copies)
    const record = recordRun(now, seeds, files, {
      ...(warnings.length > 0 && { warnings: warnings.map(say) }),
      ...cameAbout,
      startedAt,
      endedAt,
      workers: options.workers,
      looks,
      ...(after && { after }),
    })
    await folder.write([...files, { name: runRecordName, content: formatRunRecord(record) }])
    for (const line of [...told, ...warnings, ...describeAnalysis(analysis)]) progress.say(say(line))
    for (const { name, model } of analysis.path.models) for (const line of tellOfVectors(name, model)) progress.say(line)
    const compared = bundle?.compare()
    if (compared) progress.say(compared.told)
    const { evaluation, resampling } = analysis
    return (
      (compared?.isSame ?? true) &&
      evaluation.cohorts.every(({ unusable }) => unusable === null) &&
      (resampling?.failures ?? []).length === 0
    )
  } finally {
    progress.stop()
    bridge.close()
  }
}

/** Nothing is judged by a piece, and nothing told of what it found: that is for the run that takes them all. */
async function computePiece(
  { study }: ReturnType<typeof readStudy>,
  protocol: Protocol,
  piece: Shard,
  stages: StageStore,
  workers: number,
  signal: AbortSignal,
): Promise<boolean> {
  const progress = createProgressBar()
  const bridge = createNodeStatisticsBridge(workers)
  try {
    const { done, total } = await analysePiece(study, protocol, (jobs) => bridge.runJobs(jobs, { signal }), piece, ({ done, total, step }) => progress.update(done, total, say(step)), stages) // prettier-ignore
    progress.say(`Piece ${formatShard(piece)}: ${done} of ${total} folds and bootstrap samples.`)
    return true
  } finally {
    progress.stop()
    bridge.close()
  }
}

/** @throws UsageError where a table is not named */
async function readTables(options: AnalyseOptions) {
  const { features, clinical } = options
  if (options.task !== undefined) throw new UsageError('--task chooses among the tasks of a study file: give --bundle as well.')
  if (features === undefined || clinical === undefined)
    throw new UsageError('Give --features and --clinical, or --bundle with a study file. Add --help to see what is expected.')
  const protocol = await readProtocol(options.protocol)
  return {
    protocol,
    // One after the other: what is said of them comes in their order, not in the disk's.
    features: await readTableFile(features, options, protocol.order),
    clinical: await readTableFile(clinical, options, protocol.order),
    inputs: await describeInputs({ ...options, features, clinical }),
  }
}

const inputsOf = ({ files }: Bundle): RunInput[] =>
  files.map(({ role, name, bytes }) => ({ role, file: name, bytes: bytes.length, sha256: hash(bytes) }))

async function describeInputs({
  features,
  clinical,
  protocol,
  params,
}: Pick<AnalyseOptions, 'protocol' | 'params'> & Readonly<Record<'features' | 'clinical', string>>): Promise<RunInput[]> {
  const roles = [['features', features], ['clinical', clinical], ...(protocol === undefined ? [] : [['protocol', protocol]]), ...(params === undefined ? [] : [['parameters', params]])] as const // prettier-ignore
  return Promise.all(
    roles.map(async ([role, path]) => {
      const bytes = await readFile(splitSheet(path).file)
      return { role, file: basename(path), bytes: bytes.length, sha256: hash(bytes) }
    }),
  )
}

/** Beside each model's file, and of what stands there; a model without a feature has none. */
function onnxFiles({ path }: Analysis, texts: readonly NamedText[]): RunFile[] {
  return path.models
    .filter(({ model }) => model.kind !== 'intercept only')
    .map(({ name }) => {
      const { text } = texts.find((file) => file.name === `models/${name}.json`)!
      return { name: `models/${name}.onnx`, content: formatOnnxModel(parseModelFile(text, name), hash(text)) }
    })
}

/** The validation cohorts with figures. */
function judgedCohorts({ split, evaluation }: Analysis) {
  const usable = new Set(evaluation.cohorts.filter(({ unusable }) => unusable === null).map(({ cohort }) => cohort))
  return split.judged
    .filter(({ cohort }) => usable.has(cohort))
    .map(({ cohort, ids }) => ({ cohort, patients: ids.length, idsSha256: hash([...ids].sort().join('\n')) }))
}

function recordRun(
  { texel, protocol, protocolSha256, inputs }: Pick<RunRecord, 'texel' | 'protocol' | 'protocolSha256' | 'inputs'>,
  seeds: RunRecord['seeds'],
  files: readonly RunFile[],
  {
    warnings,
    ...known
  }: Pick<
    RunRecord,
    'warnings' | 'engine' | 'extracted' | 'thaws' | 'cohortsBy' | 'startedAt' | 'endedAt' | 'workers' | 'looks' | 'after'
  >,
): RunRecord {
  return {
    format: 'texel run',
    version: 1,
    ...(warnings && { warnings }),
    texel,
    command: 'analyse',
    ...known,
    inputs,
    protocol,
    protocolSha256,
    seeds,
    files: files.map(({ name, content }) => ({ name, sha256: hash(content) })),
  }
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** @throws UsageError with the lines that are wrong */
export async function readProtocol(path: string | undefined): Promise<Protocol> {
  if (path === undefined) return defaultProtocol
  try {
    return parseProtocolFile(await readTextFile(path), path)
  } catch (error) {
    if (error instanceof DataError) throw new UsageError(sayError(error), { cause: error })
    throw error
  }
}
