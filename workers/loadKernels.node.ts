import { readFile } from 'node:fs/promises'
import { hashBytes } from '../src/io/hashBytes.ts'
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

/** SHA-256 of the WebAssembly that computes, as hexadecimal digits. */
export async function hashKernels(): Promise<string> {
  return hashBytes(new Uint8Array(await readFile(new URL(`${kernelFolder}kernels.wasm`, import.meta.url))))
}

/** The build puts the kernels beside the bundle; in the source tree they are in build/. */
const kernelFolder = import.meta.env.PROD ? './' : '../build/kernels/'
