import { createStore, type StoreApi } from 'zustand/vanilla'
import { statusOf } from '../core/mask/progress.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import type { PeakChoice } from '../core/study/choosePeak.ts'
import { defaultRereading, readingOrder } from '../core/study/rereading.ts'
import { hideFindings, readsBlind } from '../core/study/readers.ts'
import type { RoleId } from '../core/study/roles.ts'
import { imageIdOf, type LesionId, type Patient, type ReaderId, type StudyImage } from '../core/study/study.ts'
import { isNumbered, unnamedStudy } from '../core/study/unnamedStudy.ts'
import {
  filterPatients,
  joinRegions,
  createPatientLister,
  type JoinedRegions,
  type ListedRegion,
  type ListFilter,
  type WorkListRow,
} from '../core/study/workList.ts'
import type { PatientChange, PatientRecordStore, ReadContent, StudyRecords } from '../storage/patientRecordStore.ts'
import { keyOfIdentity } from '../storage/imageKey.ts'
import { keptKey } from '../storage/regionKey.ts'
import type { ImagesStore } from './images.ts'
import type { LesionsState } from './lesions.ts'
import type { OpenPatient, PatientsStore } from './patients.ts'
import type { Readable } from './readable.ts'
import type { ReadersStore } from './readers.ts'
import { regionKey } from './region.ts'
import type { RoiStore } from './roi.ts'
import type { TablesStore } from './tables.ts'

export type Asked = { readonly what: 'exclude' | 'flag' | 'erase'; readonly patient: string } | { readonly what: 'rereading' }

export interface WorkListState {
  /** Null until the browser gave them. */
  readonly records: StudyRecords | null
  /** Of the reader in hand, in that reader's order. */
  readonly rows: readonly WorkListRow[]
  readonly filter: ListFilter
  /** By ID of an image, the label of its patient, where an import gave it. */
  readonly importedLabels: ReadonlyMap<string, string>
  /** ID of the patient whose row is in hand. */
  readonly patient: string | null
  /** What a person is asked to say of a patient, or of the second reading. */
  readonly asked: Asked | null
  /** What could not be done, and why. */
  readonly problem: Message | null
  setFilter(change: Partial<ListFilter>): void
  choose(patient: string | null): void
  /** So many rows down the list as it is filtered, up to its ends. */
  step(rows: number): void
  ask(asked: Asked | null): void
  exclude(patient: string, reason: string): Promise<void>
  include(patient: string): Promise<void>
  /** @param flag null takes it away; what is noted with it stays as the note */
  flag(patient: string, flag: string | null, note: string): Promise<void>
  assignRole(image: string, role: RoleId | null): Promise<void>
  /** A curve told which phase is the brightest; see `choosePeak`. */
  choosePeak(patient: string, choice: PeakChoice): Promise<void>
  /** Draws the patients that are read twice. @param reason where they are drawn already */
  drawRereading(from: 'training' | 'all', seed: number, reason: string): Promise<void>
  /** A second reading by the reader in hand, who takes it up. */
  readAgain(): Promise<void>
  removeImage(image: string): Promise<void>
  dismiss(): void
  /** The study was changed by other ways, such as an import. */
  reload(): Promise<void>
}

export type WorkListStore = StoreApi<WorkListState>

export interface WorkListServices {
  readonly store: PatientRecordStore
  readonly images: ImagesStore
  readonly patients: PatientsStore
  readonly readers: ReadersStore
  readonly roi: RoiStore
  readonly tables: TablesStore
  readonly lesions: Readable<Pick<LesionsState, 'listOf'>>
  readonly now: () => number
  readonly onNotKept: (reason: unknown) => void
}

/** Those that count by themselves, `P0001`, are given by the page. */
function labelsOfImports({ patients, images, came }: StudyRecords): ReadonlyMap<string, string> {
  const labels = new Map(
    patients.filter(({ id, label }) => !isNumbered(label) || came.has(id)).map(({ id, label }) => [id, label]),
  )
  return new Map(images.flatMap(({ id, patient }) => (labels.has(patient) ? [[id, labels.get(patient)!] as const] : [])))
}

