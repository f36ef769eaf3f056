import { compare } from '../numeric/compare.ts'
import { groupBy } from '../numeric/groupBy.ts'

/** What one image tells of its patient. Attributes as DICOM stores them; all but `key` and `path` may be missing. */
export interface ImageFacts {
  /** Unlike any other image's. */
  readonly key: string
  /** As the user knows it. Images of one file without a header (phases of a 4D NIfTI) are one patient's. */
  readonly path: string
  /** Names the content of the file, so that it is the same one under any path. */
  readonly content?: string
  readonly issuer?: string
  readonly patientId?: string
  readonly studyUid?: string
  readonly seriesUid?: string
  readonly birthDate?: string
  readonly sex?: string
  readonly patientName?: string
  /** YYYYMMDD. */
  readonly studyDate?: string
  readonly institution?: string
  readonly manufacturer?: string
  readonly model?: string
  /** Where the ID was given, as a person said it; in place of issuer, institution and scanner. */
  readonly centre?: string
}

export interface Visit {
  /** YYYYMMDD; undefined where the files do not tell. */
  readonly date?: string
  readonly studyUids: readonly string[]
  /** Keys of images. */
  readonly images: readonly string[]
}

export interface Patient {
  /** What its images said of it, each in a key of its own; sorted. Stays the same when images come and go. */
  readonly keys: readonly string[]
  readonly images: readonly string[]
  /** By date; those without a date come last. */
  readonly visits: readonly Visit[]
}

/**
 * What a person decides. Until then the patients stay apart.
 * - `sameIdOtherPerson`: one PatientID with two birth dates or sexes
 * - `sameIdOtherPlace`: one PatientID from two issuers, institutions or (where neither is told) scanners
 * - `equalNames`: two PatientIDs with equal name and birth date
 * - `untold`: files that tell nothing of their patient
 */
export interface PatientQuestion {
  readonly code: 'sameIdOtherPerson' | 'sameIdOtherPlace' | 'equalNames' | 'untold'
  /** Names the question; it is another one when patients join it. */
  readonly key: string
  /** The patients that are in question, as lists of their keys: `untold` holds those without an answer only. */
  readonly patients: readonly (readonly string[])[]
  readonly images: readonly string[]
  /** For `untold`: patients by folder, where these are fewer than the files and more than one. */
  readonly byFolder?: readonly (readonly string[])[]
}

export interface PatientAnswers {
  /** Keys of one patient each. */
  readonly joined: readonly (readonly string[])[]
  /** Keys of questions that were answered with "they stay apart". */
  readonly apart: readonly string[]
}

export const noAnswers: PatientAnswers = { joined: [], apart: [] }

/** What a DICOM header tells of its patient. @param dicom attributes by keyword */
export function patientFacts(dicom: Readonly<Record<string, string>>): Omit<ImageFacts, 'key' | 'path'> {
  const facts = {
    issuer: dicom.IssuerOfPatientID,
    patientId: dicom.PatientID,
    studyUid: dicom.StudyInstanceUID,
    seriesUid: dicom.SeriesInstanceUID,
    birthDate: dicom.PatientBirthDate,
    sex: dicom.PatientSex,
    patientName: dicom.PatientName,
    studyDate: dicom.StudyDate,
    institution: dicom.InstitutionName,
    manufacturer: dicom.Manufacturer,
    model: dicom.ManufacturerModelName,
  }
  return Object.fromEntries(Object.entries(facts).filter(([, text]) => text))
}

const throwAway = /anon|unknown|test|none/i
const nobodysName = /^(anon.*|unknown|test|none|patient|[0\s\p{P}\p{S}]*)$/iu

/** Whether a PatientID names nobody: empty, zeros only, or a word such as `ANON` that anonymisers write. */
export function isThrowAwayId(id: string | undefined): boolean {
  const text = id?.trim() ?? ''
  return /^[0\s\p{P}\p{S}]*$/u.test(text) || throwAway.test(text)
}

/**
 * Whose images these are: by PatientID with its issuer and place, else by StudyInstanceUID, else by file. What cannot be told apart is
 * never put together, but asked. The order of the images does not matter.
 */
