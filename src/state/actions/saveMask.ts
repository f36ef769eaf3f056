import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Grid, VolumeSource } from '../../core/image/volume.ts'
import { joinLabels } from '../../core/mask/joinLabels.ts'
import type { Mask } from '../../core/mask/mask.ts'
import type { VoxelArray } from '../../core/numeric/voxelArray.ts'
import { compareLesions, numberOf } from '../../core/study/lesions.ts'
import type { LesionId } from '../../core/study/study.ts'
import { firstLesion } from '../../core/study/unnamedStudy.ts'
import { nameSegments } from '../../io/images/nameSegments.ts'
import { messageOf, type Message } from '../../core/messages/message.ts'
import type { RegionName } from '../extraction.ts'
import { lesionColour } from '../lesionColour.ts'
import type { LesionsState } from '../lesions.ts'
import { told } from '../messages.ts'
import type { Readable } from '../readable.ts'
import type { OpenRoi } from '../region.ts'
import type { DrawnLesion, RoiState } from '../roi.ts'

export type MaskFormat = 'NIfTI' | 'NRRD' | 'DICOM SEG' | 'DICOM RTSTRUCT'

type Saving =
  { readonly status: 'idle' } | { readonly status: 'running' } | { readonly status: 'failed'; readonly reason: Message }

export interface SaveState {
  readonly saving: Saving
  /** The region's revision that went into a file last. */
  readonly savedRevision: number | null
  /** Hands the mask to the browser as a file. */
  saveMask(format?: MaskFormat): Promise<void>
  /**
   * All lesions that the reader has drawn on the open image, in one label map, each by its number; where they overlap, in as many as
   * are needed, and that is told. NRRD holds their names too.
   */
  saveLabelMap(format: 'NIfTI' | 'NRRD'): Promise<void>
  /** Each of them as a mask of its own. */
  saveEachLesion(): Promise<void>
  /** Ends what is being saved; no file is made. */
  cancel(): void
  dismiss(): void
}

export type SaveStore = StoreApi<SaveState>

type Bytes = Uint8Array<ArrayBuffer>
type FormatDicom = (mask: Mask, source: VolumeSource, about: { readonly version: string }, signal: AbortSignal) => Promise<Bytes>

export interface SaveMaskServices {
  readonly roi: Readable<Pick<RoiState, 'open' | 'voxelCount' | 'drawnBox' | 'revision' | 'status' | 'readLesions' | 'tell'>>
  readonly lesions: Readable<Pick<LesionsState, 'listOf'>>
  readonly nameRegion: (region: OpenRoi) => RegionName
  /** By the ending of the name. */
  readonly saveImage: (volume: Grid & { readonly voxels: VoxelArray }, name: string, signal: AbortSignal) => Promise<Bytes>
  readonly saveSegmentation: FormatDicom
  readonly saveStructures: FormatDicom
  readonly download: (name: string, content: Bytes, type: string) => void
  /** Of this program. */
  readonly version: string
}

const formats: Readonly<Record<MaskFormat, { readonly ending: string; readonly mediaType: string }>> = {
  NIfTI: { ending: '.nii.gz', mediaType: 'application/gzip' },
  NRRD: { ending: '.nrrd', mediaType: 'application/octet-stream' },
  'DICOM SEG': { ending: '-seg.dcm', mediaType: 'application/dicom' },
  'DICOM RTSTRUCT': { ending: '-rtstruct.dcm', mediaType: 'application/dicom' },
}

/** What 3D Slicer takes for a segmentation ends with `.seg.nrrd`. */
const labelMapEndings = { NIfTI: '.nii.gz', NRRD: '.seg.nrrd' } as const

