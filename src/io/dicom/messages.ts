import { messagesOf, type Message } from '../../core/messages/message.ts'

type Nothing = Readonly<Record<never, never>>

/** Two neighbours among slices in the order of their positions, counted from 1: this one and the next. */
interface Gap {
  readonly slice: number
  readonly slices: number
  readonly foundMm: number
  readonly usualMm: number
}

interface Shortage {
  readonly presentBytes: number
  readonly expectedBytes: number
}

export interface DicomMessages {
  // Where slices lie.
  'no-orientation': Nothing
  'pixel-spacing': { readonly foundMm?: readonly number[] }
  'no-positions': { readonly missing: number; readonly slices: number }
  'not-perpendicular': { readonly orientation: readonly number[] }
  /** Its thickness is taken for the distance of slices. */
  'single-slice': { readonly thicknessMm?: number }
  /** @property pairs how many neighbours do */
  'same-place': { readonly slice: number; readonly slices: number; readonly atMm: number; readonly pairs: number }
  'slices-missing': Gap & { readonly missing: number }
  uneven: Gap
  'slightly-uneven': Gap
  sideways: { readonly mm: number }

  // Files of a series.
  'pixels-cut-off': Shortage & { readonly file: string }
  'no-pixels': { readonly file: string }
  'file-not-decoded': { readonly file: string }
  'pixel-formats-differ': Nothing
  /** Not corrected for decay where the file says so. @property given Units of the file */
  'pet-unit': { readonly unit: PetUnit; readonly given?: string; readonly isUncorrected: boolean }
  'pet-unit-not-suv': { readonly unit: Message }

  // Why a file holds no grey image: half a sentence each.
  'without-image': { readonly modality?: string }
  dose: Nothing
  palette: Nothing
  colour: { readonly samples: number }
  'unusual-bits': { readonly allocated: number; readonly stored: number; readonly highest: number }
  'packed-map': Nothing
  'map-table': Nothing
  'map-scale': Nothing
  'lut-incomplete': Nothing
  scale: { readonly element: 'RescaleSlope' | 'RescaleIntercept'; readonly given: string }
  'no-stack': { readonly type?: string }

  // Segmentations. Frames are counted from 1.
  'segmentation-damaged': Nothing
  'segmentation-syntax': { readonly syntax: string }
  'segmentation-bits': { readonly bits: number }
  'segmentation-cut-off': Shortage
  'segmentation-without-frames': Nothing
  'segmentation-without-orientation': Nothing
  'segmentation-without-spacing': Nothing
  'segmentation-turned': Nothing
  'segmentation-uneven': { readonly frame: number; readonly offMm: number }
  fractional: Nothing
  'frame-without-position': { readonly frame: number }
  'frame-without-segment': { readonly frame: number }
  'empty-segment': { readonly name: string }
  'segmentation-frames': { readonly announced: number; readonly described: number }
  /** @property segment undefined in a label map */
  'frames-at-one-place': { readonly frames: readonly [number, number]; readonly segment?: number }
  'segment-not-described': { readonly number: number }

  // Structure sets.
  'structures-damaged': Nothing
  'no-structures': Nothing
  'no-closed-contours': { readonly structures: readonly string[] }
  'structures-without-series': Nothing
  'series-not-open': { readonly structures: readonly string[] }
  'structures-refused': { readonly refusals: readonly Message[] }
  'structures-outside': { readonly structures: readonly string[] }
  'contour-off-plane': { readonly structure: string; readonly offMm: number; readonly slice: number; readonly slices: number }
  'contours-beyond': { readonly structure: string; readonly contours: number }
  /** @property types of all contours of the structure */
  'contours-open': { readonly structure: string; readonly contours: number; readonly types: readonly string[] }
  'no-contours': { readonly structure: string }
  'structures-share-number': { readonly number: number; readonly structures: readonly string[] }
  /** @property numbers those of the file, which cannot be values of a mask */
  'structures-renumbered': { readonly numbers: readonly number[] }
  'structure-elsewhere': { readonly structure: string }
  /** @property contour among the closed ones of the structure, from 1 */
  'contour-unreadable': { readonly structure: string; readonly contour: number }
  'contours-repeated': { readonly structure: string; readonly contours: number }
  /** @property slices counted from 1 */
  'contours-cross': { readonly structure: string; readonly slices: readonly number[] }

  // Written files.
  'not-from-dicom': { readonly kind: WrittenKind }
  'empty-mask': { readonly kind: WrittenKind }
  'element-too-long': { readonly tag: string; readonly vr: string; readonly bytes: number }
}

export type WrittenKind = 'segmentation' | 'structure set'

export type PetUnit =
  | 'activity'
  | 'suv'
  | 'suvByWeight'
  | 'suvByLeanMass'
  | 'suvBySurface'
  | 'suvByIdealWeight'
  | 'counts'
  | 'countRate'
  | 'likeCounts'
  | 'likeCountRate'
  | 'other'
  | 'unknown'

export const { refuse, tell } = messagesOf<DicomMessages>('dicom')
