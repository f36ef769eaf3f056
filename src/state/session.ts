import type { Volume } from '../core/image/volume.ts'
import type { Mask } from '../core/mask/mask.ts'
import { cutMask, placeMask } from '../core/mask/maskPart.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import { referenceOf } from '../io/dicom/referenceImage.ts'
import { openDatabase } from '../storage/database.ts'
import { databaseNames } from '../storage/databaseNames.ts'
import { createAnswerStore } from '../storage/answerStore.ts'
import { createDraftStore } from '../storage/draftStore.ts'
import { createDeletedMaskStore } from '../storage/deletedMasks.ts'
import { createLabelStore } from '../storage/labelStore.ts'
import { createMaskStore, withRoom } from '../storage/maskStore.ts'
import { getComputeBridge } from '../../workers/browserCompute.ts'
import { maskBridge } from '../../workers/maskBridge.ts'
import { createPartBridge } from '../../workers/partBridge.ts'
import { openLabels } from '../../workers/openLabels.ts'
import { programServer, serverIsGone } from '../io/programServer.ts'
import { readFiles, saveImage, saveParts, saveSegmentation, saveStructures } from '../../workers/readFiles.ts'
import { alignInWorker } from '../../workers/alignInWorker.ts'
import { compareInWorker } from '../../workers/compareInWorker.ts'
import { formatFeatureTable } from '../io/tables/featureCsv.ts'
import { orderByTime } from '../core/cohort/orderByTime.ts'
import { nudgeMove, type RigidMove } from '../core/image/rigidMove.ts'
import { hashMask } from '../storage/hashMask.ts'
import { imageKey, oldImageKey } from '../storage/imageKey.ts'
import { createOpenedStore } from '../storage/openedStore.ts'
import { createOldRegions } from '../storage/oldRegions.ts'
import type { Reader } from '../storage/regionKey.ts'
import { createTableStore } from '../storage/tableStore.ts'
import { createAlignmentStore, findMove, hasOldMoves, type AlignmentState } from './alignments.ts'
import { createBrowserKeepingStore } from './browserKeeping.ts'
import { createTabClaims } from './claimTab.ts'
import { createComparisonStore } from './comparison.ts'
import { createContourStore } from './contour.ts'
import { createCopyStore } from './copyRoi.ts'
import { createDeletionsStore } from './deletions.ts'
import { createDraftsStore } from './drafts.ts'
import { createExtractionStore, type ExtractionState, type RegionName } from './extraction.ts'
import { leaveForgetMark, type ForgetMark } from './forgetMark.ts'
import { gridPlanes, startWindow } from '../viewer/index.ts'
import { createGrowthStore } from './growth.ts'
import { handStore } from './hand.ts'
import { createGreyLevelStore } from './greyLevels.ts'
import { channelsOf, createImagesStore, type FoundVolume, type ImagesStore, type NamedFile } from './images.ts'
import { findMaskQuestions, type MaskQuestion } from './maskQuestions.ts'
import { tellApart } from './imageNames.ts'
import { keepParameters } from './keptParameters.ts'
import { createMaskOperationStore } from './maskOperation.ts'
import { createMaskReviewStore } from './maskReview.ts'
import { createMeasuresStore } from './measures.ts'
import { createOpenedImagesStore } from './opened.ts'
import { createPatientsStore, findPatient, type PatientImage } from './patients.ts'
import { applyChosenOrder, createPhasesStore, phaseId } from './phases.ts'
import { createReadersStore } from './readers.ts'
import { createRoiStore, type RoiState, type RoiStore } from './roi.ts'
import type { SampleCase } from './sampleCases.ts'
import { createSaveAllStore } from './saveAllRois.ts'
import { screenStore } from './screen.ts'
import { secondStore } from './second.ts'
import { createSeedsStore } from './seeds.ts'
import { ageOfTable, createTablesStore, type TableAge } from './tables.ts'
import type { KeptTable } from '../storage/schema.ts'

