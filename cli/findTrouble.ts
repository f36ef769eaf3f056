import { listSome } from '../src/messages/listSome.ts'
import { isMessage, ToldError, type Message } from '../src/core/messages/message.ts'

/** What a later try may not meet: a full or failing disk, too little memory. */
export type Trouble = 'disk' | 'memory'

/** Some of the work met trouble that a later try may not meet: the rest is done, and the program ends with its exit code for that. */
export class TroubleError extends Error {}

/** @param names of the work that met trouble @throws TroubleError where there is any */
export function refuseTroubled(names: readonly string[]): void {
  if (names.length > 0)
    throw new TroubleError(`Memory or a disk failed for ${listSome(names, '; ')}: see to it, then try again with --resume.`)
}

const diskCodes: readonly string[] = ['ENOSPC', 'EDQUOT', 'EIO', 'ESTALE', 'EFBIG']
const memoryCodes: readonly string[] = ['ENOMEM', 'ERR_WORKER_OUT_OF_MEMORY', 'ERR_MEMORY_ALLOCATION_FAILED']

/** Looks for trouble in what was thrown, and in what caused that. */
export function findTrouble(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined
  const { code = '' } = error as NodeJS.ErrnoException
  if (diskCodes.includes(code)) return 'disk'
  if (memoryCodes.includes(code)) return 'memory'
  if (error instanceof ToldError && isAboutMemory(error.told)) return 'memory'
  if (error instanceof RangeError && /allocation failed|allocate memory|out of memory/i.test(error.message)) return 'memory'
  return findTrouble(error.cause)
}

/** What a 32-bit address reaches: more than this the kernels have nowhere. */
const mostKernelBytes = 2 ** 32

/** A message may hold another one that says why. */
export function isAboutMemory({ step, code, values }: Message): boolean {
  if (step === 'kernels' && code === 'memory') return Number(values.bytes) + Number(values.bytesInUse) <= mostKernelBytes
  // A worker that was ended by the system.
  if ((step === 'images' && code === 'no-memory') || (step === 'workers' && code === 'ended')) return true
  return Object.values(values).some((value) => isMessage(value) && isAboutMemory(value))
}
