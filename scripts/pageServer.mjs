import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import sirv from 'sirv'

const policy = {
  ...JSON.parse(readFileSync(new URL('./contentSecurityPolicy.json', import.meta.url), 'utf8')),
  'frame-ancestors': "'none'",
}
// What a page could ask the browser for and this one never does. Storage, the clipboard's copies and the screen's wake lock stay.
// Bluetooth is not among them: where Chromium has none it does not know the name, and says so at every load.
const forbidden = [
  ...['accelerometer', 'autoplay', 'browsing-topics', 'camera', 'display-capture', 'encrypted-media', 'geolocation'],
  ...['gyroscope', 'hid', 'identity-credentials-get', 'idle-detection', 'local-fonts', 'magnetometer', 'microphone', 'midi'],
  ...['otp-credentials', 'payment', 'picture-in-picture', 'publickey-credentials-create', 'publickey-credentials-get'],
  ...['serial', 'storage-access', 'usb', 'window-management', 'xr-spatial-tracking'],
]
/** Of every answer, whoever serves the page. */
export const headers = {
  'Content-Security-Policy': Object.entries(policy)
    .map((entry) => entry.join(' '))
    .join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': forbidden.map((feature) => `${feature}=()`).join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
}
/** An encoding that the browser names in order to refuse it: sirv looks for names only. */
const refusedEncoding = /[\w*-]+\s*;\s*q=0(\.0*)?\s*(,|$)/gi

/**
 * A server of the files of a folder, with the page's policy as a header. Of a file with a .br or .gz beside it the browser gets that
 * one if it takes it; a volume, which is a gzipped file of its own, stays as it is.
 */
export function createPageServer(folder) {
  const serveFile = sirv(folder, {
    // Looked for at each request: the page may be built anew while it is served.
    dev: true,
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders(response, path) {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      // Volumes are gzipped files, not gzipped transfers, as sirv would say: the browser must not unpack them.
      if (path.endsWith('.gz')) {
        response.setHeader('Content-Type', 'application/gzip')
        response.setHeader('Content-Encoding', 'identity')
      }
    },
  })
  return createServer((request, response) => {
    const accepted = request.headers['accept-encoding']
    if (accepted) request.headers['accept-encoding'] = accepted.replace(refusedEncoding, '')
    serveFile(request, response, () => {
      response.writeHead(404, { ...headers, 'Content-Type': 'text/plain' })
      response.end('Not found')
    })
  })
}
