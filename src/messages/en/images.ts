import type { ImageMessages, OtherKind } from '../../io/images/messages.ts'
import type { Sentences } from '../sentences.ts'

const again = 'Copy or export it again.'

const otherKinds: Readonly<Record<OtherKind, string>> = {
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  pdf: 'a PDF document',
  gif: 'a GIF picture',
  tiff: 'a TIFF picture',
  hdf5: 'an HDF5 file',
  archive: 'an archive other than zip',
  bzip2: 'packed with bzip2 (unpack it, or pack it with gzip)',
  xz: 'packed with xz (unpack it, or pack it with gzip)',
  zstd: 'packed with zstd (unpack it, or pack it with gzip)',
  gzipInGzip: 'gzip once more inside gzip (unpack it once)',
  analyze: 'an Analyze 7.5 header, which does not tell where the image lies (save it as NIfTI)',
  text: 'text',
  unknown: 'of an unknown kind',
}

const beginsAt = (voxOffset: number, least: number) =>
  `The header says that the voxels begin at byte ${voxOffset} (vox_offset); the standard wants a whole number of at least ${least}.`

const of = (phase: string | undefined) => (phase === undefined ? '' : `${phase}: `)

export const images: Sentences<ImageMessages> = {
  'no-image': ({ kind, headerBytes }) =>
    `This is not an image that can be read: NIfTI, NRRD, MetaImage or DICOM was expected, the content is ${otherKinds[kind]}.${headerBytes === undefined ? '' : ` A NIfTI header has 348 bytes, this file has ${headerBytes}: it is cut off.`}`,
  'other-kind': ({ kind }) => otherKinds[kind],
  'empty-file': () => `The file is empty (0 bytes). ${again}`,
  'cut-off': ({ bytes, announcedBytes }) =>
    `The file is cut off: it has ${bytes} bytes (unpacked), its header announces ${announcedBytes}. ${again}`,
  'does-not-unpack': ({ bytes }) =>
    `The file is cut off or damaged: its compressed content (${bytes} bytes) does not unpack. ${again}`,
  'voxels-in-several-files': ({ named }) =>
    `The voxels lie in several files (the header names them by "${named}"); they are read from one. Open it in the program that wrote it, or 3D Slicer, and save it as one file, .nrrd or .nii.gz.`,
  'voxel-file-missing': ({ name }) => `The voxels lie in another file, ${name}, which is missing. Give both files together.`,
  'first-voxel-unknown': ({ voxOffset, least, contentBytes, voxelBytes }) =>
    `${beginsAt(voxOffset, least)} The length of the file (${contentBytes} bytes unpacked, ${voxelBytes} of them voxels) does not tell where they begin. Correct the header or export the image again.`,
  'first-voxel-by-length': ({ voxOffset, least, at }) =>
    `${beginsAt(voxOffset, least)} They are read from byte ${at} on, as the length of the file tells.`,
  'unknown-to-itk': ({ format }) =>
    `ITK cannot read this file as ${format}: its header is damaged or of an unknown kind. Export it again.`,
  'not-decoded': ({ format }) =>
    `The file says that it is ${format}, but ITK fails to decode it: it is cut off, damaged, or of an unknown variant.${format === 'NIfTI' ? ' NIfTI files whose axes are not perpendicular (sheared sform) are refused by ITK too.' : ''} Export it again.`,
  'no-memory': () => 'There is not enough memory to read the file. Close other programs or crop the image.',

  'two-dimensional': ({ thicknessMm }) =>
    `The image is 2D: it is read as a volume of one slice, ${thicknessMm === 1 ? '1 mm thick' : `${Number(thicknessMm.toPrecision(4))} mm thick as its header says`}.`,
  'four-dimensional': ({ volumes }) => `The file is 4D: it holds ${volumes} volumes; each is offered by itself.`,
  surplus: ({ format, voxelBytes, foundBytes }) => {
    const reason =
      format === 'NIfTI'
        ? 'they begin later than it says (vox_offset)'
        : 'its sizes, its type of numbers, or where it lets the voxels begin, are not those of the file'
    return `The header announces ${voxelBytes} bytes of voxels, the file has ${foundBytes} from their beginning on: either what follows the voxels is something else, or ${reason}. Look at the image.`
  },
  'not-finite': ({ phase, voxels, first }) =>
    `${of(phase)}${voxels === 1 ? '1 voxel is no finite number' : `${voxels} voxels are not finite numbers`} (NaN or infinite); the first is at (${first.join(', ')}).`,
  constant: ({ phase, value }) =>
    value === 0
      ? `${of(phase)}All voxels are 0: this is an empty mask, or an image without content.`
      : `${of(phase)}All voxels have the same value, ${value}: as an image there is nothing in it to measure.`,

  dimensions: ({ dimensions }) => `The image has ${dimensions} dimensions; 2, 3 or 4 can be read.`,
  components: ({ kind, components }) =>
    `The image holds ${kind === 'colour' ? 'colour (RGB)' : 'vectors'}, ${components} numbers a voxel; one grey value a voxel is needed. Convert it to grey, or save each component as a file of its own.`,
  'volumes-of-components': ({ volumes, components }) =>
    `The file has ${volumes} volumes with ${components} components a voxel; one or the other can be read. Save each volume as a file of its own.`,
  origin: ({ originMm }) =>
    `The position of the first voxel is (${originMm.join(', ')}) mm; three finite numbers are needed. Correct the header or export the image again.`,
  direction: ({ direction }) =>
    `The direction matrix (${direction.join(', ')}) does not have three perpendicular axes of length 1. Correct the header or resample the image onto perpendicular axes.`,
  'value-count': ({ values, announced }) =>
    `The file holds ${values} values, but its header announces ${announced}. It may be cut off: copy or export it again.`,
}
