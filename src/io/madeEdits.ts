import fc from 'fast-check'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { unzipSync, zipSync } from 'fflate'
import type { Bytes } from './sourceFile.ts'
import { sumsName } from './studyFile/archiveLimits.ts'

/* Test support: files that were whole, with some of it changed, as a disk, a transfer, another program or a malicious person does it. */

const most = 2 ** 31 - 1
const place = fc.nat(most)

/** What parsers are known to stumble over, whatever the format. */
const awkwardWords: readonly string[] = [
  ...['', '0', '-0', '-1', '1e999', '-1e308', '4294967296', '9007199254740993', '0x10', '1,5', 'NaN', 'Infinity', 'null', 'true'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '../../a', 'C:\\a', '\0', '\ufeff', '\ud800', '\u202e', '\r', '\n\n', '\t'],
  ...['"', "'", ',', ';', ':', '{', '}', '[', ']', '- ', '#', '&a', '*a', '!!binary ', '<script>alert(1)</script>', '\\', '%s', '(((((((((('],
] // prettier-ignore

type Edit = (bytes: Uint8Array) => Uint8Array

const replace = (bytes: Uint8Array, from: number, to: number, put: Uint8Array): Uint8Array => {
  const made = new Uint8Array(bytes.length - (to - from) + put.length)
  made.set(bytes.subarray(0, from))
  made.set(put, from)
  made.set(bytes.subarray(to), from + put.length)
  return made
}
/** @param head half of the changes fall into as many bytes at the start */
const placeIn = (bytes: Uint8Array, at: number, head: number) => {
  const within = at % 2 === 0 ? Math.min(head, bytes.length) : bytes.length
  return within === 0 ? 0 : (at >> 1) % within
}
const encode = (text: string): Bytes => new TextEncoder().encode(text)

function edits(words: readonly string[], head: number): fc.Arbitrary<Edit> {
  const span = fc.tuple(place, fc.integer({ min: 1, max: 24 }))
  const flip = fc.tuple(place, fc.nat(7)).map(([at, bit]): Edit => (bytes) => {
    const made = bytes.slice()
    if (made.length > 0) made[placeIn(bytes, at, head)] ^= 1 << bit
    return made
  })
  // Written over what was there: the lengths around it stay true.
  const put = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.constantFrom(...words.map(encode)))
  const over = fc.tuple(place, put).map(([at, put]): Edit => (bytes) => {
    const from = placeIn(bytes, at, head)
    return replace(bytes, from, Math.min(from + put.length, bytes.length), put.slice(0, bytes.length - from))
  })
  const insert = fc.tuple(place, put).map(([at, put]): Edit => (bytes) => {
    const from = placeIn(bytes, at, head)
    return replace(bytes, from, from, put)
  })
  const leaveOut = span.map(([at, length]): Edit => (bytes) => {
    const from = placeIn(bytes, at, head)
    return replace(bytes, from, Math.min(from + length, bytes.length), new Uint8Array(0))
  })
  const repeat = span.map(([at, length]): Edit => (bytes) => {
    const from = placeIn(bytes, at, head)
    return replace(bytes, from, from, bytes.slice(from, from + length))
  })
  const cut = place.map(
    (at): Edit =>
      (bytes) =>
        bytes.slice(0, placeIn(bytes, at, head)),
  )
  return fc.oneof(
    { weight: 6, arbitrary: flip },
    { weight: 6, arbitrary: over },
    { weight: 3, arbitrary: insert },
    { weight: 2, arbitrary: leaveOut },
    { weight: 2, arbitrary: repeat },
    { weight: 1, arbitrary: cut },
  )
}

/** One to three changes of one of the seeds. @param head bytes at the start that matter most */
export function editedBytes(seeds: readonly Uint8Array[], words: readonly string[] = [], head = 512): fc.Arbitrary<Bytes> {
  const change = fc.array(edits([...awkwardWords, ...words], head), { minLength: 1, maxLength: 3 })
  return fc
    .tuple(fc.constantFrom(...seeds), change)
    .map(([seed, all]) => Uint8Array.from(all.reduce((bytes, edit) => edit(bytes), seed)))
}

export const editedText = (seeds: readonly string[], words: readonly string[] = []): fc.Arbitrary<string> =>
  editedBytes(seeds.map(encode), words, 256).map((bytes) => new TextDecoder().decode(bytes))

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const awkwardJson: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json[]>(null, true, 0, -1, 0.5, 1e308, 2 ** 53, 1e-320, '', [], {}, [[]], [null], [1, 2, 3], [0, 0, 0], {
    a: 1,
  }),
  fc.constantFrom<Json[]>(...awkwardWords),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
)

/** Itself among them. */
function countValues(json: Json): number {
  if (typeof json !== 'object' || json === null) return 1
  return Object.values(json).reduce<number>((sum, value) => sum + countValues(value), 1)
}

/** The same with the value of this number, counted from the outermost, replaced, or without it. */
function withValue(json: Json, number: number, put: Json | undefined): Json | undefined {
  if (number === 0) return put
  if (typeof json !== 'object' || json === null) return json
  let left = number - 1
  const entries = Object.entries(json).flatMap(([key, value]): [string, Json][] => {
    const own = countValues(value)
    const made = left >= 0 && left < own ? withValue(value, left, put) : value
    left -= own
    return made === undefined ? [] : [[key, made]]
  })
  return Array.isArray(json) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}

/** One to three values of a file of JSON replaced or taken out: it stays JSON, and others' programs write such. */
export function editedJson(seeds: readonly string[]): fc.Arbitrary<string> {
  const change = fc.array(fc.tuple(place, fc.option(awkwardJson, { freq: 6 })), { minLength: 1, maxLength: 3 })
  return fc.tuple(fc.constantFrom(...seeds), change).map(([seed, all]) => {
    const made = all.reduce<Json>(
      (json, [at, put]) => {
        return withValue(json, at % countValues(json), put === null ? undefined : put) ?? null
      },
      JSON.parse(seed) as Json,
    )
    return JSON.stringify(made)
  })
}

/** A zip of the seed's entries of which one is changed, so that what is in it is read, not refused for its check sums. */
export function editedEntries(seeds: readonly Uint8Array[], of: RegExp): fc.Arbitrary<Bytes> {
  const unpacked = seeds.map((seed) => unzipSync(seed))
  return fc.constantFrom(...unpacked).chain((files) => {
    const names = Object.keys(files).filter((name) => of.test(name))
    return fc.constantFrom(...names).chain((name) => {
      const text = new TextDecoder().decode(files[name])
      const content = name.endsWith('.json')
        ? fc.oneof(editedJson([text]).map(encode), editedBytes([files[name]]))
        : editedBytes([files[name]])
      return content.map((bytes) => zipAgain({ ...files, [name]: bytes }))
    })
  })
}

/** With the check sums of a study file where it had some. */
export function zipAgain(files: Readonly<Record<string, Uint8Array>>): Bytes {
  const { [sumsName]: sums, ...others } = files
  const lines = Object.entries(others).map(([name, bytes]) => `${bytesToHex(sha256(bytes))}  ${name}\n`)
  return new Uint8Array(zipSync({ ...others, ...(sums && { [sumsName]: encode(lines.join('')) }) }, { level: 0 }))
}
