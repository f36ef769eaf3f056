import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./texel.js', import.meta.url))

/** The whole study with its DICOM files by the built command, by one worker and by two in turn; the files must be the same. */
export async function measureSpeed(print: (text: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'texel-simulated-'))
  try {
    const hashes = new Set<string>()
    for (const workers of [1, 2]) {
      const output = join(folder, String(workers))
      const cost = await run([program, 'simulate', '--output', output, '--dicom', '--workers', String(workers)])
      const { files, bytes, hash } = await hashFolder(output)
      hashes.add(hash)
      print(`60 + 36 patients, ${workers} ${workers === 1 ? 'worker' : 'workers'}: ${cost}; ${files} files, ${(bytes / 1e6).toFixed(0)} MB, SHA-256 ${hash.slice(0, 16)}`) // prettier-ignore
    }
    print(hashes.size === 1 ? 'The same files by one worker and by two.' : 'FAULT: the files differ.')
  } finally {
    await rm(folder, { recursive: true })
  }
}

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const timed = 'TIMEFORMAT="%R s wall, %U s user, %S s system"; time "$0" "$@" > /dev/null 2>&1'
    const child = spawn('bash', ['-c', timed, process.execPath, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    let told = ''
    child.stderr.on('data', (text: Buffer) => (told += text.toString()))
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve(told.trim()) : reject(new Error(`ended with code ${code}: ${told}`))))
  })
}

async function hashFolder(folder: string): Promise<{ files: number; bytes: number; hash: string }> {
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  let bytes = 0
  for (const path of paths) {
    const content = await readFile(path)
    hash.update(path.slice(folder.length)).update(content)
    bytes += content.length
  }
  return { files: paths.length, bytes, hash: hash.digest('hex') }
}
