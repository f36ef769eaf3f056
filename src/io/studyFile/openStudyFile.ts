import type { Volume } from '../../core/image/volume.ts'
import type { MaskPart } from '../../core/mask/maskPart.ts'
import { DataError, type Message } from '../../core/messages/message.ts'
import { nameOfRegion } from '../../core/study/contents.ts'
import { findBrokenIn, findBrokenRecords, type Broken } from '../../core/study/invariants.ts'
import type { JournalLine } from '../../core/study/journal.ts'
import type { SourceFile } from '../sourceFile.ts'
import { openArchive } from './openArchive.ts'
import { readFeatures, type FiledTable } from './featureFiles.ts'
import { unpackImage, unpackMask } from './unpack.ts'
import { refuse, tell } from './messages.ts'
import {
  parseAbout,
  parseJournal,
  parseRecords,
  type AboutFile,
  type FiledImage,
  type FiledRecords,
  type FiledRegion,
} from './recordsFile.ts'

/** A study file that was opened: its records are whole, masks and numbers are read one by one. */
export interface StudyFile {
  readonly about: AboutFile
  /** Without regions that contradict the other records. */
  readonly records: FiledRecords
  readonly journal: readonly JournalLine[]
  /** What of it is lost, or is other than it says. */
  readonly problems: readonly Message[]
  /** @throws DataError if its entry is missing, damaged or another region's */
  readMask(region: FiledRegion): Promise<MaskPart>
  /** @throws DataError if its entry is missing, damaged or another image's */
  readImage(image: FiledImage): Promise<Volume>
  /** @param onLost what is lost of them */
  readTables(onLost: (lost: Message) => void): Promise<readonly FiledTable[]>
  /** Names of all entries. */
  readonly names: readonly string[]
  /** @throws DataError if it is missing or damaged */
  readEntry(name: string): Promise<Uint8Array<ArrayBuffer>>
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** What no study can be read with; all else is told of and goes on. */
const isFatal = ({ code }: Broken) => code === 'patient-unknown' || code === 'label-twice' || code === 'not-text'

/**
 * @throws DataError if it is no study file, one of a later version, or its records are damaged; what else is damaged loses itself alone
 */
export async function openStudyFile(file: SourceFile): Promise<StudyFile> {
  const archive = await openArchive(file)
  const about = parseAbout(decode(await archive.read('texel-study.json')), archive.names.includes('study-records.json'))
  const records = await parseRecords(decode(await archive.read('study-records.json')))
  const problems: Message[] = []

  const found = { patients: records.patients.length, images: records.images.length, regions: records.regions.length }
  for (const [what, count] of Object.entries(found)) {
    const said = about.counts[what as keyof typeof found]
    if (count !== said) throw refuse('counts-differ', { what, said, found: count })
  }
  const keyed = records.regions.map((region) => ({ ...region, key: nameOfRegion(region) }))
  const broken = findBrokenRecords(records.study, records.patients, records.images, keyed)
  for (const one of broken) {
    const told = { code: one.code, key: 'key' in one ? one.key : '' }
    if (isFatal(one)) throw refuse('records-contradict', told)
    problems.push(tell('records-contradict', told))
  }
  const wrong = new Set(
    [...broken, ...keyed.flatMap((region) => findBrokenIn(records.study, region))].flatMap((one) =>
      'key' in one ? one.key : [],
    ),
  )
  const regions = records.regions.filter((region, i) => {
    const isWrong = wrong.has(keyed[i].key)
    if (isWrong) problems.push(tell('roi-lost', { name: region.file, label: region.label, why: 'contradicts' }))
    return !isWrong
  })
  const named = new Set([...regions, ...records.imageFiles].map(({ file }) => file))
  for (const name of about.contents)
    if (!archive.names.includes(name) && !named.has(name)) problems.push(tell('part-lost', { name }))

  /** Null where the entry is missing or damaged. */
  const readOr = <T>(name: string, unpack: (packed: Uint8Array<ArrayBuffer>) => Promise<T | null>) =>
    archive.read(name).then(unpack, (error: unknown) => {
      if (error instanceof DataError) return null
      throw error
    })

  return {
    about,
    records: { ...records, regions },
    journal: await readJournal(archive.read, problems),
    problems,
    async readImage(image) {
      const volume = await readOr(image.file, (packed) => unpackImage(packed, image))
      if (!volume) throw refuse('image-lost', { name: image.file })
      return volume
    },
    async readMask(region) {
      const { file: name, label } = region
      if (!archive.names.includes(name)) throw refuse('roi-lost', { name, label, why: 'missing' })
      const part = await readOr(name, (packed) => unpackMask(packed, region))
      if (!part) throw refuse('roi-lost', { name, label, why: 'damaged' })
      return part
    },
    async readTables(onLost) {
      try {
        return await readFeatures(archive.names, archive.read, (name, rows) => onLost(tell('rows-lost', { name, rows })))
      } catch (error) {
        if (!(error instanceof DataError)) throw error
        onLost(tell('rows-lost', { name: 'features', rows: about.counts.tables }))
        return []
      }
    },
    names: archive.names,
    readEntry: archive.read,
  }
}

/** A study is read without it, and says so. */
async function readJournal(read: (name: string) => Promise<Uint8Array>, problems: Message[]): Promise<readonly JournalLine[]> {
  try {
    return parseJournal(decode(await read('journal.jsonl')))
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    problems.push(tell('part-lost', { name: 'journal.jsonl' }))
    return []
  }
}

/** Reads all of it. @returns what is lost or damaged, none where all is well */
export async function checkStudyFile(
  { records, names, problems, readMask, readImage, readTables, readEntry }: StudyFile,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<readonly Message[]> {
  const found: Message[] = [...problems]
  const note = (error: unknown) => {
    if (!(error instanceof DataError)) throw error
    found.push(error.told)
  }
  const { imageFiles } = records
  const own = new Set([...records.regions, ...imageFiles].map(({ file }) => file))
  const others = names.filter((name) => !own.has(name) && !name.startsWith('features/'))
  const total = records.regions.length + imageFiles.length + others.length
  let done = 0
  const step = () => onProgress(++done, total)
  for (const region of records.regions) {
    await readMask(region).catch(note)
    step()
  }
  for (const image of imageFiles) {
    await readImage(image).catch(note)
    step()
  }
  for (const name of others) {
    await readEntry(name).catch(note)
    step()
  }
  await readTables((lost) => void found.push(lost))
  return found
}
