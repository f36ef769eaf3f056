import type { ImportedPatient, ImportedStudy } from '../core/cohort/proposal/studyRecords.ts'
import type { Centre } from '../core/cohort/proposal/placeImages.ts'
import { clinicIdIn } from '../core/cohort/clinical/knownPatients.ts'
import { groupBy } from '../core/numeric/groupBy.ts'
import { refuseWhileFixed } from '../core/study/refuseWhileFixed.ts'
import type { RoleRule } from '../core/study/roles.ts'
import { imageIdOf } from '../core/study/study.ts'
import { commit } from './commit.ts'
import { copyFolderId } from './copyFolder.ts'
import type { Database, KeptImport, KeptLink, KeptListing, KeptPlace } from './schema.ts'
import { createStudyRecordStore } from './studyRecordStore.ts'

/** What an import brings into the study of this database. */
export interface StudyImport extends ImportedStudy {
  /** All of the study's, in the order in which they were given. */
  readonly rules: readonly RoleRule[]
  readonly centres: readonly Pick<Centre, 'id' | 'places'>[]
  /** Of its images. */
  readonly places: readonly KeptPlace[]
  readonly links: readonly KeptLink[]
}

export interface ImportStore {
  /** Patients one by one, each whole or not at all; what was there already and is no other stays untouched. */
  take(wanted: StudyImport, options: { readonly at: number; onPatient?(done: number, of: number): void }): Promise<void>
  /** The last import; null where there is none to take back. */
  last(): Promise<KeptImport | null>
  /**
   * Takes the last import back.
   * @returns labels of patients on whose images somebody drew: nothing is done then
   * @throws DataError for patients whose cohorts are fixed
   */
  undo(): Promise<readonly string[]>
  /** What centres of earlier imports are called. */
  centres(): Promise<readonly { readonly id: string; readonly places: readonly string[] }[]>
  /** What the clinic calls each patient, by ID. */
  clinicIds(): Promise<ReadonlyMap<string, readonly string[]>>
  links(): Promise<readonly KeptLink[]>
  /** Images of the study lie there now. */
  keepPlaces(where: Pick<StudyImport, 'places' | 'links'>): Promise<void>
  places(): Promise<readonly KeptPlace[]>
  /** What an earlier listing found in these folders. */
  listings(folders: readonly string[]): Promise<readonly KeptListing[]>
  keepListings(listings: readonly KeptListing[]): Promise<void>
}

/** Among the identities: what folders or headers call a centre. */
const centreKey = (place: string) => JSON.stringify(['centre', place])
const isCentre = (key: string) => key.startsWith('["centre",')