/*
 * The stores of the page, wired to the workers and the browser's database, and the steps that concern several of them.
 */
export const imagesStore: ImagesStore = createImagesStore((files, options) =>
  readFiles(files, {
    ...options,
    channels: 'masks',
    references: imagesStore.getState().volumes.flatMap(({ volume }) => referenceOf(volume) ?? []),
  }),
)
export const comparisonStore = createComparisonStore(compareInWorker)
export const readersStore = createReadersStore(localStorage)
const tell = (notice: string) => roiStore.getState().tell(notice)
const reasonOf = (reason: unknown) => (reason instanceof Error ? reason.message : String(reason))
const tellNotTakenOver = (reason: unknown) =>
  tell(
    `ROIs that an earlier version of Texel kept in this browser could not all be taken over (${reasonOf(reason)}). They are not lost: reload the page to try again.`,
  )
const database = openDatabase(databaseNames, tellNotTakenOver)
const oldRegions = createOldRegions(database)
/** What a person said of images, by their identity; see `AnswerStore`. */
export const answerStore = createAnswerStore(database)
export const phasesStore = createPhasesStore({
  answers: answerStore,
  onNotKept: (reason) =>
    tell(`What is decided about phases is forgotten when the page closes: this browser does not keep it (${reasonOf(reason)}).`),
})
export const patientsStore = createPatientsStore({
  images: imagesStore,
  contentOf: (volume) => volume.source.identity?.file ?? imageKey(volume),
  answers: answerStore,
  labels: createLabelStore(database),
  onNotKept: (reason) =>
    tell(`Whose the images are is forgotten when the page closes: this browser does not keep it (${reasonOf(reason)}).`),
  order: (images) =>
    applyChosenOrder(
      orderByTime(images, ({ volume }) => volume),
      phasesStore.getState().choices,
      ({ volume }) => phaseId(volume),
    ),
})
phasesStore.subscribe(() => patientsStore.getState().reorder())
const endStroke = () => handStore.getState().viewer?.endStroke()
const maskStore = withRoom(createMaskStore(database), () => openedStore.getState().makeRoom())
export const deletionsStore = createDeletionsStore({
  store: createDeletedMaskStore(database),
  now: Date.now,
  onBack: () => void roiStore.getState().lookAgain(),
  onRemoved: () => {
    const { keeping, keepAgain } = roiStore.getState()
    if (keeping.status === 'failed') void keepAgain()
  },
  announce: () => otherTabs.postMessage('deletions'),
})
const otherTabs = new BroadcastChannel('texel')
otherTabs.addEventListener('message', ({ data }) => {
  if (data === 'forget') loadToForget('elsewhere')
  else {
    void deletionsStore.getState().look()
    void roiStore.getState().lookAgain()
  }
})
export const roiStore: RoiStore = createRoiStore({
  readers: readersStore,
  now: Date.now,
  masks: maskStore,
  claims: createTabClaims(navigator.locks),
  deletions: deletionsStore,
  nameRegion: (region) => (findPatient(patientsStore.getState(), region.imageId) ? nameRegion(region) : null),
  oldRegions,
  endStroke,
})
/** Created before the images that come back are read, which all of the above watch. */
export const openedStore = createOpenedImagesStore(imagesStore, createOpenedStore(database), Date.now)
// The list says which images have an ROI of an earlier version before they are opened.
imagesStore.subscribe(({ volumes }, before) => {
  for (const found of volumes)
    if (found.kind === 'image' && !before.volumes.includes(found))
      oldRegions.adopt(found.volume).then((isAny) => (isAny ? roiStore.getState().listKept() : undefined), tellNotTakenOver)
})
patientsStore.subscribe(() => void roiStore.getState().nameAgain())
/** Once somebody draws, not before: a page that is only looked at asks for nothing. */
export const browserKeepingStore = createBrowserKeepingStore(navigator.storage)
roiStore.subscribe(({ open, undoCount }, before) => {
  if (open === before.open && undoCount > before.undoCount) void browserKeepingStore.getState().ask()
})
export const saveAllStore = createSaveAllStore({
  masks: maskStore,
  roi: roiStore,
  findImage: ({ image, reader }) => {
    const found = imagesStore.getState().volumes.find(({ kind, volume }) => kind === 'image' && imageKey(volume) === image)
    if (!found) return undefined
    const { size, spacingMm, originMm, direction } = found.volume
    return { grid: { size, spacingMm, originMm, direction }, called: nameRegion({ imageId: found.id, reader }) }
  },
  writeParts: saveParts,
  now: () => new Date(),
})
export const draftsStore = createDraftsStore(createDraftStore(database), (reason) =>
  tell(`The open polygon is not kept when the page closes: this browser refused it (${reason}). Close it soon.`),
)
export const alignmentStore = createAlignmentStore(localStorage)
export const copyStore = createCopyStore({
  roi: roiStore,
  openLabels,
  moveBetween: (moved, onto) => moveBetween(alignmentStore.getState().moves, moved, onto),
  openImage,
})
export const maskOperationStore = createMaskOperationStore(maskBridge, roiStore)
export const contourStore = createContourStore(roiStore, maskOperationStore)
export const seedsStore = createSeedsStore(roiStore, endStroke)
const parts = createPartBridge()
export const growthStore = createGrowthStore({
  roi: roiStore,
  grow: parts.grow,
  levelSpan: (image) => startWindow(image).width,
  sliceAxis: (image, plane) => gridPlanes(image.direction)[plane].through.axis,
})
export const measuresStore = createMeasuresStore({
  roi: roiStore,
  measure: parts.measure,
  axialAxis: (image) => gridPlanes(image.direction).axial.through.axis,
})
const bridge = getComputeBridge(__TEXEL_VERSION__)
export const extractionStore = createExtractionStore(bridge.extract)
keepParameters(extractionStore, answerStore, (reason) =>
  tell(`The parameters are not kept for the next time: this browser refuses it (${reasonOf(reason)}).`),
)
export const tablesStore = createTablesStore(createTableStore(database), (reason) =>
  tell(
    `Tables of features are lost when the page closes: this browser does not keep them (${reasonOf(reason)}). Save them as CSV.`,
  ),
)
extractionStore.subscribe(({ run }, before) => {
  if (run.status !== 'done' || run === before.run) return
  const { about, result, seconds, parameters, parametersName } = run
  const table = { ...about, featureCount: result.features.length, isPartial: result.partial, seconds, parameters, parametersName }
  void tablesStore.getState().keep({ ...table, savedAt: Date.now(), program: __TEXEL_VERSION__ }, result)
})
// Another region in hand: its own table is seen again.
roiStore.subscribe(({ open }, before) => {
  if (open?.key !== before.open?.key) tablesStore.getState().choose(null)
})
export const maskReviewStore = createMaskReviewStore(
  openLabels,
  () => extractionStore.getState().parameters.settings.geometryTolerance,
)
// It was to be laid on the region that was in hand, and for its reader.
roiStore.subscribe(({ open }, before) => {
  if (open !== before.open) maskReviewStore.getState().dismiss()
})
// A mask under review is judged anew by a tolerance that was changed meanwhile.
extractionStore.subscribe(({ parameters: { settings } }, before) => {
  const { proposal, propose } = maskReviewStore.getState()
  if (!proposal || settings.geometryTolerance === before.parameters.settings.geometryTolerance) return
  const { maskId, name, mask, image, label } = proposal
  void propose(maskId, name, mask, image, label ?? undefined)
})
export const greyLevelStore = createGreyLevelStore(bridge.countGreyLevels)

