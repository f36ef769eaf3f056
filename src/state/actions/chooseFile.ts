import type { ChosenFile } from '../studyCopier.ts'

/** Not in TypeScript's library of the DOM: few browsers have it. */
interface PickingWindow {
  showSaveFilePicker(options: {
    readonly suggestedName: string
    readonly id: string
    readonly types: readonly { readonly description: string; readonly accept: Readonly<Record<string, readonly string[]>> }[]
  }): Promise<ChosenFile>
}

/** Asks where a zip is to be saved. @returns null if the person chose nowhere */
export async function chooseFile(name: string): Promise<ChosenFile | null> {
  try {
    return await (window as unknown as PickingWindow).showSaveFilePicker({
      suggestedName: name,
      id: 'texel-study',
      types: [{ description: 'Texel study', accept: { 'application/zip': ['.zip'] } }],
    })
  } catch (error) {
    if ((error as Error).name === 'AbortError') return null
    throw error
  }
}
