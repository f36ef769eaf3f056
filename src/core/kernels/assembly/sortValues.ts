import { I32s } from './views'

const sign: u64 = 0x8000000000000000

/** Float64 bits as an unsigned number of the same order. */
@inline
function keyOf(bits: u64): u64 {
  return bits & sign ? ~bits : bits | sign
}

@inline
function bitsOf(key: u64): u64 {
  return key & sign ? key & ~sign : ~key
}

/**
 * Sorts float64 values (no NaN) ascending, in place: least significant digit radix sort, bytes that are the same in all
 * values are passed over. Linear in any case, unlike quicksort on the many equal values of images.
 * @param scratch as large as `values`
 * @param histogram 8 x 256 int32
 */
export function sortValues(values: usize, count: i32, scratch: usize, histogram: usize): void {
  memory.fill(histogram, 0, 8 * 256 * 4)
  const times = changetype<I32s>(histogram)
  for (let i = 0; i < count; i++) {
    const at = values + (<usize>i << 3)
    const key = keyOf(load<u64>(at))
    store<u64>(at, key)
    for (let digit = 0; digit < 8; digit++) {
      const bin = (digit << 8) + i32((key >> u64(digit << 3)) & 255)
      times[bin] = times[bin] + 1
    }
  }
  let from = values
  let to = scratch
  for (let digit = 0; digit < 8; digit++) {
    const bins = digit << 8
    const shift = u64(digit << 3)
    if (times[bins + i32((load<u64>(from) >> shift) & 255)] == count) continue
    let start = 0
    for (let bin = bins; bin < bins + 256; bin++) {
      const next = start + times[bin]
      times[bin] = start
      start = next
    }
    for (let i = 0; i < count; i++) {
      const key = load<u64>(from + (<usize>i << 3))
      const bin = bins + i32((key >> shift) & 255)
      const place = times[bin]
      times[bin] = place + 1
      store<u64>(to + (<usize>place << 3), key)
    }
    const swap = from
    from = to
    to = swap
  }
  for (let i = 0; i < count; i++) {
    const offset = <usize>i << 3
    store<u64>(values + offset, bitsOf(load<u64>(from + offset)))
  }
}