/** What an image that was listed turns out to be once it is read. */
function contentsOf({ images }: Pick<OpenPatient, 'images'>): ReadContent[] {
  return images.flatMap(({ found: { volume } }) => {
    const { size, spacingMm, originMm, direction, source } = volume
    return source.identity ? [{ ...source.identity, grid: { size, spacingMm, originMm, direction } }] : []
  })
}

/** The patients of the study, one row each, as the reader in hand may see them: nothing of another reader goes into a row. */
export function createWorkListStore(services: WorkListServices): WorkListStore {
  const { store: kept, images, patients, readers, roi, tables, lesions, now, onNotKept } = services
  let last: Promise<unknown> = Promise.resolve()

  const workList = createStore<WorkListState>()((set, get) => {
    /** One act after the other, then what is kept now is shown. */
    const act = (work: () => Promise<unknown>): Promise<void> => {
      const done = last.then(async () => {
        try {
          await work()
          set({ problem: null })
        } catch (error) {
          set({ problem: messageOf(error) })
        }
        await show()
      })
      last = done
      return done
    }
    const change = (patient: string, changes: PatientChange) => act(() => kept.change(patient, changes))
    return {
      records: null,
      rows: [],
      importedLabels: new Map(),
      filter: { text: '', chip: 'all', withExcluded: false },
      patient: null,
      asked: null,
      problem: null,
      setFilter: (filter) => set({ filter: { ...get().filter, ...filter } }),
      choose: (patient) => set({ patient }),
      step(step) {
        const { rows, filter, patient } = get()
        const shown = filterPatients(rows, filter)
        const at = shown.findIndex((row) => row.patient.id === patient)
        const to = at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + step))
        if (shown.length > 0) set({ patient: shown[to].patient.id })
      },
      ask: (asked) => set({ asked }),
      exclude: (patient, reason) =>
        change(patient, { exclusion: { reason: reason.trim(), by: readers.getState().reader, at: now() } }),
      include: (patient) => change(patient, { exclusion: null }),
      flag(patient, flag, note) {
        const { study, reader } = readers.getState()
        // What the first reader noted is not seen here, and stays.
        const before = readsBlind(study, reader) ? get().records?.patients.find(({ id }) => id === patient)?.note : undefined
        return change(patient, { flag, note: [before, note.trim()].filter(Boolean).join('; ') })
      },
      assignRole: (image, role) => act(() => kept.assignRole(image, role)),
      choosePeak: (patient, choice) => act(() => kept.choosePeak(patient, choice)),
      drawRereading: (from, seed, reason) =>
        act(() => kept.drawRereading({ seed, count: defaultRereading.count, from, at: now(), reason })),
      readAgain: () =>
        act(async () => {
          const { reader } = readers.getState()
          readers.getState().take(await kept.addSecondReading(reader))
          const second = readers.getState().study.readers.find(({ rereads }) => rereads === reader)
          if (second) await roi.getState().chooseReader(second.id)
        }),
      removeImage: (image) => act(() => kept.removeImages([image])),
      dismiss: () => set({ problem: null }),
      reload: () => act(async () => undefined),
    }
  })

  async function show(): Promise<void> {
    try {
      const records = await kept.load()
      const labels = labelsOfImports(records)
      const isNews = [...labels].join() !== [...workList.getState().importedLabels].join()
      workList.setState({ records, ...(isNews && { importedLabels: labels }) })
      look()
      // Whose the open images are is other than it was.
      if (isNews) patients.getState().reorder()
    } catch (error) {
      onNotKept(error)
    }
  }

  function look(): void {
    const { records } = workList.getState()
    if (!records) return
    const { reader } = readers.getState()
    workList.setState({ rows: listFor(reader, records) })
  }

  const list = createPatientLister()
  /** Patients as a blinded reader meets them, each made once. */
  const hidden = new WeakMap<Patient, Patient>()
  const hide = (patient: Patient) => {
    const known = hidden.get(patient) ?? hideFindings(patient)
    hidden.set(patient, known)
    return known
  }

  function listFor(reader: ReaderId, records: StudyRecords): readonly WorkListRow[] {
    const regions = regionsOf(reader)
    const computed = new Set(
      tables.getState().tables.flatMap((table) => (table.reader === reader && !table.isPartial ? [imageIdOf(table.image)] : [])),
    )
    const isComputed = (own: readonly StudyImage[]) => {
      const inUse = own.filter(({ role }) => role !== null)
      return inUse.length > 0 && inUse.every(({ id }) => computed.has(id))
    }
    const ordered = readingOrder(records.study, reader, records.patients).map((patient) =>
      readsBlind(records.study, reader) ? hide(patient) : patient,
    )
    return list(ordered, records, (image) => regions.get(keyOf(image)), isComputed)
  }

  const keyOf = ({ id, content }: Pick<StudyImage, 'id' | 'content'>) =>
    content === null ? id : keyOfIdentity({ image: id, content })

  /** A reader's regions by image, all lesions in one: as this session has them, else as they are kept. */
  function regionsOf(reader: ReaderId): ReadonlyMap<string, JoinedRegions> {
    const { kept: heads, statuses, open, volumeCm3 } = roi.getState()
    const byLesion = new Map<string, Map<LesionId, ListedRegion>>()
    const put = (image: string, lesion: LesionId, region: ListedRegion) =>
      byLesion.set(image, (byLesion.get(image) ?? new Map<LesionId, ListedRegion>()).set(lesion, region))
    for (const head of heads) {
      // What lies beside the region of an image waits for a decision and does not count yet.
      if (head.reader !== reader || head.key !== keptKey(head)) continue
      const { progress, at } = statusOf(head)
      put(head.image, head.lesion, { progress, changedAt: at, volumeCm3: head.volumeCm3 })
    }
    const { volumes, asleep } = images.getState()
    const named = [...volumes.map(({ id, volume }) => ({ id, identity: volume.source.identity })), ...asleep]
    for (const { id, identity } of named) {
      if (!identity || identity.content === null) continue
      const key = keyOfIdentity({ image: identity.image, content: identity.content })
      for (const { id: lesion } of lesions.getState().listOf(id)) {
        const status = statuses[regionKey({ imageId: id, reader, lesion })]
        if (!status) continue
        const isOpen = open?.imageId === id && open.reader === reader && open.lesion === lesion
        put(key, lesion, {
          progress: status.progress,
          changedAt: status.at,
          volumeCm3: isOpen ? volumeCm3 : (byLesion.get(key)?.get(lesion)?.volumeCm3 ?? null),
        })
      }
    }
    const regions = new Map<string, JoinedRegions>()
    for (const [key, own] of byLesion) {
      const region = joinRegions([...own.values()])
      regions.set(key, region)
      const ofAny = imageIdOf(key)
      if (!byLesion.has(ofAny)) regions.set(ofAny, region)
    }
    return regions
  }

  /** What is open becomes part of the study, under the labels that its patients have by then. */
  function takeOpened(): void {
    last = last
      .then(() => patients.getState().whenKept())
      .then(async () => {
        // A page on which nothing is open needs none of what proposes roles.
        if (patients.getState().patients.length === 0) return false
        const { describePatient } = await import('./describePatient.ts')
        const roles = workList.getState().records?.study.roles ?? unnamedStudy.roles
        const open = patients.getState().patients
        const isRead = await kept.noteContents(open.filter(({ isOfStudy }) => isOfStudy).flatMap(contentsOf))
        const isTaken = await kept.take(
          open
            .filter(({ isOfStudy }) => !isOfStudy)
            .map((patient) => describePatient(patient, roles))
            .filter(({ images }) => images.length > 0),
        )
        return isRead || isTaken
      })
      .then((isAny) => (isAny ? show() : undefined))
      .catch(onNotKept)
  }

  last = show()
  patients.subscribe(takeOpened)
  readers.subscribe(({ reader, study }, before) => {
    if (reader !== before.reader) last = last.then(() => kept.noteReader(reader)).catch(onNotKept)
    if (study !== before.study) last = last.then(show)
    else look()
  })
  roi.subscribe(({ statuses, kept: heads }, before) => {
    if (statuses !== before.statuses || heads !== before.kept) look()
  })
  tables.subscribe((state, before) => {
    if (state.tables !== before.tables) look()
  })
  return workList
}
