const log2E = 1.4426950408889634
const ln2High = 6.93147180369123816490e-1 // prettier-ignore
const ln2Low = 1.90821492927058770002e-10 // prettier-ignore
const powersOfHalf = Float64Array.from({ length: 80 }, (_, k) => halve(k))

/**
 * e^x for -50 <= x <= 0 in plain arithmetic: FreeBSD's e_exp.c, with a table in place of its scaling by 2^k, which makes it
 * several times as fast as `exp` of `functions.ts` and gives the same bits.
 */
export function expBelowZero(x: number): number {
  const k = Math.floor(0.5 - log2E * x)
  const high = x + k * ln2High
  const low = -k * ln2Low
  const r = high - low
  const t = r * r
  const c = r - t * (0.16666666666666602 + t * (-0.0027777777777015593 + t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8)))) // prettier-ignore
  return (1 - (low - (r * c) / (2 - c) - high)) * powersOfHalf[k]
}

function halve(times: number): number {
  let value = 1
  for (let k = 0; k < times; k++) value /= 2
  return value
}
