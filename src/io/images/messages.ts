import { messagesOf } from '../../core/messages/message.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'

type Nothing = Readonly<Record<never, never>>
type Format = 'NIfTI' | 'NRRD' | 'MetaImage'

export interface ImageMessages {
  /** @property headerBytes of what is named NIfTI and ends before its header does */
  'no-image': { readonly kind: OtherKind; readonly headerBytes?: number }
  /** Of a file: a few words. */
  'other-kind': { readonly kind: OtherKind }
  'empty-file': Nothing
  'cut-off': { readonly bytes: number; readonly announcedBytes: number }
  'does-not-unpack': { readonly bytes: number }
  'voxels-in-several-files': { readonly named: string }
  'voxel-file-missing': { readonly name: string }
  /** @property least by the standard, bytes */
  'first-voxel-unknown': {
    readonly voxOffset: number
    readonly least: number
    readonly contentBytes: number
    readonly voxelBytes: number
  }
  'first-voxel-by-length': { readonly voxOffset: number; readonly least: number; readonly at: number }
  'unknown-to-itk': { readonly format: Format }
  'not-decoded': { readonly format: Format }
  'no-memory': Nothing

  // What the user should know of an image that is read.
  'two-dimensional': { readonly thicknessMm: number }
  'four-dimensional': { readonly volumes: number }
  surplus: { readonly format: Format; readonly voxelBytes: number; readonly foundBytes: number }
  /** @property first index of the first one */
  'not-finite': { readonly phase?: string; readonly voxels: number; readonly first: Triple }
  constant: { readonly phase?: string; readonly value: number }

  // Grids and voxels that are none.
  dimensions: { readonly dimensions: number }
  components: { readonly kind: 'colour' | 'vectors'; readonly components: number }
  'volumes-of-components': { readonly volumes: number; readonly components: number }
  origin: { readonly originMm: readonly number[] }
  direction: { readonly direction: readonly number[] }
  'value-count': { readonly values: number; readonly announced: number }
}

/** What a file that is no image of ours seems to be. */
export type OtherKind =
  | 'png'
  | 'jpeg'
  | 'pdf'
  | 'gif'
  | 'tiff'
  | 'hdf5'
  | 'archive'
  | 'bzip2'
  | 'xz'
  | 'zstd'
  | 'gzipInGzip'
  | 'analyze'
  | 'text'
  | 'unknown'

export const { refuse, tell } = messagesOf<ImageMessages>('images')
