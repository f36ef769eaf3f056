// Serves the built page on this machine only, with the same policy as a header. PORT chooses the port.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createPageServer } from './pageServer.mjs'

const folder = fileURLToPath(new URL('../dist/app', import.meta.url))
if (!existsSync(`${folder}/index.html`)) {
  console.error(`There is no built page in ${folder}. Run \`npm run build\` first.`)
  process.exit(1)
}
const server = createPageServer(folder)
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
