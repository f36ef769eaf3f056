import type { ListedVolume } from '../clusterPhases.ts'

/** An image that was listed: all that its headers tell, and no voxels. */
export interface ListedImage {
  /** Names it by its content, wherever its files lie. */
  readonly id: string
  readonly volume: ListedVolume
  /** Which of the folders that were given it comes from; missing where there is one. Each is a centre. */
  readonly root?: string
  /** What its name tells, where its file has no header that tells it; see `readNames`. */
  readonly named?: NamedImage
  /** Images of the same identifiers and other pixels share this: which of them is right, a person says. */
  readonly disputed?: string
}

/** Parts of a file's name that say what it is. */
export interface NamedImage {
  /** Of the patient. */
  readonly id: string
  /** Of the visit. */
  readonly session?: string
  readonly role: string
  /** Of a dynamic series, in their order. */
  readonly phase?: number
}