export function groupPatients(
  images: readonly ImageFacts[],
  answers: PatientAnswers = noAnswers,
): { readonly patients: readonly Patient[]; readonly questions: readonly PatientQuestion[] } {
  const told = [...images].sort((a, b) => compare(a.key, b.key)).map((facts) => ({ facts, key: patientKey(facts) }))
  const sets = joinSets()
  for (const { key } of told) sets.join(key)
  const byId = groupBy(
    told.filter(({ facts }) => !isThrowAwayId(facts.patientId)),
    ({ facts }) => facts.patientId!.trim(),
  )
  const otherPersons = [...byId.values()].filter((sameId) => !isOnePerson(sameId.map(({ facts }) => facts)))
  for (const sameId of byId.values()) {
    const persons = isOnePerson(sameId.map(({ facts }) => facts)) ? [sameId] : [...groupBy(sameId, personOf).values()]
    for (const person of persons) {
      // One study lies in one place, whatever its series say of it.
      for (const alike of [...groupBy(person, ({ facts }) => placeOf(facts)).values(), ...groupBy(person, studyOf).values()])
        sets.join(...alike.map(({ key }) => key))
    }
  }
  for (const keys of answers.joined) sets.join(...keys)

  const patients = [...groupBy(told, ({ key }) => sets.rootOf(key)).values()]
    .map((own): Patient => {
      const facts = own.map((one) => one.facts)
      return { keys: distinct(own.map(({ key }) => key)), images: facts.map(({ key }) => key), visits: listVisits(facts) }
    })
    .sort((a, b) => compare(a.keys[0], b.keys[0]))

  const patientOf = new Map(patients.flatMap((patient) => patient.keys.map((key) => [key, patient] as const)))
  const ask = (code: PatientQuestion['code'], among: readonly { key: string }[]): PatientQuestion[] => {
    const inQuestion = [...new Set(among.map(({ key }) => patientOf.get(key)!))].sort((a, b) => compare(a.keys[0], b.keys[0]))
    const key = JSON.stringify([code, ...distinct(inQuestion.flatMap(({ keys }) => keys))])
    if (inQuestion.length < 2 || isKeptApart(code, inQuestion, answers.apart)) return []
    return [{ code, key, patients: inQuestion.map(({ keys }) => keys), images: inQuestion.flatMap((patient) => patient.images) }]
  }
  const named = told.filter(({ facts }) => nameOf(facts) !== '' && facts.birthDate)
  const questions = [
    ...[...byId.values()].flatMap((sameId) =>
      ask(otherPersons.includes(sameId) ? 'sameIdOtherPerson' : 'sameIdOtherPlace', sameId),
    ),
    ...[...groupBy(named, ({ facts }) => `${nameOf(facts)} ${facts.birthDate}`).values()]
      // What is of one ID was asked already.
      .filter((alike) => new Set(alike.map(({ facts, key }) => idOf(facts) ?? key)).size > 1)
      .flatMap((alike) => ask('equalNames', alike)),
    ...askUntold(told, patientOf, answers),
  ]
  return { patients, questions }
}

/** Whether an answer is about each of these patients: what they are known by may have grown since. */
function isKeptApart(code: PatientQuestion['code'], patients: readonly Patient[], apart: readonly string[]): boolean {
  return apart.some((question) => {
    const [answered, ...keys] = JSON.parse(question) as string[]
    return answered === code && patients.every((patient) => patient.keys.some((key) => keys.includes(key)))
  })
}

interface Told {
  readonly facts: ImageFacts
  readonly key: string
}

/** Files without any header about the patient: each is one's own until somebody says whose it is. */
function askUntold(
  told: readonly Told[],
  patientOf: ReadonlyMap<string, Patient>,
  { joined, apart }: PatientAnswers,
): PatientQuestion[] {
  const files = told.filter(({ key }) => isFileKey(key))
  const answered = new Set([...joined.flat(), ...apart])
  const open = files.filter(({ key }) => !answered.has(key))
  // A file by itself may be anybody's; one in a folder is in question only with others of that folder.
  const folders = groupBy(files, ({ facts }) => folderOf(facts.path))
  const inQuestion = open.filter(({ facts }) => {
    const folder = folderOf(facts.path)
    const others = folder === '' ? told : folders.get(folder)!
    return new Set(others.map(({ key }) => patientOf.get(key))).size > 1
  })
  const roots = groupBy(inQuestion, ({ facts }) => facts.path.split('/').slice(0, -1)[0] ?? '')
  return [...roots.values()].map((own): PatientQuestion => {
    const keys = distinct(own.map(({ key }) => key))
    const byFolder = [...groupBy(own, ({ facts }) => folderOf(facts.path)).values()].map((one) =>
      distinct(one.map(({ key }) => key)),
    )
    return {
      code: 'untold',
      key: JSON.stringify(['untold', ...keys]),
      patients: keys.map((key) => [key]),
      images: own.map(({ facts }) => facts.key),
      ...(byFolder.length > 1 && byFolder.length < keys.length && { byFolder }),
    }
  })
}

