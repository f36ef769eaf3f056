import { readFile, stat } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { Option, type Command } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { groupBy } from '../src/core/numeric/groupBy.ts'
import { gapsOf } from '../src/core/cohort/timeSources.ts'
import { proposeStudy, type ProposedImage, type ProposedStudy } from '../src/core/cohort/proposal/proposeStudy.ts'
import { proposePatterns, readName, type PatternCount } from '../src/core/cohort/proposal/readNames.ts'
import { median } from '../src/core/numeric/quantile.ts'
import { listImages, type FoundImage, type Listing } from '../src/io/importing/listImages.ts'
import { createListingCache, type ListingRecords } from '../src/io/importing/listingCache.ts'
import { filesBelow } from '../src/io/sourceFile.node.ts'
import { packStudy } from '../src/io/studyFile/packStudy.ts'
import { formatProposal } from '../src/io/studyFile/proposalFiles.ts'
import { readAnswers, readRules } from '../src/io/studyFile/readProposal.ts'
import { studyFileReadme } from '../src/messages/en/studyFile.ts'
import { nameTimeSource } from '../src/messages/en/phases.ts'
import { askDecision, nameReason, nameSetAside, nameVisitReason } from '../src/messages/en/proposal.ts'
import { say } from '../src/messages/say.ts'
import { createProgressBar } from './progressBar.ts'
import { refuseOutput } from './refuseOutput.ts'
import { readTextFile, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'

interface StudyOptions {
  readonly import: string[]
  readonly rules?: string
  readonly decisions?: string
  readonly headers?: string
  readonly output?: string
}

export function addStudyCommand(program: Command): void {
  program
    .command('study')
    .description('Make a study of folders of images: whose they are and what for, from their headers alone.')
    .addOption(new Option('--import <folder...>', 'folders of images; of several, each is a centre').makeOptionMandatory())
    .option('--rules <rules.json>', 'what a person said of all images alike, as a study file holds it')
    .option('--decisions <decisions.json>', 'what a person decided: decisions.json of a study file with "chosen" filled in')
    .option('--headers <file>', 'where headers are kept, so that the next listing reads only what changed; it names patients')
    .option('--output <STUDY.zip>', 'a study file without images and without names')
    .addHelpText(
      'after',
      '\nNothing is changed and no pixels are read. What is printed may name patients in descriptions of series; the study file does not.',
    )
    .action(importStudy)
}

async function importStudy({ import: folders, rules: rulesPath, decisions, headers, output }: StudyOptions): Promise<void> {
  if (output !== undefined) refuseOutput(output)
  const rules = rulesPath === undefined ? [] : readRules(await readTextFile(rulesPath))
  const answers = decisions === undefined ? [] : readAnswers(await readTextFile(decisions))
  const { listing, ...found } = await list(folders, headers)
  const study = proposeStudy(listing.images, { rules, answers })
  process.stdout.write(`${describe(study, listing, found)}\n`)
  if (output === undefined) return
  const { parts, rulesLeftOut } = formatProposal(study, listing.images, {
    rules,
    program: `texel ${packageJson.version}`,
    readme: studyFileReadme,
    say,
  })
  const packed = await packStudy(parts, new Date())
  await writeResult(output, new Uint8Array(await packed.arrayBuffer()))
  if (rulesLeftOut > 0)
    process.stderr.write(
      `${rulesLeftOut} of the rules hold a name, an ID or a date of these patients and are not in ${output}.\n`,
    )
}

interface Found {
  readonly listing: Listing
  readonly files: number
  /** How the names of files without headers were read. */
  readonly pattern: PatternCount | undefined
  readonly namedMasks: number
}

async function list(folders: readonly string[], headers: string | undefined): Promise<Found> {
  const files: {
    readonly file: Awaited<ReturnType<typeof filesBelow>>[number]
    readonly inFolder: true
    readonly root: string
  }[] = []
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
  const nameOf = ({ files: [first] }: FoundImage) => relative(files[first].root, files[first].file.path).split(sep).join('/')
  const unnamed = listing.images.filter(({ volume }) => volume.source.format !== 'DICOM')
  const [pattern] = proposePatterns(unnamed.map(nameOf)) as readonly (PatternCount | undefined)[]
  const named = listing.images.map((image) => {
    const name = pattern && image.volume.source.format !== 'DICOM' ? readName(pattern.pattern, nameOf(image)) : undefined
    return { image, name }
  })
  const images = named
    .filter(({ name }) => !name?.isMask)
    .map(({ image, name }): FoundImage => ({ ...image, ...(name && { named: name }) }))
  return { listing: { ...listing, images }, files: files.length, pattern, namedMasks: named.length - images.length }
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

function describe(
  study: ProposedStudy,
  { leftOut, masks }: Listing,
  { files, pattern, namedMasks }: Omit<Found, 'listing'>,
): string {
  const { centres, patients, images, decisions } = study
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
  const reasons = [...groupBy(leftOut, ({ reason }) => say(reason))].sort(([, a], [, b]) => b.length - a.length)
  const open = decisions.filter(({ chosen }) => chosen === null)
  return [
    `${count(files, 'file')}, ${count(patients.length, 'patient')} of ${count(centres.length, 'centre')}, ${count(images.length, 'image')}, ${count(masks.length + namedMasks, 'mask')}`,
    ...(centres.length > 1 ? centres.map(({ id, told }) => `  centre ${id}: ${told}`) : []),
    ...(pattern ? [`names read as ${pattern.text}: ${count(pattern.patients, 'patient')}, ${pattern.roles.join(', ')}`] : []),
    '',
    ...formatColumns([
      ['series', 'scanner', 'patients', 'images', 'role', 'why'],
      ...[...groupBy(images, ({ facts }) => JSON.stringify([facts.description, scannerOf(facts)])).values()]
        .sort((a, b) => b.length - a.length)
        .map((group) => describeGroup(group, study)),
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

/** A line of the table: what is called alike and comes from one model is one line. */
function describeGroup(group: readonly ProposedImage[], { patients }: ProposedStudy): string[] {
  const [{ facts }] = group
  const roles = [...groupBy(group, ({ role, setAside }) => role ?? (setAside ? nameSetAside(setAside) : '-'))]
  const scored = group.find(({ role }) => role !== null) ?? group[0]
  const sets = patients.flatMap(({ dce }) =>
    dce && group.some(({ id }) => dce.phases.some(({ image }) => image === id)) ? [dce] : [],
  )
  const why =
    sets.length > 0
      ? [...new Set(sets.map(describeTimes))].slice(0, 2).join('; ')
      : Object.values(scored.scores).flatMap(({ reasons }) => reasons.map(nameReason)).join(', ') // prettier-ignore
  return [
    String(facts.description ?? ''),
    scannerOf(facts),
    String(new Set(group.map(({ label }) => label)).size),
    String(group.length),
    roles.map(([role, own]) => (roles.length === 1 ? role : `${role} ${own.length}`)).join(', '),
    why,
  ]
}

function describeTimes({ phases, timesFrom, proved }: NonNullable<ProposedStudy['patients'][number]['dce']>): string {
  const gapS = Math.round(median(gapsOf(phases.map(({ timeS }) => timeS))))
  const source = timesFrom === 'order' ? 'assumed' : nameTimeSource(timesFrom)
  return `${phases.length} phases, ${gapS} s apart, ${source}${proved ? '' : ', not proved'}`
}

function scannerOf(facts: ProposedImage['facts']): string {
  const field = facts.MagneticFieldStrength
  return [facts.ManufacturerModelName ?? facts.Manufacturer, field && `${field} T`].filter(Boolean).join(', ')
}

function formatColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()) // prettier-ignore
}
