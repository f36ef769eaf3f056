import { createStore } from 'zustand/vanilla'
import { formatMask, roiStore, type MaskFormat } from '../session.ts'
import { downloadFile } from './downloadFile.ts'

type Saving =
  { readonly status: 'idle' } | { readonly status: 'running' } | { readonly status: 'failed'; readonly reason: string }

interface SaveState {
  readonly saving: Saving
  /** The region's revision that went into a file last. */
  readonly savedRevision: number | null
  /** Hands the mask to the browser as a file. */
  saveMask(format?: MaskFormat): Promise<void>
  dismiss(): void
}

const mediaTypes: Readonly<Record<MaskFormat, string>> = {
  NIfTI: 'application/gzip',
  NRRD: 'application/octet-stream',
  'DICOM SEG': 'application/dicom',
  'DICOM RTSTRUCT': 'application/dicom',
}

/** Saving the mask, from the key as from the button. */
export const saveStore = createStore<SaveState>()((set, get) => ({
  saving: { status: 'idle' },
  savedRevision: null,
  async saveMask(format = 'NIfTI') {
    if (get().saving.status === 'running') return
    set({ saving: { status: 'running' } })
    const { revision } = roiStore.getState()
    try {
      const file = await formatMask(format)
      if (file) downloadFile(file.name, file.bytes, mediaTypes[format])
      set({ saving: { status: 'idle' }, ...(file && { savedRevision: revision }) })
    } catch (error) {
      set({ saving: { status: 'failed', reason: error instanceof Error ? error.message : String(error) } })
    }
  },
  dismiss: () => set({ saving: { status: 'idle' } }),
}))
