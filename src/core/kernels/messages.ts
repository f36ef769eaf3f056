import { messagesOf } from '../messages/message.ts'

export interface KernelsMessages {
  memory: { readonly bytes: number; readonly bytesInUse: number }
}

export const { tell } = messagesOf<KernelsMessages>('kernels')
