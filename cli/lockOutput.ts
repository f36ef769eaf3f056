import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { UsageError } from './usageError.ts'

interface Holder {
  readonly host: string
  readonly process: number
  readonly since: string
  /** Tells this lock from another one of the same process. */
  readonly token: string
}

export interface OutputLock {
  /** Aborts when another run has taken the lock, as it may when this process was stopped for long: nothing may be written then. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

export interface LockTimes {
  /** A holder touches its lock so often. */
  readonly beatMs: number
  /** Whoever finds a lock watches it for so long before it takes it. */
  readonly watchMs: number
}

const usualTimes: LockTimes = { beatMs: 5_000, watchMs: 20_000 }

/**
 * Lets one run at a time write an output, on whatever machines that share its folder, by a file `<output>.lock`. A run that was killed
 * leaves its lock: it is taken at once where its process is seen to be gone, elsewhere when it was not touched for a while. No clocks
 * are compared.
 * @throws UsageError that says who holds it
 */
export async function lockOutput(output: string, { beatMs, watchMs }: LockTimes = usualTimes): Promise<OutputLock> {
  const path = `${output}.lock`
  const holder: Holder = { host: hostname(), process: process.pid, since: new Date().toISOString(), token: randomUUID() }
  const text = `${JSON.stringify(holder)}\n`
  const write = () => writeFile(path, text, { flag: 'wx' })
  try {
    await write()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    await waitForItsEnd(path, output, watchMs)
    // Of two that come at the same time the later one has it, and both see that.
    await writeFile(`${path}.${holder.token}`, text)
    await rename(`${path}.${holder.token}`, path)
    await wait(200)
    if ((await readText(path)) !== text) throw await refusal(path, output)
  }
  const control = new AbortController()
  let touching = Promise.resolve()
  const beat = setInterval(() => {
    touching = touch().catch((error: unknown) => control.abort(error))
  }, beatMs)
  beat.unref()
  async function touch() {
    if ((await readText(path)) !== text) throw new UsageError(`Another run has taken ${output} over.`)
    await utimes(path, new Date(), new Date())
  }
  return {
    lost: control.signal,
    async release() {
      clearInterval(beat)
      await touching
      if ((await readText(path)) === text) await rm(path, { force: true })
    },
  }
}

/** @throws UsageError where the holder is at work */
async function waitForItsEnd(path: string, output: string, watchMs: number): Promise<void> {
  const holder = parseHolder(await readText(path))
  if (holder?.host === hostname() && !isAlive(holder.process)) return
  const before = await lastChange(path)
  for (let watched = 0; watched < watchMs; watched += watchMs / 20) {
    await wait(watchMs / 20)
    if ((await lastChange(path)) !== before) throw await refusal(path, output)
  }
}

async function refusal(path: string, output: string): Promise<UsageError> {
  const holder = parseHolder(await readText(path))
  const who = holder ? ` (process ${holder.process} of ${holder.host}, since ${holder.since})` : ''
  return new UsageError(`Another run is writing ${output}${who}. Wait for its end, or choose another output.`)
}

/** In nanoseconds; undefined where there is no such file any more. */
async function lastChange(path: string): Promise<bigint | undefined> {
  return ifThere(stat(path, { bigint: true }).then(({ mtimeNs }) => mtimeNs))
}

const readText = (path: string) => ifThere(readFile(path, 'utf8'))

async function ifThere<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  return reading.catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
}

/** Undefined for one that was not written to its end. */
function parseHolder(text: string | undefined): Holder | undefined {
  return text?.endsWith('}\n') ? (JSON.parse(text) as Holder) : undefined
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // There is one, of somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
