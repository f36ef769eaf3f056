import { readFile, stat } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { Option, type Command } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { groupBy } from '../src/core/numeric/groupBy.ts'
import type { DceSet } from '../src/core/study/study.ts'
import { gapsOf } from '../src/core/cohort/timeSources.ts'
import { groundsOf, groupSeries, type SeriesGroup } from '../src/core/cohort/proposal/groupSeries.ts'
import { proposeStudy, type ProposedStudy } from '../src/core/cohort/proposal/proposeStudy.ts'
import { median } from '../src/core/numeric/quantile.ts'
import { exclusionReasons, type ExclusionReason } from '../src/core/study/exclusions.ts'
import { listImages } from '../src/io/importing/listImages.ts'
import { createListingCache, type ListingRecords } from '../src/io/importing/listingCache.ts'
import { nameImages, type NamedListing } from '../src/io/importing/nameImages.ts'
import { filesBelow } from '../src/io/sourceFile.node.ts'
import { readClinicalAnswers } from '../src/io/studyFile/clinicalFiles.ts'
import { readAnswers, readRules } from '../src/io/studyFile/readProposal.ts'
import { askDecision, describePhases, nameReason, nameSetAside, nameVisitReason } from '../src/messages/en/proposal.ts'
import { say } from '../src/messages/say.ts'
import { describeClinical, readClinicalParts } from './clinicalOfStudy.ts'
import { parseCount } from './parseCount.ts'
import { createProgressBar, progressOption, type HowToProgress } from './progressBar.ts'
import { refuseOutput } from './refuseOutput.ts'
import { parseShard, type Shard } from './shard.ts'
import { idOption, readTextFile, sheetOption, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'
import { writeImportedStudy, type RootedFile } from './writeImportedStudy.ts'

interface StudyOptions {
  readonly import?: string[]
  readonly list?: true
  readonly check?: true
  readonly count?: true
  readonly extract?: true
  readonly reader?: string
  readonly images?: string[]
  readonly workers?: number
  readonly progress: HowToProgress
  readonly shard?: Shard
  readonly failuresOk?: true
  readonly resume?: true
  readonly overwrite?: true
  readonly rules?: string
  readonly decisions?: string
  readonly headers?: string
  readonly output?: string
  readonly withImages?: true
  readonly clinical?: string
  readonly clinicalDoubts?: string
  readonly id?: string
  readonly sheet?: string
  readonly exclude: readonly ExclusionReason[]
  readonly training: readonly string[]
}

export function addStudyCommand(program: Command, signal: AbortSignal, report: (good: boolean) => void): void {
  program
    .command('study')
    .description(
      'Look into a study file, compute the features of its ROIs, or make a study of folders of images: whose they are and what for, from their headers alone.',
    )
    .argument('[STUDY.zip]', 'a study file that the page saved')
    .option('--list', 'what is in the study file: a line a patient')
    .option('--check', 'read all of the study file and tell what is lost or damaged')
    .option('--count', 'how many ROIs of a reader are complete, and no more: --shard cuts them into parts')
    .option('--extract', 'compute the features of all complete ROIs of a reader, and write the table that the page writes')
    .option('--reader <id>', 'whose ROIs (default: the first reader)')
    .option(
      '--images <folder...>',
      'folders with the images, where they are not in the file: each is found by what its files are, whatever they are called',
    )
    .option('--workers <n>', 'ROIs that are measured at once (default: the processors that it may use)', parseCount)
    .option(
      '--shard <k/n>',
      'only part k of n of the ROIs, as one of several jobs; texel merge --study makes one table of them',
      parseShard,
    )
    .option('--failures-ok', 'exit code 0 also where ROIs failed, if each is told')
    .addOption(progressOption)
    .addOption(new Option('--resume', 'take up an earlier run: skip what is done, retry what failed'))
    .addOption(new Option('--overwrite', 'start anew where the output holds rows of an earlier run').conflicts('resume'))
    .option('--import <folder...>', 'folders of images; of several, each is a centre')
    .option('--rules <rules.json>', 'what a person said of all images alike, as a study file holds it')
    .option('--decisions <decisions.json>', 'what a person decided: decisions.json of a study file with "chosen" filled in')
    .option('--headers <file>', 'where headers are kept, so that the next listing reads only what changed; it names patients')
    .option('--clinical <table>', 'what the hospital knows of the patients: .csv or .xlsx')
    .addOption(idOption)
    .addOption(sheetOption)
    .option('--clinical-doubts <clinical-doubts.json>', 'what a person decided of that table, with "chosen" filled in')
    .addOption(new Option('--exclude <reason...>', 'proposed exclusions that are accepted').choices(exclusionReasons).default([]))
    .option('--training <centre...>', 'centres whose patients learn; those of all others are judged', [])
    .option('--with-images', 'with --import: the voxels of images that have a role go into the file, without their headers')
    .option('--output <file>', 'with --import a study file that names nobody, which the page opens; with --extract a CSV')
    .addHelpText(
      'after',
      '\nNothing is changed, and no pixels are read but by --extract and --with-images. What is printed may name patients in descriptions of series; the study\nfile does not. --extract keeps the rows in <output>.rows.csv, which --resume goes on from, and failures in <output>.rows.csv.errors.csv; with\n--shard <output> is those rows.\nExit code: 0 all good, 1 something failed or is lost, 2 wrong usage, 75 trouble that another try may not meet: a full disk, too little memory,\nended by SIGTERM.',
    )
    .action((path: string | undefined, options: StudyOptions) => study(path, options, signal, report))
}

async function study(
  path: string | undefined,
  options: StudyOptions,
  signal: AbortSignal,
  report: (good: boolean) => void,
): Promise<void> {
  const { import: folders, list, check, count, extract, output } = options
  if (path === undefined) {
    if (list || check || count || extract)
      throw new UsageError(
        '--list, --check, --count and --extract look into a study file: name it, as in "texel study STUDY.zip --check".',
      )
    if (folders === undefined)
      throw new UsageError('Name a study file to look into, or give --import with the folders of images.')
    return importStudy(options, folders, signal, report)
  }
  if (folders !== undefined) throw new UsageError('A study file is looked into, folders are imported: give one of both.')
  if (!list && !check && !count && !extract)
    throw new UsageError(`Say what is to be done with ${path}: --list, --check, --count or --extract.`)
  if (extract && output === undefined) throw new UsageError('--extract writes a table: name it with --output features.csv.')
  const { checkStudy, countRegions, listStudy } = await import('./studyFile.ts')
  if (list) await listStudy(path)
  if (count) await countRegions(path, options.reader)
  const isWhole = !check || (await checkStudy(path))
  const isComputed =
    !extract || (await (await import('./extractStudy.ts')).extractStudy(path, { ...options, output: output! }, signal))
  report(isWhole && isComputed)
}

async function importStudy(
  options: StudyOptions,
  folders: readonly string[],
  signal: AbortSignal,
  report: (good: boolean) => void,
): Promise<void> {
  const { rules: rulesPath, decisions, headers, output, clinical, clinicalDoubts } = options
  if (clinical === undefined && (clinicalDoubts !== undefined || options.exclude.length > 0 || options.training.length > 0))
    throw new UsageError('--clinical-doubts, --exclude and --training are about the clinical table: give --clinical as well.')
  if (options.withImages && output === undefined)
    throw new UsageError('--with-images is about the study file: name it with --output STUDY.texel.zip.')
  if (output !== undefined) refuseOutput(output)
  const rules = rulesPath === undefined ? [] : readRules(await readTextFile(rulesPath))
  const answers = decisions === undefined ? [] : readAnswers(await readTextFile(decisions))
  const { listing, files } = await list(folders, headers)
  const study = proposeStudy(listing.images, { rules, answers })
  process.stdout.write(`${describe(study, listing, files.length)}\n`)
  const known =
    clinical === undefined
      ? null
      : await readClinicalParts(study, listing, {
          ...options,
          clinical,
          answers: clinicalDoubts === undefined ? {} : readClinicalAnswers(await readTextFile(clinicalDoubts)),
        })
  if (known) process.stdout.write(`${describeClinical(study, known).join('\n')}\n`)
  if (output === undefined) return
  const progress = createProgressBar()
  const { leftOut, rulesLeftOut } = await writeImportedStudy(output, {
    study,
    listing,
    files,
    rules,
    known,
    withImages: options.withImages === true,
    onProgress: (done, total) => progress.update(done, total, 'reading images'),
    signal,
  }).finally(() => progress.stop())
  for (const one of leftOut) process.stderr.write(`${say(one)}\n`)
  if (rulesLeftOut > 0)
    process.stderr.write(
      `${rulesLeftOut} of the rules hold a name, an ID or a date of these patients and are not in ${output}.\n`,
    )
  report(leftOut.length === 0)
}

interface Found {
  readonly listing: NamedListing
  readonly files: readonly RootedFile[]
}

async function list(folders: readonly string[], headers: string | undefined): Promise<Found> {
  const files: (RootedFile & { readonly inFolder: true })[] = []
  for (const root of folders) {
    if (!(await stat(root).catch(() => undefined))?.isDirectory()) throw new UsageError(`--import ${root} is no folder.`)
    for (const file of await filesBelow(root)) files.push({ file, inFolder: true, root })
  }
  const progress = createProgressBar()
  const cache = createListingCache(headers === undefined ? [] : await readHeaders(headers))
  const listing = await listImages(files, {
    known: cache,
    onProgress: (done, total) => progress.update(done, total, 'reading headers'),
    ...(folders.length > 1 && { rootOf: (file: number) => files[file].root }),
  })
  progress.stop()
  if (headers !== undefined) await writeResult(headers, serialize({ version: packageJson.version, records: cache.records() }))
  const named = nameImages(listing, ({ files: [first] }) =>
    relative(files[first].root, files[first].file.path).split(sep).join('/'),
  )
  return { listing: named, files }
}

/** None where there is no such file yet, or another version wrote it. */
async function readHeaders(path: string): Promise<ListingRecords> {
  const bytes = await readFile(path).catch(() => undefined)
  if (!bytes) return []
  try {
    const { version, records } = deserialize(bytes) as { version: string; records: ListingRecords }
    return version === packageJson.version ? records : []
  } catch (cause) {
    throw new UsageError(`--headers ${path} is no file of headers that this program wrote: choose another name.`, { cause })
  }
}

function describe(study: ProposedStudy, { leftOut, masks, pattern }: NamedListing, files: number): string {
  const { centres, patients, images, decisions } = study
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
  const reasons = [...groupBy(leftOut, ({ reason }) => say(reason))].sort(([, a], [, b]) => b.length - a.length)
  const open = decisions.filter(({ chosen }) => chosen === null)
  return [
    `${count(files, 'file')}, ${count(patients.length, 'patient')} of ${count(centres.length, 'centre')}, ${count(images.length, 'image')}, ${count(masks.length, 'mask')}`,
    ...(centres.length > 1 ? centres.map(({ id, told }) => `  centre ${id}: ${told}`) : []),
    ...(pattern ? [`names read as ${pattern.text}: ${count(pattern.patients, 'patient')}, ${pattern.roles.join(', ')}`] : []),
    '',
    ...formatColumns([
      ['series', 'scanner', 'patients', 'images', 'role', 'why'],
      ...groupSeries(study, 'series').map((group) => describeGroup(group, study)),
    ]),
    '',
    ...patients.flatMap(({ label, visits, visitReason, dce, roles }) => [
      [
        label,
        ...(visits.length > 1 ? [`${visits.length} visits, taken: ${nameVisitReason(visitReason)}`] : []),
        dce ? describeTimes(dce) : 'no dynamic series',
        ...roles.filter(({ role, image }) => image === null && role === 'FST2WI').map(({ role }) => `no ${role}`),
        ...(dce?.warnings.map(say) ?? []),
      ].join('; '),
    ]),
    ...(open.length > 0 ? ['', `${count(open.length, 'decision')} to make:`] : []),
    ...open.map((decision) => {
      const labels = [...new Set(images.filter(({ id }) => decision.subjects.includes(id)).map(({ label }) => label))]
      const proposed = decision.proposed === null ? '' : ` Proposed: ${decision.proposed}.`
      return `  ${labels.join(', ')}: ${askDecision(decision)}${proposed} (${decision.id.slice(0, 8)}, ${count(decision.options.length, 'option')})`
    }),
    ...(reasons.length > 0 ? ['', `${leftOut.length} left out:`] : []),
    ...reasons.map(([reason, own]) => `  ${own.length}: ${reason} (${own.slice(0, 3).map(({ path }) => path).join(', ')}${own.length > 3 ? ' ...' : ''})`), // prettier-ignore
  ].join('\n')
}

/** A line of the table. */
function describeGroup({ description, scanner, patients, images, roles, series, example }: SeriesGroup, study: ProposedStudy): string[] {
  const named = roles.flatMap(({ role, images: own }) =>
    role !== null ? [[role, own.length] as const] : [...groupBy(own, ({ setAside }) => (setAside ? nameSetAside(setAside) : '-'))].map(([why, alike]) => [why, alike.length] as const),
  )
  const why = series.length > 0
    ? [...new Set(series.map(describeTimes))].slice(0, 2).join('; ')
    : (groundsOf(example, study)?.reasons ?? []).map(nameReason).join(', ')
  return [
    description,
    scanner,
    String(patients.length),
    String(images.length),
    named.map(([role, count]) => (named.length === 1 ? role : `${role} ${count}`)).join(', '),
    why,
  ]
} // prettier-ignore

const describeTimes = (dce: DceSet) => describePhases(dce, median(gapsOf(dce.phases.map(({ timeS }) => timeS))))

function formatColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()) // prettier-ignore
}
