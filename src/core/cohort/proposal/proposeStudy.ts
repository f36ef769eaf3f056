import { compare, least } from '../../numeric/compare.ts'
import { groupBy } from '../../numeric/groupBy.ts'
import { groupPatients, patientFacts, type ImageFacts, type PatientAnswers, type Visit } from '../groupPatients.ts'
import { orderByTime } from '../orderByTime.ts'
import { batchFacts, nameBatches } from './batches.ts'
import { chooseVisit, type VisitReason } from './chooseVisit.ts'
import { defaultRoles, type RoleRule, type RoleSpec } from '../../study/roles.ts'
import type { DceSet, Decision, DecisionKind } from '../../study/study.ts'
import { decide, takenOption, type Answer } from './decisions.ts'
import type { ListedImage } from './listedImage.ts'
import { placeImages, type Centre, type KnownCentre } from './placeImages.ts'
import type { ProposedRole } from './proposeRoles.ts'
import { proposeVisit, type VisitContext, type VisitImage } from './proposeVisit.ts'
import { describeForRoles } from './roles.ts'

/** What an import proposes: whose the images are and what for. Plain data, computed anew from the list, the rules and the answers. */
export interface ProposedStudy {
  readonly centres: readonly Centre[]
  /** By label. */
  readonly patients: readonly ProposedPatient[]
  /** Patient by patient, visit by visit, by time. */
  readonly images: readonly ProposedImage[]
  /** Those that wait, and those that were answered. */
  readonly decisions: readonly Decision[]
}

export interface ProposedPatient {
  /** `A-0001`. */
  readonly label: string
  readonly centre: string
  /** Scanner and protocol. */
  readonly batch: string
  /** What its images are known by; they name the patient and stay where names are kept. */
  readonly keys: readonly string[]
  readonly visits: readonly Visit[]
  /** Which of the visits is the study's. */
  readonly visit: number
  readonly visitReason: VisitReason | 'person'
  readonly dce: DceSet | null
  readonly roles: readonly ProposedRole[]
}

export interface ProposedImage extends VisitImage {
  /** Of its patient. */
  readonly label: string
  /** Of the patient's visits. */
  readonly visit: number
}

export interface ProposalOptions {
  readonly rules?: readonly RoleRule[]
  readonly answers?: readonly Answer[]
  readonly roles?: readonly RoleSpec[]
  /** Names given by an earlier import, each with an image of whom or what it names. */
  readonly known?: KnownNames
  /** YYYYMMDD, by PatientID. */
  readonly surgeryDates?: Readonly<Record<string, string>>
}

export interface KnownNames {
  readonly centres: readonly KnownCentre[]
  readonly patients: readonly { readonly label: string; readonly image: string }[]
}

/** What a later import is to call by the same names. */
export function knownNames({ centres, images }: ProposedStudy): KnownNames {
  return {
    centres: centres.map(({ id, images: own }) => ({ id, image: own[0] })),
    patients: [...groupBy(images, ({ label }) => label)].map(([label, [{ id }]]) => ({ label, image: id })),
  }
}

/**
 * The study that these images make: patients with their visits, dynamic series and their times, roles with reasons, and what a person is to
 * decide. Neither the order of the images nor the names of DICOM files and folders matter.
 */
export function proposeStudy(listed: readonly ListedImage[], options: ProposalOptions = {}): ProposedStudy {
  const { rules = [], answers = [], roles = defaultRoles, known = { centres: [], patients: [] }, surgeryDates = {} } = options
  // The same image twice is one.
  const images = [...new Map([...listed].sort((a, b) => compare(a.id, b.id)).map((image) => [image.id, image])).values()]
  const byId = new Map(images.map((image) => [image.id, image]))
  const { centres, centreOf, decisions: placed } = placeImages(images, answers, known.centres)
  const facts = images.map((image) => factsOf(image, centreOf.get(image.id)!))
  const { patients, questions } = groupPatients(facts, patientAnswers(facts, answers))
  const asked = groupPatients(facts).questions
  const disputes = decideDisputes(images, answers)
  const rejected = new Set(
    disputes.flatMap(({ options: all, chosen }) => all.filter(({ id }) => id !== chosen?.option).map(({ id }) => id)),
  )

  const labelled = labelPatients(
    patients.map(({ images: own }) => ({ centre: centreOf.get(own[0])!, images: own })),
    known,
  )
  const told = patients
    .map((patient, i) => {
      const surgery = surgeryDates[byId.get(patient.images[0])!.volume.source.dicom?.PatientID?.trim() ?? '']
      return proposePatient({ ...patient, ...labelled[i] }, { byId, rules, answers, roles, rejected, surgery })
    })
    .sort((a, b) => compare(a.patient.label, b.patient.label))
  const batches = nameBatches(told.map(({ patient, typical }) => batchFacts(typical.volume, patient.centre)))
  return {
    centres,
    patients: told.map(({ patient }, i) => ({ ...patient, batch: batches[i] })),
    images: told.flatMap((one) => one.images),
    decisions: [
      ...placed,
      ...decidePatients([...questions, ...asked], patients, answers),
      ...disputes,
      ...told.flatMap(({ decisions }) => decisions),
    ],
  }
}

