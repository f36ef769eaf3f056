import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import { afterBuild } from './afterBuild.ts'
import { listPageFiles } from './pageFiles.mjs'

/** A file of the built page as workbox keeps it. */
export interface PrecacheEntry {
  readonly url: string
  /** Null of a file whose name tells its content. */
  readonly revision: string | null
}

const source = fileURLToPath(new URL('../workers/serviceWorker.ts', import.meta.url))

/** The files that make the page work without its server: all that a server sends, but the service worker itself. */
export async function listPrecache(folder: string): Promise<PrecacheEntry[]> {
  const wanted = (await listPageFiles(folder)).filter((name) => name !== 'sw.js')
  return Promise.all(
    wanted.map(async (url) => ({
      url,
      revision: url.startsWith('assets/') ? null : createHash('sha256').update(await readFile(join(folder, url))).digest('hex').slice(0, 16), // prettier-ignore
    })),
  )
}

/** Writes sw.js beside the built page, with the list of what it keeps. */
export const buildServiceWorker = (): Plugin =>
  afterBuild('service-worker', async (outDir) => {
    const entries = await listPrecache(outDir)
    const hash = createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 16)
    await build({
      configFile: false,
      logLevel: 'error',
      define: { __PRECACHE__: JSON.stringify(entries), __PAGE_BUILD__: JSON.stringify(hash), 'process.env.NODE_ENV': '"production"' }, // prettier-ignore
      build: {
        outDir,
        emptyOutDir: false,
        copyPublicDir: false,
        target: 'es2023',
        lib: { entry: source, formats: ['iife'], name: 'serviceWorker', fileName: () => 'sw.js' },
      },
    })
  })
