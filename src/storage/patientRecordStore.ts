import { choosePeak, type PeakChoice } from '../core/study/choosePeak.ts'
import { refuseWhileFixed } from '../core/study/refuseWhileFixed.ts'
import { addSecondReading, drawRereading } from '../core/study/rereading.ts'
import type { VolumeIdentity } from '../core/image/volume.ts'
import type { RoleId } from '../core/study/roles.ts'
import type { Decision, Patient, ReaderId, Rereading, Study, StudyImage } from '../core/study/study.ts'
import { commit } from './commit.ts'
import type { Database, KeptIdentity } from './schema.ts'
import { createStudyRecordStore } from './studyRecordStore.ts'

/** The records of a study, voxels and regions apart. */
export interface StudyRecords {
  readonly study: Study
  /** By label. */
  readonly patients: readonly Patient[]
  readonly images: readonly StudyImage[]
  readonly decisions: readonly Decision[]
  /** What an image is called where it lies, by its ID: for the screen. */
  readonly names: Readonly<Record<string, string>>
  /** IDs of patients who came with a study file: only their images tell who they are. */
  readonly came: ReadonlySet<string>
}

/** Among the identities: a patient of whom no header and no folder told anything here. */
const cameKey = (patient: string) => JSON.stringify(['came', patient])

/** With this a patient's label is given to nobody else. */
export const identityOfComer = (patient: string): KeptIdentity => ({ key: cameKey(patient), patient })

/** What was found of a patient. */
export interface FoundPatient {
  readonly label: string
  readonly images: readonly (Omit<StudyImage, 'patient'> & { readonly name: string })[]
  readonly dce: Patient['dce']
}

export type ReadContent = Pick<VolumeIdentity, 'image' | 'content'> & Pick<StudyImage, 'grid'>

/** What a person says of a patient. */
export type PatientChange = Partial<Pick<Patient, 'exclusion' | 'flag' | 'note'>>

export interface PatientRecordStore {
  load(): Promise<StudyRecords>
  /**
   * Images that were found become their patient's; what a person said of their roles stays. Patients whose label nobody has are left out.
   * @returns whether anything is other than it was
   */
  take(found: readonly FoundPatient[]): Promise<boolean>
  /** Images of the study were read: their content is known, and their grid for certain. @returns whether that is news */
  noteContents(read: readonly ReadContent[]): Promise<boolean>
  /** Off the list. */
  removeImages(ids: readonly string[]): Promise<void>
  /** The image has the role from now on, and no other of its patient; null for none. */
  assignRole(image: string, role: RoleId | null): Promise<void>
  /** @throws DataError for the exclusion of a patient whose cohort is fixed */
  change(patient: string, change: PatientChange): Promise<void>
  /** See `choosePeak`. */
  choosePeak(patient: string, choice: PeakChoice): Promise<void>
  /** See `drawRereading`. @throws DataError if there is one and no reason */
  drawRereading(options: Parameters<typeof drawRereading>[2]): Promise<Rereading>
  addSecondReading(first: ReaderId): Promise<Study>
  noteReader(reader: ReaderId): Promise<void>
}

