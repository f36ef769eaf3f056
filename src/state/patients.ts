import { createStore, type StoreApi } from 'zustand/vanilla'
import {
  groupPatients,
  noAnswers,
  patientFacts,
  type ImageFacts,
  type Patient,
  type PatientAnswers,
  type PatientQuestion,
} from '../core/cohort/groupPatients.ts'
import type { Volume } from '../core/image/volume.ts'
import { groupBy } from '../core/numeric/groupBy.ts'
import type { AnswerStore } from '../storage/answerStore.ts'
import type { LabelStore } from '../storage/labelStore.ts'
import { createSequenceNames, tellApart } from './imageNames.ts'
import type { FoundVolume, ImagesStore } from './images.ts'

/** An image as lists and menus show it. */
export interface PatientImage {
  readonly found: FoundVolume
  /** Unlike that of any other image of the patient; names the visit where there are several. */
  readonly name: string
  /** For file names and tables: from the series, never from a path. Unlike any other image's of the patient. */
  readonly sequence: string
}

export interface PatientVisit {
  /** `visit 1`; '' where the patient has one only. */
  readonly name: string
  /** YYYY-MM-DD; '' where the files do not tell. */
  readonly date: string
  readonly images: readonly PatientImage[]
}

export interface OpenPatient extends Pick<Patient, 'keys'> {
  /** `P0001` by order of opening; a study's own where it has one, `A-0001`. */
  readonly label: string
  /** As its files say; '' where they do not. For the screen only. */
  readonly patientId: string
  readonly visits: readonly PatientVisit[]
  /** Of all visits, in the order of lists, menus and keys. */
  readonly images: readonly PatientImage[]
  /** Whether a person put it together. */
  readonly isJoined: boolean
  /** The study knows whose the images are: an import brought them. */
  readonly isOfStudy: boolean
}

export interface PatientsState {
  readonly patients: readonly OpenPatient[]
  readonly questions: readonly PatientQuestion[]
  readonly answers: PatientAnswers
  /** "Each of these is one patient." @param groups keys of what a patient is put together from */
  join(groups: readonly (readonly string[])[]): void
  /** "They stay apart." */
  keepApart(question: PatientQuestion): void
  /** Takes back what a person said of a patient; what cannot be told is asked again. */
  takeApart(patient: Pick<OpenPatient, 'keys'>): void
  /** Puts the images in order again after a decision about it. */
  reorder(): void
  /** Resolves when labels and answers are kept, or were refused. */
  whenKept(): Promise<void>
}

export type PatientsStore = StoreApi<PatientsState>

export interface PatientsServices {
  readonly images: ImagesStore
  /** Names the content of an image's file. */
  readonly contentOf: (volume: Volume) => string
  /** The label of an image's patient, where an import brought it into the study. */
  readonly labelInStudy: (volume: Volume) => string | undefined
  readonly order: (images: readonly FoundVolume[]) => readonly FoundVolume[]
  readonly answers: AnswerStore
  readonly labels: LabelStore
  /** The browser does not keep what was said, or not give it back: it holds while the page is open. */
  readonly onNotKept: (reason: unknown) => void
}

/** Of what a person said of whose the images are, among the answers. */
const answerKey = 'patients'

