import type { ImageCodec } from './imageCodec.ts'
import { readSegmentation } from './dicom/readSegmentation.ts'
import { readSeries, type OnSeriesProgress } from './dicom/readSeries.ts'
import { readStructures } from './dicom/readStructures.ts'
import type { ReferenceImage } from './dicom/referenceImage.ts'
import type { PlannedFile, ReadingUnit } from './planReading.ts'
import { ReadError } from './readError.ts'
import { readImageFile, type ReadVolumes } from './readImageFile.ts'

/**
 * Reads what `planReading` found.
 * @param files the same files as given to `planReading`
 * @param options.references the images that structure sets may be drawn on
 * @throws ReadError if it cannot be used
 */
export async function readUnit(
  codec: ImageCodec,
  files: readonly PlannedFile[],
  unit: ReadingUnit,
  options: {
    channels?: boolean | 'masks'
    references?: readonly ReferenceImage[]
    onProgress?: OnSeriesProgress
  } = {},
): Promise<ReadVolumes> {
  if (unit.kind === 'unusable') throw new ReadError(unit.path, unit.error)
  if (unit.kind === 'series')
    return readSeries(
      codec,
      files.map(({ file }) => file),
      unit.plan,
      options.onProgress,
    )
  if (unit.kind === 'segmentation' || unit.kind === 'structures') {
    const { file } = files[unit.file]
    const read = await (unit.kind === 'segmentation' ? readSegmentation(file) : readStructures(file, options.references ?? []))
    return { ...read, warnings: [...unit.warnings, ...read.warnings] }
  }
  const companions = unit.companions.map((index) => files[index].file)
  const { volumes, warnings } = await readImageFile(codec, files[unit.file].file, { ...options, companions })
  return { volumes, warnings: [...unit.warnings, ...warnings] }
}
