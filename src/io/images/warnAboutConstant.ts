import type { Volume } from '../../core/image/volume.ts'
import type { Message } from '../../core/messages/message.ts'
import { tell } from './messages.ts'

/** What is to be told of a volume that has the same value everywhere; none for others, which takes no time. */
export function warnAboutConstant({ voxels, source }: Pick<Volume, 'voxels' | 'source'>): Message[] {
  const value = voxels[0]
  if (voxels.some((other) => other !== value)) return []
  return [tell('constant', { value, ...(source.phase && { phase: source.phase }) })]
}
