import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Test support: the program as it is shipped, built into a folder of its own. */
export const root = fileURLToPath(new URL('..', import.meta.url))
const outDir = `${root}build/cli-test`
export const builtProgram = `${outDir}/texel.js`

export interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** A worker of the program as it is built for tests; `name` as in vite.cli.config.ts. */
export function builtWorker(name: 'compute' | 'statistics' | 'reader'): URL {
  return pathToFileURL(`${outDir}/${name}.worker.js`)
}

/** Once for all tests of the command line and of workers (vitest's globalSetup), in a process of its own: Vitest is no production environment. */
export default async function buildProgram(): Promise<void> {
  const vite = `${root}node_modules/vite/bin/vite.js`
  const args = [vite, 'build', '--config', 'vite.cli.config.ts', '--outDir', outDir, '--logLevel', 'error']
  await promisify(execFile)(process.execPath, args, { cwd: root, env: { ...process.env, NODE_ENV: 'production' } })
}

/** Runs the built program in a folder, as a process of its own, and waits for its end. */
export function spawnProgram(args: readonly string[], cwd = root): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [builtProgram, ...args], { cwd, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({ exitCode: child.exitCode ?? 0, stdout, stderr })
    })
  })
}

/** Sends Ctrl+C when the program says its first word on stderr, or after a while if it is one that says none; waits for its end. */
export async function interruptProgram(args: readonly string[], cwd: string, silentForMilliseconds?: number) {
  const child = spawn(process.execPath, [builtProgram, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  const interrupt = () => child.kill('SIGINT')
  if (silentForMilliseconds === undefined) child.stderr.once('data', interrupt)
  else setTimeout(interrupt, silentForMilliseconds)
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  return { exitCode, signal }
}

export function referenceFile(path: string): string {
  return `${root}reference/pyradiomics/${path}`
}

export function sampleFile(path: string): string {
  return `${root}public/samples/${path}`
}
