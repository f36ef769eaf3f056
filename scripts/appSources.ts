import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const stampPath = join(root, 'build/app-sources.sha256')

/** Keeps which sources the page was built from, as they were when the build began; see `checkAppSources`. */
export function stampAppSources(): Plugin {
  let sources: Promise<string> | undefined
  return {
    name: 'stamp-app-sources',
    // A build elsewhere, made to compare, says nothing about the one that tests run.
    apply: ({ build }, { command }) => command === 'build' && build?.outDir === 'dist/app',
    async buildStart() {
      sources = hashAppSources()
      await rm(stampPath, { force: true })
    },
    async closeBundle(error?: Error) {
      if (error) return
      await mkdir(join(root, 'build'), { recursive: true })
      await writeFile(stampPath, await sources!)
    },
  }
}

/** @throws where dist/app was not built from the sources as they are: a browser test would pass or fail for what is no longer there */
export async function checkAppSources(): Promise<void> {
  const built = await readFile(stampPath, 'utf8').catch(() => 'nothing')
  if (built !== (await hashAppSources()))
    throw new Error('The page in dist/app was not built from the sources as they are now. Run `npm run build` first.')
}

/** Of every file that can change the page. */
async function hashAppSources(): Promise<string> {
  const within = async (folder: string) =>
    (await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !/\.test\.(tsx?|mjs)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
  const single = ['index.html', 'vite.config.ts', 'package.json', 'package-lock.json', 'build/kernels/kernels.wasm']
  const folders = await Promise.all(['public', 'scripts', 'src', 'workers'].map(within))
  const hash = createHash('sha256')
  for (const path of [...folders.flat(), ...single.map((name) => join(root, name))].sort())
    hash.update(`${path.slice(root.length)}\n`).update(await readFile(path))
  return hash.digest('hex')
}
