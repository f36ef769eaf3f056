/*
 * Test support: a process that runs the built program once for each message {args, cwd} and answers {exitCode, stdout, stderr}.
 * A new process for each run takes longer than most runs. As a process would, a run ends when nothing of it is left: a worker or a
 * file that it forgot lets the test wait in vain.
 */
import { pathToFileURL } from 'node:url'

const program = process.argv[2]
const told = { stdout: '', stderr: '' }
for (const stream of ['stdout', 'stderr'])
  process[stream].write = (chunk, ...rest) => {
    told[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    rest.find((argument) => typeof argument === 'function')?.()
    return true
  }

/** What keeps the process alive, besides `others`. */
const listActive = (others) => {
  const uncounted = [...others]
  return process.getActiveResourcesInfo().filter((kind) => {
    const at = uncounted.indexOf(kind)
    if (at >= 0) uncounted.splice(at, 1)
    return at < 0
  })
}
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

let runs = 0
async function run({ args, cwd }) {
  Object.assign(told, { stdout: '', stderr: '' })
  process.chdir(cwd)
  process.argv = [process.execPath, program, ...args]
  process.exitCode = undefined
  const before = listActive([])
  // The entry begins to work when it is imported; its parts stay loaded.
  await import(`${pathToFileURL(program)}?run=${++runs}`)
  while (listActive(before).length > 0) await nextTurn()
  process.removeAllListeners('SIGINT')
  process.removeAllListeners('SIGTERM')
  return { exitCode: process.exitCode ?? 0, ...told }
}

process.on('disconnect', () => process.exit())
process.on('message', (asked) =>
  run(asked).then(
    (ended) => process.send({ ended }),
    (error) => process.send({ crashed: `${error.stack}\n${told.stderr}` }),
  ),
)