/** A dropped folder holds patients' folders, or files by themselves: at most two levels tell. */
function folderOf(path: string): string {
  return path.split('/').slice(0, -1).slice(0, 2).join('/')
}

/** The first that holds: PatientID with issuer and place, StudyInstanceUID, the series or file. */
function patientKey(facts: ImageFacts): string {
  const { issuer, patientId, birthDate, sex, studyUid, seriesUid, path, content } = facts
  if (!isThrowAwayId(patientId))
    return JSON.stringify(['id', patientId!.trim(), issuer?.trim() ?? '', placeName(facts), birthDate ?? '', sex ?? ''])
  if (studyUid) return JSON.stringify(['study', studyUid])
  return JSON.stringify(['file', seriesUid || content || path])
}

/** Whether something tells who the patient is: an ID, or an examination. */
export const isToldPatient = ({ keys }: Pick<Patient, 'keys'>): boolean => !keys.every(isFileKey)

const isFileKey = (key: string) => key.startsWith('["file"')
const idOf = ({ patientId }: ImageFacts) => (isThrowAwayId(patientId) ? undefined : patientId!.trim())

/** Where an ID was given. Equal PatientIDs of two hospitals are two patients. */
export function placeName({
  centre,
  institution,
  manufacturer,
  model,
}: Pick<ImageFacts, 'centre' | 'institution' | 'manufacturer' | 'model'>): string {
  return centre ?? (plain(institution) || [manufacturer, model].map(plain).join(' ').trim())
}

const placeOf = (facts: ImageFacts) => JSON.stringify([facts.centre === undefined ? plain(facts.issuer) : '', placeName(facts)])
const personOf = ({ facts: { birthDate, sex } }: Told) => `${birthDate ?? ''} ${sex ?? ''}`
const studyOf = ({ facts, key }: Told) => facts.studyUid ?? key
const plain = (text: string | undefined) => (text ?? '').trim().replace(/\s+/g, ' ').toLowerCase()

/** A name without what writers do differently: case, order of its parts, `^`. '' where it names nobody. */
function nameOf({ patientName = '' }: ImageFacts): string {
  return patientName
    .toLowerCase()
    .split(/[\^\s,=]+/)
    .filter((part) => !nobodysName.test(part))
    .sort()
    .join(' ')
}

function isOnePerson(images: readonly ImageFacts[]): boolean {
  return (['birthDate', 'sex'] as const).every(
    (attribute) => new Set(images.map((facts) => facts[attribute]).filter(Boolean)).size <= 1,
  )
}

/** Studies of one day with different series are one visit (a console that was started again), else each is one. */
function listVisits(images: readonly ImageFacts[]): Visit[] {
  const studies = [...groupBy(images, ({ studyUid }) => studyUid ?? '').entries()].map(([uid, own]) => ({
    uid,
    own,
    date: own
      .flatMap(({ studyDate }) => studyDate || [])
      .sort(compare)
      .at(0),
    series: new Set(own.flatMap(({ seriesUid }) => seriesUid ?? [])),
  }))
  studies.sort((a, b) => compare(a.date ?? '~', b.date ?? '~') || compare(a.uid || '~', b.uid || '~'))
  const visits: (typeof studies)[] = []
  for (const study of studies) {
    const same = visits.find(
      ([first, ...more]) =>
        first.date !== undefined &&
        first.date === study.date &&
        [first, ...more].every(({ series }) => [...series].every((uid) => !study.series.has(uid))),
    )
    if (same) same.push(study)
    else visits.push([study])
  }
  return visits.map((own) => ({
    ...(own[0].date !== undefined && { date: own[0].date }),
    studyUids: own.flatMap(({ uid }) => uid || []),
    images: own.flatMap((study) => study.own.map(({ key }) => key)),
  }))
}

/** Sets of keys that grow together. */
function joinSets() {
  const parents = new Map<string, string>()
  const rootOf = (key: string): string => {
    const parent = parents.get(key) ?? key
    return parent === key ? key : rootOf(parent)
  }
  return {
    rootOf,
    join(...keys: readonly string[]) {
      const roots = [...new Set(keys.map(rootOf))].sort(compare)
      for (const root of roots) parents.set(root, roots[0])
    },
  }
}

const distinct = (texts: readonly string[]) => [...new Set(texts)].sort(compare)
