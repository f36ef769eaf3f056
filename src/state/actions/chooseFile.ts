import type { ChosenFile } from '../studyCopier.ts'

/** Not in TypeScript's library of the DOM: few browsers have it. */
interface PickingWindow {
  showSaveFilePicker(options: {
    readonly suggestedName: string
    readonly id: string
    readonly types: readonly { readonly description: string; readonly accept: Readonly<Record<string, readonly string[]>> }[]
  }): Promise<ChosenFile>
  showDirectoryPicker(options: { readonly mode: 'readwrite'; readonly id: string }): Promise<FileSystemDirectoryHandle>
}

const pickers = () => window as unknown as PickingWindow

/** Asks where a zip is to be saved. @returns null if the person chose nowhere */
export const chooseFile = (name: string): Promise<ChosenFile | null> =>
  orNull(() =>
    pickers().showSaveFilePicker({
      suggestedName: name,
      id: 'texel-study',
      types: [{ description: 'Texel study', accept: { 'application/zip': ['.zip'] } }],
    }),
  )

/** Asks for a folder that may be written to. @returns null if the person chose none */
export const chooseFolder = (): Promise<FileSystemDirectoryHandle | null> =>
  orNull(() => pickers().showDirectoryPicker({ mode: 'readwrite', id: 'texel-study' }))

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if ((error as Error).name === 'AbortError') return null
    throw error
  }
}
