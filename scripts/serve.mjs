// Serves the built page on this machine only, with the same policy as a header. PORT chooses the port.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'

const folder = fileURLToPath(new URL('../dist/app', import.meta.url))
if (!existsSync(`${folder}/index.html`)) {
  console.error(`There is no built page in ${folder}. Run \`npm run build\` first.`)
  process.exit(1)
}
const policy = {
  ...JSON.parse(readFileSync(new URL('./contentSecurityPolicy.json', import.meta.url), 'utf8')),
  'frame-ancestors': "'none'",
}
// What a page could ask the browser for and this one never does. Storage, the clipboard's copies and the screen's wake lock stay.
const forbidden = [
  ...['accelerometer', 'autoplay', 'bluetooth', 'browsing-topics', 'camera', 'display-capture', 'encrypted-media', 'geolocation'],
  ...['gyroscope', 'hid', 'identity-credentials-get', 'idle-detection', 'local-fonts', 'magnetometer', 'microphone', 'midi'],
  ...['otp-credentials', 'payment', 'picture-in-picture', 'publickey-credentials-create', 'publickey-credentials-get'],
  ...['serial', 'storage-access', 'usb', 'window-management', 'xr-spatial-tracking'],
]
const headers = {
  'Content-Security-Policy': Object.entries(policy)
    .map((entry) => entry.join(' '))
    .join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': forbidden.map((feature) => `${feature}=()`).join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
}
const serveFile = sirv(folder, {
  etag: true,
  setHeaders(response, path) {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    // Volumes are gzipped files, not gzipped transfers, as sirv would say: the browser must not unpack them.
    if (path.endsWith('.gz')) {
      response.setHeader('Content-Type', 'application/gzip')
      response.setHeader('Content-Encoding', 'identity')
    }
  },
})
const server = createServer((request, response) =>
  serveFile(request, response, () => {
    response.writeHead(404, { ...headers, 'Content-Type': 'text/plain' })
    response.end('Not found')
  }),
)
const wanted = process.env.PORT
let port = Number(wanted ?? 4173)
server.on('error', (error) => {
  // Without a wish any free port will do; the address is printed.
  if (error.code === 'EADDRINUSE' && wanted === undefined && port !== 0) return server.listen((port = 0), '127.0.0.1')
  console.error(`The page cannot be served on port ${port}: ${error.message}. Choose another one, e.g. PORT=8080 npm start.`)
  process.exit(1)
})
server.on('listening', () =>
  console.log(`Texel is ready: http://localhost:${server.address().port}/  (this machine only; Ctrl+C ends it)`),
)
server.listen(port, '127.0.0.1')