/** Compute workers that exist now. */
export const countWorkers = bridge.workerCount

/**
 * Files that came by drop or picker. One image among them is opened, one mask beside it is laid on it for review. Where all
 * that there is is one image and nothing is to be said of it, it comes to the front; else the list stays to choose from, with the questions
 * which of the images are masks.
 */
export async function openFiles(files: readonly NamedFile[]): Promise<void> {
  if (files.length === 0) {
    imagesStore.getState().addProblem({
      path: 'Selection',
      reason: 'There is no file in it. Choose NIfTI, NRRD, MetaImage or DICOM files, or a folder that holds them.',
    })
    return
  }
  const added = await imagesStore.getState().addFiles(files)
  const { volumes, problems } = imagesStore.getState()
  const asked = findMaskQuestions(volumes).map(({ found }) => found.id)
  const isAsked = ({ id }: FoundVolume) => asked.includes(id)
  const images = added.filter((found) => found.kind === 'image' && !isAsked(found))
  const masks = added.filter(({ kind }) => kind === 'mask')
  const isAll = volumes.length === 1 && problems.length === 0 && images[0]?.warnings.length === 0
  if (images.length === 1) await (isAll ? showImage : openImage)(images[0])
  const [first] = masks
  const isOneMask = masks.length === 1 || (first && channelsOf(added, first.id).length === masks.length)
  if (isOneMask && roiStore.getState().open && images.length <= 1) reviewMask(first)
  else if (added.some(isAsked)) screenStore.getState().show('images')
}

