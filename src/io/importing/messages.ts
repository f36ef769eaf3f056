import { messagesOf, type Message } from '../../core/messages/message.ts'

type Nothing = Readonly<Record<never, never>>

/** A file that is no image. */
export interface LeftOutFile {
  readonly name: string
  /** What it is instead: a few words. */
  readonly reason: Message
}

export interface ImportingMessages {
  'left-out': { readonly files: readonly LeftOutFile[] }
  'no-image-here': { readonly leftOut: Message }
  /** Of a file: a few words. */
  empty: Nothing
  'no-grey-image': { readonly reason: Message }
  'zip-in-zip': Nothing
  'dicom-damaged': Nothing
  'mixed-units': {
    readonly units: readonly { readonly unit: Message; readonly slices: number }[]
    readonly slices: number
  }
  /** Files of a folder have the identifiers of others and other pixels. @property versions folders that hold them */
  'same-identifiers': { readonly files: number; readonly versions: number }
  copies: { readonly files: readonly string[] }
  'echo-times': { readonly echoTimes: readonly (string | undefined)[] }
  /** @property ratio how strongly, as the file says it */
  lossy: { readonly lossy: number; readonly slices: number; readonly ratio?: string }
  inverted: { readonly inverted: number; readonly slices: number }
  /** @property tabled slices that have a table */
  'lookup-table': { readonly tabled: number; readonly slices: number }
  /** @property mappings their labels, of which the first is taken */
  'several-mappings': { readonly mappings: readonly string[] }
  'detector-spacing': Nothing
  'nothing-chosen': Nothing
  /** @property why in the words of the browser */
  'drop-not-listed': { readonly why: string }
}

export const { tell } = messagesOf<ImportingMessages>('importing')
