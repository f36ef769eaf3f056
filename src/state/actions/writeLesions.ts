import { joinLabels } from '../../core/mask/joinLabels.ts'
import { compareLesions, numberOf } from '../../core/study/lesions.ts'
import type { LesionId } from '../../core/study/study.ts'
import { firstLesion } from '../../core/study/unnamedStudy.ts'
import { nameSegments } from '../../io/images/nameSegments.ts'
import { lesionColour } from '../lesionColour.ts'
import { told } from '../messages.ts'
import type { OpenRoi } from '../region.ts'
import type { DrawnLesion } from '../roi.ts'
import type { SaveMaskServices } from './saveMaskServices.ts'

/** What 3D Slicer takes for a segmentation ends with `.seg.nrrd`. */
const files = {
  NIfTI: { ending: '.nii.gz', mediaType: 'application/gzip' },
  NRRD: { ending: '.seg.nrrd', mediaType: 'application/octet-stream' },
} as const
const dicomEndings = { 'DICOM SEG': '-seg.dcm', 'DICOM RTSTRUCT': '-rtstruct.dcm' } as const

/** Files of all lesions that the reader has drawn on the open image. */
export function createLesionWriter(services: SaveMaskServices) {
  const { roi, lesions, nameRegion, saveImage, saveSegmentation, saveStructures, download, version } = services
  /** With the one in hand, in the order of lesions. */
  async function readDrawn(): Promise<readonly DrawnLesion[]> {
    const { open, voxelCount, drawnBox, status, readLesions } = roi.getState()
    if (!open) return []
    const { lesion, mask } = open
    const progress = status?.progress ?? 'inProgress'
    const own = drawnBox && voxelCount > 0 ? [{ lesion, progress, mask, box: drawnBox, voxelCount }] : []
    const ids = lesions.getState().listOf(open.imageId).map(({ id }) => id) // prettier-ignore
    return [...own, ...(await readLesions(ids))].sort((a, b) => compareLesions(a.lesion, b.lesion))
  }

  function namesOn({ imageId }: OpenRoi) {
    const listed = lesions.getState().listOf(imageId)
    return (lesion: LesionId) => listed.find(({ id }) => id === lesion)?.name ?? lesion
  }

  return {
    /** A mask each. */
    async saveEach(open: OpenRoi, signal: AbortSignal): Promise<void> {
      const { ending, mediaType } = files.NIfTI
      for (const { lesion, mask } of await readDrawn()) {
        const fileName = `${nameRegion({ ...open, lesion }).stem}${ending}`
        download(fileName, await saveImage(mask, fileName, signal), mediaType)
      }
    },

    /** One file, in which each is a segment or structure under its name. */
    async saveDicom(open: OpenRoi, format: keyof typeof dicomEndings, signal: AbortSignal): Promise<void> {
      const nameOf = namesOn(open)
      const regions = (await readDrawn()).map(({ lesion, mask }) => ({
        mask,
        label: nameOf(lesion),
        colour: lesionColour(lesion),
      }))
      const { stem } = nameRegion({ ...open, lesion: firstLesion })
      const write = format === 'DICOM SEG' ? saveSegmentation : saveStructures
      const bytes = await write(regions, open.image.source, { version }, signal)
      download(`${stem}_lesions${dicomEndings[format]}`, bytes, 'application/dicom')
    },

    /** One label map, or as many as are needed for each lesion to stay whole, which is told. */
    async saveMap(open: OpenRoi, format: keyof typeof files, signal: AbortSignal): Promise<void> {
      const { size, spacingMm, originMm, direction } = open.image
      const { ending, mediaType } = files[format]
      const drawn = (await readDrawn()).map((one) => ({ ...one, value: numberOf(one.lesion) }))
      const nameOf = namesOn(open)
      const labels = drawn.map(({ value, lesion, box }) => ({ value, box, colour: lesionColour(lesion), name: nameOf(lesion) }))
      const maps = joinLabels(size, drawn)
      const { stem } = nameRegion({ ...open, lesion: firstLesion })
      const written: { readonly name: string; readonly lesions: readonly LesionId[] }[] = []
      for (const [i, { voxels, values }] of maps.entries()) {
        const name = `${stem}_lesions${maps.length > 1 ? `-${i + 1}` : ''}${ending}`
        const bytes = await saveImage({ size, spacingMm, originMm, direction, voxels }, name, signal)
        const own = labels.filter(({ value }) => values.includes(value))
        download(name, format === 'NRRD' ? nameSegments(bytes, own) : bytes, mediaType)
        written.push({ name, lesions: values.map((value): LesionId => `L${value}`) })
      }
      if (maps.length > 1) roi.getState().tell(told('lesions-in-files', { files: written }))
    },
  }
}