/** Whose the open images are. Labels and answers are kept: the label of a patient who is gone is given to nobody else. */
export function createPatientsStore({
  images,
  contentOf,
  labelInStudy,
  order,
  answers: kept,
  labels: keptLabels,
  onNotKept,
}: PatientsServices): PatientsStore {
  const labels = new Map<string, number>()
  const claimed = new Set<string>()
  const sequenceOf = createSequenceNames()
  let lastLabel = 0

  const factsOf = (found: FoundVolume): ImageFacts => {
    const { dicom, path } = found.volume.source
    return dicom ? { key: found.id, path, ...patientFacts(dicom) } : { key: found.id, path, content: contentOf(found.volume) }
  }

  const labelPatient = (keys: readonly string[], taken: Set<number>) => {
    const known = keys.flatMap((key) => labels.get(key) ?? []).filter((label) => !taken.has(label))
    const label = known.length > 0 ? Math.min(...known) : ++lastLabel
    for (const key of keys) {
      // One that was another patient's as long as the two were one.
      if (labels.has(key) && !taken.has(labels.get(key)!)) continue
      labels.set(key, label)
      claimed.delete(key)
    }
    taken.add(label)
    return label
  }

  const look = (answers: PatientAnswers): Pick<PatientsState, 'patients' | 'questions' | 'answers'> => {
    const found = images.getState().volumes.filter(({ kind }) => kind === 'image')
    const byId = new Map(found.map((one) => [one.id, one]))
    const place = new Map(found.map(({ id }, i) => [id, i]))
    const own = groupBy(found, ({ volume }) => labelInStudy(volume) ?? '')
    const { patients, questions } = groupPatients((own.get('') ?? []).map(factsOf), answers)
    const describe = ({ keys, visits, images: ids }: Patient) => ({
      keys,
      patientId: byId.get(ids[0])!.volume.source.dicom?.PatientID?.trim() ?? '',
      ...nameImages(
        visits.map(({ date, images: ofVisit }) => ({
          date,
          found: order(ofVisit.map((id) => byId.get(id)!).sort((a, b) => place.get(a.id)! - place.get(b.id)!)),
        })),
        sequenceOf,
      ),
    })
    const firstOf = (patient: Patient) => Math.min(...patient.images.map((id) => place.get(id)!))
    const joined = new Set(answers.joined.flat())
    const taken = new Set<number>()
    const labelled = [...patients]
      .sort((a, b) => firstOf(a) - firstOf(b))
      .map((patient) => [labelPatient(withJoined(patient.keys, answers), taken), patient] as const)
      .sort(([a], [b]) => a - b)
    return {
      answers,
      questions,
      patients: [
        ...labelled.map(([number, patient]) => ({
          ...describe(patient),
          label: `P${String(number).padStart(4, '0')}`,
          isJoined: patient.keys.length > 1 && patient.keys.some((key) => joined.has(key)),
          isOfStudy: false,
        })),
        ...[...own]
          .filter(([label]) => label !== '')
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([label, images]) => ({ ...describe(asOne(images.map(factsOf))), label, isJoined: false, isOfStudy: true })),
      ],
    }
  }

  const store = createStore<PatientsState>()((_, get) => {
    const answer = (change: (answers: PatientAnswers) => PatientAnswers) => {
      show(change(get().answers))
      // After those of earlier sessions, to which it comes.
      last = last
        .then(() => kept.change(answerKey, (before) => change((before as PatientAnswers | undefined) ?? noAnswers)))
        .catch(onNotKept)
    }
    return {
      ...look(noAnswers),
      reorder: () => store.setState(look(get().answers)),
      whenKept: () => last,
      join: (groups) => answer(({ joined, apart }) => ({ joined: [...joined, ...groups], apart })),
      keepApart: ({ code, key, patients }) =>
        answer(({ joined, apart }) => ({ joined, apart: [...apart, ...(code === 'untold' ? patients.flat() : [key])] })),
      takeApart: ({ keys }) =>
        answer(({ joined, apart }) => {
          const isAbout = (key: string) => keys.includes(key)
          return { joined: joined.filter((one) => !one.some(isAbout)), apart: apart.filter((key) => !isAbout(key)) }
        }),
    }
  })

  function show(answers: PatientAnswers) {
    store.setState(look(answers))
    if (isUnclaimed()) last = last.then(claimLabels).catch(onNotKept)
  }

  /** Of whom no import says who they are. */
  const listUnnamed = () => store.getState().patients.filter(({ isOfStudy }) => !isOfStudy)
  const isUnclaimed = () => listUnnamed().some(({ keys }) => keys.some((key) => !claimed.has(key)))

  function takeLabels(numbers: ReadonlyMap<string, number>) {
    const isNews = [...numbers].some(([key, number]) => labels.get(key) !== number)
    for (const [key, number] of numbers) {
      labels.set(key, number)
      claimed.add(key)
    }
    lastLabel = Math.max(lastLabel, ...numbers.values())
    return isNews
  }

  /** Another tab may have given a number to somebody else. */
  async function claimLabels() {
    const { answers } = store.getState()
    if (!isUnclaimed()) return
    const wanted = listUnnamed().map(({ keys, label }) => ({ keys: withJoined(keys, answers), number: Number(label.slice(1)) }))
    if (takeLabels(await keptLabels.claim(wanted))) store.setState(look(store.getState().answers))
  }

  async function load() {
    const [numbers, said] = await Promise.all([keptLabels.list(), kept.get(answerKey) as Promise<PatientAnswers | undefined>])
    takeLabels(numbers)
    const { joined, apart } = store.getState().answers
    store.setState(look({ joined: [...(said?.joined ?? []), ...joined], apart: [...(said?.apart ?? []), ...apart] }))
  }

  let last = load().catch(onNotKept)
  images.subscribe(({ volumes }, before) => {
    if (volumes !== before.volumes) show(store.getState().answers)
  })
  return store
}

