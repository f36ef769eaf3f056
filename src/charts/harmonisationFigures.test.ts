import { expect, test } from 'vitest'
import type { HarmonisationCheck } from '../core/analysis/checkHarmonisation.ts'
import { aucShiftFigure, strength } from './aucShiftFigure.ts'
import { batchEffectFigure, binEffects } from './batchEffectFigure.ts'
import { batchStyle } from './batchStyles.ts'
import { componentsArea, componentsFigure } from './componentsFigure.ts'
import { densityFigure } from './densityFigure.ts'
import { binIcc, iccFigure } from './iccFigure.ts'
import { nearThreshold } from './iccForestFigure.ts'
import { iccShareFigure } from './iccShareFigure.ts'
import { darkTheme, printTheme } from './theme.ts'

const effect = (before: number, after: number) => ({ feature: `f${before}`, partialEtaSquared: { before, after }, epsilonSquared: { before, after } }) // prettier-ignore
const drawn = (figure: { data: readonly unknown[] }) => figure.data as readonly { name?: string; x: number[]; y: number[]; text?: string[]; z?: (number | null)[][] }[] // prettier-ignore

test('every feature with a batch effect is in one bin, before and after; what is not defined is in none', () => {
  const check = { effects: [effect(0, 0), effect(0.02, 0.019), effect(0.6, 0.01), effect(NaN, NaN), effect(0.14, 0)] }
  const { before, after } = binEffects(check)
  expect([before[0], before[1], before[7], before[30]]).toEqual([1, 1, 1, 1])
  expect(after[0]).toBe(4)
  const [measured, harmonised] = drawn(batchEffectFigure(check, true, darkTheme))
  expect(measured.y.reduce((a, b) => a + b)).toBe(4)
  expect(harmonised.y.reduce((a, b) => a + b)).toBe(4)
  expect(drawn(batchEffectFigure(check, false, darkTheme)).map(({ name }) => name)).toEqual(['as measured', undefined])
})

test('an AUC counts whichever way a feature points', () => {
  const { aucs } = { aucs: [{ feature: 'a', before: 0.2, after: 0.55 }, { feature: 'b', before: NaN, after: NaN }] } // prettier-ignore
  const [, dots] = drawn(aucShiftFigure({ aucs }, darkTheme))
  expect([dots.x, dots.y, dots.text]).toEqual([[0.8], [0.55], ['a']])
  expect(strength(0.3)).toBe(0.7)
})

test('both pictures of components have the same axes, each batch its colour and shape, an ellipse of one SD around its mean', () => {
  const places = [[1, 0], [-1, 0], [0, 2], [0, -2]] as const // prettier-ignore
  const point = (batch: string, k: number, shift: number) => ({ id: `${batch}${k}`, batch, cohort: 'training', before: [places[k][0] + shift, places[k][1]] as const, after: places[k] }) // prettier-ignore
  const points = [0, 1, 2, 3].flatMap((k) => [point('A', k, 5), point('B', k, 0)])
  const components: NonNullable<HarmonisationCheck['components']> = { points, explained: { before: [0.5, 0.2], after: [0.3, 0.3] }, leftOut: [], learntFrom: [] } // prettier-ignore
  const [before, after] = (['before', 'after'] as const).map((when) => componentsFigure(components, when, ['A', 'B'], darkTheme))
  expect(after.layout.xaxis!.range).toEqual(before.layout.xaxis!.range)
  expect(componentsArea(components).x[1]).toBeGreaterThan(6)
  const [ellipse, dots] = drawn(before)
  expect(dots.x).toEqual([6, 4, 5, 5])
  // Variances 2/3 and 8/3, no covariance.
  expect(Math.max(...ellipse.x)).toBeCloseTo(5 + Math.sqrt(2 / 3), 10)
  expect(Math.max(...ellipse.y)).toBeCloseTo(Math.sqrt(8 / 3), 10)
  expect(before.layout.xaxis!.title).toMatchObject({ text: 'component 1 (50 % of variance)' })
})

test('twelve batches have twelve styles on screen and in print', () => {
  for (const theme of [darkTheme, printTheme]) {
    const styles = Array.from({ length: 12 }, (_, at) => Object.values(batchStyle(theme, at)).join())
    expect(new Set(styles).size).toBe(12)
  }
})

test('a batch whose values are all equal has no density; a feature without any has no figure', () => {
  const figure = densityFigure([{ batch: 'A', before: [1, 2, 3], after: [4, 4, 4] }], 'x', darkTheme)!
  expect(drawn(figure).map(({ name }) => name)).toEqual(['A, as measured'])
  expect(densityFigure([{ batch: 'A', before: [1, 1], after: [] }], 'x', darkTheme)).toBeNull()
})

const column = (name: string, icc: number) => ({ column: name, icc, lower: icc - 0.1, upper: icc + 0.1, f: 1, df1: 1, df2: 1, p: 1, patients: 20, kept: icc > 0.75 }) // prettier-ignore
const step = { form: 'ICC2', columns: [column('a', -0.7), column('b', 0.74), column('c', 0.76), column('d', 1), column('e', NaN)] } as const // prettier-ignore

test('features are counted by ICC at both sides of the threshold; those without one stand apart', () => {
  const { counts, undefinedOnes } = binIcc(step)
  expect(counts.reduce((a, b) => a + b)).toBe(4)
  expect([counts[0], counts.at(-1), undefinedOnes]).toEqual([1, 1, 1])
  const [below, above, none] = drawn(iccFigure(step, 0.75, darkTheme))
  const sum = (of: { y: number[] }) => of.y.reduce((a, b) => a + b)
  expect([sum(below), sum(above), sum(none)]).toEqual([2, 2, 1])
})

test('the features nearest to the threshold stand in the order of their ICC', () => {
  expect(nearThreshold(step, 0.75).map(({ column }) => column)).toEqual(['d', 'c', 'b', 'a'])
})

test('a kind of feature that is not there has no share', () => {
  const [map] = drawn(iccShareFigure([{ kind: 'glcm', image: 'original', passed: 3, all: 4 }, { kind: 'shape', image: 'square', passed: 0, all: 2 }], darkTheme)) // prettier-ignore
  expect(map.z).toEqual([[0.75, null], [null, 0]]) // prettier-ignore
})

test('where nothing is harmonised there is one curve a batch, drawn in full', () => {
  const [curve, ...others] = densityFigure([{ batch: 'A', before: [1, 2, 3], after: null }], 'x', darkTheme)!.data
  expect(curve).toMatchObject({ name: 'A, as measured', line: { dash: 'solid' } })
  expect(others).toEqual([])
})
