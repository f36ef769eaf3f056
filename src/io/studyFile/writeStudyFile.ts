import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import type { Volume } from '../../core/image/volume.ts'
import type { MaskPart } from '../../core/mask/maskPart.ts'
import { messageOf, type Message, type Say } from '../../core/messages/message.ts'
import type { StudyContents, TravellingRegion, TravellingTable } from '../../core/study/contents.ts'
import { findNames, leavingStudy, nameOfFound, type LeftBehind } from '../../core/study/leavingStudy.ts'
import { imageIdOf, type StudyImage } from '../../core/study/study.ts'
import { firstLesion } from '../../core/study/unnamedStudy.ts'
import { isSimulated } from '../../core/study/workList.ts'
import { hashContent } from '../images/identifyVolume.ts'
import { formatJson } from '../records/formatJson.ts'
import { studyParameters } from '../records/studyParameters.ts'
import { beginArchive } from './beginArchive.ts'
import { formatFeatures, safeName } from './featureFiles.ts'
import { refuse, tell } from './messages.ts'
import { describeImage, packMask, packNifti } from './pack.ts'
import type { StudyPart } from './rulesFile.ts'
import { format, formatJournal, formatRecords, type FiledImage, type FiledRegion } from './recordsFile.ts'
import { formatStudyTexts } from './studyTexts.ts'
import type { TravellingAnalysis } from './analysisFiles.ts'
import type { ReadTable } from './travellingClinical.ts'

export interface StudySources {
  /** Throws what is told of a region that cannot be read: it is left out then, and named. */
  readonly readMask: (region: TravellingRegion) => Promise<MaskPart>
  readonly readResult: (table: TravellingTable) => Promise<ExtractionResult>
  /** Null where the study has none. */
  readonly clinical: ReadTable | null
  /** Null where nothing is analysed. */
  readonly analysis: TravellingAnalysis | null
  /** Missing where the file is to have no images. Throws what is told of one that cannot be read: it is left out then, and named. */
  readonly readImage?: ((image: StudyImage) => Promise<Volume>) | undefined
}

