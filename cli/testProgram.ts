import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'

/** Test support: the program as it is shipped, built into a folder of its own. */
const root = fileURLToPath(new URL('..', import.meta.url))
const outDir = `${root}build/cli-test`

export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Once for all tests of the command line (vitest's globalSetup), in a process of its own: Vitest is no production environment. */
export default async function buildProgram(): Promise<void> {
  const vite = `${root}node_modules/vite/bin/vite.js`
  const args = [vite, 'build', '--config', 'vite.cli.config.ts', '--outDir', outDir, '--logLevel', 'error']
  await promisify(execFile)(process.execPath, args, { cwd: root, env: { ...process.env, NODE_ENV: 'production' } })
}

/** Runs the built program in a folder and waits for its end. */
export function runProgram(args: readonly string[], cwd = root): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [`${outDir}/texel.js`, ...args],
      { cwd, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') reject(error)
        else resolve({ exitCode: child.exitCode ?? 0, stdout, stderr })
      },
    )
  })
}

/** Sends Ctrl+C once the program has done nothing but compute for a while, and waits for its end. */
export async function interruptProgram(args: readonly string[], cwd: string, afterMilliseconds = 1500) {
  const child = spawn(process.execPath, [`${outDir}/texel.js`, ...args], { cwd, stdio: 'ignore' })
  const timer = setTimeout(() => child.kill('SIGINT'), afterMilliseconds)
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  clearTimeout(timer)
  return { exitCode, signal }
}

export function referenceFile(path: string): string {
  return `${root}reference/pyradiomics/${path}`
}

export function sampleFile(path: string): string {
  return `${root}public/samples/${path}`
}
