import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import type { MaskPart } from '../core/mask/maskPart.ts'
import { compare } from '../core/numeric/compare.ts'
import { nameOfRegion, type StudyContents, type TravellingRegion, type TravellingTable } from '../core/study/contents.ts'
import { namingWords, rareWords, wordsOfTexts } from '../core/study/freeText.ts'
import { replay, type JournalLine } from '../core/study/journal.ts'
import type { LeftBehind } from '../core/study/leavingStudy.ts'
import { lesionSuffix } from '../core/study/lesions.ts'
import type { MergedStudies } from '../core/study/mergeStudies.ts'
import { imageIdOf, type Patient, type RegionId, type Study } from '../core/study/study.ts'
import { hashMask } from '../io/images/hashMask.ts'
import type { TravellingAnalysis } from '../io/studyFile/analysisFiles.ts'
import { answersOfFile, type ReadTable, type TravellingClinical } from '../io/studyFile/travellingClinical.ts'
import { createAnalysisStore } from './analysisStore.ts'
import { parametersKey } from './answerStore.ts'
import { commit } from './commit.ts'
import { confirmedKey } from './copyFolder.ts'
import { keepName, storesOfNames } from './imageNames.ts'
import { createMaskStore, explainFailure, packVoxels, putMask, storesOfMasks } from './maskStore.ts'
import { identityOfComer } from './patientRecordStore.ts'
import { keptKey } from './regionKey.ts'
import type { Database, KeptRegion } from './schema.ts'
import { createStudyPlanStore, readKeptClinical, type ClinicalTableRecord } from './studyPlanStore.ts'
import { createStudyRecordStore } from './studyRecordStore.ts'
import { createTableStore } from './tableStore.ts'

/** The study as it is kept. */
export interface KeptStudy {
  readonly contents: StudyContents
  /** Null where the study has none. */
  readonly clinical: ReadTable | null
  /** Null where nothing is analysed. */
  readonly analysis: TravellingAnalysis | null
  /** How many regions wait for a person's decision beside the one of their key: they are not in it. */
  readonly waiting: number
}

/** What is taken of another copy of the study. */
export interface StudyToTake {
  readonly merged: MergedStudies['merged']
  readonly masks: readonly { readonly region: TravellingRegion; readonly part: MaskPart }[]
  readonly tables: readonly { readonly table: TravellingTable; readonly result: ExtractionResult }[]
  /** By labels of the merged study; not taken where it has a table. */
  readonly clinical: TravellingClinical | null
  /** Not taken where there is one. */
  readonly analysis: TravellingAnalysis | null
  /** Goes on with these lines; none where there was a study here before. */
  readonly journal: readonly JournalLine[]
  /** Of the file, for the journal. */
  readonly name: string
}

/** What a header said of a patient; '' where it said nothing. */
export interface KeyRow {
  readonly label: string
  readonly patientId: string
  readonly issuer: string
  readonly place: string
  readonly birthDate: string
  readonly sex: string
}

export interface StudyFileStore {
  read(): Promise<KeptStudy>
  readMask(region: RegionId): Promise<MaskPart>
  readResult(table: RegionId): Promise<ExtractionResult>
  /** Words that name somebody, and what stays here because it may. */
  readNames(): Promise<{ readonly naming: ReadonlySet<string>; readonly stays: LeftBehind }>
  /** Who is who, and that it was told, in one act: labels beside what headers said. For a file apart from the study. */
  takeOutKeys(name: string): Promise<readonly KeyRow[]>
  /** All of it or nothing. */
  take(wanted: StudyToTake): Promise<void>
}

/** Patients are known by the study's own IDs: a label may become another one's when an import is taken back. */
function tableOfFile(clinical: TravellingClinical, patients: readonly Pick<Patient, 'id' | 'label'>[]): ClinicalTableRecord {
  const { variables, rows } = clinical
  const ids = new Map(patients.map(({ id, label }) => [label, id]))
  const id = 'patient_id'
  return {
    header: [id, ...variables.map(({ column }) => column)],
    rows: rows.flatMap(({ label, cells }) => {
      const patient = ids.get(label)
      return patient === undefined ? [] : [[patient, ...cells]]
    }),
    id,
    variables,
    answers: answersOfFile(clinical),
    isOfFile: true,
  }
}

