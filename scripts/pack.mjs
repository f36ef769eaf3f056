// Makes dist/texel-VERSION.zip of the built page: it runs from any folder or stick, by what the system has.
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { listPageFiles } from './pageFiles.mjs'
import { headers } from './pageServer.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
/** What a browser keeps belongs to the address with its port: never another one. Below those that systems give out by themselves. */
const port = 27183
const types = {
  '.css': 'text/css; charset=utf-8',
  '.gz': 'application/gzip',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.zst': 'application/zstd',
}
/** Read by systems as the time of the computer's own zone, as which it is also written: the same bytes everywhere. */
const modified = new Date(1980, 0, 1)
const unix = 3
const [program, plain] = [0o100755, 0o100644]

/**
 * A zip of the built page and of what starts it, the same bytes for the same files.
 * @param app folder of the built page
 * @param version as in the name of the folder in the zip
 * @throws where the page has a file of a kind whose type no server would tell
 */
export async function packPage(app, version) {
  const inVersion = async (name) =>
    (await readFile(join(root, 'scripts/starter', name), 'utf8'))
      .replaceAll('NEXTPORT', port + 1)
      .replaceAll('PORT', port)
      .replaceAll('VERSION', version)
  const withLines = (text) => text.replaceAll('\n', '\r\n')
  const files = {
    LICENSE: [await readFile(join(root, 'LICENSE')), plain],
    'README.txt': [withLines(await inVersion('README.txt')), plain],
    'THIRD_PARTY.md': [await readFile(join(root, 'THIRD_PARTY.md')), plain],
    'server.json': [JSON.stringify({ port, headers, types }, null, 2), plain],
    'server.py': [await readFile(join(root, 'scripts/starter/server.py')), plain],
    'start.cmd': [withLines(await inVersion('start.cmd')), plain],
    'start.command': [await readFile(join(root, 'scripts/starter/start.sh')), program],
    'start.ps1': [withLines(await inVersion('start.ps1')), plain],
    'start.sh': [await readFile(join(root, 'scripts/starter/start.sh')), program],
  }
  for (const name of await listPageFiles(app)) {
    if (!types[extname(name)])
      throw new Error(`No server would know the type of ${name}: add ${extname(name)} to scripts/pack.mjs.`)
    files[`app/${name}`] = [await readFile(join(app, name)), plain]
  }
  const entries = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, [content, mode]]) => [
      `texel-${version}/${name}`,
      [Buffer.from(content), { mtime: modified, os: unix, attrs: mode << 16 }],
    ])
  return zipSync(Object.fromEntries(entries), { level: 6 })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const zip = await packPage(join(root, 'dist/app'), version)
  const path = join(root, `dist/texel-${version}.zip`)
  await mkdir(join(root, 'dist'), { recursive: true })
  await writeFile(path, zip)
  console.log(`${path}: ${(zip.length / 1e6).toFixed(1)} MB, SHA-256 ${createHash('sha256').update(zip).digest('hex')}`)
}
