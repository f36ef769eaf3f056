// Compiles the AssemblyScript kernels twice: with asserts for the tests, without for use. Doubles as their type check.
import { mkdir } from 'node:fs/promises'
import asc from 'assemblyscript/asc'

const source = 'src/core/kernels/assembly/index.ts'
const common = ['--runtime', 'stub', '--enable', 'simd', '--enable', 'bulk-memory', '--use', 'abort=', '--initialMemory', '16']
await mkdir('build/kernels', { recursive: true })
for (const [target, flags] of [
  ['build/kernels/kernels.wasm', ['-O3', '--noAssert', '--converge']],
  ['build/kernels/kernels.debug.wasm', ['-O1', '--debug']],
]) {
  const { error, stderr } = await asc.main([source, '--outFile', target, ...common, ...flags])
  if (error) {
    console.error(stderr.toString())
    process.exit(1)
  }
}
