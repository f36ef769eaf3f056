import { isCalledMask, matchMask, patientsNamed, type DrawnOn } from '../../core/cohort/proposal/matchMasks.ts'
import type { Grid, Volume } from '../../core/image/volume.ts'
import { compareGeometry } from '../../core/mask/compareGeometry.ts'
import { compare } from '../../core/numeric/compare.ts'
import { DataError, messageOf, type Message } from '../../core/messages/message.ts'
import { matchLesions, type LabelToMatch } from '../../core/study/matchLesions.ts'
import { oneLesion, presentLesions } from '../../core/study/lesions.ts'
import { imageIdOf, type LesionId } from '../../core/study/study.ts'
import { fileName } from '../../io/sourceFile.ts'
import type { StudyRecords } from '../../storage/patientRecordStore.ts'
import { mostLesionsAtOnce } from '../actions/layEachLabel.ts'
import { withoutWords } from '../imageNames.ts'
import type { FoundVolume, ImagesState, NamedFile, ReadFiles } from '../images.ts'
import type { LesionsState } from '../lesions.ts'
import type { OpenLabels } from '../maskReview.ts'
import { onGridOf } from '../maskSegments.ts'
import { told } from '../messages.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { ListedFiles, MaskOutcome, ProposedMask } from '../studyImport.ts'

export interface MaskImporterServices {
  readonly images: Readable<Pick<ImagesState, 'asleep' | 'volumes' | 'wake' | 'sleep'>>
  readonly roi: Readable<
    Pick<
      RoiState,
      | 'kept'
      | 'listKept'
      | 'open'
      | 'openImage'
      | 'chooseLesion'
      | 'voxelCount'
      | 'recovery'
      | 'status'
      | 'openElsewhere'
      | 'replaceMask'
      | 'whenKept'
      | 'whyStay'
      | 'close'
    >
  >
  readonly lesions: Readable<Pick<LesionsState, 'byPatient' | 'add'>>
  readonly readFiles: ReadFiles
  readonly openLabels: (mask: Volume) => Promise<OpenLabels>
}

/** The study, as masks are looked for that are of it. */
export interface StudyToDrawOn {
  readonly records: Pick<StudyRecords, 'study' | 'patients' | 'images'>
  /** By ID of the patient. */
  readonly clinicIds: ReadonlyMap<string, readonly string[]>
}

interface SearchOptions {
  readonly signal: AbortSignal
  readonly onProgress: (done: number, total: number) => void
}

type DrawnOnGrid = DrawnOn & { readonly grid: Grid }

