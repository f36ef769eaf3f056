/** The least number 2^a 3^b that is not below `least`: lengths that the kernels' Fourier transforms take. */
export function transformLength(least: number): number {
  let best = Infinity
  for (let three = 1; three < 3 * least; three *= 3) {
    let length = three
    while (length < least) length *= 2
    best = Math.min(best, length)
  }
  return best
}
