import kernelsUrl from '../build/kernels/kernels.wasm?url'
import { createKernels, type KernelExports, type Kernels } from '../src/core/kernels/kernels.ts'
import { hashBytes } from '../src/io/hashBytes.ts'
import { tell } from '../src/io/messages.ts'
import { ProgramLoadError } from '../src/io/programLoadError.ts'
import { keepLoaded } from '../src/io/keepLoaded.ts'

async function load<T>(read: (response: Promise<Response>) => Promise<T>): Promise<T> {
  try {
    return await read(fetch(kernelsUrl))
  } catch (cause) {
    throw new ProgramLoadError(tell('not-loaded', { part: 'kernels', why: String(cause) }), { cause })
  }
}

const compiled = keepLoaded(() => load((response) => WebAssembly.compileStreaming(response)))
const hashed = keepLoaded(() => load(async (response) => hashBytes(new Uint8Array(await (await response).arrayBuffer()))))

/** The kernels in a browser: compiled once a worker, a new instance (and memory) a call. @throws ProgramLoadError */
export async function loadKernels(): Promise<Kernels> {
  const instance = await WebAssembly.instantiate(await compiled.get())
  return createKernels(instance.exports as unknown as KernelExports)
}

/** SHA-256 of the WebAssembly that computes, as hexadecimal digits. @throws ProgramLoadError */
export const hashKernels = (): Promise<string> => hashed.get()
