import type { ImageCodec } from '../images/imageCodec.ts'
import { identifyVolumeOfSeries, identifyVolumesOfFile } from '../images/identifyVolume.ts'
import { readSegmentation } from '../dicom/readSegmentation.ts'
import { readSeries, type OnSeriesProgress } from '../dicom/readSeries.ts'
import { readStructures } from '../dicom/readStructures.ts'
import type { ReferenceImage } from '../dicom/referenceImage.ts'
import type { PlannedFile, ReadingUnit } from './planReading.ts'
import { DataError } from '../../core/messages/message.ts'
import { readImageFile, type ReadVolumes } from '../images/readImageFile.ts'

/**
 * Reads what `planReading` found.
 * @param files the same files as given to `planReading`
 * @param options.identify whether the volumes carry `VolumeSource.identity`
 * @param options.references the images that structure sets may be drawn on
 * @throws DataError if it cannot be used
 */
export async function readUnit(
  codec: ImageCodec,
  files: readonly PlannedFile[],
  unit: ReadingUnit,
  options: {
    channels?: boolean | 'masks'
    references?: readonly ReferenceImage[]
    identify?: boolean
    onProgress?: OnSeriesProgress
  } = {},
): Promise<ReadVolumes> {
  if (unit.kind === 'unusable') throw new DataError(unit.error)
  if (unit.kind === 'series') {
    const read = await readSeries(
      codec,
      files.map(({ file }) => file),
      unit.plan,
      options.onProgress,
    )
    return options.identify ? { ...read, volumes: await Promise.all(read.volumes.map(identifyVolumeOfSeries)) } : read
  }
  if (unit.kind === 'segmentation' || unit.kind === 'structures') {
    const { file } = files[unit.file]
    const read = await (unit.kind === 'segmentation' ? readSegmentation(file) : readStructures(file, options.references ?? []))
    return {
      volumes: options.identify ? await identifyVolumesOfFile(file, read.volumes) : read.volumes,
      warnings: [...unit.warnings, ...read.warnings],
    }
  }
  const companions = unit.companions.map((index) => files[index].file)
  const { volumes, warnings } = await readImageFile(codec, files[unit.file].file, { ...options, companions })
  return { volumes, warnings: [...unit.warnings, ...warnings] }
}