/** Masks that lie in files of their own become regions of the patients who are in the study. */
export function createMaskImporter({ images, roi, lesions, readFiles, openLabels }: MaskImporterServices) {
  /** Files that were read and are images: they are not read again to tell. */
  const areImages = new WeakSet<Blob>()
  /** Lesions that were laid since regions were listed, by patient. */
  const laidOf = new Map<string, Set<LesionId>>()

  /** Of what may be a mask by its name, its grid or its kind of file: what is one by its voxels, and which image it is of. */
  async function find(listed: ListedFiles, study: StudyToDrawOn, { signal, onProgress }: SearchOptions): Promise<ProposedMask[]> {
    const targets = listTargets(study)
    const inStudy = new Set(study.records.images.map(({ id }) => id))
    const sizes = new Set(targets.map(({ grid }) => grid.size.join()))
    const mayBe = ({ volume }: ListedFiles['images'][number]) => {
      const { path, format } = volume.source
      if (format === 'DICOM' || !sizes.has(volume.size.join())) return false
      return isCalledMask(path) || patientsNamed({ path }, targets).size > 0 || targets.some(({ grid }) => isOnGrid(volume, grid))
    }
    const others = listed.images.filter((image) => !inStudy.has(image.id) && image.files.every(({ file }) => !areImages.has(file)) && mayBe(image)) // prettier-ignore
    const wanted = [...listed.masks, ...others.map(({ volume, files }) => ({ path: volume.source.path, files }))]
    const byPath = new Map([...wanted].sort((a, b) => compare(a.path, b.path)).map((one) => [one.path, one]))
    const found: ProposedMask[] = []
    for (const [done, { path, files }] of [...byPath.values()].entries()) {
      signal.throwIfAborted()
      onProgress(done, byPath.size)
      const read = await readMasks(path, files, signal)
      if ('reason' in read)
        found.push({ path, files, images: [], chosen: null, outcome: { kind: 'failed', reason: read.reason } })
      else if (read.masks.length === 0) for (const { file } of files) areImages.add(file)
      else {
        const [mask] = read.masks
        const { images: own, proposed } = matchMask({ path, ...ofHeader(mask) }, targets, study.records.study.roles, (image) => standsOn(mask, image.grid)) // prettier-ignore
        found.push({ path, files, images: own, chosen: proposed, outcome: null })
      }
    }
    return found
  }

  /** @returns no masks where its voxels are those of an image */
  async function readMasks(
    path: string,
    files: readonly NamedFile[],
    signal: AbortSignal,
  ): Promise<{ masks: Volume[] } | { reason: Message }> {
    const masks: Volume[] = []
    for await (const outcome of readFiles(files, { signal, onProgress: () => undefined })) {
      if ('error' in outcome) {
        if (outcome.path === path) return { reason: outcome.error }
      } else if (
        outcome.volume.source.path === path &&
        (outcome.isMask || outcome.maskHint !== undefined || outcome.volume.source.segments)
      )
        masks.push(outcome.volume)
    }
    return { masks }
  }

  async function lay(
    { path, files, chosen }: ProposedMask,
    study: StudyToDrawOn['records'],
    signal: AbortSignal,
  ): Promise<MaskOutcome> {
    try {
      const { volumes, asleep } = images.getState()
      const open = volumes.find(({ volume }) => volume.source.identity?.image === chosen)
      const sleeping = asleep.find(({ identity }) => identity.image === chosen)
      const found = open ?? (sleeping && (await images.getState().wake(sleeping.id)))
      if (!found) throw new DataError(told('mask-image-not-here', {}))
      try {
        const read = await readMasks(path, files, signal)
        if ('reason' in read) throw new DataError(read.reason)
        if (read.masks.length === 0) throw new DataError(told('mask-file-without', { file: fileName(path) }))
        return await layAll(path, read.masks, found, study)
      } finally {
        await roi.getState().whenKept()
        // Hundreds of images have no room at once.
        if (!open && roi.getState().whyStay(found.id) === null && images.getState().sleep(found.id))
          roi.getState().close(found.id)
      }
    } catch (error) {
      signal.throwIfAborted()
      return { kind: 'failed', reason: messageOf(error) }
    }
  }

  async function layAll(
    path: string,
    masks: readonly Volume[],
    found: FoundVolume,
    { images: all, patients }: StudyToDrawOn['records'],
  ): Promise<MaskOutcome> {
    const id = found.volume.source.identity!.image
    const patient = patients.find((one) => one.id === all.find((image) => image.id === id)?.patient)!
    const regions: (LabelToMatch & { readonly region: Uint8Array<ArrayBuffer> })[] = []
    for (const mask of masks) {
      const labels = await openLabels(onGridOf(mask, found.volume))
      try {
        const { list } = labels
        const choices = list.fractions ? [0.5] : list.labels.map(({ value }) => value)
        if (choices.length > mostLesionsAtOnce) throw new DataError(told('mask-many-labels', { labels: choices.length, most: mostLesionsAtOnce })) // prettier-ignore
        for (const value of choices) {
          const { region, voxelCount } = await labels.lay(list.fractions ? { atLeast: value } : value, null)
          const name = nameOf(mask, value, found.volume)
          if (voxelCount > 0) regions.push({ value, region, ...(name !== undefined && { name }) })
        }
      } finally {
        labels.close()
      }
    }
    if (regions.length === 0) throw new DataError(told('mask-nothing-in-it', {}))
    // A mask of one value is of the lesion that its file is named after, whatever the value is.
    const [only] = regions
    const labelsToMatch = regions.length === 1 && only.name === undefined ? [{ value: numberIn(path) }] : regions
    const own = new Set(all.flatMap((image) => (image.patient === patient.id ? [image.id] : [])))
    const kept = roi.getState().kept.flatMap(({ image, lesion, voxelCount }) => (voxelCount > 0 && own.has(imageIdOf(image)) ? [lesion] : [])) // prettier-ignore
    const drawn = new Set([...kept, ...(laidOf.get(patient.id) ?? [])])
    const present = presentLesions(lesions.getState().byPatient[patient.label] ?? oneLesion)
    const matched = matchLesions(
      present,
      labelsToMatch,
      new Set(present.flatMap((lesion) => (drawn.has(lesion.id) ? [] : [lesion.id]))),
    )
    const outcomes = new Set<'laid' | 'drawn' | 'locked'>()
    let laid = 0
    for (const [i, { region, name }] of regions.entries()) {
      const lesion: LesionId = matched[i] ?? (await lesions.getState().add(found.id, name))
      const outcome = await layInHand(found, lesion, `Load ${fileName(path)}`, region)
      outcomes.add(outcome)
      if (outcome === 'laid') laid++
      laidOf.set(patient.id, (laidOf.get(patient.id) ?? new Set()).add(lesion))
    }
    if (laid > 0) return { kind: 'laid', lesions: laid }
    return { kind: outcomes.has('drawn') ? 'drawn' : 'locked' }
  }

  /** In hand, as if it were drawn: the image is this tab's then, and the region kept as its own. */
  async function layInHand({ id, name, volume }: FoundVolume, lesion: LesionId, action: string, region: Uint8Array<ArrayBuffer>) {
    const { openImage, chooseLesion } = roi.getState()
    await openImage(id, name, volume)
    await chooseLesion(lesion)
    const { open, voxelCount, recovery, status, openElsewhere, replaceMask } = roi.getState()
    if (open?.imageId !== id || open.lesion !== lesion || openElsewhere || voxelCount > 0 || recovery)
      return status?.progress === 'locked' || recovery?.progress === 'locked' ? ('locked' as const) : ('drawn' as const)
    replaceMask(action, region)
    return 'laid' as const
  }

  return {
    find,
    lay,
    /** What is kept is listed before masks are laid, and after it: each time takes a while. */
    async look(): Promise<void> {
      laidOf.clear()
      await roi.getState().listKept()
    },
  }
}