/** What a person says of a volume that may be a mask; a mask is laid on its image for review. */
export async function answerMaskQuestion({ found, image }: MaskQuestion, isMask: boolean): Promise<void> {
  imagesStore.getState().setKind(found.id, isMask ? 'mask' : 'image')
  if (!isMask) return
  if (roiStore.getState().open?.imageId !== image.id) await openImage(image)
  // Another image may have been opened meanwhile: the mask is not offered for that one.
  if (roiStore.getState().open?.imageId === image.id) reviewMask(found)
}

export function openDroppedFiles(files: readonly NamedFile[]): void {
  if (imagesStore.getState().volumes.length === 0) screenStore.getState().show('images')
  void openFiles(files)
}

export type MaskFormat = 'NIfTI' | 'NRRD' | 'DICOM SEG' | 'DICOM RTSTRUCT'

const maskEndings: Readonly<Record<MaskFormat, string>> = {
  NIfTI: '.nii.gz',
  NRRD: '.nrrd',
  'DICOM SEG': '-seg.dcm',
  'DICOM RTSTRUCT': '-rtstruct.dcm',
}

/**
 * What a reader's region is called in files and tables: never by a patient's name or ID, nor by a path, which often holds them.
 * `stem` is `<patient>_<sequence>_<reader>`.
 */
export function nameRegion({ imageId, reader }: { readonly imageId: string; readonly reader: Reader }): RegionName {
  const patient = findPatient(patientsStore.getState(), imageId)
  const image = patient?.images.find(({ found }) => found.id === imageId)
  // An image that the user calls a mask while it is open is no patient's.
  const label = patient?.label ?? 'P0000'
  return { label, stem: `${label}_${image?.sequence ?? 'image'}_reader-${reader}` }
}

/** The region as a file on the image's own grid. @throws if the file cannot be made, e.g. DICOM SEG of an image that is not DICOM */
export async function formatMask(format: MaskFormat): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> } | undefined> {
  const { open, voxelCount } = roiStore.getState()
  if (!open || voxelCount === 0) return undefined
  const name = `${nameRegion(open).stem}${maskEndings[format]}`
  const bytes = await (format === 'DICOM SEG'
    ? saveSegmentation(open.mask, open.image.source, { version: __TEXEL_VERSION__ })
    : format === 'DICOM RTSTRUCT'
      ? saveStructures(open.mask, open.image.source, { version: __TEXEL_VERSION__ })
      : saveImage(open.mask, name))
  return { name, bytes }
}

