import type { BatchHost } from '../../workers/batchHost.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { compare } from '../core/numeric/compare.ts'
import type { StudyContents } from '../core/study/contents.ts'
import { findNames, nameOfFound, type NameFound } from '../core/study/leavingStudy.ts'
import type { MergedStudies, RegionChoice, mergeStudies } from '../core/study/mergeStudies.ts'
import { programServer } from '../io/programServer.ts'
import { fileFromBlob } from '../io/sourceFile.ts'
import type { TravellingAnalysis } from '../io/studyFile/analysisFiles.ts'
import { travellingClinical, type TravellingClinical } from '../io/studyFile/travellingClinical.ts'
import type { FiledTable } from '../io/studyFile/featureFiles.ts'
import { refuse } from '../io/studyFile/messages.ts'
import { withoutFile } from '../io/studyFile/recordsFile.ts'
import type { StudyFile } from '../io/studyFile/openStudyFile.ts'
import type { StudySources, WrittenStudy } from '../io/studyFile/writeStudyFile.ts'
import { sayInFiles } from '../messages/say.ts'
import '../messages/sayImages.ts'
import '../messages/sayStudyFile.ts'
import type { CopyFolderStore } from '../storage/copyFolder.ts'
import type { SavedElsewhere } from '../storage/savedElsewhere.ts'
import type { KeptSave } from '../storage/schema.ts'
import type { KeptStudy, StudyFileStore } from '../storage/studyFileStore.ts'
import type { ImagesState } from './images.ts'
import { told } from './messages.ts'
import type { Readable } from './readable.ts'
import { listAtHand, readStudyImage } from './readStudyImage.ts'
import type { RoiState } from './roi.ts'
import type { AutoCopyStore, ImagesToSave, StudyCopyStore, StudyCounts } from './studyCopy.ts'

/** A file that a person chose to write to; what was in it before stays until all is written. */
export interface ChosenFile {
  readonly name: string
  createWritable(): Promise<WritableStream<Uint8Array>>
  getFile(): Promise<File>
}

export interface StudyCopierServices {
  readonly store: StudyCopyStore
  readonly kept: StudyFileStore
  readonly roi: Readable<Pick<RoiState, 'whenKept'>>
  readonly images: Readable<Pick<ImagesState, 'volumes' | 'asleep'>>
  /** What reads images that go into the file. */
  readonly openHost: () => Promise<Pick<BatchHost, 'readFiles' | 'close'>>
  readonly noteSaved: (name: string, saved: KeptSave) => Promise<void>
  readonly version: string
  readonly now: () => number
  readonly auto: AutoCopyStore
  readonly folder: CopyFolderStore
  readonly readSaved: () => Promise<SavedElsewhere>
  /** Lets a person choose a folder that may be written to; null if they do not. Missing in browsers that have no folders. */
  readonly chooseFolder?: (() => Promise<FileSystemDirectoryHandle | null>) | undefined
  /** Lets a person choose where; null if they do not. Missing in browsers that only download. */
  readonly chooseFile?: ((name: string) => Promise<ChosenFile | null>) | undefined
  readonly download: (name: string, file: Blob) => void
  /** Images of the study lie in this file from now on. */
  readonly linkImages: (file: File, images: readonly string[], handle?: FileSystemFileHandle) => Promise<void>
  readonly reload: () => void
}

/** What was read of a file, until a person has chosen. */
interface Read {
  readonly name: string
  readonly given: File
  readonly handle: FileSystemFileHandle | undefined
  readonly file: StudyFile
  readonly contents: StudyContents
  readonly clinical: TravellingClinical | null
  readonly analysis: TravellingAnalysis | null
  readonly mine: KeptStudy
  readonly lost: readonly Message[]
  readonly tables: readonly FiledTable[]
  readonly mergeStudies: typeof mergeStudies
}

/** So often it is looked whether something changed since the last copy. */
const copyMs = 5 * 60_000

/** Not in TypeScript's library of the DOM. */
interface AskingHandle {
  queryPermission(options: { readonly mode: 'readwrite' }): Promise<PermissionState>
  requestPermission(options: { readonly mode: 'readwrite' }): Promise<PermissionState>
}
const permissionOf = (handle: FileSystemDirectoryHandle) => handle as unknown as AskingHandle

