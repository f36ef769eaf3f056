import { expect, it } from 'vitest'
import { lesionColours } from '../palette.ts'

type Triple = readonly number[]
const times = (rows: readonly Triple[], [x, y, z]: Triple) => rows.map(([a, b, c]) => a * x + b * y + c * z)
const linear = (colour: Triple) => colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)) // prettier-ignore

/** How eyes see linear red, green and blue: all, and without one kind of cones (Machado, Oliveira, Fernandes 2009, severity 1). */
const eyes: Readonly<Record<string, readonly Triple[]>> = {
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
} // prettier-ignore

/** CIE L*a*b* for D65. */
function labOf(rgb: Triple): Triple {
  const toXyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]] // prettier-ignore
  const [x, y, z] = times(toXyz, rgb).map((value, i) => {
    const t = value / [0.95047, 1, 1.08883][i]
    return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116
  })
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
const distance = (a: Triple, b: Triple) => Math.hypot(...a.map((value, i) => value - b[i]))

it.each(Object.keys(eyes))('lesions are told apart, and from any grey, by eyes that have %s cones', (kind) => {
  const seen = lesionColours.map((colour) => labOf(times(eyes[kind], linear(colour)).map((value) => Math.min(1, Math.max(0, value))))) // prettier-ignore
  for (const [i, a] of seen.entries()) {
    expect(Math.hypot(a[1], a[2]), `colour ${i + 1} against grey`).toBeGreaterThan(15)
    for (const [j, b] of seen.slice(0, i).entries()) expect(distance(a, b), `colours ${j + 1} and ${i + 1}`).toBeGreaterThan(22)
  }
})
