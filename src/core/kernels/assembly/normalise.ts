/** (x - mean) * perSd, limited to +-limit, times scale: in place, over `count` float64 values, in this order of operations. NaN stays NaN. */
export function normalise(values: usize, count: i32, mean: f64, perSd: f64, limit: f64, scale: f64): void {
  const means = f64x2.splat(mean)
  const factors = f64x2.splat(perSd)
  const most = f64x2.splat(limit)
  const least = f64x2.splat(-limit)
  const scales = f64x2.splat(scale)
  let at = values
  for (let i = 0; i < count >> 1; i++, at += 16) {
    const z = f64x2.mul(f64x2.sub(v128.load(at), means), factors)
    v128.store(at, f64x2.mul(f64x2.max(f64x2.min(z, most), least), scales))
  }
  if (count & 1) {
    const z = (load<f64>(at) - mean) * perSd
    store<f64>(at, max(min(z, limit), -limit) * scale)
  }
}
