import type { Volume, VolumeSource } from '../core/image/volume.ts'
import type { VoxelArray } from '../core/numeric/voxelArray.ts'

/** Grey levels from black (`centre - width / 2`) to white (`centre + width / 2`). */
export interface GreyWindow {
  readonly centre: number
  readonly width: number
}

/** A window with the way its greys go. */
export interface GreyScale extends GreyWindow {
  /** From white to black. */
  readonly inverted: boolean
}

/** Whether an image is shown with dark and light exchanged: MONOCHROME1 says so of its display, not of its values (DICOM PS3.3 C.7.6.3.1.2). */
export function isInverted({ dicom }: Pick<VolumeSource, 'dicom'>): boolean {
  return dicom?.PhotometricInterpretation === 'MONOCHROME1'
}

/** The greys of an image through a window. */
export function greyScaleOf({ source }: Pick<Volume, 'source'>, window: GreyWindow): GreyScale {
  return { ...window, inverted: isInverted(source) }
}

/** How bright a grey level is shown: 0 is black, 1 white. */
export function brightnessOf(value: number, { centre, width, inverted }: GreyScale): number {
  const share = Math.min(1, Math.max(0, (value - centre) / width + 0.5))
  return inverted ? 1 - share : share
}

/**
 * Of the sampled voxels, so many are black, and as many white; but of those brighter than the mean at most so many are white, for
 * where nearly all is air, a hundredth of all voxels is much of what there is to see.
 */
const tailShares = { ofAll: 0.01, ofBright: 0.05 }
/** Voxels looked at, evenly spread: more would not move the percentiles visibly. */
const sampleCount = 40_000

/**
 * How the scanner wanted the image to be shown, where that shows it; soft tissue for a CT, in which most voxels are air and
 * percentiles would make all tissue white; else a window that leaves out the tails of the grey levels.
 */
export function startWindow({ voxels, source: { dicom } }: Volume): GreyWindow {
  const sample = sortedSample(voxels)
  const scanners = dicomWindow(dicom)
  if (scanners && showsSome(sample, scanners)) return scanners
  return isHounsfieldSample(sample, dicom?.Modality) ? ctWindows.softTissue : windowOfSample(sample)
}

/** Whether the grey levels are Hounsfield units, by the modality or, where the file has none, by the levels themselves. */
export function isHounsfield({ voxels, source: { dicom } }: Volume): boolean {
  return isHounsfieldSample(sortedSample(voxels), dicom?.Modality)
}

/** @param sample sorted */
function isHounsfieldSample(sample: Float64Array, modality: string | undefined): boolean {
  if (!showsSome(sample, ctWindows.softTissue) || isStoredRaw(sample)) return false
  return modality === undefined ? isHounsfieldLike(sample) : modality === 'CT'
}

/** Whether a CT was never rescaled: air is at 0 and water near 1000, where in Hounsfield units nothing denser than bone is left. */
function isStoredRaw(sample: Float64Array): boolean {
  return sample[0] >= 0 && sample[Math.floor(0.99 * (sample.length - 1))] > 900
}

/** Whether not the whole picture would be black, or white. @param sample sorted */
function showsSome(sample: Float64Array, { centre, width }: GreyWindow): boolean {
  return sample.length > 0 && sample[0] < centre + width / 2 && sample[sample.length - 1] > centre - width / 2
}

/** Of the sample, so much at least is air or lung, and so much soft tissue, where a file without a modality is taken for a CT. */
const ctShares = { air: 0.02, softTissue: 0.05 }

/**
 * Whether grey levels look like Hounsfield units: air about -1000 with a good part of soft tissue and little beyond what a CT
 * holds (-3100 pads, 4095 is its end).
 * @param sample sorted
 */
function isHounsfieldLike(sample: Float64Array): boolean {
  const share = (low: number, high: number) => sample.filter((value) => value >= low && value <= high).length / sample.length
  if (sample.length === 0 || sample[0] < -3100 || share(-3100, 4095) < 0.999) return false
  return share(-1100, -800) >= ctShares.air && share(-150, 150) >= ctShares.softTissue
}

/** WindowCenter and WindowWidth, the first pair where several are given (DICOM PS3.3 C.11.2.1.2); undefined without a usable pair. */
export function dicomWindow(attributes: Readonly<Record<string, string>> | undefined): GreyWindow | undefined {
  const first = (keyword: string) => {
    const text = attributes?.[keyword]?.split('\\')[0].trim()
    return text ? Number(text) : NaN
  }
  const [centre, width] = [first('WindowCenter'), first('WindowWidth')]
  return Number.isFinite(centre) && width > 0 && width < Infinity ? { centre, width } : undefined
}

/** Black and white at the tails of the grey levels of an even sample of the finite voxels. */
export function percentileWindow(voxels: VoxelArray): GreyWindow {
  return windowOfSample(sortedSample(voxels))
}

/** Of the images seen: their voxels never change, and every look at the grey levels begins with it. */
const samples = new WeakMap<VoxelArray, Float64Array>()

function sortedSample(voxels: VoxelArray): Float64Array {
  const known = samples.get(voxels)
  if (known) return known
  const step = Math.max(1, Math.floor(voxels.length / sampleCount))
  const sample = new Float64Array(Math.ceil(voxels.length / step))
  let count = 0
  for (let at = 0; at < voxels.length; at += step) if (Number.isFinite(voxels[at])) sample[count++] = voxels[at]
  const sorted = sample.slice(0, count).sort()
  samples.set(voxels, sorted)
  return sorted
}

function windowOfSample(sample: Float64Array): GreyWindow {
  if (sample.length === 0) return { centre: 0, width: 1 }
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length
  const brightCount = sample.length - sample.findLastIndex((value) => value <= mean) - 1
  const black = Math.floor(tailShares.ofAll * (sample.length - 1))
  const white = Math.min(black, Math.floor(tailShares.ofBright * brightCount))
  const [tailLower, tailUpper] = [sample[black], sample[sample.length - 1 - white]]
  // A picture that is nearly all of one grey level has both tails in it: show its whole range then.
  const [lower, upper] = tailUpper > tailLower ? [tailLower, tailUpper] : [sample[0], sample[sample.length - 1]]
  return { centre: (lower + upper) / 2, width: upper > lower ? upper - lower : 1 }
}

/** In Hounsfield units, as OHIF's presets of a CT are (`defaultWindowLevelPresets.ts`), and in their order. */
export const ctWindows = {
  softTissue: { centre: 40, width: 400 },
  lung: { centre: -600, width: 1500 },
  liver: { centre: 90, width: 150 },
  bone: { centre: 480, width: 2500 },
  brain: { centre: 40, width: 80 },
} as const satisfies Record<string, GreyWindow>

export type CtTissue = keyof typeof ctWindows
