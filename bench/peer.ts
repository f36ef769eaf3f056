import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Runs a peer's script, which prints one JSON value, in the same go as ours.
 * @param interpreter `Rscript`, or a Python named by an environment variable
 * @returns undefined, with a line that says so, when the interpreter or a package it needs is not installed
 */
export async function runPeer<T>(
  interpreter: string | undefined,
  script: string,
  args: readonly string[] = [],
): Promise<T | undefined> {
  try {
    if (!interpreter) throw new Error('no interpreter was named')
    const { stdout } = await run(interpreter, [`bench/peers/${script}`, ...args], { maxBuffer: 2 ** 28 })
    return JSON.parse(stdout) as T
  } catch (error) {
    process.stdout.write(`  peer ${script} not run: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}\n`)
    return undefined
  }
}
