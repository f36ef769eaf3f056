import { readFile } from 'node:fs/promises'
import { createKernels, type KernelExports, type Kernels } from '../src/core/kernels/kernels.ts'

const compiled = new Map<string, Promise<WebAssembly.Module>>()

/**
 * The kernels in Node, a new instance (and memory) a call; the module is compiled once.
 * @param options.build 'debug' checks array bounds by marked bytes; for tests.
 */
export async function loadKernels({ build = 'release' }: { build?: 'release' | 'debug' } = {}): Promise<Kernels> {
  const file = build === 'debug' ? 'kernels.debug.wasm' : 'kernels.wasm'
  if (!compiled.has(file))
    compiled.set(
      file,
      readFile(new URL(kernelFolder + file, import.meta.url)).then((bytes) => WebAssembly.compile(bytes)),
    )
  const instance = await WebAssembly.instantiate(await compiled.get(file)!)
  return createKernels(instance.exports as unknown as KernelExports, { guard: build === 'debug' })
}

/** The build puts the kernels beside the bundle; in the source tree they are in build/. */
const kernelFolder = import.meta.env.PROD ? './' : '../build/kernels/'
