import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packPage } from './pack.mjs'
import { headers } from './pageServer.mjs'

const volume = gzipSync(Buffer.alloc(4000, 7))
let folder, app, packed

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-pack-'))
  app = join(folder, 'built')
  await mkdir(join(app, 'assets'), { recursive: true })
  await mkdir(join(app, '.vite'))
  for (const [name, content] of [
    ['index.html', '<title>Texel</title>'],
    ['index.html.br', 'packed'],
    ['index.html.gz', 'packed'],
    ['sw.js', 'self'],
    ['assets/app.js', 'export {}'],
    ['assets/kernels.wasm', Buffer.alloc(10)],
    ['image.nii.gz', volume],
    ['.vite/manifest.json', '{}'],
  ])
    await writeFile(join(app, name), content)
  packed = await packPage(app, '1.2.3')
  for (const [name, content] of Object.entries(unzipSync(packed))) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), content)
  }
})
afterAll(() => rm(folder, { recursive: true }))

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex')

test('the same page makes the same zip, whenever and in whatever zone of time; another page makes another', async () => {
  const again = (zone) =>
    execFileSync(
      process.execPath,
      ['--input-type=module', '-e', `const { packPage } = await import('./scripts/pack.mjs'); process.stdout.write(await packPage(${JSON.stringify(app)}, '1.2.3'))`], // prettier-ignore
      { env: { ...process.env, TZ: zone }, maxBuffer: 1e8 },
    )
  await utimes(join(app, 'index.html'), 1e9, 1e9)
  for (const zone of ['Asia/Shanghai', 'America/Los_Angeles', 'UTC']) expect(hash(again(zone)), zone).toBe(hash(packed))
  expect(hash(await packPage(app, '1.2.4'))).not.toBe(hash(packed))
})

test('it holds the page without the files that only a server of its own could send, and what starts it on each system', () => {
  const files = unzipSync(packed)
  expect(Object.keys(files)).toEqual(
    [
      ...['LICENSE', 'README.txt', 'THIRD_PARTY.md', 'app/assets/app.js', 'app/assets/kernels.wasm', 'app/image.nii.gz'],
      ...['app/index.html', 'app/sw.js', 'server.json', 'server.py', 'start.cmd', 'start.command', 'start.ps1', 'start.sh'],
    ].map((name) => `texel-1.2.3/${name}`),
  )
  const text = (name) => Buffer.from(files[`texel-1.2.3/${name}`]).toString()
  expect(text('README.txt')).toContain('http://localhost:27183/')
  expect(text('README.txt')).toContain('TEXEL 1.2.3')
  expect(text('README.txt')).not.toMatch(/PORT\b(?!")|VERSION/)
  // Windows PowerShell takes a file without a mark for one of the system's own code page, and cmd needs its own ends of lines.
  for (const name of ['README.txt', 'start.cmd', 'start.ps1']) expect(text(name), name).toMatch(/^[\x20-\x7e\r\n]+$/)
  expect(text('start.cmd').replaceAll('\r\n', '')).not.toContain('\n')
  expect(text('start.sh')).not.toContain('\r')
})

test('what starts it may be run as a program, as Unix sees it', () => {
  const zip = Buffer.from(packed)
  const modes = {}
  // Entries of the zip's directory: who wrote them at 5, lengths of name, extra and comment at 28, attributes at 38, the name at 46.
  for (let at = zip.indexOf('PK\u0001\u0002', 0, 'latin1'); zip.readUInt32LE(at) === 0x02014b50;) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    expect(zip[at + 5]).toBe(3)
    modes[zip.toString('utf8', at + 46, at + 46 + name).slice('texel-1.2.3/'.length)] = (
      zip.readUInt32LE(at + 38) >>> 16
    ).toString(8)
    at += 46 + name + extra + comment
  }
  expect(Object.keys(modes)).toHaveLength(14)
  for (const [name, mode] of Object.entries(modes))
    expect(mode, name).toBe(/^start\.(sh|command)$/.test(name) ? '100755' : '100644')
})

test('a file of a kind that no server would know is refused by name', async () => {
  await writeFile(join(app, 'movie.ogv'), '')
  await expect(packPage(app, '1.2.3')).rejects.toThrow(/movie\.ogv/)
  await rm(join(app, 'movie.ogv'))
})

/** @returns the starter, once it has said something, and what it said */
async function start(port) {
  const starter = spawn('sh', [join(folder, 'texel-1.2.3/start.sh'), '--no-browser', '--port', `${port}`])
  const lines = []
  const reader = createInterface(starter.stdout).on('line', (line) => lines.push(line))
  await once(reader, 'line')
  return { starter, lines }
}

async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

async function ask(port, path, options = {}) {
  const [response] = await once(get({ port, host: '127.0.0.1', path, ...options }), 'response')
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(await response.toArray()) }
}

test('started by Python it answers as the own server does: types, policy, volumes as they are, nothing by its date, nothing outside', async () => {
  const port = await findFreePort()
  const { starter, lines } = await start(port)
  try {
    expect(lines[0]).toBe(`Texel is ready: http://localhost:${port}/  (this computer only)`)
    for (const [path, type] of [
      ['/', 'text/html; charset=utf-8'],
      ['/assets/app.js', 'text/javascript; charset=utf-8'],
      ['/assets/kernels.wasm', 'application/wasm'],
      ['/image.nii.gz', 'application/gzip'],
    ]) {
      // Files of two versions carry the same date.
      const answer = await ask(port, path, { headers: { 'If-Modified-Since': 'Tue, 01 Jan 2030 00:00:00 GMT' } })
      expect([answer.status, answer.headers['content-type']], path).toEqual([200, type])
      expect(answer.headers['content-encoding'], path).toBeUndefined()
      for (const [name, value] of Object.entries(headers)) expect(answer.headers[name.toLowerCase()], path).toBe(value)
    }
    expect((await ask(port, '/image.nii.gz')).body.equals(volume)).toBe(true)
    expect((await ask(port, '/', { method: 'HEAD' })).status).toBe(200)
    for (const path of ['/nothing', '/assets/', '/../server.json', '/%2e%2e/server.json']) {
      const answer = await ask(port, path)
      expect([answer.status, answer.headers['x-content-type-options']], path).toEqual([404, 'nosniff'])
    }
  } finally {
    starter.kill()
    await once(starter, 'exit')
  }
})

test('where the port is taken it says so, and what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address()
  const { starter, lines } = await start(port)
  const [code] = starter.exitCode === null ? await once(starter, 'exit') : [starter.exitCode]
  other.close()
  expect(code).toBe(1)
  expect(lines.join('\n')).toContain(`Port ${port} of this computer is taken.`)
  expect(lines.join('\n')).toContain(`sh start.sh --port ${port + 1}`)
})
