// Builds the page a second time, elsewhere, and compares it with dist/app: the same sources make the same files.
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { listPageFiles } from './pageFiles.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @returns a SHA-256 of every file by its name, in the format of sha256sum */
async function listHashes(folder) {
  const names = await listPageFiles(folder)
  return Promise.all(
    names.map(
      async (name) =>
        `${createHash('sha256')
          .update(await readFile(join(folder, name)))
          .digest('hex')}  ${name}`,
    ),
  )
}

const built = await listHashes(join(root, 'dist/app')).catch(() => {
  console.error('There is no built page in dist/app. Run `npm run build` first.')
  process.exit(1)
})
const folder = await mkdtemp(join(tmpdir(), 'texel-verify-'))
try {
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } })
  const again = await listHashes(folder)
  const differing = [...built.filter((line) => !again.includes(line)), ...again.filter((line) => !built.includes(line))]
  await writeFile(join(root, 'dist/app.sha256'), `${built.join('\n')}\n`)
  if (differing.length > 0) {
    console.error(
      `The page in dist/app is not what these sources make. Files that differ, or are in one of both alone:\n${differing.join('\n')}`,
    )
    process.exitCode = 1
  } else console.log(`${built.length} files, the same in both builds; their hashes are in dist/app.sha256.`)
} finally {
  await rm(folder, { recursive: true })
}