export function createImportStore(database: Database): ImportStore {
  const { patients, images, places, identities, decisions, regions, meta, links, listings } = database
  const study = createStudyRecordStore(database)

  const last = async () => {
    const found = await meta.get('import')
    return found?.key === 'import' ? found.value : null
  }

  /** @returns what is other than it was; null where nothing is */
  const takePatient = ({ patient: found, images: own, keys }: ImportedPatient, where: ReadonlyMap<string, KeptPlace>) =>
    commit(database, { stores: [patients, images, places, identities] }, async (note) => {
      const [before, earlier] = [await patients.get(found.id), await images.bulkGet(own.map(({ id }) => id))]
      // Who is in which cohort is fixed and thawed, whatever comes meanwhile.
      const patient = { ...found, cohort: before?.cohort ?? null }
      const changed = own.filter((image, i) => JSON.stringify(earlier[i]) !== JSON.stringify(image))
      await places.bulkPut(own.flatMap(({ id }) => where.get(id) ?? []))
      await identities.bulkPut(keys.map((key) => ({ key, patient: patient.id })))
      if (changed.length === 0 && JSON.stringify(before) === JSON.stringify(patient)) return null
      await patients.put(patient)
      await images.bulkPut(changed)
      // Of whoever had them before no series is left.
      const left = [...new Set(earlier.flatMap((image) => (image && image.patient !== patient.id ? [image.patient] : [])))]
      const losers = (await patients.bulkGet(left)).flatMap((one) => one ?? [])
      for (const one of losers) await patients.put({ ...one, dce: null })
      await note({ act: 'import-patient', subject: patient.id })
      return {
        patients: before ? [] : [patient.id],
        images: changed.flatMap(({ id }) => (earlier.some((image) => image?.id === id) ? [] : [id])),
        before: {
          patients: [...(before ? [before] : []), ...losers],
          images: earlier.flatMap((image) => (image && changed.some(({ id }) => id === image.id) ? [image] : [])),
        },
      }
    })

  return {
    async take({ patients: imported, decisions: decided, rules, centres, places: where, links: linked }, { at, onPatient }) {
      const placeOf = new Map(where.map((place) => [place.image, place]))
      // Places name a link: it is there before them.
      await links.bulkPut([...linked])
      const done: Exclude<Awaited<ReturnType<typeof takePatient>>, null>[] = []
      for (const [i, one] of imported.entries()) {
        const change = await takePatient(one, placeOf)
        if (change) done.push(change)
        onPatient?.(i + 1, imported.length)
      }
      await commit(database, { stores: [decisions, identities, meta] }, async (note) => {
        const earlier = (await decisions.bulkGet(decided.map(({ id }) => id))).flatMap((one) => one ?? [])
        const value = await study.get()
        await identities.bulkPut(
          centres.flatMap(({ id, places: called }) => called.map((place) => ({ key: centreKey(place), patient: id }))),
        )
        const news = decided.filter((one) => !earlier.some((other) => JSON.stringify(other) === JSON.stringify(one)))
        if (done.length + news.length === 0 && JSON.stringify(value.rules) === JSON.stringify(rules)) return
        await decisions.bulkPut(news)
        await meta.put({ key: 'study', value: { ...value, rules } })
        const kept: KeptImport = {
          at,
          patients: done.flatMap((change) => change.patients),
          images: done.flatMap((change) => change.images),
          before: {
            patients: done.flatMap((change) => change.before.patients),
            images: done.flatMap((change) => change.before.images),
            decisions: await decisions.toArray().then((all) => all.filter(({ id }) => !news.some((one) => one.id === id)).concat(earlier.filter(({ id }) => news.some((one) => one.id === id)))),
            rules: value.rules,
          },
        } // prettier-ignore
        await meta.put({ key: 'import', value: kept })
        await note({ act: 'import-study', subject: String(at) })
      })
    },

    async clinicIds() {
      const told = (await identities.toArray()).flatMap(({ key, patient }) => {
        const id = clinicIdIn(key)
        return id ? [{ patient, id }] : []
      })
      return new Map([...groupBy(told, ({ patient }) => patient)].map(([patient, own]) => [patient, [...new Set(own.map(({ id }) => id))]])) // prettier-ignore
    },

    last,

    undo: () =>
      commit(database, { stores: [patients, images, places, identities, decisions, regions, meta] }, async (note) => {
        const kept = await last()
        if (!kept) return []
        const came = new Set(kept.images)
        const drawn = new Set(
          (await regions.toArray()).flatMap(({ image, voxelCount }) => (voxelCount > 0 ? [imageIdOf(image)] : [])),
        )
        const blocking = [...came].filter((id) => drawn.has(id))
        if (blocking.length > 0) {
          const owners = (await images.bulkGet(blocking)).flatMap((image) => image?.patient ?? [])
          return (await patients.bulkGet([...new Set(owners)])).flatMap((one) => one?.label ?? []).sort()
        }
        refuseWhileFixed((await patients.bulkGet([...kept.patients])).flatMap((one) => one ?? []))
        await images.bulkDelete([...came])
        await places.bulkDelete([...came])
        await patients.bulkDelete([...kept.patients])
        await identities.where('key').startsWith('[').and(({ patient }) => kept.patients.includes(patient)).delete() // prettier-ignore
        // What a person said of them since stays said.
        const since = await patients.bulkGet(kept.before.patients.map(({ id }) => id))
        await patients.bulkPut(
          kept.before.patients.map((patient, i) => {
            const { exclusion, cohort, flag, note: said } = since[i] ?? patient
            return { ...patient, exclusion, cohort, flag, note: said }
          }),
        )
        await images.bulkPut([...kept.before.images])
        await decisions.clear()
        await decisions.bulkPut([...kept.before.decisions])
        await meta.put({ key: 'study', value: { ...(await study.get()), rules: kept.before.rules } })
        await meta.delete('import')
        await note({ act: 'undo-import', subject: String(kept.at) })
        return []
      }),

    async centres() {
      const byId = new Map<string, string[]>()
      for (const { key, patient } of await identities.toArray()) {
        if (!isCentre(key)) continue
        byId.set(patient, [...(byId.get(patient) ?? []), (JSON.parse(key) as [string, string])[1]])
      }
      return [...byId].map(([id, called]) => ({ id, places: called }))
    },
    links: () => links.where('id').notEqual(copyFolderId).toArray(),
    keepPlaces: ({ places: where, links: linked }) =>
      database.transaction('rw', [places, links], async () => {
        const before = new Map((await places.toArray()).map(({ image, name }) => [image, name]))
        await links.bulkPut([...linked])
        await places.bulkPut(where.map((place) => ({ ...place, name: before.get(place.image) || place.name })))
      }),
    places: () => places.toArray(),
    listings: async (folders) => (await listings.bulkGet([...folders])).flatMap((one) => one ?? []),
    keepListings: async (wanted) => void (await listings.bulkPut([...wanted])),
  }
}
