import type { Volume } from '../../core/image/volume.ts'
import { volumeCm3 } from '../../core/mask/mask.ts'
import type { LongestDiameter } from '../../core/mask/measure/axialDiameter.ts'
import type { Diameters } from '../../core/mask/measure/measureRegion.ts'
import type { PatientImage } from '../../state/patients.ts'
import type { OpenRoi } from '../../state/region.ts'
import { imageKey } from '../../storage/imageKey.ts'
import { keptKey } from '../../storage/regionKey.ts'
import type { KeptRegion } from '../../storage/schema.ts'
import { gridPlanes, type Plane } from '../../viewer/index.ts'
import type { PartMeasures } from '../../../workers/partBridge.ts'
import { formatCount, formatFixed, formatNumber, formatTriple, formatVolume } from '../shared/formatNumber.ts'

/** The same lesion, by the same reader, on another image of the patient. */
export interface Elsewhere {
  /** For the screen. */
  readonly name: string
  /** For texts: it holds no path. */
  readonly sequence: string
  readonly volumeCm3: number
  /** By how much the volume on the open image is more than that. */
  readonly changePercent: number
}

/** @param volumeMm3 on the open image */
export function findElsewhere(
  { image, reader, lesion }: Pick<OpenRoi, 'image' | 'reader' | 'lesion'>,
  volumeMm3: number,
  images: readonly PatientImage[],
  kept: readonly Pick<KeptRegion, 'key' | 'voxelCount'>[],
): readonly Elsewhere[] {
  return images.flatMap(({ found, name, sequence }) => {
    if (found.volume === image) return []
    const key = keptKey({ image: imageKey(found.volume), reader, lesion })
    const voxels = kept.find((region) => region.key === key)?.voxelCount ?? 0
    if (voxels === 0) return []
    const there = volumeCm3(found.volume, voxels)
    return { name, sequence, volumeCm3: there, changePercent: (volumeMm3 / 1000 / there - 1) * 100 }
  })
}

export function nameDiameters({ direction }: Pick<Volume, 'direction'>, diameters: Diameters): Record<Plane, LongestDiameter> {
  const planes = gridPlanes(direction)
  const of = (plane: Plane) => diameters[planes[plane].through.axis]
  return { axial: of('axial'), sagittal: of('sagittal'), coronal: of('coronal') }
}

export const writeMm = (mm: number) => `${formatFixed(mm, 1)} mm`
export const writeDiameter = ({ diameterMm, slice }: LongestDiameter) => `${writeMm(diameterMm)}, slice ${slice + 1}`
export const writeChange = (percent: number) => `${percent > 0 ? '+' : ''}${formatFixed(percent, 1)} %`

/** The measures of an ROI as lines of text; nothing in them names the patient. @param stem as files are called */
export function writeMeasures({
  stem,
  image,
  voxelCount,
  measures,
  elsewhere,
}: {
  readonly stem: string
  readonly image: Pick<Volume, 'size' | 'spacingMm' | 'direction'>
  readonly voxelCount: number
  readonly measures: PartMeasures
  readonly elsewhere: readonly Elsewhere[]
}): string {
  const [x, y, z] = image.spacingMm
  const diameters = measures.diameters && nameDiameters(image, measures.diameters)
  const lines = [
    `ROI ${stem}`,
    `Image: ${formatTriple(image.size)} voxels of ${formatTriple(image.spacingMm, 3)} mm`,
    `Volume: ${formatNumber(voxelCount * x * y * z, 5)} mm³ (${formatCount(voxelCount)} voxels)`,
    ...(diameters
      ? [
          `Longest diameter, axial: ${writeDiameter(diameters.axial)}; across it: ${writeMm(diameters.axial.orthogonalMm)}`,
          `Longest diameter, sagittal: ${writeDiameter(diameters.sagittal)}; across it: ${writeMm(diameters.sagittal.orthogonalMm)}`,
          `Longest diameter, coronal: ${writeDiameter(diameters.coronal)}; across it: ${writeMm(diameters.coronal.orthogonalMm)}`,
        ]
      : []),
    `Longest diameter, 3D: ${writeMm(measures.greatestMm)}`,
    `Grey level: mean ${formatNumber(measures.mean, 4)}, SD ${formatNumber(measures.sd, 4)}, from ${formatNumber(measures.minimum, 4)} to ${formatNumber(measures.maximum, 4)}`,
    ...elsewhere.map(
      ({ sequence, volumeCm3, changePercent }) =>
        `Volume on ${sequence}: ${formatVolume(volumeCm3)}; here ${writeChange(changePercent)} against it`,
    ),
  ]
  return `${lines.join('\n')}\n`
}
