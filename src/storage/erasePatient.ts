import { stepOfRecord } from '../core/analysis/stages/planStages.ts'
import { studySteps, type StudyStep } from '../core/analysis/stages/stageStore.ts'
import { sameId } from '../core/cohort/clinical/clinicalStudy.ts'
import { clinicIdIn } from '../core/cohort/clinical/knownPatients.ts'
import { idDifferences, matchPatients } from '../core/cohort/clinical/matchPatients.ts'
import { imageIdOf } from '../core/study/study.ts'
import { commit } from './commit.ts'
import { confirmedKey } from './copyFolder.ts'
import { explainFailure } from './maskStore.ts'
import type { Database } from './schema.ts'

/** What went with a patient who withdrew. */
export interface Erased {
  /** That the journal still has; null where nobody has that ID. */
  readonly label: string | null
  readonly images: number
  readonly regions: number
  readonly tables: number
  /** Results of the analysis that had learnt from her, by the steps that show them: they went, and are to be computed again. */
  readonly learnt: readonly StudyStep[]
}

/**
 * Takes a patient out of every store: what was recorded, drawn and computed, how she was known, her files, and what was said of her. Of the
 * journal's lines about her nothing is left but that there was an act, under her label. In one transaction: all of it or nothing.
 */
export async function erasePatient(database: Database, id: string): Promise<Erased> {
  const { tables } = database
  // What a file holds can be read only before the transaction, which ends while it waits.
  const files = await readAnalysisFiles(database)
  const work = commit(database, { stores: tables }, async (note) => {
    const patient = await database.patients.get(id)
    if (!patient) return { label: null, images: 0, regions: 0, tables: 0, learnt: [] }
    const { label } = patient
    const images = await database.images.where('patient').equals(id).primaryKeys()
    const own = new Set(images)
    const identities = await database.identities.toArray()
    const known = identities.filter((one) => one.patient === id && !isCentre(one.key)).map(({ key }) => key)
    const clinicIdsOf = (keys: readonly string[]) => [...new Set(keys.flatMap((key) => clinicIdIn(key) ?? []))]
    const clinicIds = clinicIdsOf(known)
    const others = clinicIdsOf(identities.flatMap(({ key, patient: of }) => (of === id ? [] : [key])))
    const mentions = [id, ...images, ...known]
    const isHers = (value: unknown) => mentionsAny(value, mentions)
    const isOfImage = (image: string) => own.has(imageIdOf(image))

    const regions = (await database.regions.toArray()).filter(({ image, deleted }) => isOfImage(deleted?.image ?? image))
    const keys = regions.map(({ key }) => key)
    await database.regions.bulkDelete(keys)
    await database.masks.bulkDelete(keys)
    for (const store of [database.drafts, database.curves, database.batchRows, database.featureResults] as const)
      await store.filter(({ key }) => isOfImage(key)).delete()
    const computed = await database.featureTables.filter(({ image }) => isOfImage(image)).delete()
    await database.imageNames.filter(({ image }) => isOfImage(image)).delete()
    await removeOpened(database, isOfImage)
    await removeLinks(database, images)
    await database.decisions.filter((decision) => isHers(decision)).delete()
    // A cache: the next listing reads again.
    await database.listings.clear()
    await database.copied.filter((one) => isHers(one)).delete()
    await database.unread.filter((one) => isHers(one)).delete()
    for (const store of [database.answers, database.patientAnswers])
      for (const { key, value } of await store.toArray())
        if (isHers(key)) await store.delete(key)
        else if (isHers(value)) await store.put({ key, value: withoutMentions(value, mentions) })
    await database.patientAnswers.delete(confirmedKey)
    await emptyClinicalRows(database, id, clinicIds, others)
    const learnt = await removeLearnt(database, label, files)
    await forgetInMeta(database, id, isHers)
    await database.identities.bulkDelete(known)
    await database.images.bulkDelete(images)
    await database.patients.delete(id)
    for (const line of await database.journal.toArray())
      if (isHers(line.subject)) await database.journal.put({ seq: line.seq, at: line.at, act: line.act, subject: label })
    await note({ act: 'erase-patient', subject: label })
    return { label, images: images.length, regions: keys.length, tables: computed, learnt }
  })
  return explainFailure(work)
}

const isCentre = (key: string) => key.startsWith('["centre",')

/** Whether one of the texts stands anywhere in plain data, in a key of it too. */
function mentionsAny(value: unknown, texts: readonly string[]): boolean {
  if (typeof value === 'string') return texts.some((text) => value.includes(text))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Blob) return false
  return Object.entries(value).some(([key, entry]) => mentionsAny(key, texts) || mentionsAny(entry, texts))
}