/** How many patients have images whose roles are other ones after a change, and how many images: counted before it is taken. */
export function countEffect(
  { images: before }: Pick<ProposedStudy, 'images'>,
  { images: after }: Pick<ProposedStudy, 'images'>,
): { readonly patients: number; readonly images: number } {
  const roles = new Map(before.map(({ id, role }) => [id, role]))
  const changed = after.filter(({ id, role }) => roles.get(id) !== role)
  return { patients: new Set(changed.map(({ label }) => label)).size, images: changed.length }
}

function factsOf({ id, volume, named }: ListedImage, centre: string): ImageFacts {
  const { path, dicom } = volume.source
  const told = { key: id, path, centre, ...(dicom ? patientFacts(dicom) : { content: id }) }
  return named
    ? { ...told, patientId: named.id, ...(named.session !== undefined && { studyUid: `${named.id} ${named.session}` }) }
    : told
}

type PatientKind = 'sameIdOtherPerson' | 'sameIdOtherPlace' | 'equalNames' | 'untold'
const patientKinds: readonly DecisionKind[] = [
  'sameIdOtherPerson',
  'sameIdOtherPlace',
  'equalNames',
  'untold',
] satisfies PatientKind[]

/** Answers by images as `groupPatients` takes them, by what it knows patients by. */
function patientAnswers(facts: readonly ImageFacts[], answers: readonly Answer[]): PatientAnswers {
  const own = answers.filter(({ kind }) => patientKinds.includes(kind))
  if (own.length === 0) return { joined: [], apart: [] }
  const keyOf = new Map(
    groupPatients(facts).patients.flatMap(({ keys, images }) => images.map((image) => [image, keys] as const)),
  )
  const keysOf = (images: readonly string[]) => [...new Set(images.flatMap((image) => keyOf.get(image) ?? []))]
  return {
    joined: own.flatMap(({ groups }) => groups.map(keysOf)).filter(({ length }) => length > 1),
    apart: own
      .filter(({ groups }) => groups.length > 1)
      .flatMap(({ kind, groups }) => {
        const keys = keysOf(groups.flat())
        return kind === 'untold' ? keys : [JSON.stringify([kind, ...keys])]
      }),
  }
}

/** @param questions as they are now, and as they would be had nobody answered: those that were answered are told too */
function decidePatients(
  questions: ReturnType<typeof groupPatients>['questions'],
  patients: ReturnType<typeof groupPatients>['patients'],
  answers: readonly Answer[],
): Decision[] {
  const imagesOf = new Map(patients.flatMap(({ keys, images }) => keys.map((key) => [key, images] as const)))
  const decided = questions.map(({ code, patients: inQuestion, images, byFolder }) => {
    const groupOf = (keys: readonly string[]) => [...new Set(keys.flatMap((key) => imagesOf.get(key) ?? []))].filter((id) => images.includes(id)).sort() // prettier-ignore
    const about = inQuestion.map(groupOf)
    return decide(
      {
        kind: code,
        about,
        options: [
          { id: 'apart', groups: about },
          ...(byFolder ? [{ id: 'byFolder', groups: byFolder.map(groupOf) }] : []),
          { id: 'one', groups: [[...images].sort()] },
        ],
        proposed: code === 'equalNames' || code === 'untold' ? null : 'apart',
      },
      answers,
    )
  })
  return [...new Map(decided.map((decision) => [decision.id, decision])).values()]
}

