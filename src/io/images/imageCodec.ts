import type { Image } from 'itk-wasm'
import type { Bytes, SourceFile } from '../sourceFile.ts'

/** ITK's image as itk-wasm hands it over. */
export type ItkImage = Image

/** What is used of a decoded image: of ITK's, or of one that was decoded without it in the same form. */
export interface DecodedImage {
  readonly imageType: { readonly dimension: number; readonly components: number; readonly pixelType: string }
  readonly size: readonly number[]
  readonly spacing: readonly number[]
  readonly origin: readonly number[]
  readonly direction: ArrayLike<number | bigint>
  readonly data: Image['data']
}

export type CodecFormat = 'NIfTI' | 'NRRD' | 'MetaImage'

/** ITK compiled to WebAssembly; the two hosts load it in different ways (itkCodec.ts, itkCodec.node.ts). */
export interface ImageCodec {
  /**
   * Decodes one file of a known format.
   * @returns undefined where ITK says that it cannot read the file
   * @throws whatever a broken file makes of the WASM module, often a bare number: the caller words it
   */
  readImage(format: CodecFormat, file: SourceFile): Promise<ItkImage | undefined>
  /** Decodes DICOM files of equal size and pixel type, one slice (or one multi-frame) after the other, in the order given. Only the voxels are of use: positions and rescale are our own affair. */
  readDicomSlices(files: readonly Bytes[]): Promise<ItkImage>
  /** The bytes of a NIfTI (.nii, .nii.gz) or NRRD (.nrrd) file, as the name ends; compressed for .nii.gz and .nrrd. */
  writeImage(image: ItkImage, name: string): Promise<Bytes>
}

/** Endings by which ITK chooses the format: a file of another name is handed over under one of these. */
export const codecEndings: Readonly<Record<CodecFormat, RegExp>> = {
  NIfTI: /\.nii(\.gz)?$/i,
  NRRD: /\.(nrrd|nhdr)$/i,
  MetaImage: /\.(mha|mhd)$/i,
}

/** Whether ITK reads a file under its own name: it chooses the format by the ending, and unpacks NIfTI only by it. */
export function isCodecName(path: string, format: CodecFormat, gzipped: boolean): boolean {
  return codecEndings[format].test(path) && (format !== 'NIfTI' || /\.gz$/i.test(path) === gzipped)
}

/** A name that ITK understands for a file whose own name hides what it is. */
export function codecName(format: CodecFormat, gzipped: boolean): string {
  if (format === 'NIfTI') return gzipped ? 'image.nii.gz' : 'image.nii'
  return format === 'NRRD' ? 'image.nrrd' : 'image.mha'
}

/** Of a file to be written. */
export const isNrrd = (name: string) => codecEndings.NRRD.test(name)
export const isCompressed = (name: string) => isNrrd(name) || name.endsWith('.gz')
