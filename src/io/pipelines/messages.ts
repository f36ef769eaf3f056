import { messagesOf } from '../../core/messages/message.ts'

/** @property said by ITK */
export interface PipelineMessages {
  'not-aligned': { readonly said: string }
  'no-rigid-movement': Readonly<Record<never, never>>
  'not-interpolated': { readonly said: string }
}

export const { refuse } = messagesOf<PipelineMessages>('pipelines')