export function createPatientRecordStore(database: Database): PatientRecordStore {
  const { patients, images, places, decisions, meta, identities } = database
  const study = createStudyRecordStore(database)

  return {
    load: () =>
      database.transaction('r', [patients, images, places, decisions, meta, identities], async () => ({
        study: await study.get(),
        patients: await patients.orderBy('label').toArray(),
        images: await images.toArray(),
        decisions: await decisions.toArray(),
        names: Object.fromEntries((await places.toArray()).map(({ image, name }) => [image, name])),
        came: new Set((await identities.where('key').startsWith('["came",').toArray()).map(({ patient }) => patient)),
      })),

    take: (found) =>
      commit(database, { stores: [patients, images, places] }, async (note) => {
        let isAny = false
        for (const { label, images: own, dce } of found) {
          const patient = await patients.where('label').equals(label).first()
          if (!patient) continue
          const before = await images.where('patient').equals(patient.id).toArray()
          const said = before.filter(({ roleFrom }) => roleFrom === 'person')
          const taken = new Set(said.flatMap(({ role }) => role ?? []))
          const news: StudyImage[] = own.map(({ name: _, ...image }) => {
            const known = said.find(({ id }) => id === image.id)
            if (known) return { ...image, patient: patient.id, role: known.role, roleFrom: 'person' }
            const isFree = image.role !== null && !taken.has(image.role)
            if (isFree) taken.add(image.role!)
            return { ...image, patient: patient.id, role: isFree ? image.role : null }
          })
          // One role of one that is not among those found any more goes to the one that has it now.
          const ids = new Set(own.map(({ id }) => id))
          const left = before
            .filter(({ id, role, roleFrom }) => !ids.has(id) && roleFrom !== 'person' && role !== null && taken.has(role))
            .map((image): StudyImage => ({ ...image, role: null }))
          const known = new Map(
            (await images.bulkGet([...ids])).flatMap((image) => (image ? [[image.id, JSON.stringify(image)]] : [])),
          )
          const changed = news.filter((image) => known.get(image.id) !== JSON.stringify(image))
          const isDceNew = dce !== null && JSON.stringify(dce) !== JSON.stringify(patient.dce)
          if (changed.length + left.length === 0 && !isDceNew) continue
          isAny = true
          await images.bulkPut([...left, ...changed])
          await places.bulkPut(own.map(({ id, name }) => ({ image: id, name })))
          if (isDceNew) await patients.update(patient.id, { dce })
          await note({ act: 'take-images', subject: patient.id })
        }
        return isAny
      }),

    async noteContents(read) {
      if (read.length === 0) return false
      return commit(database, { stores: [images] }, async (note) => {
        const known = await images.bulkGet(read.map(({ image }) => image))
        const news = read.flatMap(({ content, grid }, i) => {
          const image = known[i]
          return image && image.content !== content ? [{ ...image, content, grid }] : []
        })
        await images.bulkPut(news)
        for (const patient of new Set(news.map((image) => image.patient))) await note({ act: 'take-images', subject: patient })
        return news.length > 0
      })
    },

    removeImages: (ids) =>
      commit(database, { stores: [images, places] }, async (note) => {
        for (const id of ids) {
          if ((await images.get(id)) === undefined) continue
          await images.delete(id)
          await places.delete(id)
          await note({ act: 'remove-images', subject: id })
        }
      }),

    assignRole: (id, role) =>
      commit(database, { stores: [images] }, async (note) => {
        const image = await images.get(id)
        if (!image) return
        const others = role === null ? [] : await images.where('patient').equals(image.patient).toArray()
        for (const other of others) if (other.role === role) await images.put({ ...other, role: null, roleFrom: 'person' })
        await images.put({ ...image, role, roleFrom: 'person' })
        await note({ act: 'assign-role', subject: id })
      }),

    change: (id, change) =>
      commit(database, { stores: [patients] }, async (note) => {
        const patient = await patients.get(id)
        if (!patient) return
        if (change.exclusion) refuseWhileFixed([patient])
        await patients.put({ ...patient, ...change })
        if (change.exclusion !== undefined)
          await note({ act: change.exclusion ? 'exclude-patient' : 'include-patient', subject: id })
        if (change.flag !== undefined) await note({ act: 'flag-patient', subject: id })
        if (change.note !== undefined) await note({ act: 'note-patient', subject: id })
      }),

    choosePeak: (id, choice) =>
      commit(database, { stores: [patients, images, meta] }, async (note) => {
        const patient = await patients.get(id)
        const own = await images.where('patient').equals(id).toArray()
        const chosen = patient && choosePeak(patient, own, (await study.get()).roles, choice)
        if (!chosen) return
        await patients.put(chosen.patient)
        await images.bulkPut([...chosen.images])
        await note({ act: 'choose-peak', subject: id })
      }),

    drawRereading: (options) =>
      commit(database, { stores: [patients, images, meta] }, async (note) => {
        const before = await study.get()
        const listed = new Set(await images.orderBy('patient').uniqueKeys())
        const candidates = (await patients.toArray()).filter(({ id }) => listed.has(id))
        const rereading = drawRereading(before, candidates, options)
        await meta.put({ key: 'study', value: { ...before, rereading } })
        await note({ act: 'draw-rereading', subject: 'study' })
        return rereading
      }),

    addSecondReading: (first) =>
      commit(database, { stores: [meta] }, async (note) => {
        const value = addSecondReading(await study.get(), first)
        await meta.put({ key: 'study', value })
        await note({ act: 'add-reading', subject: first })
        return value
      }),

    noteReader: (reader) =>
      commit(database, { stores: [] }, async (note) => void (await note({ act: 'switch-reader', subject: reader }))),
  }
}
