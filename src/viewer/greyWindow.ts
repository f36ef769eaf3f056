import type { Volume } from '../core/image/volume.ts'
import type { VoxelArray } from '../core/numeric/voxelArray.ts'

/** Grey levels from black (`centre - width / 2`) to white (`centre + width / 2`). */
export interface GreyWindow {
  readonly centre: number
  readonly width: number
}

export const defaultWindowOptions = {
  /** Of the sampled voxels, so many are black, and as many white. */
  tailFraction: 0.01,
  /** Voxels looked at, evenly spread: more would not move the percentiles visibly. */
  sampleCount: 40_000,
}

/** How the scanner wanted the image to be shown, else a window that leaves out the tails of the grey levels. */
export function startWindow(volume: Volume): GreyWindow {
  return dicomWindow(volume.source.dicom) ?? percentileWindow(volume.voxels)
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
export function percentileWindow(voxels: VoxelArray, { tailFraction, sampleCount } = defaultWindowOptions): GreyWindow {
  const step = Math.max(1, Math.floor(voxels.length / sampleCount))
  const count = Math.ceil(voxels.length / step)
  const sample = Float64Array.from({ length: count }, (_, i) => voxels[i * step])
    .filter(Number.isFinite)
    .sort()
  if (sample.length === 0) return { centre: 0, width: 1 }
  const tail = Math.floor(tailFraction * (sample.length - 1))
  const [tailLower, tailUpper] = [sample[tail], sample[sample.length - 1 - tail]]
  // A picture that is nearly all background has both tails in it: show its whole range then.
  const [lower, upper] = tailUpper > tailLower ? [tailLower, tailUpper] : [sample[0], sample[sample.length - 1]]
  return { centre: (lower + upper) / 2, width: upper > lower ? upper - lower : 1 }
}
