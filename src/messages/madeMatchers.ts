import { expect } from 'vitest'
import { isMessage } from '../core/messages/message.ts'
import { say, sayError } from './say.ts'
import './sayAll.ts'

/** `toThrow`, for what a person is told: bad data is an error of a code and values, and its sentence is made from them. */
interface SayingMatchers<R = unknown> {
  /** @param words the sentence holds them */
  toThrowSaying: (words: string | RegExp) => R
  /** Of a message. @param words its sentence holds them */
  toSay: (words: string | RegExp) => R
}

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-empty-object-type -- vitest's own declaration
  interface Matchers<T = any> extends SayingMatchers<T> {}
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- vitest's own declaration
  interface AsymmetricMatchersContaining extends Pick<SayingMatchers, 'toSay'> {}
}

expect.extend({
  toSay(received: unknown, words: string | RegExp) {
    if (!isMessage(received)) return { pass: false, message: () => `${this.utils.stringify(received)} is no message` }
    return compare(say(received), words)
  },
  toThrowSaying(received: unknown, words: string | RegExp) {
    const thrown = this.promise === 'rejects' ? { error: received } : call(received as () => unknown)
    if (!thrown) return { pass: false, message: () => `nothing was thrown; expected to be told ${words}` }
    return compare(sayError(thrown.error), words)
  },
})

function compare(said: string, words: string | RegExp) {
  const pass = typeof words === 'string' ? said.includes(words) : words.test(said)
  return { pass, message: () => `told ${pass ? 'unexpectedly ' : ''}"${said}"${pass ? '' : `, expected ${words}`}` }
}

function call(thrower: () => unknown): { readonly error: unknown } | undefined {
  try {
    thrower()
  } catch (error) {
    return { error }
  }
  return undefined
}
