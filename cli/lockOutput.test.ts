import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockOutput } from './lockOutput.ts'
import { UsageError } from './usageError.ts'

let folder: string
let output: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-lock-'))
  output = join(folder, 'f.csv')
})
afterEach(() => rmSync(folder, { recursive: true }))

const times = { beatMs: 20, watchMs: 400 }
const path = () => `${output}.lock`
const leave = (host: string, process: number) =>
  writeFileSync(path(), `${JSON.stringify({ host, process, since: '2026-01-01T00:00:00Z', token: 'x' })}\n`)
const endedProcess = () => spawnSync(process.execPath, ['-e', '']).pid

test('one run has an output, another one is told who, and may have it afterwards', async () => {
  const first = await lockOutput(output, times)
  const second = lockOutput(output, times)
  await expect(second).rejects.toThrow(UsageError)
  await expect(second).rejects.toThrow(`Another run is writing ${output} (process ${process.pid} of ${hostname()}, since 20`)
  await first.release()
  expect(existsSync(path())).toBe(false)
  await (await lockOutput(output, times)).release()
})

test('the lock of a process that was killed on this machine is taken at once', async () => {
  leave(hostname(), endedProcess())
  const lock = await lockOutput(output, { beatMs: 20, watchMs: 60_000 })
  expect(readFileSync(path(), 'utf8')).toContain(`"process":${process.pid}`)
  await lock.release()
  expect(existsSync(path())).toBe(false)
})

test('a lock of another machine is taken when nobody touches it', async () => {
  leave('elsewhere', 1)
  await (await lockOutput(output, times)).release()
  leave('elsewhere', 1)
  const second = lockOutput(output, times)
  setTimeout(() => utimesSync(path(), 5, 5), 100)
  await expect(second).rejects.toThrow('process 1 of elsewhere')
})

test('half a lock is one that nobody touches', async () => {
  writeFileSync(path(), '{"host')
  await (await lockOutput(output, times)).release()
})

test('whose lock another one has taken is told, and leaves it', async () => {
  const lock = await lockOutput(output, times)
  leave('elsewhere', 1)
  while (!lock.lost.aborted) await wait(10)
  expect((lock.lost.reason as Error).message).toBe(`Another run has taken ${output} over.`)
  await lock.release()
  expect(readFileSync(path(), 'utf8')).toContain('elsewhere')
})
