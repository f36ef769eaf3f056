const digitBits = 11
const digits = 3
const buckets = 1 << digitBits
const lowest = buckets - 1

/**
 * The positions of the values from the least to the greatest; equal values keep their order. -0 stands before 0; not for NaN.
 * A radix sort by the upper half of the numbers' bits, several times as fast as comparing; only values of equal halves, about a
 * millionth of their size apart, are compared.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const words = upperWords(values)
  const order = sortWords(words)
  for (let i = 1; i < order.length; i++) if (values[order[i]] < values[order[i - 1]]) sortRun(values, words, order, i)
  return order
}

/** Puts the positions around `within` whose words are equal in the order of their values. */
function sortRun(values: Float64Array, words: Uint32Array, order: Uint32Array, within: number): void {
  const word = words[order[within]]
  let start = within
  while (start > 0 && words[order[start - 1]] === word) start--
  let end = within + 1
  while (end < order.length && words[order[end]] === word) end++
  order.subarray(start, end).sort((i, j) => values[i] - values[j])
}

/** Turned such that they order as the numbers do: all bits of a negative one, the sign of another. The lower half stands first, as in WASM. */
function upperWords(values: Float64Array): Uint32Array {
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length)
  const words = new Uint32Array(values.length)
  for (let i = 0; i < words.length; i++) {
    const word = halves[2 * i + 1]
    words[i] = word ^ ((word >> 31) | 0x80000000)
  }
  return words
}

/** Positions in the order of their words, digit by digit from the lowest. */
function sortWords(words: Uint32Array): Uint32Array {
  const starts = startsOfDigits(words)
  let order = new Uint32Array(words.length)
  for (let i = 0; i < words.length; i++) order[starts[words[i] & lowest]++] = i
  let next = new Uint32Array(words.length)
  for (let digit = 1; digit < digits; digit++) {
    const first = digit * buckets
    const shift = digit * digitBits
    for (let i = 0; i < words.length; i++) {
      const position = order[i]
      next[starts[first + ((words[position] >>> shift) & lowest)]++] = position
    }
    const sorted = next
    next = order
    order = sorted
  }
  return order
}

/** Where the words of each value of each digit begin. */
function startsOfDigits(words: Uint32Array): Uint32Array {
  const starts = new Uint32Array(digits * buckets)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    starts[word & lowest]++
    starts[buckets + ((word >>> digitBits) & lowest)]++
    starts[2 * buckets + (word >>> (2 * digitBits))]++
  }
  for (let digit = 0; digit < digits; digit++)
    for (let bucket = digit * buckets, start = 0; bucket < (digit + 1) * buckets; bucket++) {
      const size = starts[bucket]
      starts[bucket] = start
      start += size
    }
  return starts
}
