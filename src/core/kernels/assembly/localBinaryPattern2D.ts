import { F64s, U8s } from './views'

// Methods, in the order of `methods` in localBinaryPattern2D.ts of the filters.
const byRotation = 1, uniform = 2, uniformRotated = 3, variance = 4

@inline
function pixel(image: usize, rows: i32, columns: i32, rowStride: usize, columnStride: usize, r: i32, c: i32): f64 {
  if (r < 0 || r >= rows || c < 0 || c >= columns) return 0
  return load<f64>(image + <usize>r * rowStride + <usize>c * columnStride)
}

/** Bilinear, 0 outside, in scikit-image's order of operations. */
@inline
function sample(image: usize, rows: i32, columns: i32, rowStride: usize, columnStride: usize, r: f64, c: f64): f64 {
  const top = Math.floor(r), left = Math.floor(c)
  const dr = r - top, dc = c - left
  const r0 = <i32>top, r1 = <i32>Math.ceil(r), c0 = <i32>left, c1 = <i32>Math.ceil(c)
  let upperLeft: f64, upperRight: f64, lowerLeft: f64, lowerRight: f64
  if (r0 >= 0 && r1 < rows && c0 >= 0 && c1 < columns) {
    const upper = image + <usize>r0 * rowStride, lower = image + <usize>r1 * rowStride
    const near = <usize>c0 * columnStride, far = <usize>c1 * columnStride
    upperLeft = load<f64>(upper + near)
    upperRight = load<f64>(upper + far)
    lowerLeft = load<f64>(lower + near)
    lowerRight = load<f64>(lower + far)
  } else {
    upperLeft = pixel(image, rows, columns, rowStride, columnStride, r0, c0)
    upperRight = pixel(image, rows, columns, rowStride, columnStride, r0, c1)
    lowerLeft = pixel(image, rows, columns, rowStride, columnStride, r1, c0)
    lowerRight = pixel(image, rows, columns, rowStride, columnStride, r1, c1)
  }
  return (1 - dr) * ((1 - dc) * upperLeft + dc * upperRight) + dr * ((1 - dc) * lowerLeft + dc * lowerRight)
}

/** Bits as a 32-bit number; as in scikit-image (2 ** arange(count, dtype=int32)) those from the 33rd on count nothing. */
@inline
function patternNumber(bits: U8s, count: i32): i32 {
  let number = 0
  for (let i = 0; i < min(count, 32); i++) number |= <i32>bits[i] << i
  return number
}

function smallestRotation(number: i32, count: i32): i32 {
  let smallest = number, rotated = number
  for (let i = 1; i < count; i++) {
    rotated = (rotated >> 1) | ((rotated & 1) << (count - 1))
    smallest = min(smallest, rotated)
  }
  return smallest
}

/** Number of ones if the bits change at most twice from first to last (not around), otherwise count + 1. */
function uniformCode(bits: U8s, count: i32, rotationMatters: bool): i32 {
  let changes = 0, ones = 0, firstOne = -1, firstZero = -1
  for (let i = 0; i < count; i++) {
    if (i > 0 && bits[i] != bits[i - 1]) changes++
    if (bits[i]) {
      ones++
      if (firstOne < 0) firstOne = i
    } else if (firstZero < 0) firstZero = i
  }
  if (!rotationMatters) return changes <= 2 ? ones : count + 1
  if (changes > 2) return count * (count - 1) + 2
  if (ones == 0) return 0
  if (ones == count) return count * (count - 1) + 1
  return 1 + (ones - 1) * count + (firstOne == 0 ? ones - firstZero : count - firstOne)
}

function textureVariance(texture: F64s, count: i32): f64 {
  let sum: f64 = 0, squares: f64 = 0
  for (let i = 0; i < count; i++) {
    const t = texture[i]
    sum += t
    squares += t * t
  }
  const result = (squares - (sum * sum) / <f64>count) / <f64>count
  return result != 0 ? result : NaN
}

/**
 * Local binary pattern of every pixel of one plane; strides in bytes, image and target alike.
 * @param offsets rows, then columns of the `count` points around a pixel (float64)
 * @param scratch 9 * count bytes
 */
export function localBinaryPattern2D(
  image: usize, rows: i32, columns: i32, rowStride: usize, columnStride: usize, count: i32, offsets: usize, method: i32, scratch: usize, target: usize,
): void {
  const dr = changetype<F64s>(offsets), dc = changetype<F64s>(offsets + (<usize>count << 3))
  const texture = changetype<F64s>(scratch), bits = changetype<U8s>(scratch + (<usize>count << 3))
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const at = <usize>r * rowStride + <usize>c * columnStride
      const centre = load<f64>(image + at)
      for (let i = 0; i < count; i++) {
        const t = sample(image, rows, columns, rowStride, columnStride, <f64>r + dr[i], <f64>c + dc[i])
        texture[i] = t
        bits[i] = t - centre >= 0 ? 1 : 0
      }
      let code: f64
      if (method == variance) code = textureVariance(texture, count)
      else if (method == uniform || method == uniformRotated) code = <f64>uniformCode(bits, count, method == uniformRotated)
      else {
        const number = patternNumber(bits, count)
        code = <f64>(method == byRotation ? smallestRotation(number, count) : number)
      }
      store<f64>(target + at, code)
    }
  }
}
