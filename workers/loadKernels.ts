import kernelsUrl from '../build/kernels/kernels.wasm?url'
import { createKernels, type KernelExports, type Kernels } from '../src/core/kernels/kernels.ts'
import { tell } from '../src/io/messages.ts'
import { ProgramLoadError } from '../src/io/programLoadError.ts'
import { keepLoaded } from '../src/io/keepLoaded.ts'

const compiled = keepLoaded(async () => {
  try {
    return await WebAssembly.compileStreaming(fetch(kernelsUrl))
  } catch (cause) {
    throw new ProgramLoadError(tell('not-loaded', { part: 'kernels', why: String(cause) }), { cause })
  }
})

/** The kernels in a browser: compiled once a worker, a new instance (and memory) a call. @throws ProgramLoadError */
export async function loadKernels(): Promise<Kernels> {
  const instance = await WebAssembly.instantiate(await compiled.get())
  return createKernels(instance.exports as unknown as KernelExports)
}
