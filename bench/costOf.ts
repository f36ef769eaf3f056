import { spawn } from 'node:child_process'

/** Of a command and all its children, in seconds. */
export interface Cost {
  readonly wall: number
  readonly processor: number
}

/** `time` of the shell counts what the children of the command did as well. */
export function costOf(command: string, args: readonly string[]): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const timed = 'TIMEFORMAT="%R %U %S"; time "$0" "$@" > /dev/null 2>&1'
    const child = spawn('bash', ['-c', timed, command, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    let told = ''
    child.stderr.on('data', (text: Buffer) => (told += text.toString()))
    child.on('error', reject)
    child.on('exit', (code) => {
      const [wall, user, system] = told.trim().split(/\s+/).map(Number)
      if (code !== 0) reject(new Error(`${command} ended with code ${code}: ${told}`))
      else resolve({ wall: wall, processor: user + system })
    })
  })
}