/** Saving the region on its image's own grid, from the key as from the button. What cannot be made, e.g. DICOM SEG of an image that is not DICOM, is told. */
export function createSaveStore(services: SaveMaskServices): SaveStore {
  const { roi, lesions, nameRegion, saveImage, saveSegmentation, saveStructures, download, version } = services

  function format(name: MaskFormat, { mask, image: { source } }: OpenRoi, fileName: string, signal: AbortSignal): Promise<Bytes> {
    if (name === 'DICOM SEG') return saveSegmentation(mask, source, { version }, signal)
    if (name === 'DICOM RTSTRUCT') return saveStructures(mask, source, { version }, signal)
    return saveImage(mask, fileName, signal)
  }

  let running = new AbortController()

  /** With the one in hand, in the order of lesions. */
  async function readDrawn(): Promise<readonly DrawnLesion[]> {
    const { open, voxelCount, drawnBox, status, readLesions } = roi.getState()
    if (!open) return []
    const progress = status?.progress ?? 'inProgress'
    const own = drawnBox && voxelCount > 0 ? [{ lesion: open.lesion, progress, mask: open.mask, box: drawnBox, voxelCount }] : []
    const others = await readLesions(lesions.getState().listOf(open.imageId).map(({ id }) => id)) // prettier-ignore
    return [...own, ...others].sort((a, b) => compareLesions(a.lesion, b.lesion))
  }

  return createStore<SaveState>()((set, get) => {
    /** @param work does it for the open image; whatever goes wrong is told */
    const save = async (work: (open: OpenRoi, signal: AbortSignal) => Promise<void>) => {
      const { open, revision } = roi.getState()
      if (get().saving.status === 'running' || !open) return
      set({ saving: { status: 'running' } })
      running = new AbortController()
      const { signal } = running
      try {
        await work(open, signal)
        set({ saving: { status: 'idle' }, savedRevision: revision })
      } catch (error) {
        set({ saving: signal.aborted ? { status: 'idle' } : { status: 'failed', reason: messageOf(error) } })
      }
    }
    return {
      saving: { status: 'idle' },
      savedRevision: null,
      async saveMask(name = 'NIfTI') {
        if (roi.getState().voxelCount === 0) return
        await save(async (open, signal) => {
          const { ending, mediaType } = formats[name]
          const fileName = `${nameRegion(open).stem}${ending}`
          download(fileName, await format(name, open, fileName, signal), mediaType)
        })
      },
      saveEachLesion: () =>
        save(async (open, signal) => {
          const { ending, mediaType } = formats.NIfTI
          for (const { lesion, mask } of await readDrawn()) {
            const fileName = `${nameRegion({ ...open, lesion }).stem}${ending}`
            download(fileName, await saveImage(mask, fileName, signal), mediaType)
          }
        }),
      saveLabelMap: (name) =>
        save(async (open, signal) => {
          const { size, spacingMm, originMm, direction } = open.image
          const drawn = (await readDrawn()).map((one) => ({ ...one, value: numberOf(one.lesion) }))
          const listed = lesions.getState().listOf(open.imageId)
          const labels = drawn.map(({ value, lesion, box }) => ({ value, box, colour: lesionColour(lesion), name: listed.find(({ id }) => id === lesion)?.name ?? lesion })) // prettier-ignore
          const maps = joinLabels(size, drawn)
          const { stem } = nameRegion({ ...open, lesion: firstLesion })
          const { mediaType } = formats[name]
          const files: { readonly name: string; readonly lesions: readonly LesionId[] }[] = []
          for (const [i, { voxels, values }] of maps.entries()) {
            const fileName = `${stem}_lesions${maps.length > 1 ? `-${i + 1}` : ''}${labelMapEndings[name]}`
            const bytes = await saveImage({ size, spacingMm, originMm, direction, voxels }, fileName, signal)
            const own = labels.filter(({ value }) => values.includes(value))
            download(fileName, name === 'NRRD' ? nameSegments(bytes, own) : bytes, mediaType)
            files.push({ name: fileName, lesions: values.map((value): LesionId => `L${value}`) })
          }
          if (maps.length > 1) roi.getState().tell(told('lesions-in-files', { files }))
        }),
      cancel: () => running.abort(new Error('Saving was cancelled.')),
      dismiss: () => set({ saving: { status: 'idle' } }),
    }
  })
}
