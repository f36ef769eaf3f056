// Compiles the AssemblyScript kernels twice: with asserts for the tests, without for use. Doubles as their type check. Where they
// are there already, made from these very sources, nothing is done: compiling takes half a minute.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const folder = 'src/core/kernels/assembly'
const common = ['--runtime', 'stub', '--enable', 'simd', '--enable', 'bulk-memory', '--use', 'abort=', '--initialMemory', '16']
const targets = [
  ['build/kernels/kernels.wasm', ['-O3', '--noAssert', '--converge']],
  ['build/kernels/kernels.debug.wasm', ['-O1', '--debug']],
]
const stampPath = 'build/kernels/sources.sha256'

const stamp = await hashSources()
const isThere = targets.every(([target]) => existsSync(target)) && existsSync(stampPath)
if (!isThere || (await readFile(stampPath, 'utf8')) !== stamp) {
  const { default: asc } = await import('assemblyscript/asc')
  await mkdir('build/kernels', { recursive: true })
  await rm(stampPath, { force: true })
  for (const [target, flags] of targets) {
    const { error, stderr } = await asc.main([`${folder}/index.ts`, '--outFile', target, ...common, ...flags])
    if (error) {
      console.error(stderr.toString())
      process.exit(1)
    }
  }
  await writeFile(stampPath, stamp)
}

/** Of all that the kernels are made from, this script and the compiler among it. */
async function hashSources() {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort()
  const hash = createHash('sha256')
  for (const path of [
    'scripts/buildKernels.mjs',
    'node_modules/assemblyscript/package.json',
    ...names.map((name) => join(folder, name)),
  ])
    hash.update(`${path}\n`).update(await readFile(path))
  return hash.digest('hex')
}
