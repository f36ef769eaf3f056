import { beforeAll, expect, test } from 'vitest'
import { loadKernels } from '../../workers/loadKernels.node.ts'
import { analyse } from '../core/analyse.ts'
import type { Analysis } from '../core/analysis/analysis.ts'
import type { StepRecord } from '../core/analysis/selectFeatures.ts'
import { runStatisticsJob } from '../core/analysis/statisticsJob.ts'
import type { LogisticModel } from '../core/learn/logistic.ts'
import { protocolSchema } from '../core/protocol/protocol.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from '../core/simulate/simulateNoiseStudy.ts'
import { makeFeatureTable } from '../core/table/featureTable.ts'
import { eliminationFigure } from './eliminationFigure.ts'
import { forestPlotFigure } from './forestPlotFigure.ts'
import { importanceFigure } from './importanceFigure.ts'
import { lassoChoiceFigure, lassoPathFigure } from './lassoFigure.ts'
import { mrmrFigure } from './mrmrFigure.ts'
import { darkTheme } from './theme.ts'

/* Figures of records that the core makes: every number drawn is one of the record. */

const noise = simulateNoiseStudy({ ...defaultNoiseStudy, features: 8, training: { patients: 60, positives: 26 }, validation: { patients: 20, positives: 8 } }) // prettier-ignore
const { ids, columns, values } = noise.features
const told = values.map((value, at) =>
  at < 2 * ids.length ? value + 1.3 * (noise.outcomeOf.get(ids[at % ids.length]) ?? 0) : value,
)
const study = { ...noise, features: makeFeatureTable(ids, columns, told) }
const protocol = protocolSchema.parse({
  harmonise: { method: 'none' },
  select: [
    { method: 'mrmr', keep: 6 },
    { method: 'elimination', folds: 3, trees: 40 },
    { method: 'lasso', folds: 3 },
  ],
  models: [{ method: 'logistic' }, { method: 'forest', trees: 40 }],
  resample: { folds: 3 },
  evaluate: { bootstraps: 100 },
})

let analysis: Analysis
beforeAll(async () => {
  const kernels = await loadKernels()
  analysis = await analyse(study, protocol, (jobs) => Promise.all(jobs.map((job) => runStatisticsJob(kernels, job))))
}, 60_000)

function stepOf<Method extends StepRecord['method']>(method: Method): Extract<StepRecord, { method: Method }> {
  return analysis.path.selection.steps.find((one) => one.method === method) as Extract<StepRecord, { method: Method }>
}
const same = (name: string) => name

test('LASSO: a line a path, those kept last and coloured, both lambdas marked, the used one solid', () => {
  const step = stepOf('lasso')
  const { data, layout } = lassoPathFigure(step, same, darkTheme)
  expect(data).toHaveLength(step.paths.length)
  const kept = new Set(step.kept)
  expect(new Set(data.slice(-kept.size).map(({ name }) => name!))).toEqual(kept)
  for (const trace of data) {
    const path = step.paths.find(({ name }) => name === trace.name)!
    expect(trace).toMatchObject({ y: path.coefficients, line: { color: kept.has(path.name) ? darkTheme.models[0].colour : darkTheme.negative } }) // prettier-ignore
  }
  expect(layout.shapes!.map(({ x0, line }) => [x0, line!.dash])).toEqual([[Math.log(step.choice.minimum), 'solid'], [Math.log(step.choice.oneSe), 'dot']]) // prettier-ignore
  const choice = lassoChoiceFigure(step, darkTheme).data[0] as unknown as { y: number[]; error_y: { array: number[] } }
  expect([choice.y, choice.error_y.array]).toEqual([step.choice.mean, step.choice.standardError])
})

test('mRMR: relevance and redundancy in the order of choice; the first has no redundancy', () => {
  const step = stepOf('mrmr')
  const [relevance, redundancy] = mrmrFigure(step, same, darkTheme).data as unknown as { x: (number | null)[]; y: string[] }[]
  const inOrder = step.order.map((name) => step.details.find((one) => one.name === name)!)
  expect(relevance.x).toEqual(inOrder.map((one) => one.relevance))
  expect(redundancy.x.slice(1)).toEqual(inOrder.slice(1).map((one) => one.redundancy))
  expect(relevance.y.map((label) => label.split('. ')[1])).toEqual(step.order)
})

test('elimination: the mean of every size, and the size that was taken', () => {
  const step = stepOf('elimination')
  const [line, taken] = eliminationFigure(step, darkTheme).data as unknown as { x: number[]; y: number[] }[]
  expect([line.x, line.y]).toEqual([step.sizes.map(({ size }) => size), step.sizes.map(({ mean }) => mean)])
  expect(taken).toMatchObject({ name: 'taken', x: [step.kept.length], y: [step.sizes.find(({ size }) => size === step.kept.length)!.mean] }) // prettier-ignore
})

test('a forest plot has the odds ratios of the model, and bars to the ends of their intervals', () => {
  const model = analysis.path.models[0].model as LogisticModel
  const [points] = forestPlotFigure(model, 0, same, darkTheme).data as unknown as { x: number[]; error_x: { array: number[]; arrayminus: number[] } }[] // prettier-ignore
  expect(points.x).toEqual(model.terms.map(({ oddsRatio }) => oddsRatio))
  model.terms.forEach(({ oddsRatioInterval: [low, high] }, k) => {
    expect(points.x[k] + points.error_x.array[k]).toBeCloseTo(high, 10)
    expect(points.x[k] - points.error_x.arrayminus[k]).toBeCloseTo(low, 10)
  })
})

test('importance: a point a model and feature, the greatest loss on top', () => {
  const models = analysis.path.models.map(({ name }, at) => ({
    model: name,
    at,
    features: analysis.resampling!.importance[name]!,
  }))
  const { data, layout } = importanceFigure(models, same, darkTheme)
  expect(data.map(({ name }) => name)).toEqual(['LR', 'RF'])
  models.forEach(({ features }, k) => {
    const { x, error_x } = data[k] as unknown as { x: number[]; error_x: { array: number[] } }
    expect([...x].sort()).toEqual(features.map(({ drop }) => drop).sort())
    expect(error_x.array.every((reach) => reach >= 0)).toBe(true)
  })
  const drops = models.flatMap(({ features }) => features)
  const best = drops.reduce((a, b) => (b.drop > a.drop ? b : a))
  expect((layout.yaxis!.ticktext as string[])[0]).toBe(best.name)
})