function decideDisputes(images: readonly ListedImage[], answers: readonly Answer[]): Decision[] {
  const disputed = images.filter(({ disputed: by }) => by !== undefined)
  return [...groupBy(disputed, ({ disputed: by }) => by!).values()].map((rivals) =>
    decide(
      {
        kind: 'sameUids',
        about: [rivals.map(({ id }) => id)],
        options: rivals.map(({ id }) => ({ id, groups: [[id]] })),
        proposed: null,
      },
      answers,
    ),
  )
}

/** Numbers go by centre and identity, which tell nothing of names or IDs; those who have a label keep it. */
function labelPatients(
  patients: readonly { readonly centre: string; readonly images: readonly string[] }[],
  { patients: known }: KnownNames,
): { readonly label: string; readonly centre: string }[] {
  const labelOf = new Map(known.map(({ label, image }) => [image, label]))
  const taken = new Set<string>()
  const order = patients.map((_, i) => i).sort((a, b) => compare(least(patients[a].images), least(patients[b].images)))
  const labels = new Array<string>(patients.length)
  for (const i of order) {
    const kept = patients[i].images
      .flatMap((image) => labelOf.get(image) ?? [])
      .sort()
      .find((label) => !taken.has(label))
    if (kept === undefined) continue
    labels[i] = kept
    taken.add(kept)
  }
  const last = new Map<string, number>()
  for (const { label } of known) {
    const [centre, number] = label.split('-')
    last.set(centre, Math.max(last.get(centre) ?? 0, Number(number)))
  }
  for (const i of order) {
    if (labels[i]) continue
    const { centre } = patients[i]
    last.set(centre, (last.get(centre) ?? 0) + 1)
    labels[i] = `${centre}-${String(last.get(centre)).padStart(4, '0')}`
  }
  return patients.map(({ centre }, i) => ({ label: labels[i], centre }))
}

interface PatientContext extends Omit<VisitContext, 'centre'> {
  readonly byId: ReadonlyMap<string, ListedImage>
  readonly surgery: string | undefined
}

interface Told {
  readonly patient: Omit<ProposedPatient, 'batch'>
  readonly images: readonly ProposedImage[]
  readonly decisions: readonly Decision[]
  /** Tells the patient's scanner and protocol. */
  readonly typical: ListedImage
}

function proposePatient(
  given: { readonly label: string; readonly centre: string; readonly keys: readonly string[]; readonly visits: readonly Visit[] },
  { byId, surgery, ...context }: PatientContext,
): Told {
  const { label, centre, keys } = given
  const visits = given.visits.map((visit) => ({
    ...visit,
    images: orderByTime(visit.images.map((id) => byId.get(id)!), ({ volume }) => volume).map(({ id }) => id), // prettier-ignore
  }))
  const proposed = chooseVisit(visits, surgery)
  const visitDecision = decide(
    {
      kind: 'visit',
      about: [visits.flatMap(({ images }) => images)],
      options: visits.map(({ images }) => ({ id: least(images), groups: [images] })),
      proposed: least(visits[proposed.visit].images),
    },
    context.answers,
  )
  const visit = visits.findIndex(({ images }) => least(images) === takenOption(visitDecision)!.id)
  const own = visits[visit].images.map((id) => byId.get(id)!)
  const { dce, roles, images, decisions } = proposeVisit(own, { centre, ...context })
  const ofOther = (id: string): VisitImage => {
    const facts = describeForRoles(byId.get(id)!.volume, { centre, afterContrast: false, isSetAside: false })
    return { id, role: null, roleFrom: null, scores: {}, setAside: 'otherVisit', facts }
  }
  const listed = visits.flatMap((other, number) =>
    (number === visit ? images : other.images.map(ofOther)).map((image) => ({ ...image, label, visit: number })),
  )
  const typicalId = dce?.phases[0].image ?? roles.find(({ image }) => image !== null)?.image ?? visits[visit].images[0]
  const visitReason = visitDecision.chosen === null ? proposed.why : 'person'
  return {
    patient: { label, centre, keys, visits, visit, visitReason, dce, roles },
    images: listed,
    decisions: [...(visits.length > 1 ? [visitDecision] : []), ...decisions],
    typical: byId.get(typicalId)!,
  }
}