/** Each with its half of the library of zips. */
const loadReader = () => programServer.load(() => import('../io/studyFile/openStudyFile.ts'))
const loadAnalysis = () => programServer.load(() => import('../io/studyFile/analysisFiles.ts'))
const loadClinical = () => programServer.load(() => import('../io/studyFile/clinicalFiles.ts'))
const loadReadme = () => programServer.load(() => import('../messages/en/studyReadme.ts'))
const loadWriter = () => programServer.load(() => import('../io/studyFile/writeStudyFile.ts'))
const loadMerging = () => programServer.load(() => import('../core/study/mergeStudies.ts'))

export type StudyCopier = ReturnType<typeof createStudyCopier>

/** The study goes to a file and comes from one. */
export function createStudyCopier({
  store,
  kept,
  noteSaved,
  auto,
  folder,
  readSaved,
  chooseFolder,
  roi,
  images,
  openHost,
  version,
  now,
  chooseFile,
  download,
  linkImages,
  reload,
}: StudyCopierServices) {
  let abort = new AbortController()
  let read: Read | undefined

  const failed = (what: 'save' | 'open', error: unknown) =>
    store.setState(abort.signal.aborted ? { status: 'none' } : { status: 'failed', what, reason: messageOf(error) }, true)
  const progress = (status: 'writing' | 'checking' | 'reading', name: string) => (done: number, total: number) =>
    store.setState({ status, name, done, total }, true)

  /** Of files like this one; the day tells one copy from the next. */
  const nameOfFile = () => `study-${new Date(now()).toISOString().slice(0, 10)}.texel.zip`

  const write = async (
    target: WritableStream<Uint8Array>,
    { contents, clinical, analysis }: KeptStudy,
    signal: AbortSignal,
    onProgress: (done: number, total: number) => void,
    readImage?: StudySources['readImage'],
  ) => {
    const confirmed = await folder.confirmed()
    const { naming, stays } = await kept.readNames()
    try {
      const [{ writeStudyFile }, { studyReadme }] = await Promise.all([loadWriter(), loadReadme()])
      return await writeStudyFile(
        target,
        contents,
        { ...kept, clinical, analysis, readImage },
        {
          naming,
          confirmed: new Set(confirmed),
          stays,
          program: `texel ${version}`,
          readme: studyReadme,
          say: sayInFiles,
          now: new Date(now()),
          onProgress,
          signal,
        },
      )
    } catch (error) {
      // What was in the file before stays; it may have been given up already.
      await target.abort(error).catch(() => undefined)
      throw error
    }
  }

  /** Reads back what was written. @throws DataError if it is not whole */
  const check = async (
    name: string,
    file: File | Blob,
    { regions, tables, images: written }: WrittenStudy,
    onProgress: (done: number, total: number) => void,
  ) => {
    const { checkStudyFile, openStudyFile } = await loadReader()
    const opened = await openStudyFile(fileFromBlob(name, file))
    const problems = await checkStudyFile(opened, onProgress)
    const { regions: read, imageFiles } = opened.records
    const isWhole = read.length === regions && imageFiles.length === written && opened.about.counts.tables === tables
    if (problems.length > 0 || !isWhole) throw refuse('not-read-back', { name, problems })
  }

  const countsOf = ({ contents: { patients, regions, tables }, clinical }: KeptStudy): StudyCounts => ({
    patients: patients.length,
    regions: regions.length,
    tables: tables.length,
    clinical: clinical?.clinical.valuesOf.size ?? 0,
  })

  const imagesToSave = ({ contents }: KeptStudy): ImagesToSave => {
    const atHand = listAtHand(images.getState())
    const wanted = contents.images.filter(({ role }) => role !== null)
    const found = wanted.filter(({ id }) => atHand.has(id))
    const bytes = found.reduce((sum, { grid: { size } }) => sum + 2 * size[0] * size[1] * size[2], 0)
    return { count: found.length, bytes, away: wanted.length - found.length }
  }

  const merge = (
    { mine: { contents: mine }, contents, mergeStudies }: Read,
    choices: ReadonlyMap<string, RegionChoice>,
  ): MergedStudies => {
    const isEmpty = mine.patients.length === 0 && mine.regions.length === 0
    if (!isEmpty) return mergeStudies(mine, contents, choices)
    const { study, patients, images, decisions, regions, tables } = contents
    const merged = { study, patients, images, decisions, regions, tables }
    const twice = <T>(records: readonly T[]) => records.map((one) => ({ from: one, to: one }))
    const labels = new Map(patients.map(({ label }) => [label, label]))
    return { merged, taken: twice(regions), takenTables: twice(tables), conflicts: [], differences: [], labels }
  }

  /** What is new of the file's clinical values, by labels here: all where there is no table, else none, and that one differs is told. */
  const mergeClinical = ({ mine, clinical }: Read, { labels }: MergedStudies) => {
    const nothing = { news: null, differences: [] }
    if (clinical === null) return nothing
    const here = { ...clinical, rows: clinical.rows.flatMap(({ label, cells }) => { const own = labels.get(label); return own === undefined ? [] : [{ label: own, cells }] }) } // prettier-ignore
    if (mine.clinical === null) return { news: here, differences: [] }
    const own = travellingClinical(mine.clinical, here.rows.map(({ label }) => label)) // prettier-ignore
    const isSame = JSON.stringify(own) === JSON.stringify(here)
    return isSame ? nothing : { news: null, differences: [{ what: 'plan' as const, subject: 'clinical table' }] }
  }

  async function take(from: Read, result: MergedStudies): Promise<void> {
    const { merged, taken, takenTables, differences } = result
    const { name, file, contents, tables } = from
    const mine = from.mine.contents
    const clinical = mergeClinical(from, result)
    const lost = [...from.lost]
    const masks: { region: (typeof taken)[number]['to']; part: Awaited<ReturnType<StudyFile['readMask']>> }[] = []
    for (const [i, one] of taken.entries()) {
      abort.signal.throwIfAborted()
      progress('reading', name)(i, taken.length)
      const filed = file.records.regions.find((region) => region.image === one.from.image && region.reader === one.from.reader && region.lesion === one.from.lesion)! // prettier-ignore
      masks.push({ region: one.to, part: await file.readMask(filed) })
    }
    const results = new Map(
      tables.map(({ table, result }) => [JSON.stringify([table.image, table.reader, table.lesion]), result]),
    )
    const isNew = mine.patients.length === 0 && mine.regions.length === 0
    await kept.take({
      merged,
      masks,
      tables: takenTables.map(({ from: table, to }) => ({
        table: to,
        result: results.get(JSON.stringify([table.image, table.reader, table.lesion]))!,
      })),
      clinical: clinical.news,
      // Of a study that is merged into another one nothing was learnt in this form.
      analysis: isNew ? from.analysis : null,
      journal: isNew ? contents.journal : [],
      name,
    })
    if (!isNew && from.analysis && !areOfOneRun(from.analysis, from.mine.analysis))
      lost.push(told('analysis-not-merged', { name }))
    const known = new Set(merged.images.map(({ id }) => id))
    const inFile = file.records.imageFiles.flatMap(({ image }) => (known.has(image) ? [image] : []))
    await linkImages(from.given, inFile, from.handle)
    const images = inFile.length
    store.setState({ status: 'opened', name, news: newsOf(from, result), images, differences: [...differences, ...clinical.differences], lost }, true) // prettier-ignore
  }

  const newsOf = (from: Read, result: MergedStudies): StudyCounts => {
    const { merged, taken, takenTables } = result
    return {
      patients: merged.patients.length - from.mine.contents.patients.length,
      regions: taken.length,
      tables: takenTables.length,
      clinical: mergeClinical(from, result).news?.rows.filter(({ cells }) => cells.some((cell) => cell !== '')).length ?? 0,
    }
  }

  const daily = () => `study-${new Date(now()).toISOString().slice(0, 10)}-automatic.texel.zip`
  let isBusy = false
  let timer: ReturnType<typeof setInterval> | undefined

  /** One copy a day in the folder, written anew where something changed; what was in it stays until the new one is whole. */
  async function copyByItself(): Promise<void> {
    const link = await folder.get()
    if (!link || isBusy) return
    isBusy = true
    const tell = (status: 'on' | 'copying' | 'asks') => auto.setState({ status, folder: link.name }, true)
    try {
      if ((await permissionOf(link.handle).queryPermission({ mode: 'readwrite' })) !== 'granted') return tell('asks')
      if ((await readSaved()).changes === 0) return tell('on')
      tell('copying')
      await roi.getState().whenKept()
      const study = await kept.read()
      const name = daily()
      const file = await link.handle.getFileHandle(name, { create: true })
      const nothing = () => undefined
      const written = await write(await file.createWritable(), study, new AbortController().signal, nothing)
      await check(name, await file.getFile(), written, nothing)
      await noteSaved(name, { seq: study.contents.journal.at(-1)?.seq ?? 0, at: now() })
      tell('on')
    } catch (error) {
      auto.setState({ status: 'failed', folder: link.name, reason: messageOf(error) }, true)
    } finally {
      isBusy = false
    }
  }

  return {
    /** What would go into a file. */
    async look(): Promise<void> {
      abort = new AbortController()
      store.setState({ status: 'looking' }, true)
      try {
        await roi.getState().whenKept()
        const [study, { naming }, confirmed] = await Promise.all([kept.read(), kept.readNames(), folder.confirmed()])
        const found = findNames(study.contents, naming, study.analysis?.answers?.questions)
        store.setState(
          {
            status: 'ready',
            counts: countsOf(study),
            waiting: study.waiting,
            images: imagesToSave(study),
            found: found.filter((one) => !confirmed.includes(nameOfFound(one))),
          },
          true,
        )
      } catch (error) {
        failed('save', error)
      }
    },

    /**
     * Writes the study, reads it back, and only then says that it is saved.
     * @param confirmed texts that a person says to name nobody
     * @param withImages with the voxels of the images that have a role and are at hand
     */
    async save(confirmed: readonly NameFound[], { withImages }: { readonly withImages: boolean }): Promise<void> {
      abort = new AbortController()
      let closeReader = () => {}
      try {
        // At once: the browser asks for a place only while the click is fresh.
        const chosen = chooseFile ? await chooseFile(nameOfFile()) : undefined
        if (chosen === null) return
        const name = chosen?.name ?? nameOfFile()
        progress('writing', name)(0, 0)
        await folder.confirm(confirmed.map(nameOfFound))
        await roi.getState().whenKept()
        const study = await kept.read()
        let readImage: StudySources['readImage']
        if (withImages) {
          const host = await openHost()
          closeReader = host.close
          const labels = new Map(study.contents.patients.map(({ id, label }) => [id, label]))
          readImage = ({ id, patient }) =>
            readStudyImage(images.getState(), { id, label: labels.get(patient) ?? '' }, host.readFiles, abort.signal)
        }
        let written: WrittenStudy
        if (chosen) {
          written = await write(await chosen.createWritable(), study, abort.signal, progress('writing', name), readImage)
          await check(name, await chosen.getFile(), written, progress('checking', name))
        } else {
          const { readable, writable } = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>()
          const file = new Response(readable, { headers: { 'content-type': 'application/zip' } }).blob()
          // It fails with what is written into it.
          file.catch(() => undefined)
          written = await write(writable, study, abort.signal, progress('writing', name), readImage)
          await check(name, await file, written, progress('checking', name))
          abort.signal.throwIfAborted()
          download(name, await file)
        }
        await noteSaved(name, { seq: study.contents.journal.at(-1)?.seq ?? 0, at: now() })
        const counts = { ...countsOf(study), regions: written.regions, tables: written.tables }
        // Texts that stopped it are confirmed now.
        await copyByItself()
        store.setState(
          { status: 'written', name, counts, images: written.images, leftOut: written.leftOut, isDownload: !chosen },
          true,
        )
      } catch (error) {
        failed('save', error)
      } finally {
        closeReader()
      }
    },

    /**
     * Reads a study file. Into a study without patients it is taken at once; into another one when a person says so.
     * @param handle by which the browser may read its images again
     */
    async open(file: File, handle?: FileSystemFileHandle): Promise<void> {
      abort = new AbortController()
      const { name } = file
      try {
        progress('reading', name)(0, 0)
        await roi.getState().whenKept()
        const { openStudyFile } = await loadReader()
        const opened = await openStudyFile(fileFromBlob(name, file))
        const lost: Message[] = [...opened.problems]
        const regions: StudyContents['regions'][number][] = []
        for (const [i, region] of opened.records.regions.entries()) {
          abort.signal.throwIfAborted()
          progress('reading', name)(i, opened.records.regions.length)
          try {
            await opened.readMask(region)
            regions.push(withoutFile(region))
          } catch (error) {
            lost.push(messageOf(error))
          }
        }
        const tables = await opened.readTables((one) => lost.push(one))
        const contents = { ...opened.records, regions, tables: tables.map(({ table }) => table), journal: opened.journal }
        const { readTravellingClinical } = await loadClinical()
        const clinical = await readTravellingClinical(opened, (one) => lost.push(one))
        const { readTravellingAnalysis } = await loadAnalysis()
        const analysis = await readTravellingAnalysis(opened, (one) => lost.push(one))
        const { mergeStudies } = await loadMerging()
        const mine = await kept.read()
        read = { name, given: file, handle, file: opened, contents, clinical, analysis, mine, lost, tables, mergeStudies }
        const result = merge(read, new Map())
        if (mine.contents.patients.length === 0 && mine.contents.regions.length === 0) return await take(read, result)
        const { conflicts } = result
        const differences = [...result.differences, ...mergeClinical(read, result).differences]
        store.setState({ status: 'merging', name, conflicts, differences, lost, news: newsOf(read, result) }, true)
      } catch (error) {
        failed('open', error)
      }
    },

    /** Takes what was read into the study. @param choices by `nameOfRegion`; without one the ROI that is here stays */
    async merge(choices: ReadonlyMap<string, RegionChoice>): Promise<void> {
      if (!read) return
      try {
        await take(read, merge(read, choices))
      } catch (error) {
        failed('open', error)
      }
    },

    /** Who is who, as a file of its own: never part of the study file. @returns its name */
    async saveKeys(): Promise<string> {
      const name = nameOfFile().replace(/\.texel\.zip$/, '.keys.csv')
      const { formatTable } = await programServer.load(() => import('../io/tables/tableFile.ts'))
      const rows = await kept.takeOutKeys(name)
      const cells = rows.map(({ label, patientId, issuer, place, birthDate, sex }) => [label, patientId, issuer, place, birthDate, sex]) // prettier-ignore
      const text = formatTable(['label', 'patient_id', 'issuer', 'place', 'birth_date', 'sex'], cells)
      download(name, new Blob([text], { type: 'text/csv' }))
      return name
    },

    /** A person chooses where copies go from now on. */
    async copyToFolder(): Promise<void> {
      try {
        const handle = await chooseFolder?.()
        if (!handle) return
        await folder.put(handle)
      } catch (error) {
        failed('save', error)
        return
      }
      await copyByItself()
    },
    /** The browser asks whether the page may write there. */
    async connectFolder(): Promise<void> {
      const link = await folder.get()
      if (link) await permissionOf(link.handle).requestPermission({ mode: 'readwrite' })
      await copyByItself()
    },
    async stopCopying(): Promise<void> {
      await folder.put(null)
      auto.setState({ status: 'off' }, true)
    },
    canCopyToFolder: chooseFolder !== undefined,
    copyByItself,
    /** Copies now and then, as long as the page is open. */
    startCopying(): void {
      timer ??= setInterval(() => void copyByItself(), copyMs)
      void copyByItself()
    },

    cancel(): void {
      abort.abort(new Error('Cancelled.'))
      read = undefined
      // Everything on the page is of the study as it was before.
      const wasOpened = store.getState().status === 'opened'
      store.setState({ status: 'none' }, true)
      if (wasOpened) reload()
    },
  }
}

/** Results have keys by all that they were computed from. */
function areOfOneRun(one: TravellingAnalysis, other: TravellingAnalysis | null): boolean {
  const keysOf = ({ records }: TravellingAnalysis) => JSON.stringify(records.map(({ key }) => key).sort(compare))
  return other !== null && keysOf(one) === keysOf(other)
}