export async function openImage(found: FoundVolume): Promise<void> {
  // Two images that are seen together change places.
  if (secondStore.getState().imageId === found.id) secondStore.getState().choose(roiStore.getState().open?.imageId ?? null)
  imagesStore.getState().chooseImage(found.id)
  await roiStore.getState().openImage(found.id, found.name, found.volume)
}

/** Opens an image and shows it. */
export async function showImage(found: FoundVolume): Promise<void> {
  screenStore.getState().show('roi')
  await openImage(found)
}

/** Lays a mask on the open image for the user to judge. @param label to show first, else the one of the parameters, else its first one */
export function reviewMask(found: FoundVolume, label = extractionStore.getState().parameters.settings.label): void {
  const { open } = roiStore.getState()
  if (!open) return
  void maskReviewStore.getState().propose(found.id, found.name, found.volume, open.image, label)
  screenStore.getState().show('roi')
}

/** The channels of the vector mask under review, to choose from; none for an ordinary mask. */
export function channelsUnderReview(): readonly FoundVolume[] {
  const { proposal } = maskReviewStore.getState()
  return proposal ? channelsOf(imagesStore.getState().volumes, proposal.maskId) : []
}

/** The proposed region takes the place of the one drawn; undo brings that back. @returns whether it did */
export function acceptProposal(): boolean {
  const { proposal, dismiss } = maskReviewStore.getState()
  if (!proposal?.region || proposal.isWorking || roiStore.getState().refuseLocked()) return false
  dismiss()
  roiStore.getState().replaceMask(`Load ${proposal.name}`, proposal.region)
  return true
}

/** Image and mask of a sample case, whose grids are known to agree, are taken over in one go. */
export async function openSample(sample: SampleCase): Promise<void> {
  const files = await fetchSample(sample).catch(async (error: unknown) => {
    const { message: reason } = await programServer.describe(`The sample case could not be loaded: ${String(error)}`)
    imagesStore.getState().addProblem({ path: sample.title, reason })
  })
  const added = files && (await imagesStore.getState().addFiles(files))
  const image = added?.find(({ kind }) => kind === 'image')
  const mask = added?.find(({ kind }) => kind === 'mask')
  if (!image || !mask) return
  await showImage(image)
  // A region of the user's own is not exchanged for the sample's, which still can be laid on.
  if (roiStore.getState().voxelCount > 0) return
  await maskReviewStore.getState().propose(mask.id, mask.name, mask.volume, image.volume)
  const { proposal } = maskReviewStore.getState()
  // Should they not agree after all, the review stays open.
  if (proposal?.maskId !== mask.id || !proposal.region) return
  acceptProposal()
  // Refused with its own word.
  if (roiStore.getState().status?.progress === 'locked') {
    maskReviewStore.getState().dismiss()
    return
  }
  tell(
    `The sample's own mask was laid on it without asking: same grid, its one label. Masks of yours are shown for review first.`,
  )
}

async function fetchSample({ id }: SampleCase): Promise<NamedFile[]> {
  return Promise.all(
    ['image.nii.gz', 'mask.nii.gz'].map(async (name) => {
      const response = await fetch(`./samples/${id}/${name}`)
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
      return { path: `${id}/${name}`, file: await response.blob() }
    }),
  )
}

export function removeVolume(id: string): void {
  const reason = roiStore.getState().whyStay(id)
  if (reason !== null) {
    deletionsStore.getState().refuse(reason)
    return
  }
  if (maskReviewStore.getState().proposal?.maskId === id) maskReviewStore.getState().dismiss()
  imagesStore.getState().remove(id)
  roiStore.getState().close(id)
}

