import { F64s } from './views'

/** Largest |x| of `count` values; NaN if one is NaN. */
export function maximumMagnitude(source: usize, count: i32): f64 {
  const x = changetype<F64s>(source)
  let most: f64 = 0
  for (let i = 0; i < count; i++) most = max(most, Math.abs(x[i]))
  return most
}

/** (scale x)^2 */
export function squareScaled(source: usize, count: i32, scale: f64, target: usize): void {
  const x = changetype<F64s>(source), y = changetype<F64s>(target)
  for (let i = 0; i < count; i++) {
    const v = scale * x[i]
    y[i] = v * v
  }
}

/** sign(x) sqrt(|x| scale) */
export function rootScaled(source: usize, count: i32, scale: f64, target: usize): void {
  const x = changetype<F64s>(source), y = changetype<F64s>(target)
  for (let i = 0; i < count; i++) y[i] = copysign<f64>(Math.sqrt(Math.abs(x[i]) * scale), x[i])
}

/** sign(x) ln(|x| + 1) scale */
export function logarithmScaled(source: usize, count: i32, scale: f64, target: usize): void {
  const x = changetype<F64s>(source), y = changetype<F64s>(target)
  for (let i = 0; i < count; i++) y[i] = copysign<f64>(Math.log(Math.abs(x[i]) + 1), x[i]) * scale
}

/** exp(scale x) */
export function exponentialScaled(source: usize, count: i32, scale: f64, target: usize): void {
  const x = changetype<F64s>(source), y = changetype<F64s>(target)
  for (let i = 0; i < count; i++) y[i] = Math.exp(scale * x[i])
}
