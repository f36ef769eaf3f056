// What `npm test` runs once all is built. To look at the sources keeps one processor busy for some minutes, so it is done beside the
// tests, and told when they are through.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const run = (commands, stdout) =>
  spawn(commands, { shell: true, stdio: ['ignore', stdout, stdout === 'pipe' ? 'pipe' : 'inherit'] })
const endOf = async (child) => (await once(child, 'close'))[0]

const sources = run('npm run lint && npm run types', 'pipe')
const told = []
for (const stream of [sources.stdout, sources.stderr]) stream.on('data', (chunk) => told.push(chunk))
const tests = run('npm run test:unit && npm run test:browser', 'inherit')

const ended = await Promise.all([sources, tests].map(endOf))
process.stdout.write(Buffer.concat(told))
if (ended.some((status) => status !== 0)) {
  console.error('Failed: ' + ['lint or types', 'tests'].filter((_, i) => ended[i] !== 0).join(' and ') + '.')
  process.exitCode = 1
}
