import type { ListedVolume } from '../../core/cohort/clusterPhases.ts'
import type { Direction, Segment, Volume, VolumeSource } from '../../core/image/volume.ts'
import { listLabels, mostLabels } from '../../core/mask/labels.ts'
import type { Message } from '../../core/messages/message.ts'
import { petUnit } from '../dicom/valueUnit.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'

/** What `inspect` says of a volume: LPS, millimetres; direction row by row with the axes as columns; values after rescale. */
export interface VolumeDescription {
  /** File, or folder for a DICOM series. */
  readonly path: string
  readonly series?: string
  readonly phase?: string
  readonly size: Triple
  readonly spacing: Triple
  readonly origin: Triple
  readonly direction: Direction
  /** Over the finite voxels; null if there is none. */
  readonly minimum: number | null
  readonly maximum: number | null
  readonly mean: number | null
  /** Of PET. */
  readonly unit?: Message
  /** Voxels that are not finite numbers. */
  readonly nanVoxels: number
  /** Value -> voxels without background 0, where asked for and what can be a mask. */
  readonly labels?: Readonly<Record<string, number>>
  /** Where labels were asked for and the values are grey levels: how many there are. */
  readonly greyLevels?: { readonly count: number; readonly areMore: boolean }
  /** Names and voxels of the labels, for DICOM segmentations. */
  readonly segments?: readonly Segment[]
  /** What tells the phases of a dynamic series; it holds identifiers and is not printed. */
  readonly listed: ListedVolume
  readonly warnings: readonly Message[]
}

export function describeVolume(
  volume: Volume,
  warnings: readonly Message[],
  options: { labels?: boolean } = {},
): VolumeDescription {
  const { source, size, spacingMm, originMm, direction } = volume
  const unit = source.dicom && petUnit(source.dicom)
  return {
    path: source.path,
    ...(source.series !== undefined && { series: source.series }),
    ...(source.phase !== undefined && { phase: source.phase }),
    size,
    spacing: spacingMm,
    origin: originMm,
    direction,
    ...summarise(volume),
    ...(unit !== undefined && { unit }),
    ...(options.labels && describeLabels(volume)),
    ...(source.segments && { segments: source.segments }),
    listed: { size, spacingMm, originMm, direction, source: headerOf(source) },
    warnings,
  }
}

/** Labels of what can be a mask: few whole numbers, or a few more values on a background of 0. */
function describeLabels({ voxels }: Volume): Pick<VolumeDescription, 'labels' | 'greyLevels'> {
  const { labels, background, nonFinite, truncated } = listLabels(voxels)
  const isWhole = labels.every(({ value }) => Number.isInteger(value))
  const areFew = (isWhole && labels.length <= fewLabels) || (labels.length <= someLabels && background > voxels.length / 2)
  if (areFew && nonFinite === 0 && labels.every(({ value }) => value > 0))
    return { labels: Object.fromEntries(labels.map(({ value, count }) => [String(value), count])) }
  const count = labels.length + Number(background > 0)
  return { greyLevels: { count: truncated ? mostLabels : count, areMore: truncated } }
}

const fewLabels = 16
const someLabels = 64

/** What a file says of itself; what files about it repeat (bytes, a line a slice) is left out. */
function headerOf({ path, format, series, phase, dicom, timing }: VolumeSource): VolumeSource {
  return {
    path,
    format,
    ...(series !== undefined && { series }),
    ...(phase !== undefined && { phase }),
    ...(dicom && { dicom }),
    ...(timing && { timing }),
  }
}

function summarise({ voxels }: Volume): Pick<VolumeDescription, 'minimum' | 'maximum' | 'mean' | 'nanVoxels'> {
  let [minimum, maximum, sum, finite] = [Infinity, -Infinity, 0, 0]
  for (let i = 0; i < voxels.length; i++) {
    const value = voxels[i]
    // x - x is 0 for finite numbers, NaN for the others.
    if (value - value !== 0) continue
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
    sum += value
    finite++
  }
  const nanVoxels = voxels.length - finite
  return finite === 0
    ? { minimum: null, maximum: null, mean: null, nanVoxels }
    : { minimum, maximum, mean: sum / finite, nanVoxels }
}