/** Images of which it is known that they are one patient's. */
function asOne(images: readonly ImageFacts[]): Patient {
  const keys = groupPatients(images).patients.flatMap((one) => one.keys)
  return groupPatients(images, { joined: [keys], apart: [] }).patients[0]
}

/** With the keys that a person joined them to, whether images of those are open or not: a patient has one label. */
function withJoined(keys: readonly string[], { joined }: PatientAnswers): readonly string[] {
  const all = new Set(keys)
  let size = 0
  while (size < all.size) {
    size = all.size
    for (const group of joined) if (group.some((key) => all.has(key))) for (const key of group) all.add(key)
  }
  return [...all]
}

/** The patient of an image, if it is there. */
export function findPatient({ patients }: Pick<PatientsState, 'patients'>, imageId: string | undefined): OpenPatient | undefined {
  return patients.find(({ images }) => images.some(({ found }) => found.id === imageId))
}

/** `P0001`, with the visit where the patient has several. */
export function labelOf(patient: OpenPatient, imageId: string): string {
  const visit = patient.visits.find(({ images }) => images.some(({ found }) => found.id === imageId))
  return [patient.label, visit?.name].filter(Boolean).join(', ')
}

function nameImages(
  visits: readonly { readonly date: string | undefined; readonly found: readonly FoundVolume[] }[],
  sequenceOf: ReturnType<typeof createSequenceNames>,
): Pick<OpenPatient, 'visits' | 'images'> {
  const visitName = (at: number) => (visits.length > 1 ? `visit ${at + 1}` : '')
  const all = visits.flatMap(({ found }, at) => found.map((one) => ({ one, visit: visitName(at) })))
  const hintsOf = ({ volume: { source } }: FoundVolume) => {
    const { SeriesNumber, AcquisitionTime } = source.dicom ?? {}
    const time = /^(\d\d)(\d\d)(\d\d)/.exec(AcquisitionTime?.trim() ?? '')
    return [SeriesNumber ? `series ${SeriesNumber.trim()}` : '', time ? time.slice(1).join(':') : '']
  }
  const names = tellApart(
    all.map(({ one, visit }) => ({
      name: [one.name, visit].filter(Boolean).join(', '),
      hints: [...hintsOf(one), one.volume.source.path],
    })),
    (name, hint) => `${name}, ${hint}`,
  )
  const sequences = tellApart(
    all.map(({ one, visit }) => ({
      name: [visit.replace('visit ', 'visit-'), sequenceOf(one)].filter(Boolean).join('-'),
      hints: hintsOf(one).map((hint) => hint.replace(/\W+/g, '-')),
    })),
    (name, hint) => `${name}-${hint}`,
  )
  const images = all.map(({ one }, i) => ({ found: one, name: names[i], sequence: sequences[i] }))
  return {
    images,
    visits: visits.map(({ date, found }, at) => ({
      name: visitName(at),
      date: date?.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') ?? '',
      images: images.filter((image) => found.includes(image.found)),
    })),
  }
}
