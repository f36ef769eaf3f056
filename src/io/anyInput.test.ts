// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataError, isMessage, type Message } from '../core/messages/message.ts'
import { say } from '../messages/say.ts'
import { madeParsers } from './madeParsers.ts'

/* Files that are damaged, cut, or written to do harm: what reads them reads them, or refuses them in words of the catalogue. */

/** Of all parsers together; `npm run fuzz` gives more. */
const inputs = Number(process.env.TEXEL_FUZZ_INPUTS ?? 2000)
const seed = Number(process.env.TEXEL_FUZZ_SEED ?? 1)
/** Of the processor: a loaded machine is no fault of the parser's. */
const mostMs = 3000

const parsers = await madeParsers()
const shares = parsers.reduce((sum, { share }) => sum + share, 0)

/** What stands in a sentence that a value was missing for, unless the value itself says so: words of a library, of the file. */
const unfilled = /\bundefined\b|\[object /

/** Not in the catalogue, or without what its sentence takes. */
function findUnsaid(told: Message): string | undefined {
  const words = say(told)
  const isUnfilled = unfilled.test(words) && !unfilled.test(JSON.stringify(told.values))
  return words.startsWith(`${told.step}/${told.code} `) || isUnfilled ? words : undefined
}

/** The messages anywhere in what was read: warnings, reasons. */
function* messagesIn(value: unknown): Generator<Message> {
  if (isMessage(value)) yield value
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value))
    for (const one of Object.values(value)) yield* messagesIn(one)
}

test.each(parsers)('$name: any file is read or refused', { timeout: 30_000 + 20 * inputs }, async ({ name, share, inputs: given, read }) => {
  const runs = Math.ceil((inputs * share) / shares)
  const count = { read: 0, refused: 0 }
  const codes = new Set<string>()
  let slowest = 0
  await fc.assert(
    fc.asyncProperty(given, async (bytes) => {
      const before = process.cpuUsage()
      try {
        for (const told of messagesIn(await read(bytes))) expect(findUnsaid(told)).toBeUndefined()
        count.read++
      } catch (error) {
        if (!(error instanceof DataError)) throw error
        expect(findUnsaid(error.told)).toBeUndefined()
        codes.add(`${error.told.step}/${error.told.code}`)
        count.refused++
      }
      const { user, system } = process.cpuUsage(before)
      slowest = Math.max(slowest, (user + system) / 1000)
      expect((user + system) / 1000).toBeLessThan(mostMs)
    }),
    { numRuns: runs, seed },
  )
  console.log(`${name}: ${runs} inputs, ${count.read} read, ${count.refused} refused for ${codes.size} reasons, slowest ${Math.round(slowest)} ms`)
}) // prettier-ignore
