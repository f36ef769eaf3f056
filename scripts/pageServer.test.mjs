import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPageServer } from './pageServer.mjs'
import { compressFolder } from './viteCompress.ts'

const script = `export const words = '${'the same again '.repeat(200)}'`
const volume = gzipSync(Buffer.alloc(4000, 7))
let folder, server

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-page-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), `<!doctype html>${'<p>text</p>'.repeat(100)}`)
  await writeFile(join(folder, 'assets/app.js'), script)
  await writeFile(join(folder, 'assets/style.css'), 'a{color:red}'.repeat(100))
  await writeFile(join(folder, 'assets/kernels.wasm'), Buffer.alloc(1000))
  await writeFile(join(folder, 'tiny.svg'), '<svg/>')
  await writeFile(join(folder, 'image.nii.gz'), volume)
  await compressFolder(folder)
  server = createPageServer(folder).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

/** As it comes over the wire: fetch would unpack it. */
async function ask(path, headers = {}) {
  const [response] = await once(get({ port: server.address().port, host: '127.0.0.1', path, headers }), 'response')
  const body = Buffer.concat(await response.toArray())
  return { status: response.statusCode, headers: response.headers, body }
}

test('a browser gets brotli or gzip if it takes them, of the same content and type, and caches tell them apart', async () => {
  for (const [accepted, encoding, unpack] of [
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['deflate', undefined, (bytes) => bytes],
    ['gzip;q=0', undefined, (bytes) => bytes],
  ]) {
    const { headers, body } = await ask('/assets/app.js', { 'Accept-Encoding': accepted })
    expect(headers['content-encoding'], accepted).toBe(encoding)
    expect(headers['content-type'], accepted).toBe('text/javascript')
    expect(headers.vary, accepted).toBe('Accept-Encoding')
    expect(unpack(body).toString(), accepted).toBe(script)
    expect(Number(headers['content-length']), accepted).toBe(body.length)
  }
  for (const [path, type] of [
    ['/', 'text/html;charset=utf-8'],
    ['/assets/style.css', 'text/css'],
    ['/assets/kernels.wasm', 'application/wasm'],
  ]) {
    const { headers } = await ask(path, { 'Accept-Encoding': 'br' })
    expect([headers['content-encoding'], headers['content-type']], path).toEqual(['br', type])
  }
})

test('a file that does not shrink and a volume, which is a gzipped file of its own, are sent as they are', async () => {
  expect((await ask('/tiny.svg', { 'Accept-Encoding': 'br, gzip' })).headers['content-encoding']).toBeUndefined()
  const { headers, body } = await ask('/image.nii.gz', { 'Accept-Encoding': 'br, gzip' })
  expect([headers['content-type'], headers['content-encoding']]).toEqual(['application/gzip', 'identity'])
  expect(body.equals(volume)).toBe(true)
})

test('the policy stands on every answer, compressed or not, also where nothing is found', async () => {
  for (const [path, accepted, status] of [
    ['/', 'br', 200],
    ['/', 'identity', 200],
    ['/assets/app.js', 'gzip', 200],
    ['/nothing', 'br', 404],
  ]) {
    const answer = await ask(path, { 'Accept-Encoding': accepted })
    expect(answer.status, path).toBe(status)
    expect(answer.headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
    expect(answer.headers['x-content-type-options'], path).toBe('nosniff')
    expect(answer.headers['cross-origin-opener-policy'], path).toBe('same-origin')
    expect(answer.headers['permissions-policy'], path).toContain('camera=()')
  }
})

test('what is built anew while it is served is served as it is now', async () => {
  await writeFile(join(folder, 'assets/later.js'), 'first')
  expect((await ask('/assets/later.js')).body.toString()).toBe('first')
  await writeFile(join(folder, 'assets/later.js'), 'second, and longer')
  const { body, headers } = await ask('/assets/later.js')
  expect([body.toString(), Number(headers['content-length'])]).toEqual(['second, and longer', 18])
  await rm(join(folder, 'assets/later.js'))
  expect((await ask('/assets/later.js')).status).toBe(404)
})
