import type { KernelsMessages } from '../../core/kernels/messages.ts'
import type { Sentences } from '../sentences.ts'

const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024)

export const kernels: Sentences<KernelsMessages> = {
  memory: ({ bytes, bytesInUse }) => `内存不足：已使用 ${mebibytes(bytesInUse)} MiB，还需要 ${mebibytes(bytes)} MiB。`,
}
