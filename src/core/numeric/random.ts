import { refuse } from './messages.ts'

/**
 * Seeded random numbers: xoshiro128** 1.1 (Blackman and Vigna 2021, ACM TOMS 45(4), "Scrambled linear pseudorandom number
 * generators"), its state filled by SplitMix32 from a seed. The same seed gives the same numbers on every engine.
 */
export interface Random {
  /** 32 random bits, 0 to 2^32 - 1. */
  bits(): number
  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(): number
  /** Uniform whole number in [0, n), without bias; n is 1 to 2^32. */
  integer(n: number): number
}

/** A whole number, 0 to 2^53 - 1. */
export type Seed = number

const twoTo26 = 0x4000000
const twoTo32 = 0x100000000
const twoTo53 = 0x20000000000000

/** @throws DataError unless the seed is a whole number from 0 to 2^53 - 1 */
export function createRandom(seed: Seed): Random {
  const state = stateFromSeed(seed)
  const bits = () => nextBits(state)
  return {
    bits,
    uniform: () => ((bits() >>> 5) * twoTo26 + (bits() >>> 6)) / twoTo53,
    integer: (n) => {
      const limit = twoTo32 - (twoTo32 % n)
      let value = bits()
      while (value >= limit) value = bits()
      return value % n
    },
  }
}

/**
 * A seed of its own for a part of the work (a run, a fold, a tree), so that parts can be computed in any order and by any
 * worker: `deriveSeed(seed, 'boruta', run, tree)`.
 */
export function deriveSeed(seed: Seed, ...path: readonly (number | string)[]): Seed {
  let [high, low] = halves(seed)
  const mix = (value: number) => {
    high = scramble((high ^ value) + 0x9e3779b9)
    low = scramble((low + Math.imul(value, 0x85ebca6b)) ^ high)
  }
  for (const step of path) {
    if (typeof step === 'number') halves(step).forEach(mix)
    else {
      mix(step.length + 0x10000)
      for (let i = 0; i < step.length; i++) mix(step.charCodeAt(i))
    }
  }
  return (high >>> 11) * twoTo32 + low
}

/** The four words of state that `createRandom(seed)` starts with; the kernels' generator starts with the same. */
export function stateFromSeed(seed: Seed): Uint32Array {
  const [high, low] = halves(seed)
  let counter = high
  const next = () => scramble((counter = (counter + 0x9e3779b9) >>> 0))
  const state = new Uint32Array(4)
  state[0] = next()
  state[1] = next()
  counter = low
  state[2] = next()
  state[3] = next() | 1
  return state
}

/** In place, Fisher and Yates. */
export function shuffle<T extends { length: number; [i: number]: unknown }>(items: T, random: Random): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const kept = items[i]
    items[i] = items[j]
    items[j] = kept
  }
  return items
}

/** `count` different numbers of [0, n) in random order. */
export function sampleWithoutReplacement(n: number, count: number, random: Random): number[] {
  const all = Array.from({ length: n }, (_, i) => i)
  for (let i = 0; i < count; i++) {
    const j = i + random.integer(n - i)
    const kept = all[i]
    all[i] = all[j]
    all[j] = kept
  }
  return all.slice(0, count)
}

function nextBits(state: Uint32Array): number {
  const result = Math.imul(rotate(Math.imul(state[1], 5), 7), 9) >>> 0
  const shifted = state[1] << 9
  state[2] ^= state[0]
  state[3] ^= state[1]
  state[1] ^= state[2]
  state[0] ^= state[3]
  state[2] ^= shifted
  state[3] = rotate(state[3], 11)
  return result
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by))
}

/** The finaliser of MurmurHash3. */
function scramble(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

function halves(seed: Seed): [number, number] {
  if (!Number.isSafeInteger(seed) || seed < 0) throw refuse('seed', { given: seed })
  return [Math.floor(seed / twoTo32), seed % twoTo32]
}
