import type { KernelsMessages } from '../../core/kernels/messages.ts'
import type { Sentences } from '../sentences.ts'

const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024)

export const kernels: Sentences<KernelsMessages> = {
  memory: ({ bytes, bytesInUse }) =>
    `Not enough memory: ${mebibytes(bytes)} MiB more were needed beside ${mebibytes(bytesInUse)} MiB in use.`,
}