/** The region to extract from; undefined while there is none. */
export function regionInHand(): { image: Volume; start: () => Promise<void> } | undefined {
  const { open, voxelCount, drawnBox } = roiStore.getState()
  const mask = maskInHand()
  if (!open || !mask || voxelCount === 0) return undefined
  const { key, reader, lesion, imageName, imageKey: image } = open
  return {
    image: open.image,
    async start() {
      // The run tells the same, and it does not wait for a count.
      greyLevelStore.getState().cancel()
      const readerName = readersStore.getState().names[reader]
      // As it is now: what is drawn while it is measured is neither in the table nor under its hash.
      const part = cutMask(mask, drawnBox)
      const maskHash = await hashMask(part)
      const about = { key, image, reader, lesion, imageName, readerName, ...nameRegion(open), voxelCount, maskHash }
      await extractionStore.getState().start(open.image, { ...mask, voxels: placeMask(part) }, about)
    },
  }
}

/** With the box outside which it is empty, so that nobody searches a large grid for a small region. */
function maskInHand(): Mask | undefined {
  const { open, drawnBox } = roiStore.getState()
  return open && drawnBox ? { ...open.mask, within: drawnBox } : undefined
}

/** Counts the grey levels of the region in hand, unless that is known. */
export function countGreyLevels(): void {
  const { open, voxelCount, revision } = roiStore.getState()
  const { parameters } = extractionStore.getState()
  const mask = maskInHand()
  if (!open || !mask || voxelCount === 0) return
  void greyLevelStore.getState().count(open.image, mask, { imageId: open.imageId, maskRevision: revision, parameters })
}

/** In what a table differs from what an extraction would give now. */
export function ageOf(
  table: KeptTable,
  maskHashes: RoiState['maskHashes'],
  parameters: ExtractionState['parameters'],
): readonly TableAge[] {
  return ageOfTable(table, { maskHash: maskHashes[table.key], parameters, program: __TEXEL_VERSION__ })
}

/** All tables of a reader as one, a row a region; rows of one name are told apart by their images' content. */
export async function formatAllTables(reader: Reader): Promise<string> {
  const tables = tablesStore.getState().tables.filter((table) => table.reader === reader)
  const inOrder = [...tables].sort((a, b) => (a.stem < b.stem ? -1 : a.stem > b.stem ? 1 : 0))
  const names = tellApart(
    inOrder.map(({ stem, image }) => ({ name: stem, hints: [image.slice(0, 8)] })),
    (name, hint) => `${name}-${hint}`,
  )
  const results = await Promise.all(inOrder.map(({ key }) => tablesStore.getState().read(key)))
  return formatFeatureTable(
    inOrder.flatMap(({ label }, i) => {
      const result = results[i]
      return result ? [{ identity: identifyRow(label, names[i]), ...result }] : []
    }),
  )
}

/** The columns before the diagnostics: whose row it is, and of which image and reader. */
export function identifyRow(label: string, stem: string) {
  return [
    ['ID', label],
    ['Image', stem],
  ] as const
}

/** Measures how far the two readers agree on the open image; nothing happens unless both are locked. */
export async function compareReaders(): Promise<void> {
  const { open, readLockedMasks } = roiStore.getState()
  const masks = open && (await readLockedMasks())
  if (masks && roiStore.getState().open?.imageId === open.imageId) await comparisonStore.getState().compare(open.imageId, masks)
}

/** The images of the open image's patient, visit by visit in the order of time; the open one is among them. */
export function imagesOfPatient(): readonly FoundVolume[] {
  return listImagesOfPatient().map(({ found }) => found)
}

/** The same with the names that tell them apart. */
export function listImagesOfPatient(): readonly PatientImage[] {
  return findPatient(patientsStore.getState(), roiStore.getState().open?.imageId)?.images ?? []
}

