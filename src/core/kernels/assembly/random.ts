/** xoshiro128** 1.1 (Blackman and Vigna 2021), the numbers of `numeric/random.ts`. `state`: four uint32. */
export function nextBits(state: usize): u32 {
  let a = load<u32>(state)
  let b = load<u32>(state, 4)
  let c = load<u32>(state, 8)
  let d = load<u32>(state, 12)
  const result = rotl<u32>(b * 5, 7) * 9
  const shifted = b << 9
  c ^= a
  d ^= b
  b ^= c
  a ^= d
  store<u32>(state, a)
  store<u32>(state, b, 4)
  store<u32>(state, c ^ shifted, 8)
  store<u32>(state, rotl<u32>(d, 11), 12)
  return result
}

/** Uniform in [0, n), without bias, as `Random.integer`; n is 1 to 2^32 - 1. */
export function nextInteger(state: usize, n: u32): u32 {
  let value = nextBits(state)
  // The last, incomplete run of n values is drawn again; it is shorter than n, so most draws need no division to know.
  if (value > 0xffffffff - n) {
    const last = 0xffffffff - (0 - n) % n
    while (value > last) value = nextBits(state)
  }
  return value % n
}

/** As `count` calls of `nextInteger`, to uint32 at `target`. */
export function fillIntegers(state: usize, n: u32, count: i32, target: usize): void {
  let a = load<u32>(state)
  let b = load<u32>(state, 4)
  let c = load<u32>(state, 8)
  let d = load<u32>(state, 12)
  const last = 0xffffffff - (0 - n) % n
  // floor(value / n), or one less: without dividing.
  const perN: u64 = 0x100000000 / <u64>n
  for (const end = target + (<usize>count << 2); target < end;) {
    const value = rotl<u32>(b * 5, 7) * 9
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotl<u32>(d, 11)
    if (value > last) continue
    const rest = value - <u32>(<u64>value * perN >>> 32) * n
    store<u32>(target, min(rest, rest - n))
    target += 4
  }
  store<u32>(state, a)
  store<u32>(state, b, 4)
  store<u32>(state, c, 8)
  store<u32>(state, d, 12)
}
