import type { PipelineMessages } from '../../io/pipelines/messages.ts'
import type { Sentences } from '../sentences.ts'

export const pipelines: Sentences<PipelineMessages> = {
  'not-aligned': ({ said }) => `The images could not be aligned automatically: ${said}`,
  'no-rigid-movement': () => 'elastix gave no rigid movement of the image: align the two by hand.',
  'not-interpolated': ({ said }) => `ITK could not interpolate between the slices: ${said}`,
}