/** Those of the open image's visit by their content, as what was chosen of phases goes: the same image opened twice is one. */
export function listPhasesOfVisit(): readonly FoundVolume[] {
  const openId = roiStore.getState().open?.imageId
  const visits = findPatient(patientsStore.getState(), openId)?.visits ?? []
  const images = visits.find((visit) => visit.images.some(({ found }) => found.id === openId))?.images ?? []
  const phases = images.map(({ found, name }) => ({ ...found, name, id: phaseId(found.volume) }))
  return phases.filter(({ id }, i) => phases.findIndex((other) => other.id === id) === i)
}

/** Shows the patient's next image, or the one before; the first follows the last. */
export function switchImage(step: 1 | -1): void {
  const images = imagesOfPatient()
  const at = images.findIndex(({ id }) => id === roiStore.getState().open?.imageId)
  if (at >= 0 && images.length > 1) void openImage(images[(at + step + images.length) % images.length])
}

/** How an image is moved onto another one; null where the two are shown as their scanner placed them. */
export function moveBetween(moves: AlignmentState['moves'], moved: Volume, onto: Volume): RigidMove | null {
  const found = findMove({ moves }, imageKey(moved), imageKey(onto))
  return found ?? (hasOldMoves({ moves }) ? findMove({ moves }, oldImageKey(moved), oldImageKey(onto)) : null)
}

function align(moved: Volume, onto: Volume, move: RigidMove | null) {
  const { set } = alignmentStore.getState()
  set(imageKey(moved), imageKey(onto), move)
  if (hasOldMoves(alignmentStore.getState())) set(oldImageKey(moved), oldImageKey(onto), null)
}

/** The image that is shown with the open one. */
export function secondImage(): FoundVolume | undefined {
  const { open } = roiStore.getState()
  const { imageId } = secondStore.getState()
  return open?.imageId === imageId ? undefined : imagesOfPatient().find(({ id }) => id === imageId)
}

/** Aligns the second image with the open one. @param move null leaves it where its scanner placed it */
export function alignSecond(move: RigidMove | null): void {
  const { open } = roiStore.getState()
  const second = secondImage()
  if (open && second) align(second.volume, open.image, move)
}

/** Aligns the second image with the open one by their grey levels. @throws the signal's reason when it aborts, or why it could not be done */
export async function alignAutomatically(signal: AbortSignal): Promise<void> {
  const { open } = roiStore.getState()
  const second = secondImage()
  if (!open || !second) return
  const move = await alignInWorker(second.volume, open.image, signal)
  align(second.volume, open.image, move)
}

/** Moves the second image by so many mm (LPS), on top of how it is aligned. */
export function nudgeSecond(byMm: Triple): void {
  const { open } = roiStore.getState()
  const second = secondImage()
  if (!open || !second) return
  alignSecond(nudgeMove(moveBetween(alignmentStore.getState().moves, second.volume, open.image), byMm))
}

/** Hides the second image, or shows it again; where none was chosen yet, the patient's next one. */
export function toggleSecond(): void {
  const second = secondImage()
  if (second) lastSecond = second.id
  const others = imagesOfPatient().filter(({ id }) => id !== roiStore.getState().open?.imageId)
  secondStore.getState().choose(second ? null : ((others.find(({ id }) => id === lastSecond) ?? others[0])?.id ?? null))
}

let lastSecond: string | undefined

let isForgettingNow = false

/** Whether the page is being left because everything is to be forgotten: nothing is asked any more. */
export const isForgetting = () => isForgettingNow

/**
 * Removes all that is kept in this browser, and closes the other tabs to work; see `forgetMark.ts`. Nothing is asked. Refused, with
 * a word, while the page's own server is gone: the page that forgets comes from it.
 */
export async function forgetEverythingHere(): Promise<void> {
  if (!(await programServer.ask())) {
    deletionsStore.getState().refuse(serverIsGone)
    return
  }
  otherTabs.postMessage('forget')
  loadToForget('here')
}

function loadToForget(mark: ForgetMark): void {
  isForgettingNow = true
  leaveForgetMark(sessionStorage, mark, Date.now())
  location.reload()
}
