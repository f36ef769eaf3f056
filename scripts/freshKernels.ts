import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Before tests that compute (Vitest's globalSetup): the kernels are made from the sources as they are now. */
export default async function buildKernels(): Promise<void> {
  await promisify(execFile)(process.execPath, [fileURLToPath(new URL('buildKernels.mjs', import.meta.url))])
}