export function createStudyFileStore(database: Database): StudyFileStore {
  const {
    patients,
    images,
    decisions,
    regions,
    featureTables,
    featureResults,
    imageNames,
    journal,
    meta,
    identities,
    clinicalTables,
    analyses,
    stageRecords,
    tablesInHand,
    answers,
  } = database
  const masks = createMaskStore(database)
  const tables = createTableStore(database)
  const study = createStudyRecordStore(database)
  const plan = createStudyPlanStore(database)

  const readMask = async (region: RegionId) => {
    const kept = await masks.find(keptKey(region))
    if (!kept) throw new Error('The region was deleted meanwhile.')
    return masks.unpack(kept)
  }

  const readAnalysis = async (): Promise<TravellingAnalysis | null> => {
    const found = await createAnalysisStore(database).find()
    if (!found) return null
    const { files, choice, protocol, firstLook, answers: told, tasks } = found
    const { features, clinical } = files
    if (protocol === null || clinical === null) return null
    const records = await stageRecords.toArray()
    return { features, clinical, choice, protocol, firstLook, ...(told && { answers: told }), ...(tasks && { tasks }), records }
  }

  return {
    async read() {
      const stores = [patients, images, decisions, regions, featureTables, journal, meta]
      const all = await explainFailure(
        database.transaction('r', stores, async () => ({
          study: await study.get(),
          patients: await patients.orderBy('label').toArray(),
          images: await images.toArray(),
          decisions: await decisions.toArray(),
          regions: (await regions.toArray()).filter(({ deleted, voxelCount }) => !deleted && voxelCount > 0),
          tables: await featureTables.toArray(),
          journal: await journal.orderBy('seq').toArray(),
        })),
      )
      const labels = new Map(all.patients.map(({ id, label }) => [id, label]))
      const owners = new Map(all.images.map(({ id, patient }) => [id, labels.get(patient)]))
      const labelOf = ({ image }: RegionId, called: string | undefined) => owners.get(imageIdOf(image)) ?? called ?? 'P0000'
      const own = all.regions.filter((region) => region.key === keptKey(region))
      const travelling: TravellingRegion[] = []
      for (const region of own) {
        const { image, reader, lesion, size, grid, progress, readerName, changedAt, savedAt, voxelCount, volumeCm3, box } = region
        const maskHash = region.maskHash ?? (await hashMask(await readMask(region)))
        const about = { image, reader, lesion, size, progress, readerName, changedAt, savedAt, voxelCount, volumeCm3, maskHash, box } // prettier-ignore
        travelling.push({ ...about, label: labelOf(region, region.called?.label), ...(grid && { grid }) })
      }
      const hashes = new Map(travelling.map((region) => [nameOfRegion(region), region.maskHash]))
      const planned = await plan.load()
      const clinical = readKeptClinical(planned)
      return {
        clinical: clinical && { clinical, variables: planned.clinical!.variables },
        analysis: await readAnalysis(),
        waiting: all.regions.length - own.length,
        contents: {
          ...all,
          regions: travelling,
          // Numbers of a mask that is gone belong to nothing.
          tables: all.tables
            .filter((table) => hashes.get(nameOfRegion(table)) === table.maskHash)
            .map(({ key: _key, stem: _stem, ...table }) => ({ ...table, label: labelOf(table, table.label) })),
        },
      }
    },

    readMask,

    async readResult(table) {
      const found = await tables.find(keptKey(table))
      if (!found) throw new Error('The features were deleted meanwhile.')
      return found
    },

    async readNames() {
      const { places, listings, openedPlaces, openedFiles, patientAnswers } = database
      const [known, allNames, found, opened, files, answers, listed, clinical, all, drawn, computed] = await Promise.all([
        identities.toArray(),
        imageNames.toArray(),
        places.toArray(),
        openedPlaces.toArray(),
        openedFiles.toCollection().primaryKeys(),
        patientAnswers.where('key').notEqual(confirmedKey).toArray(),
        listings.toArray(),
        clinicalTables.toArray(),
        images.toArray(),
        regions.toArray(),
        featureTables.toArray(),
      ])
      // What came with a study file is called as its files are: no person wrote that.
      const stems = new Set([...drawn.map(({ called }) => called?.stem), ...computed.map(({ stem }) => stem)])
      const named = allNames.filter(({ name }) => !stems.has(name))
      const owners = new Map(all.map(({ id, patient }) => [id, patient]))
      const headers = listed.flatMap(({ looks }) =>
        looks.flatMap(([, look]) => (look.kind === 'dicom' ? [look.header.attributes] : [])),
      )
      const patientOf = (image: string) => owners.get(imageIdOf(image)) ?? image
      const paths = [
        ...found.flatMap(({ image, name, files: own }) =>
          [name, ...(own ?? []).map(({ path }) => path)].map((text) => ({ text, patient: patientOf(image) })),
        ),
        ...named.map(({ image, name }) => ({ text: name, patient: patientOf(image) })),
        ...opened.map(({ path, opened: patient }) => ({ text: path ?? '', patient })),
      ]
      const written = clinical.filter(({ isOfFile }) => !isOfFile)
      const cells = written.flatMap(({ header, rows, variables, id }) => {
        const naming = header.flatMap((column, at) => {
          const isDate = variables.some((variable) => variable.kind === 'date' && variable.column === column)
          return column === id || isDate ? [at] : []
        })
        return rows.flatMap((row) => naming.map((at) => row[at] ?? ''))
      })
      return {
        naming: new Set([
          ...namingWords(headers),
          ...wordsOfTexts(known.flatMap(({ key }) => (key.startsWith('["came",') ? [] : [key]))),
          ...wordsOfTexts(answers.map(({ value }) => JSON.stringify(value))),
          ...wordsOfTexts(cells),
          ...rareWords(paths),
        ]),
        stays: {
          identities: known.length,
          imageNames: named.length + found.length,
          headers: headers.length,
          openedPaths: opened.length,
          openedFiles: files.length,
          patientAnswers: answers.length,
          clinicalTables: written.length,
        },
      }
    },

    takeOutKeys: (name) =>
      commit(database, { stores: [identities, patients] }, async (note) => {
        const labels = new Map((await patients.toArray()).map(({ id, label }) => [id, label]))
        const rows = (await identities.toArray()).flatMap(({ key, patient }): KeyRow[] => {
          const [kind, patientId, issuer, place, birthDate, sex] = JSON.parse(key) as readonly string[]
          const label = labels.get(patient)
          return kind === 'id' && label !== undefined ? [{ label, patientId, issuer, place, birthDate, sex }] : []
        })
        await note({ act: 'export-keys', subject: name })
        return rows.sort((a, b) => compare(a.label, b.label) || compare(a.patientId, b.patientId))
      }),

    async take({ merged, masks: taken, tables: computed, clinical, analysis, journal: lines, name }) {
      const packed = await Promise.all(taken.map(async (one) => ({ ...one, voxels: await packVoxels(one.part.voxels) })))
      const roles = new Map(merged.images.map(({ id, role }) => [id, role ?? '']))
      const stemOf = ({ label, image, reader, lesion }: RegionId & { readonly label: string }) =>
        `${label}_${roles.get(imageIdOf(image)) || `image-${image.slice(0, 8)}`}_reader-${reader}${lesionSuffix(lesion)}`
      const stores = [
        patients,
        images,
        decisions,
        meta,
        identities,
        featureTables,
        featureResults,
        clinicalTables,
        analyses,
        stageRecords,
        tablesInHand,
        answers,
        ...storesOfMasks(database),
      ]
      const work = commit(database, { stores: [...new Set([...stores, ...storesOfNames(database)])] }, async (note) => {
        const known = new Set(
          await identities
            .toCollection()
            .toArray()
            .then((all) => all.map(({ patient }) => patient)),
        )
        if ((await patients.count()) === 0) await takeParameters(merged.study.parameters)
        await identities.bulkPut(merged.patients.flatMap(({ id }) => (known.has(id) ? [] : [identityOfComer(id)])))
        await patients.bulkPut([...merged.patients])
        await images.bulkPut([...merged.images])
        await decisions.bulkPut([...merged.decisions])
        await meta.put({ key: 'study', value: merged.study })
        for (const { region, part, voxels } of packed) {
          const { label, ...rest } = region
          const stem = stemOf(region)
          await putMask(database, { ...rest, size: part.size, box: part.box, key: keptKey(region), imageName: stem, called: { label, stem }, voxels }) // prettier-ignore
        }
        // Of equal masks the further one counts: who brought it there, and when.
        for (const { progress, readerName, changedAt, ...region } of merged.regions) {
          const here = await regions.get(keptKey(region))
          if (here && here.progress !== progress) await regions.put({ ...here, progress, readerName, changedAt })
        }
        for (const { table, result } of computed) {
          const stem = stemOf(table)
          const key = keptKey(table)
          await featureTables.put(await keepName(database, { ...table, key, stem, imageName: stem }))
          await featureResults.put({ key, result })
        }
        await journal.bulkAdd(lines.map(({ seq: _, ...line }) => line))
        await note({ act: 'merge-study', subject: name })
        if (clinical && (await clinicalTables.get('clinical')) === undefined) {
          await clinicalTables.put({ key: 'clinical', ...tableOfFile(clinical, merged.patients) })
          await note({ act: 'take-clinical', subject: 'taken' })
        }
        if (analysis && (await analyses.get('study')) === undefined) {
          const { features, clinical: beside, records, ...begun } = analysis
          await analyses.put({ key: 'study', ...begun })
          await tablesInHand.put({ key: 'study', files: [features, beside, null] })
          await stageRecords.bulkPut([...records])
        }
        await tellOfRegions(note)
      })
      await explainFailure(work)
    },
  }

  /** What is computed of each region is what the study says: by other parameters its features would be out of date. */
  async function takeParameters(parameters: Study['parameters']) {
    if (parameters === null) return answers.delete(parametersKey)
    const value = { parameters: parameters.values, parametersName: parameters.name }
    await answers.put({ key: parametersKey, value })
  }

  /** What the journal tells of regions is what they are. */
  async function tellOfRegions(note: (line: Omit<JournalLine, 'seq' | 'at'>) => PromiseLike<unknown>) {
    const told = replay(await journal.orderBy('seq').toArray())
    const kept = new Map(
      (await regions.toArray()).map(({ key, progress }: Pick<KeptRegion, 'key' | 'progress'>) => [key, progress]),
    )
    for (const [subject, progress] of kept)
      if (told.get(subject) !== progress) await note({ act: 'take-region', subject, progress })
    for (const subject of told.keys()) if (!kept.has(subject)) await note({ act: 'take-region', subject, progress: null })
  }
}