export interface WritingOptions {
  /** Words that name somebody, see `namingWords`. */
  readonly naming: ReadonlySet<string>
  /** Of texts that hold such words: those that a person has confirmed, by `nameOfFound`. */
  readonly confirmed: ReadonlySet<string>
  /** What else stays behind, by what it is: it is counted. */
  readonly stays: LeftBehind
  /** Name and version of the program. */
  readonly program: string
  /** The layout in words. */
  readonly readme: string
  readonly say: Say
  readonly now: Date
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

export interface WrittenStudy {
  readonly regions: number
  readonly tables: number
  readonly images: number
  /** What is not in it, and why. */
  readonly leftOut: readonly Message[]
}

/**
 * Writes the study file, entry by entry.
 * @throws DataError, before anything is written, if a text names somebody and nobody has confirmed it; the signal's reason if it is aborted
 */
export async function writeStudyFile(
  target: WritableStream<Uint8Array>,
  contents: StudyContents,
  { readMask, readResult, clinical, analysis, readImage }: StudySources,
  { naming, confirmed, stays, program, readme, say, now, onProgress, signal }: WritingOptions,
): Promise<WrittenStudy> {
  const found = findNames(contents, naming, analysis?.answers?.questions).filter((one) => !confirmed.has(nameOfFound(one)))
  if (found.length > 0) throw refuse('names-somebody', { found })
  const { leaving, leftBehind } = leavingStudy(contents, naming)
  const { study, images, patients } = leaving
  const labels = patients.map(({ label }) => label)
  const labelOf = new Map(patients.map(({ id, label }) => [id, label]))
  const archive = beginArchive(target, now)
  const leftOut: Message[] = []
  const wanted = readImage ? images.filter(({ role }) => role !== null) : []
  const total = leaving.regions.length + leaving.tables.length + wanted.length
  let done = 0
  const step = () => {
    signal?.throwIfAborted()
    onProgress?.(++done, total)
  }

  const roles = new Map(images.map(({ id, role }) => [id, role ?? '']))
  const roleOf = (image: string) => roles.get(imageIdOf(image)) ?? ''
  const nameMask = namesOfMasks(roleOf)
  const regions: FiledRegion[] = []
  const contentNames: string[] = []
  const add = async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    contentNames.push(name)
    await archive.add(name, bytes)
  }
  // Numbers first: what is told of them, and of what is missing, stands behind them.
  for (const region of leaving.regions) {
    step()
    const name = nameMask(region)
    if (region.grid === undefined) {
      leftOut.push(tell('roi-without-grid', { name, label: region.label }))
      continue
    }
    const part = await readMask(region).catch((error: unknown) => {
      signal?.throwIfAborted()
      leftOut.push(tell('roi-unreadable', { label: region.label, name, reason: messageOf(error) }))
    }) // prettier-ignore
    if (!part) continue
    await add(name, await packMask(part, region.grid))
    regions.push({ ...region, file: name })
  }
  const filed: { readonly table: TravellingTable; readonly result: ExtractionResult }[] = []
  for (const table of leaving.tables) {
    step()
    filed.push({ table, result: await readResult(table) })
  }
  for (const { name, bytes } of await formatFeatures(filed, roleOf)) await add(name, bytes)
  const imageFiles: FiledImage[] = []
  for (const image of wanted) {
    step()
    const label = labelOf.get(image.patient) ?? ''
    const name = `images/${safeName(label)}/${safeName(image.role!)}.nii.gz`
    const volume = await readImage!(image).catch((error: unknown) => {
      signal?.throwIfAborted()
      leftOut.push(tell('image-unreadable', { label, name, reason: messageOf(error) }))
    })
    if (!volume) continue
    await add(name, await packNifti(volume))
    imageFiles.push(describeImage(volume, { image: image.id, file: name, content: await hashContent(volume) }))
  }
  const encode = (text: string) => new TextEncoder().encode(text)
  const { formatParameterFile } = await import('../records/parameterFile.ts')
  const { formatClinical, formatPlan, reasonsByLabel, withoutNames } = await import('./clinicalFiles.ts')
  const told = clinical && withoutNames(clinical, naming)
  if (analysis) {
    const { formatAnalysis, whyAnalysisStays } = await import('./analysisFiles.ts')
    const why = whyAnalysisStays(analysis, clinical, naming)
    if (why) leftOut.push(why)
    else for (const { name, bytes } of await formatAnalysis(analysis)) await add(name, bytes)
  }
  const parameters = formatParameterFile(study.parameters?.values ?? studyParameters)
  const texts: StudyPart[] = [
    { name: 'README.txt', text: readme },
    ...formatStudyTexts(leaving, regions, { ...stays, ...leftBehind, ...(told && { clinicalVariables: told.left }) }, say),
    ...formatPlan({ labels, excluded: reasonsByLabel(leaving, clinical), freeze: study.freeze }, say),
    ...(told ? formatClinical(told.table, labels, say) : []),
    { name: 'parameters.yaml', text: parameters },
    { name: 'journal.jsonl', text: formatJournal(leaving.journal) },
    { name: 'study-records.json', text: formatRecords({ ...leaving, regions, imageFiles }, parameters) },
  ]
  for (const { name, text } of texts) await add(name, encode(text))
  const about = {
    format,
    kind: contents.images.some(isSimulated) ? 'simulated' : 'real',
    program,
    counts: { patients: patients.length, images: images.length, regions: regions.length, tables: filed.length },
    freeze: study.freeze && { hash: study.freeze.hash, thawedBefore: study.freeze.thawedBefore },
    contents: contentNames,
  }
  await archive.add('texel-study.json', encode(formatJson(about, say)))
  await archive.finish()
  return { regions: regions.length, tables: filed.length, images: imageFiles.length, leftOut }
}

/** `masks/A-0120/FST2WI.1.L2.nii.gz`; of an image without a role, or beside another one of its role, part of the image's ID. */
function namesOfMasks(roleOf: (image: string) => string): (region: TravellingRegion) => string {
  const given = new Map<string, number>()
  return ({ label, image, reader, lesion }) => {
    const role = roleOf(image)
    const of = `${safeName(role === '' ? `image-${image.slice(0, 8)}` : role)}.${safeName(reader)}`
    const stem = `masks/${safeName(label)}/${of}${lesion === firstLesion ? '' : `.${lesion}`}`
    const times = given.get(stem) ?? 0
    given.set(stem, times + 1)
    return `${stem}${times === 0 ? '' : `-${times + 1}`}.nii.gz`
  }
}
