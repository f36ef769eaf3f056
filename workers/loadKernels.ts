import kernelsUrl from '../build/kernels/kernels.wasm?url'
import { createKernels, type KernelExports, type Kernels } from '../src/core/kernels/kernels.ts'

let compiled: Promise<WebAssembly.Module> | undefined

/** The kernels in a browser: compiled once a worker, a new instance (and memory) a call. */
export async function loadKernels(): Promise<Kernels> {
  compiled ??= WebAssembly.compileStreaming(fetch(kernelsUrl))
  const instance = await WebAssembly.instantiate(await compiled)
  return createKernels(instance.exports as unknown as KernelExports)
}
