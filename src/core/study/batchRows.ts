import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { warnOfAnisotropy } from '../extraction/checkCase.ts'
import { tell as tellOfCase } from '../extraction/messages.ts'
import type { Grid } from '../image/volume.ts'
import { compareGeometry } from '../mask/compareGeometry.ts'
import type { PartDescription } from '../mask/measure/describePart.ts'
import type { Message } from '../messages/message.ts'
import { groupBy } from '../numeric/groupBy.ts'
import type { ExtractionPlan } from '../parameters/plan.ts'
import { compareLesions, presentLesions, rowIdOf } from './lesions.ts'
import { tell } from './messages.ts'
import type { RoleId } from './roles.ts'
import {
  imageIdOf,
  type ImageRecord,
  type LesionId,
  type Patient,
  type ReaderId,
  type Region,
  type RegionId,
  type Study,
  type StudyImage,
} from './study.ts'
import { ageOfTable, textOf, type RowInputs, type TableAge } from './tableAge.ts'
import { firstLesion } from './unnamedStudy.ts'

/*
 * The rows of a study's table of features: one a patient, role and lesion of a reader. Whether a row is current is seen from equal
 * hashes of what it is made from, each time anew: nothing says of a row that it is out of date.
 */

/** A region as far as its row is concerned. */
export type BatchRegion = RegionId &
  Pick<Region, 'progress' | 'voxelCount'> &
  Pick<ImageRecord, 'size' | 'grid'> & {
    readonly maskHash: string
    /** Undefined for an empty region, where its voxels cannot be read, and where nobody asks what is to be warned of. */
    readonly described: PartDescription | undefined
    /** Why its voxels cannot be read. */
    readonly problem?: Message
  }

/** The machine on which features were computed, where that was another one, and when. */
export interface ComputedOn {
  readonly host: string
  /** ISO 8601, in UTC. */
  readonly at: string
}

/** Features that are there already. */
export type KeptRow = RegionId &
  RowInputs & {
    readonly isPartial: boolean
    readonly warnings?: readonly Message[]
    readonly computedOn?: ComputedOn
  }

/** A row that is being computed, or that did not end well. */
export interface BatchAttempt extends RegionId {
  /** 'running' while nothing runs: the page ended on it. */
  readonly state: 'running' | 'failed' | 'setAside'
  /** How often it was begun. */
  readonly attempts: number
  /** See `hashInputs`: of another region, or other parameters, it says nothing. */
  readonly inputs: string
  readonly reason?: Message
}

export interface BatchSources {
  readonly study: Pick<Study, 'roles' | 'readers' | 'rereading'>
  /** In the order of the rows. */
  readonly patients: readonly Patient[]
  readonly images: readonly StudyImage[]
  /** Of the reader. */
  readonly regions: readonly BatchRegion[]
  readonly tables: readonly KeptRow[]
  readonly attempts: readonly BatchAttempt[]
  readonly reader: ReaderId
  readonly now: Omit<RowInputs, 'maskHash'>
  /** Of the parameters. */
  readonly plan: ExtractionPlan
  /** Whether its voxels can be read. */
  readonly isAtHand: (image: StudyImage) => boolean
}

export interface BatchRow {
  /** In tables: `A-0120`, `A-0120_L2`. */
  readonly id: string
  /** ID of the patient. */
  readonly patient: string
  readonly label: string
  readonly role: RoleId
  readonly lesion: LesionId
  /** Null where the patient has none of this role. */
  readonly image: StudyImage | null
  /** Null where nothing is drawn. */
  readonly region: BatchRegion | null
  /** 'failed' and 'setAside' wait for a person; 'ready' is computed next. */
  readonly state: 'ready' | 'current' | 'failed' | 'setAside' | 'blocked'
  /** Why it is blocked, failed or was set aside. */
  readonly reason: Message | null
  readonly warnings: readonly Message[]
  /** It was begun so often, and the page ended on it. */
  readonly attempts: number
  /** In what the features that are there differ from those that would be computed: in nothing where they are current; null where there are none. */
  readonly age: readonly TableAge[] | null
  /** Where the features that are there were computed; null for this machine, and where it is not known. */
  readonly computedOn: ComputedOn | null
}

/** SHA-256, the same for equal inputs alone. */
export const hashInputs = (inputs: RowInputs): string => bytesToHex(sha256(utf8ToBytes(textOf(inputs))))

