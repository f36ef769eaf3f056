import { Dexie, type Transaction } from 'dexie'
import { defaultRoles } from '../core/study/roles.ts'
import { nothingPlanned, nothingTold } from '../core/study/unnamedStudy.ts'
import { randomId } from './newPatient.ts'

/*
 * The versions of a study's database, each once released for ever as it is, and how what one kept becomes what the next one keeps.
 */

const version1 = {
  masks: 'key, image, savedAt',
  drafts: 'key',
  answers: 'key',
  labels: 'key',
  featureTables: 'key, image, savedAt',
  featureResults: 'key',
  openedImages: 'key, openedAt',
  openedFiles: '++id',
  copied: 'key',
}

/** Regions lie apart from their voxels, patients from what tells who they are; readers have text for an ID; acts are written down. */
const version2 = {
  meta: 'key',
  regions: 'key, image, savedAt',
  masks: 'key',
  patients: 'id, label',
  identities: 'key',
  labels: null,
  curves: 'key',
  journal: '++seq',
  unread: '++id',
}

/** The tables of an analysis and the results of its stages. */
const version3 = { analyses: 'key', stageRecords: 'key' }

/** Images of a study as records of their own, apart from where they lie; what a person says of a patient; doubts that wait. */
const version4 = { images: 'id, patient', places: 'image', decisions: 'id' }

/**
 * Links to folders, and what was found in their files, so that only what changed is read again; roles say what tells their images.
 * What images are called, where open ones lie, and what was answered of patients lie apart from what else is kept of them.
 */
const version5 = {
  links: 'id',
  listings: 'folder',
  imageNames: 'image',
  openedPlaces: 'key',
  patientAnswers: 'key',
}

/**
 * The clinical table as its rows came and what was said of it; names of features once for all tables; rows of a batch that did not end well.
 * The study says its tasks, who is in which cohort, and what it computes.
 */
const version6 = { clinicalTables: 'key', featureColumns: 'hash', batchRows: 'key' }

/** The tables of an analysis apart from what is said of them, which is kept at every act. */
const version7 = { tablesInHand: 'key' }

/**
 * Where a patient's name or ID may stand, as people, headers, folders and files give it; it stands in no other store. Files and records
 * that could not be understood are kept as they are, with whatever is in them.
 */
export const namingStores: ReadonlySet<string> = new Set([
  'identities',
  'places',
  'links',
  'listings',
  'imageNames',
  'openedPlaces',
  'openedFiles',
  'patientAnswers',
  'analyses',
  'tablesInHand',
  'clinicalTables',
  'unread',
])

export const versions: readonly {
  /** What changes of the version before. */
  readonly stores: Readonly<Record<string, string | null>>
  readonly upgrade?: (transaction: Transaction) => Promise<void>
}[] = [
  { stores: version1 },
  { stores: version2, upgrade: loadUpgradeTo2 },
  { stores: version3 },
  { stores: version4, upgrade: upgradeTo4 },
  { stores: version5, upgrade: upgradeTo5 },
  { stores: version6, upgrade: upgradeTo6 },
  { stores: version7, upgrade: upgradeTo7 },
]

async function loadUpgradeTo2(transaction: Transaction): Promise<void> {
  const { upgradeTo2 } = await Dexie.waitFor(import('./earlierVersions.ts'))
  await upgradeTo2(transaction)
}

async function upgradeTo4(transaction: Transaction): Promise<void> {
  const patients = transaction.table<object, string>('patients')
  await patients.bulkPut((await patients.toArray()).map((patient) => ({ ...nothingTold, ...patient })))
  const meta = transaction.table<{ readonly key: string; readonly value: object }, string>('meta')
  const study = await meta.get('study')
  if (study) await meta.put({ ...study, value: { roles: rolesOf4, rereading: null, ...study.value } })
}

/** As version 4 kept them. */
const rolesOf4 = [{ id: 'FST2WI' }, { id: 'T1WI', phase: 'first' }, { id: 'T1WI+C', phase: 'peak' }]

/** Version 4 knew of a dynamic series its phases alone: their times were those of the files or assumed, which is not told any more. */
const untold = { timesFrom: 'order', proved: false, injectionProved: false, warnings: [] }

async function upgradeTo5(transaction: Transaction): Promise<void> {
  await moveNames(transaction)
  await movePaths(transaction)
  await moveAnswers(transaction)
  const patients = transaction.table<{ dce: { readonly phases: readonly { readonly timeS: number }[] } | null }, string>(
    'patients',
  )
  await patients.toCollection().modify((patient) => {
    const { dce } = patient
    if (dce) patient.dce = Object.assign({ ...untold, injectionS: dce.phases[1]?.timeS ?? 0 }, dce)
  })
  const meta = transaction.table<{ readonly key: string; readonly value: object }, string>('meta')
  const study = await meta.get('study')
  if (!study) return
  const { roles } = study.value as { readonly roles: readonly { readonly id: string }[] }
  const specs = roles.map((role) => ({ points: [], names: [], ...defaultRoles.find(({ id }) => id === role.id), ...role }))
  await meta.put({ ...study, value: { rules: [], ...study.value, roles: specs } })
}

/** Names of images stood in what was kept of them: that which was kept last counts. */
async function moveNames(transaction: Transaction): Promise<void> {
  const names = transaction.table<{ readonly image: string; readonly name: string }, string>('imageNames')
  for (const store of ['featureTables', 'regions']) {
    const table = transaction.table<object, string>(store)
    const kept = (await table.orderBy('savedAt').toArray()) as NamedOf4[]
    await names.bulkPut(kept.map(({ image, deleted, imageName }) => ({ image: deleted?.image ?? image, name: imageName })))
    await table.bulkPut(kept.map(({ imageName: _, ...record }) => record))
  }
}

/** Paths stood with the open images, and in their keys. */
async function movePaths(transaction: Transaction): Promise<void> {
  const images = transaction.table<object, string>('openedImages')
  const kept = (await images.toArray()) as { readonly key: string; readonly path?: string }[]
  await images.clear()
  for (const { key, path, ...image } of kept) {
    const opened = randomId()
    await transaction.table('openedPlaces').put({ key, ...(path !== undefined && { path }), opened })
    await images.put({ ...image, key: opened })
  }
}

/** What was answered of patients stood among all answers. */
async function moveAnswers(transaction: Transaction): Promise<void> {
  const answers = transaction.table<object, string>('answers')
  const kept = await answers.get('patients')
  if (!kept) return
  await transaction.table('patientAnswers').put(kept)
  await answers.delete('patients')
}

async function upgradeTo6(transaction: Transaction): Promise<void> {
  const meta = transaction.table<{ readonly key: string; readonly value: object }, string>('meta')
  const study = await meta.get('study')
  if (study) await meta.put({ ...study, value: { ...nothingPlanned, ...study.value } })
}

async function upgradeTo7(transaction: Transaction): Promise<void> {
  const analyses = transaction.table<object, string>('analyses')
  for (const one of (await analyses.toArray()) as AnalysisOf6[]) {
    const { file, files, ...said } = one
    await transaction.table('tablesInHand').put({
      key: one.key,
      files: files ? [files.features, files.clinical, files.second] : [file],
    })
    await analyses.put(said)
  }
}

interface AnalysisOf6 {
  readonly key: string
  readonly file?: File
  readonly files?: { readonly features: File; readonly clinical: File | null; readonly second: File | null }
}

/** A region or a table, as far as it is looked at here. */
interface NamedOf4 {
  readonly image: string
  readonly deleted?: { readonly image: string }
  readonly imageName: string
}