/** Plain data without the entries of lists and records that mention one of the texts. */
function withoutMentions(value: unknown, texts: readonly string[]): unknown {
  const isLeaf = (entry: unknown) => typeof entry !== 'object' || entry === null
  if (Array.isArray(value))
    return value.flatMap((entry: unknown) => (isLeaf(entry) && mentionsAny(entry, texts) ? [] : [withoutMentions(entry, texts)]))
  if (isLeaf(value)) return value
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([key, entry]: [string, unknown]) =>
      mentionsAny(key, texts) || (isLeaf(entry) && mentionsAny(entry, texts)) ? [] : [[key, withoutMentions(entry, texts)]],
    ),
  )
}

/** Open images with their copies in the browser; a file that another image needs stays. */
async function removeOpened({ openedPlaces, openedImages, openedFiles }: Database, isOfImage: (image: string) => boolean) {
  const gone = (await openedPlaces.toArray()).filter(({ key }) => isOfImage(key))
  const images = (await openedImages.bulkGet(gone.map(({ opened }) => opened))).flatMap((one) => one ?? [])
  await openedPlaces.bulkDelete(gone.map(({ key }) => key))
  await openedImages.bulkDelete(images.map(({ key }) => key))
  const needed = new Set((await openedImages.toArray()).flatMap(({ files }) => files))
  await openedFiles.bulkDelete(images.flatMap(({ files }) => files).filter((file) => !needed.has(file)))
}

/** Where her images lie, and the folders in which nobody else's do. */
async function removeLinks({ places, links }: Database, images: readonly string[]) {
  const gone = (await places.bulkGet([...images])).flatMap((one) => one?.link ?? [])
  await places.bulkDelete([...images])
  const needed = new Set((await places.toArray()).flatMap(({ link }) => link ?? []))
  await links.bulkDelete([...new Set(gone)].filter((link) => !needed.has(link)))
}

/** Her rows, those that a person took for hers too, stay as empty ones: answers count rows. */
async function emptyClinicalRows(
  { clinicalTables }: Database,
  patient: string,
  clinicIds: readonly string[],
  others: readonly string[],
) {
  for (const table of await clinicalTables.toArray()) {
    const own = table.isOfFile ? [patient] : clinicIds
    const at = table.header.indexOf(table.id)
    const accepted = new Set(idDifferences.filter((difference) => table.answers[sameId(difference)] === 'yes'))
    const { rowsOf } = matchPatients(
      table.rows.map((row) => row[at] ?? ''),
      [...new Set([...own, ...others])],
      accepted,
    )
    const hers = new Set(own.flatMap((id) => rowsOf.get(id) ?? []))
    const answers = Object.entries(table.answers).filter(([doubt]) => !hers.has(Number(doubt.split(' ').at(-1))))
    const rows = table.rows.map((row, i) => (hers.has(i) ? row.map(() => '') : row))
    await clinicalTables.put({ ...table, rows, answers: Object.fromEntries(answers) })
  }
}

/** The tables that the analysis in hand was given, as text where they are text. */
async function readAnalysisFiles({ tablesInHand }: Database) {
  const kept = await tablesInHand.toArray()
  return Promise.all(
    kept.map(async ({ key, files }) => ({
      key,
      texts: await Promise.all(files.flatMap((file) => (file ? [file.text()] : []))),
    })),
  )
}

/** What was learnt from her, and tables in which she has a row. @returns the steps whose results went */
async function removeLearnt(
  { analyses, stageRecords, tablesInHand }: Database,
  label: string,
  files: Awaited<ReturnType<typeof readAnalysisFiles>>,
) {
  const isHers = (text: string) => new RegExp(`(^|[^\\p{L}\\p{N}-])${label}($|[^\\p{L}\\p{N}-])`, 'mu').test(text)
  const records = (await stageRecords.toArray()).filter(({ record }) => isHers(JSON.stringify(record)))
  await stageRecords.bulkDelete(records.map(({ key }) => key))
  // Of packed tables nobody can tell: they are chosen again.
  const isPacked = (text: string) => text.startsWith('PK') || text.startsWith('PAR1')
  const gone = files.filter(({ texts }) => texts.some((text) => isPacked(text) || isHers(text)))
  for (const { key } of gone) await Promise.all([analyses.delete(key), tablesInHand.delete(key)])
  const went = new Set(records.map(({ record }) => stepOfRecord(record)))
  return studySteps.filter((step) => went.has(step))
}

/** An import that brought her cannot be taken back any more: that would bring her back. Whose turn it was at her regions names her images. */
async function forgetInMeta({ meta }: Database, id: string, isHers: (value: unknown) => boolean) {
  await meta.delete('import')
  await meta.filter(({ key }) => key.startsWith('turn ') && isHers(key)).delete()
  const found = await meta.get('study')
  if (found?.key !== 'study' || found.value.rereading === null) return
  const { rereading } = found.value
  const patients = rereading.patients.filter((one) => one !== id)
  await meta.put({ key: 'study', value: { ...found.value, rereading: { ...rereading, patients } } })
}
