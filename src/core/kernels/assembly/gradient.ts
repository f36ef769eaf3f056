/**
 * Magnitude of the central differences, border values repeated; float32 values stored as float64. The order of operations is ITK's
 * (GradientMagnitudeImageFilter): each difference is a sum of two products.
 * @param hx half the reciprocal of the spacing along x
 */
export function gradientMagnitude(source: usize, nx: i32, ny: i32, nz: i32, hx: f64, hy: f64, hz: f64, target: usize): void {
  const line = <usize>nx << 3
  const plane = line * <usize>ny
  let at = source
  let to = target
  for (let z = 0; z < nz; z++) {
    const below: usize = z > 0 ? plane : 0
    const above: usize = z < nz - 1 ? plane : 0
    for (let y = 0; y < ny; y++) {
      const before: usize = y > 0 ? line : 0
      const after: usize = y < ny - 1 ? line : 0
      for (let x = 0; x < nx; x++) {
        const dx = hx * load<f64>(at + (x < nx - 1 ? 8 : 0)) - hx * load<f64>(at - (x > 0 ? 8 : 0))
        const dy = hy * load<f64>(at + after) - hy * load<f64>(at - before)
        const dz = hz * load<f64>(at + above) - hz * load<f64>(at - below)
        store<f64>(to, <f64><f32>Math.sqrt(dx * dx + dy * dy + dz * dz))
        at += 8
        to += 8
      }
    }
  }
}