/** So often the page may end on a row before that is set aside. */
const mostDeaths = 2

/** A region of less is told of: its texture means little. */
const smallest = { mm3: 64, voxels: 10 }

/**
 * All rows of a reader, by patient as they are given, role and lesion. An excluded patient has none. The first reader reads all others;
 * a later one, once anything is drawn, those that were drawn for a second reading, and whoever has a region of theirs.
 */
export function listBatchRows(sources: BatchSources): readonly BatchRow[] {
  const { study, patients, images, regions } = sources
  const imagesOf = groupBy(images, ({ patient }) => patient)
  const regionsOf = groupBy(regions, ({ image }) => imageIdOf(image))
  const known: Known = {
    tables: new Map(sources.tables.map((table) => [keyOf(table), table])),
    attempts: new Map(sources.attempts.map((attempt) => [keyOf(attempt), attempt])),
    sameMask: findSameMasks(sources),
  }
  const isFirst = study.readers.findIndex(({ id }) => id === sources.reader) <= 0
  const reread = new Set(regions.length > 0 ? study.rereading?.patients : [])
  return patients.flatMap((patient) => {
    const own = imagesOf.get(patient.id) ?? []
    const drawn = own.flatMap(({ id }) => regionsOf.get(id) ?? []).filter((region) => region.voxelCount > 0)
    if (patient.exclusion || own.length === 0 || !(isFirst || reread.has(patient.id) || drawn.length > 0)) return []
    const lesions = lesionsOf(patient, drawn)
    return study.roles.flatMap(({ id: role }) => {
      const image = own.find((one) => one.role === role) ?? null
      return lesions.map((lesion) => rowOf(sources, known, { patient, role, lesion, image, drawn }))
    })
  })
}

interface Known {
  readonly tables: ReadonlyMap<string, KeptRow>
  readonly attempts: ReadonlyMap<string, BatchAttempt>
  /** By hash of a mask, labels of the patients who have it, where several have. */
  readonly sameMask: ReadonlyMap<string, readonly string[]>
}

const keyOf = ({ image, reader, lesion }: RegionId) => `${image} ${lesion} ${reader}`

/** Those that are drawn on any image of the patient: each is wanted on all of them. */
function lesionsOf({ lesions }: Patient, drawn: readonly BatchRegion[]): readonly LesionId[] {
  const present = new Set(presentLesions(lesions).map(({ id }) => id))
  const own = [...new Set(drawn.map(({ lesion }) => lesion))].filter((lesion) => present.has(lesion))
  return own.length > 0 ? own.sort(compareLesions) : [firstLesion]
}

function findSameMasks({ patients, images, regions }: BatchSources): Known['sameMask'] {
  const labels = new Map(patients.map(({ id, label }) => [id, label]))
  const labelOf = new Map(images.map(({ id, patient }) => [id, labels.get(patient)]))
  const byHash = groupBy(
    regions.filter((region) => region.voxelCount > 0),
    ({ maskHash }) => maskHash,
  )
  return new Map(
    [...byHash].flatMap(([hash, own]) => {
      const whose = [...new Set(own.flatMap(({ image }) => labelOf.get(imageIdOf(image)) ?? []))]
      return whose.length > 1 ? [[hash, whose] as const] : []
    }),
  )
}

interface Place {
  readonly patient: Patient
  readonly role: RoleId
  readonly lesion: LesionId
  readonly image: StudyImage | null
  readonly drawn: readonly BatchRegion[]
}

