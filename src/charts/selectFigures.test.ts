import { expect, test } from 'vitest'
import type { AnnealingSelection } from '../core/select/annealing.ts'
import type { BorutaSelection } from '../core/select/boruta.ts'
import type { RankSumSelection } from '../core/select/rankSumFilter.ts'
import { annealingFigure, annealingPoints } from './annealingFigure.ts'
import { borutaFigure, boxesOf, shadowBoxes } from './borutaFigure.ts'
import { correlationFigure } from './correlationFigure.ts'
import { darkTheme, printTheme } from './theme.ts'
import { volcanoFigure } from './volcanoFigure.ts'
import { areaOf, walkFigure } from './walkPoints.ts'

const column = (name: string, auc: number, p: number, kept: boolean) => ({ column: name, statistic: 1, auc, p, adjusted: p, exact: false, kept }) // prettier-ignore
const rankSum: RankSumSelection = {
  method: 'rankSum',
  alpha: 0.05,
  adjust: 'none',
  kept: ['a', 'b'],
  learntFrom: [],
  tested: 3,
  expectedByChance: 0.15,
  keptAfterBh: 1,
  columns: [column('a', 0.7, 1e-20, true), column('b', 0.35, 0.01, true), column('c', 0.52, 0.6, false), column('d', NaN, NaN, false)], // prettier-ignore
}

test('a volcano has every tested feature once; what is below 1e-16 is a triangle at the top edge', () => {
  const { data, layout } = volcanoFigure(rankSum, darkTheme)
  expect(data.slice(1)).toMatchObject([
    { x: [0.52], text: ['c'] },
    { x: [0.7, 0.35], y: [16, 2], text: ['a', 'b'], marker: { symbol: ['triangle-up', 'circle'] } },
  ])
  const [low, high] = layout.yaxis!.range as number[]
  expect(low).toBe(0)
  expect(high).toBeGreaterThan(16)
})

const boruta = {
  method: 'boruta',
  options: {},
  details: [
    { name: 'low', decision: 'rejected', hits: 0, runs: 2 },
    { name: 'high', decision: 'confirmed', hits: 4, runs: 4 },
  ],
  history: [
    { importance: [1, 5], shadows: { least: -2, mean: 0, greatest: 2 } },
    { importance: [2, 6], shadows: { least: -1, mean: 0, greatest: 3 } },
    { importance: [null, 7], shadows: { least: -3, mean: 0, greatest: 4 } },
    { importance: [null, 8], shadows: { least: -2, mean: 1, greatest: 5 } },
  ],
} as unknown as BorutaSelection

test('a box is made of the runs that a feature took part in, the highest median first', () => {
  expect(boxesOf(boruta)).toMatchObject([
    { name: 'high', kind: 'confirmed', least: 5, lower: 5.75, median: 6.5, upper: 7.25, greatest: 8 },
    { name: 'low', kind: 'rejected', least: 1, median: 1.5, greatest: 2 },
  ])
  const [greatest] = shadowBoxes(boruta)
  expect(greatest).toMatchObject({ kind: 'shadow', median: 3.5 })
  const { data, layout } = borutaFigure([...boxesOf(boruta), greatest], (name) => name, darkTheme)
  expect(data.map(({ name }) => name)).toEqual(['confirmed', 'rejected', 'shadow'])
  expect(data[0]).toMatchObject({ y: ['high  4/4'] })
  expect(layout.shapes).toMatchObject([{ x0: 3.5, x1: 3.5 }])
})

const step = (inside: number, outside: number | undefined, size: number) => ({ inside, outside, subset: Array.from({ length: size }, (_, i) => i) }) // prettier-ignore
const annealing = {
  method: 'annealing',
  options: { metric: 'AUC', folds: 2 },
  iteration: 2,
  averages: [0.6, 0.7],
  folds: [{ steps: [step(0.6, 0.5, 3), step(0.7, 0.6, 2)] }, { steps: [step(0.6, 0.7, 3), step(0.7, 0.8, 2)] }],
  candidates: ['a', 'b', 'c'],
  final: { steps: [{ ...step(0.65, undefined, 3), outcome: 'improved', restart: false }, { ...step(0.75, undefined, 2), outcome: 'discarded', restart: true }] }, // prettier-ignore
} as unknown as AnnealingSelection

test('annealing has the mean of folds with its standard error, and marks the iteration that was chosen', () => {
  expect(annealingPoints(annealing)).toMatchObject([
    { iteration: 1, heldOut: 0.6, standardError: expect.closeTo(0.1, 9), inside: 0.65, size: 3, subset: ['a', 'b', 'c'], outcome: 'improved', restart: false }, // prettier-ignore
    { iteration: 2, heldOut: 0.7, standardError: expect.closeTo(0.1, 9), inside: 0.75, size: 2, subset: ['a', 'b'], outcome: 'discarded', restart: true }, // prettier-ignore
  ])
  const { data } = annealingFigure(annealing, darkTheme)
  expect(data.find(({ name }) => name === 'chosen')).toMatchObject({ x: [2], y: [0.7] })
})

const matrix = (count: number) => ({ columns: Array.from({ length: count }, (_, i) => `f${i}`), rho: Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, j) => (i === j ? 1 : -0.25))), patients: 9 }) // prettier-ignore

test('numbers stand in a correlation map as long as they can be read', () => {
  const { layout } = correlationFigure(matrix(3), (name) => name, darkTheme)
  expect(layout.annotations).toHaveLength(6)
  expect(layout.annotations![0]).toMatchObject({ text: '−.3' })
  expect(correlationFigure(matrix(16), (name) => name, darkTheme).layout.annotations).toEqual([])
})

test('what is printed has the colours of print alone', () => {
  const drawn = JSON.stringify([volcanoFigure(rankSum, printTheme), borutaFigure(boxesOf(boruta), (name) => name, printTheme), annealingFigure(annealing, printTheme)]) // prettier-ignore
  for (const colour of [darkTheme.text, darkTheme.dim, darkTheme.good, darkTheme.models[0].colour]) expect(drawn).not.toContain(colour) // prettier-ignore
})

test('points are walked from left to right, by what they say; what is for the eye alone is left out', () => {
  const figure = volcanoFigure(rankSum, darkTheme)
  const [dropped, kept] = walkFigure(figure)
  expect([dropped.name, kept.name]).toEqual(['dropped', 'kept'])
  expect(kept.points.map(({ words }) => words)).toEqual(['b: AUC of the feature alone 0.35, −log₁₀ P 2', 'a: AUC of the feature alone 0.7, −log₁₀ P 16']) // prettier-ignore
  const { x } = areaOf(figure)
  expect(kept.points[0].left).toBeCloseTo((0.35 - x[0]) / (x[1] - x[0]), 12)
  expect(kept.points[1].top).toBeGreaterThan(0)
})