function listTargets({ records: { patients, images }, clinicIds }: StudyToDrawOn): DrawnOnGrid[] {
  const labels = new Map(patients.map(({ id, label }) => [id, label]))
  return images.map(({ id, patient, role, grid }) => ({ id, role, grid, label: labels.get(patient)!, clinicIds: clinicIds.get(patient) ?? [] })) // prettier-ignore
}

const isOnGrid = (mask: Grid, image: Grid) => compareGeometry(image, mask).length === 0

/** Of a segmentation the slices without a segment are often left out. */
function standsOn(mask: Volume, grid: Grid): boolean {
  if (isOnGrid(mask, grid)) return true
  return mask.source.segments !== undefined && isOnGrid(onGridOf(mask, { ...mask, ...grid }), grid)
}

const ofHeader = ({ source: { dicom } }: Volume) => {
  const patientId = dicom?.PatientID?.trim()
  return patientId ? { patientId } : {}
}

/** What somebody called a segment, without what names the patient. */
function nameOf({ source }: Volume, value: number, image: Volume): string | undefined {
  const name = source.segments?.find((segment) => segment.value === value)?.name
  if (name === undefined || /^Segment \d+$/.test(name)) return undefined
  const { PatientName = '', PatientID = '' } = { ...image.source.dicom, ...source.dicom }
  return withoutWords(name, `${PatientName} ${PatientID}`).trim() || undefined
}

/** As `A-0001_T1WI_L2.nii.gz` and `lesion2.nii` have it; the first where a name has none. */
const numberIn = (path: string): number =>
  Number(/(?:^|[_\-. ])L(?:esion)?[_\- ]?(\d{1,2})(?=$|[_\-. ])/i.exec(fileName(path))?.[1] ?? 1)