function rowOf(sources: BatchSources, known: Known, { patient, role, lesion, image, drawn }: Place): BatchRow {
  const onImage = drawn.filter((region) => region.lesion === lesion && imageIdOf(region.image) === image?.id)
  const isOfVoxels = (region: BatchRegion) => image?.content === null || region.image === `${image?.id}.${image?.content}`
  const region = onImage.find(isOfVoxels) ?? onImage.at(0) ?? null
  const about = { id: rowIdOf(patient.label, lesion), patient: patient.id, label: patient.label, role, lesion, image, region }
  const blocked =
    image === null
      ? tell('row-without-image', { role })
      : region === null
        ? tell('row-to-do', {})
        : whyBlocked(sources, image, region, isOfVoxels(region))
  const table = region === null ? undefined : known.tables.get(keyOf(region))
  const inputs: RowInputs = { ...sources.now, maskHash: region?.maskHash }
  const age = table && !table.isPartial ? ageOfTable(table, inputs) : null
  const warnings = image && region ? warningsOf(sources, known, image, region, patient.label) : []
  // What only the extraction could tell, such as unusual numbers of grey levels.
  const toldSince =
    age?.length === 0 ? (table?.warnings ?? []).filter(({ code }) => !warnings.some((one) => one.code === code)) : []
  const common = { ...about, warnings: [...warnings, ...toldSince], age, computedOn: table?.computedOn ?? null }
  const attempt = region === null ? undefined : known.attempts.get(keyOf(region))
  const own = attempt && attempt.inputs === hashInputs(inputs) ? attempt : undefined
  // What is computed stays computed while its image is away.
  if (age?.length === 0 && own === undefined && (blocked === null || blocked.code === 'row-image-gone'))
    return { ...common, state: 'current', reason: null, attempts: 0 }
  if (blocked) return { ...common, state: 'blocked', reason: blocked, attempts: 0 }
  if (!own) return { ...common, state: 'ready', reason: null, attempts: 0 }
  const { attempts } = own
  if (own.state === 'running' && attempts < mostDeaths) return { ...common, state: 'ready', reason: null, attempts }
  const reason = own.reason ?? tell('row-ended-browser', { times: attempts })
  return { ...common, state: own.state === 'failed' ? 'failed' : 'setAside', reason, attempts }
}

function whyBlocked(
  { plan, isAtHand }: BatchSources,
  image: StudyImage,
  { progress, grid, size, voxelCount, problem }: BatchRegion,
  isOfVoxels: boolean,
): Message | null {
  if (problem) return problem
  if (!isOfVoxels) return tell('row-other-voxels', {})
  if (progress === 'empty' || voxelCount === 0) return tell('row-to-do', {})
  if (progress === 'inProgress') return tell('row-in-progress', {})
  const differences = grid ? compareGeometry(image.grid, { ...grid, size }, plan.geometry.tolerance) : []
  if (differences.length > 0) return tell('row-off-grid', {})
  if (voxelCount === 1) return tellOfCase('roi-one-voxel', {})
  return isAtHand(image) ? null : tell('row-image-gone', {})
}

function warningsOf(
  { plan }: BatchSources,
  { sameMask }: Known,
  { grid }: StudyImage,
  { described, maskHash }: BatchRegion,
  label: string,
): readonly Message[] {
  if (!described || described.voxelCount === 1) return []
  const { voxelCount: voxels, extent, pieces, isAtEdge, empty } = described
  const mm3 = voxels * voxelVolume(grid)
  const others = sameMask.get(maskHash)?.filter((one) => one !== label) ?? []
  return [
    voxels < smallest.voxels || mm3 < smallest.mm3 ? tell('row-small', { voxels, mm3 }) : undefined,
    extent.includes(1) ? tellOfCase('roi-one-slice', {}) : undefined,
    warnOfAnisotropy(grid, plan),
    isAtEdge ? tell('row-at-edge', {}) : undefined,
    pieces > 1 ? tell('row-in-pieces', { pieces }) : undefined,
    empty ? tellOfCase('roi-slices-empty', { empty }) : undefined,
    others.length > 0 ? tell('row-same-mask', { labels: others }) : undefined,
  ].filter((warning) => warning !== undefined)
}

const voxelVolume = ({ spacingMm: [x, y, z] }: Pick<Grid, 'spacingMm'>) => x * y * z

/** Rows by what is said of them, in the order in which it comes. */
export function groupRows(rows: readonly BatchRow[], tellOf: (row: BatchRow) => readonly Message[]): RowGroup[] {
  const told = rows.flatMap((row) => tellOf(row).map((message) => ({ row, message })))
  const groups = groupBy(told, ({ message: { step, code } }) => `${step}/${code}`)
  return [...groups].map(([code, own]) => ({ code, example: own[0].message, rows: own.map(({ row }) => row) }))
}

/** Rows of which the same is to be said, but for numbers and names. */
export interface RowGroup {
  /** Step and code of the messages. */
  readonly code: string
  readonly example: Message
  readonly rows: readonly BatchRow[]
}
