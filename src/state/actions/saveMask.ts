import { createStore, type StoreApi } from 'zustand/vanilla'
import { messageOf, type Message } from '../../core/messages/message.ts'
import { soleRegion } from '../../io/dicom/aboutSeries.ts'
import { programServer } from '../../io/programServer.ts'
import type { OpenRoi } from '../region.ts'
import type { Bytes, SaveMaskServices } from './saveMaskServices.ts'

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
   * are needed, and that is told. NRRD holds their names too; in DICOM each is a segment or structure, and may overlap others.
   */
  saveLabelMap(format: MaskFormat): Promise<void>
  /** Each of them as a mask of its own. */
  saveEachLesion(): Promise<void>
  /** Ends what is being saved; no file is made. */
  cancel(): void
  dismiss(): void
}

export type SaveStore = StoreApi<SaveState>

const formats: Readonly<Record<MaskFormat, { readonly ending: string; readonly mediaType: string }>> = {
  NIfTI: { ending: '.nii.gz', mediaType: 'application/gzip' },
  NRRD: { ending: '.nrrd', mediaType: 'application/octet-stream' },
  'DICOM SEG': { ending: '-seg.dcm', mediaType: 'application/dicom' },
  'DICOM RTSTRUCT': { ending: '-rtstruct.dcm', mediaType: 'application/dicom' },
}

/** Saving the region on its image's own grid, from the key as from the button. What cannot be made, e.g. DICOM SEG of an image that is not DICOM, is told. */
export function createSaveStore(services: SaveMaskServices): SaveStore {
  const { roi, nameRegion, saveImage, saveSegmentation, saveStructures, download, version } = services

  function format(name: MaskFormat, { mask, image: { source } }: OpenRoi, fileName: string, signal: AbortSignal): Promise<Bytes> {
    if (name === 'DICOM SEG') return saveSegmentation([{ mask, ...soleRegion }], source, { version }, signal)
    if (name === 'DICOM RTSTRUCT') return saveStructures([{ mask, ...soleRegion }], source, { version }, signal)
    return saveImage(mask, fileName, signal)
  }

  let running = new AbortController()

  /** Most patients have one lesion: what writes several comes when it is asked for. */
  const writer = async () => {
    const { createLesionWriter } = await programServer.load(() => import('./writeLesions.ts'))
    return createLesionWriter(services)
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
      saveEachLesion: () => save(async (open, signal) => (await writer()).saveEach(open, signal)),
      saveLabelMap: (name) =>
        save(async (open, signal) => {
          const { saveMap, saveDicom } = await writer()
          if (name === 'NIfTI' || name === 'NRRD') await saveMap(open, name, signal)
          else await saveDicom(open, name, signal)
        }),
      cancel: () => running.abort(new Error('Saving was cancelled.')),
      dismiss: () => set({ saving: { status: 'idle' } }),
    }
  })
}
