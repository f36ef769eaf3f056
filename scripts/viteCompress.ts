import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'
import { afterBuild } from './afterBuild.ts'

/** What shrinks; fonts, volumes and the modules of itk-wasm (.zst) are compressed already. */
const endings = new Set(['.css', '.html', '.js', '.json', '.md', '.svg', '.wasm'])

/** Brotli's last two steps take 10 and 20 times as long for 5 and 8 % less. */
const brotliQuality = 9

/** Puts a .br and a .gz beside every file of the built page that gets smaller by it, so that no server has to compress. */
export const compressBuild = (): Plugin => afterBuild('compress-build', compressFolder)

export async function compressFolder(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  for (const name of names) {
    const path = join(folder, name)
    if (!endings.has(extname(name)) || !(await stat(path)).isFile()) continue
    const bytes = await readFile(path)
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }),
      promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
    ])
    if (br.length < bytes.length) await writeFile(`${path}.br`, br)
    if (gz.length < bytes.length) await writeFile(`${path}.gz`, gz)
  }
}
