import type { PipelineMessages } from '../../io/pipelines/messages.ts'
import type { Sentences } from '../sentences.ts'

export const pipelines: Sentences<PipelineMessages> = {
  'not-aligned': ({ said }) => `图像无法自动配准：${said}`,
  'no-rigid-movement': () => 'elastix 未给出图像的刚性变换：请手动配准。',
  'not-interpolated': ({ said }) => `ITK 无法在层面之间插值：${said}`,
}
