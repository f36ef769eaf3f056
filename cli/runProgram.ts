import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { builtProgram, root, type Ended } from './testProgram.ts'

/*
 * Test support: runs of the built program, one after the other, in one process for all tests of a file (programHost.mjs). Where the
 * process itself matters, spawnProgram starts one for the run.
 */

type Answer = { readonly ended: Ended } | { readonly crashed: string }

let host: ChildProcess | undefined
let last: Promise<unknown> = Promise.resolve()

afterAll(() => {
  host?.kill()
  host = undefined
})

async function runInHost(args: readonly string[], cwd: string): Promise<Ended> {
  host ??= fork(fileURLToPath(new URL('programHost.mjs', import.meta.url)), [builtProgram], { execArgv: [] })
  const running = host
  const heard = new AbortController()
  const answered = once(running, 'message', heard) as Promise<[Answer]>
  const left = once(running, 'exit', heard).then((): [Answer] => [{ crashed: 'The process ended in the middle of a run.' }])
  running.send({ args, cwd })
  const [answer] = await Promise.race([answered, left])
  heard.abort()
  if ('ended' in answer) return answer.ended
  running.kill()
  host = undefined
  throw new Error(`texel ${args.join(' ')}: ${answer.crashed}`)
}

/** Runs the built program in a folder and waits until nothing of it is left. @throws Error where it crashes */
export function runProgram(args: readonly string[], cwd = root): Promise<Ended> {
  const run = last.then(() => runInHost(args, cwd))
  last = run.catch(() => undefined)
  return run
}
