import { expect, test } from 'vitest'
import { batchStyle } from './batchStyles.ts'
import { darkTheme, lightTheme, printTheme, type ChartTheme } from './theme.ts'

type Rgb = readonly [number, number, number]

/** 0 to 1, linear light. */
const linear = (colour: string): Rgb =>
  [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb

const luminance = (colour: string) => linear(colour).reduce((sum, value, i) => sum + [0.2126, 0.7152, 0.0722][i] * value, 0)
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** Of Machado, Oliveira and Fernandes 2009 at severity 1. */
const sights: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
} // prettier-ignore

function lab(colour: string, sight: readonly Rgb[]): Rgb {
  const rgb = linear(colour)
  const [r, g, b] = sight.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, x, i) => sum + x * rgb[i], 0),
      ),
    ),
  )
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const ofModels = ({ positive, negative, models }: ChartTheme) => [...new Set(models.map(({ colour }) => colour)), positive, negative] // prettier-ignore
const ofBatches = ({ batches }: ChartTheme) => batches

/** The least CIE76 difference of any two colours that can stand in one figure. */
function leastDifference(drawn: readonly string[], sight: string): number {
  const colours = drawn.map((colour) => lab(colour, sights[sight]))
  const differences = colours.flatMap((a, i) =>
    colours.slice(i + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
  )
  return Math.min(...differences)
}

test.each<[string, readonly string[], Readonly<Record<string, number>>]>([
  ['models, dark', ofModels(darkTheme), { normal: 43, protanopia: 26, deuteranopia: 21, tritanopia: 22 }],
  ['models, print', ofModels(printTheme), { normal: 34, protanopia: 14, deuteranopia: 12, tritanopia: 25 }],
  ['models, light', ofModels(lightTheme), { normal: 34, protanopia: 14, deuteranopia: 12, tritanopia: 25 }],
  ['batches, light', ofBatches(lightTheme), { normal: 52, protanopia: 38, deuteranopia: 28, tritanopia: 26 }],
  ['batches, dark', ofBatches(darkTheme), { normal: 47, protanopia: 25, deuteranopia: 24, tritanopia: 25 }],
  ['batches, print', ofBatches(printTheme), { normal: 52, protanopia: 38, deuteranopia: 28, tritanopia: 26 }],
])('colours of %s are told apart by every eye', (_, drawn, least) => {
  for (const [sight, difference] of Object.entries(least))
    expect(leastDifference(drawn, sight), sight).toBeGreaterThan(difference)
})

test('six hues by six shapes: no two of 36 batches look alike', () => {
  for (const theme of [darkTheme, printTheme])
    expect(new Set(Array.from({ length: 36 }, (_, at) => Object.values(batchStyle(theme, at)).join())).size).toBe(36)
})

test.each<[string, ChartTheme, string, number]>([
  ['dark', darkTheme, '#14171e', 4],
  ['light', lightTheme, '#ffffff', 3.2],
  ['print', printTheme, '#ffffff', 3.2],
])('lines of the %s theme stand out from their ground', (_, theme, ground, least) => {
  for (const colour of [...ofModels(theme), ...ofBatches(theme)])
    expect(contrast(colour, ground), colour).toBeGreaterThanOrEqual(least)
  expect(contrast(theme.text, ground)).toBeGreaterThanOrEqual(7)
  expect(contrast(theme.dim, ground)).toBeGreaterThanOrEqual(4.5)
})

test('twelve models have a line of their own each', () => {
  for (const { models } of [darkTheme, printTheme])
    expect(new Set(models.map(({ colour, dash }) => `${colour} ${dash}`)).size).toBe(12)
})
