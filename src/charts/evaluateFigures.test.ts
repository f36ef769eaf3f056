import { expect, test } from 'vitest'
import { tracePrecisionRecall } from '../core/evaluate/precisionRecall.ts'
import { readThreshold } from '../core/evaluate/readThreshold.ts'
import { traceRoc } from '../core/evaluate/roc.ts'
import { classScoresFigure } from './classScoresFigure.ts'
import { criterionFigure } from './criterionFigure.ts'
import { roundTicks } from './nomogramTicks.ts'
import { precisionRecallFigure } from './precisionRecallFigure.ts'
import { binScores } from '../core/evaluate/binScores.ts'
import { scoreFigure } from './scoreFigure.ts'
import { darkTheme } from './theme.ts'
import { waterfallFigure } from './waterfallFigure.ts'
import { isEstimated } from './forestPlotFigure.ts'

const scores = [1, 2, 3, 4]
const outcome = [0, 1, 0, 1]

test('the model in hand is drawn above the others, the prevalence below all', () => {
  const curve = tracePrecisionRecall(scores, outcome)
  const { data } = precisionRecallFigure([{ name: 'A', at: 0, curve }, { name: 'B', at: 1, curve }], 'A', darkTheme) // prettier-ignore
  expect(data.map(({ name }) => name)).toEqual(['prevalence', 'B', 'A'])
  expect(data[0]).toMatchObject({ y: [0.5, 0.5] })
})

test('a criterion plot leaves out the thresholds beyond every score', () => {
  const roc = traceRoc(scores, outcome)
  const { data } = criterionFigure(roc.thresholds.map((_, i) => readThreshold(roc, i, 0.95)), darkTheme) // prettier-ignore
  const [sensitivity, specificity] = data.filter(({ name }) => name)
  expect(sensitivity).toMatchObject({ x: [1.5, 2.5, 3.5], y: [1, 0.5, 0.5] })
  expect(specificity).toMatchObject({ y: [0.5, 0.5, 1] })
})

test('bars of a waterfall stand over the cut-off for those who are called positive; patients of equal scores keep their order', () => {
  const patients = scores.map((score, i) => ({ id: `p${i}`, score, isPositive: outcome[i] === 1 }))
  const { data } = waterfallFigure(patients, 2.5, darkTheme)
  expect(data).toMatchObject([
    { name: 'positive', x: [2, 4], y: [-0.5, 1.5], text: ['p1', 'p3'] },
    { name: 'negative', x: [1, 3], y: [-1.5, 0.5] },
  ])
})

test('both classes stand on their own side, counted without a sign', () => {
  const { data, layout } = classScoresFigure(Float64Array.from(scores), outcome, 'score', darkTheme)
  expect(Math.max(...(data[0] as { y: number[] }).y)).toBe(1)
  expect(Math.min(...(data[1] as { y: number[] }).y)).toBe(-1)
  expect((layout.yaxis!.ticktext as string[]).some((text) => text.includes('-'))).toBe(false)
})

test('cut-offs of folds stand below the bars, those beyond every score are left out', () => {
  const bins = binScores(Float64Array.from(scores), outcome)
  const { data, layout } = scoreFigure(bins, [2.5, 3.1, Infinity, 40], darkTheme)
  expect(data[2]).toMatchObject({ name: 'cut-offs of folds', x: [2.5, 3.1] })
  expect((layout.yaxis!.range as number[])[0]).toBeLessThan(0)
  expect(scoreFigure(bins, [], darkTheme).data).toHaveLength(2)
})

test('ticks are round and within', () => {
  expect(roundTicks(0.04, 2.07)).toEqual([0.5, 1, 1.5, 2])
  expect(roundTicks(0, 100)).toEqual([0, 20, 40, 60, 80, 100])
  expect(roundTicks(-3, -1, 4)).toEqual([-3, -2.5, -2, -1.5, -1])
})

test('an odds ratio of separated classes is none; one of a penalised model, which has no interval, is', () => {
  expect(isEstimated({ oddsRatio: 1810.57, oddsRatioInterval: [0, Infinity] })).toBe(false)
  expect(isEstimated({ oddsRatio: NaN, oddsRatioInterval: [NaN, NaN] })).toBe(false)
  expect(isEstimated({ oddsRatio: 1.4, oddsRatioInterval: [NaN, NaN] })).toBe(true)
  expect(isEstimated({ oddsRatio: 2.59, oddsRatioInterval: [1.57, 4.28] })).toBe(true)
})
