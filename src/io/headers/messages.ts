import { messagesOf, type Message } from '../../core/messages/message.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'

type Nothing = Readonly<Record<never, never>>

/** Axes are counted from 1. */
export interface HeaderMessages {
  // Of any format.
  'empty-axis': { readonly axis: number; readonly voxels: number }
  spacing: { readonly axis: number; readonly spacingMm: number }
  'length-unit': { readonly unit: string }
  'no-voxel-size': { readonly format: 'NRRD' | 'MetaImage' }

  // NIfTI, under the names of its standard.
  dimensions: { readonly dimensions: number }
  'axis-too-long': { readonly voxels: number; readonly most: number }
  'voxel-type': { readonly datatype: number; readonly kind?: UnreadableType }
  bitpix: { readonly datatype: number; readonly bits: number; readonly bitpix: number }
  'scaling-not-finite': { readonly slope: number; readonly intercept: number }
  'scaling-too-small': { readonly slope: number }
  'several-numbers': { readonly kind: VoxelKind; readonly intentCode: number; readonly components: number }
  'one-number-of-several': { readonly kind: VoxelKind; readonly intentCode: number }
  'read-as-mm': { readonly unit: LengthUnit }
  'no-nifti-orientation': Nothing
  /** @property sformCode what space the sform is of */
  'forms-disagree': {
    readonly sformMm: Triple
    readonly qformMm: Triple
    readonly apartMm: number
    readonly isTurned: boolean
    readonly used: Form
    readonly sformCode: number
  }
  'form-left-out': { readonly form: Form; readonly problem: Message }
  'no-form': { readonly problems: readonly Message[] }
  'qform-offset': { readonly offset: Triple }
  quaternion: { readonly quaternion: Triple; readonly length: number }
  'sform-not-finite': Nothing
  'sform-singular': Nothing
  'sform-sheared': { readonly angleDegrees: number }
  pixdim: { readonly pixdimMm: Triple; readonly sformMm: Triple }

  // NRRD.
  'missing-field': { readonly field: string }
  blocks: Nothing
  'dimension-and-sizes': { readonly dimension: number; readonly sizes: number }
  encoding: { readonly encoding: string }
  'byte-order': { readonly bytes: number }
  'axis-outside-space': { readonly axis: number; readonly isTime: boolean }
  'axis-of-time': { readonly axis: number; readonly axes: number }
  'space-dimensions': { readonly axes: number; readonly dimensions: number }
  'space-with-time': { readonly space: string }
  'axis-limits': Nothing
  'space-unknown': { readonly space?: string }
  'space-origin': Nothing
  'values-of-others': Nothing

  // MetaImage.
  'element-type': { readonly type: string }
  'no-numbers': { readonly field: string; readonly given: string }
  'voxels-as-text': Nothing
  'intensity-function': { readonly slope: string; readonly offset: string }
  'anatomical-orientation': { readonly letters: string; readonly fromMatrix: string; readonly hasMatrix: boolean }
}

type Form = 'sform' | 'qform'

export type LengthUnit = 'metres' | 'micrometres'

/** Kinds of numbers that are none of ours. */
export type UnreadableType = 'bits' | 'complex' | 'float128'

/** What a voxel of several numbers is by the NIfTI standard. */
export type VoxelKind =
  'matrix' | 'symmetricMatrix' | 'displacement' | 'vector' | 'point' | 'triangle' | 'quaternion' | 'rgb' | 'rgba'

export const { refuse, tell } = messagesOf<HeaderMessages>('headers')
