import * as ort from 'onnxruntime-web'
import { describe, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { readAnswers, readStudy, studyNames, trainingOf } from '../../../reference/studies.ts'
import { growTrees, type GrowTreesJob } from '../../core/learn/forest.ts'
import { defaultForestModelOptions, fitForest } from '../../core/learn/forestModel.ts'
import { fitInterceptOnly } from '../../core/learn/interceptOnly.ts'
import { defaultLassoOptions, fitLasso } from '../../core/learn/lasso.ts'
import { defaultLogisticOptions, fitLogistic } from '../../core/learn/logistic.ts'
import { defaultMlForestOptions, fitMlForest, type MlNode } from '../../core/learn/mlRandomForest.ts'
import { applyModel, type Model } from '../../core/learn/model.ts'
import { defaultSvmOptions, fitSvm } from '../../core/learn/svm.ts'
import { createRandom } from '../../core/numeric/random.ts'
import { columnAt, makeFeatureTable, pickColumns, pickRows, type FeatureTable } from '../../core/table/featureTable.ts'
import { formatOnnxModel } from './onnxModel.ts'

ort.env.wasm.numThreads = 1

const kernels = await loadKernels()
const run = async (jobs: readonly GrowTreesJob[]) => jobs.map((job) => growTrees(kernels, job))
const outcome = { column: 'HER2', positive: 'yes' }
const write = (model: Model) => formatOnnxModel({ name: 'M', outcome, model }, 'a'.repeat(64))

/** What ONNX Runtime says of the patients of a table. */
async function runOnnx(model: Model, { ids, columns, values }: FeatureTable) {
  const session = await ort.InferenceSession.create(write(model), { executionProviders: ['wasm'] })
  const rows = ids.length
  const rowMajor = values.map((_, at) => values[(at % columns.length) * rows + Math.floor(at / columns.length)])
  const result = await session.run({ features: new ort.Tensor('float64', rowMajor, [rows, columns.length]) })
  const label = Array.from(result.label.data as BigInt64Array, Number)
  await session.release()
  return { names: session.outputNames, label, scores: (result.probability ?? result.score).data as Float64Array }
}

/** Doubles right below and above. */
function neighbours(value: number): [number, number] {
  const bits = new BigInt64Array(new Float64Array([value]).buffer)[0]
  const at = (shift: bigint) => new Float64Array(new BigInt64Array([bits + shift]).buffer)[0]
  return value < 0 ? [at(1n), at(-1n)] : value > 0 ? [at(-1n), at(1n)] : [-Number.MIN_VALUE, Number.MIN_VALUE]
}

/** By column, in which value a tree turns. */
function thresholdsOf(model: Model): number[][] {
  const found: number[][] = model.columns.map(() => [])
  if (model.kind !== 'forest') return found
  if (model.engine === 'wasm')
    model.trees.column.forEach((column, at) => column >= 0 && found[column].push(model.trees.threshold[at])) // prettier-ignore
  else {
    const walk = (node: MlNode) => {
      if (typeof node !== 'object') return
      found[node.column].push(node.cut)
      walk(node.left)
      walk(node.right)
    }
    model.trees.forEach(walk)
  }
  return found
}

/** Patients within the range of training; every second value is a threshold of a tree, or the double beside one. */
function drawPatients(model: Model, training: FeatureTable, rows: number): FeatureTable {
  const random = createRandom(5)
  const thresholds = thresholdsOf(model)
  const values = model.columns.flatMap((_, j) => {
    const column = columnAt(training, j)
    const [least, greatest] = [Math.min(...column), Math.max(...column)]
    return Array.from({ length: rows }, (_, i) => {
      const cuts = thresholds[j]
      if (i % 2 === 0 || cuts.length === 0) return least + (greatest - least) * random.uniform()
      const cut = cuts[random.integer(cuts.length)]
      return [cut, ...neighbours(cut)][random.integer(3)]
    })
  })
  return makeFeatureTable(Array.from({ length: rows }, (_, i) => `drawn ${i}`), model.columns, Float64Array.from(values)) // prettier-ignore
}

describe.each(studyNames)('%s', (name) => {
  const study = readStudy(name)
  const { features } = readAnswers<{ features: string[] }>(name, 'models')
  const training = trainingOf(study, features)
  const validation = pickColumns(pickRows(study.table, study.cohorts.validation), features)

  test.each<[string, () => Model | Promise<Model>]>([
    ['logistic, a unit', () => fitLogistic(training)],
    ['logistic, standardised', () => fitLogistic(training, { ...defaultLogisticOptions, standardise: true })],
    ['logistic, weighted', () => fitLogistic(training, { ...defaultLogisticOptions, classWeights: 'balanced' })],
    ['lasso', () => fitLasso(training, { ...defaultLassoOptions, lambda: 'one SE' })],
    ['svm, radial', () => fitSvm(training)],
    ['svm, linear', () => fitSvm(training, { ...defaultSvmOptions, kernel: 'linear' })],
    ['svm, not standardised, decision values', () => fitSvm(training, { ...defaultSvmOptions, standardise: false, probability: false })], // prettier-ignore
    ['forest, shares', () => fitForest(training, defaultForestModelOptions, run)],
    ['forest, votes', () => fitForest(training, { ...defaultForestModelOptions, trees: 100, minimumNodeSize: 20, voting: 'majority' }, run)], // prettier-ignore
    ['ml-random-forest', () => fitMlForest(training, { ...defaultMlForestOptions, trees: 100 })],
  ])('%s: ONNX Runtime says what Texel says', async (_, fit) => {
    const model = await fit()
    for (const table of [validation, drawPatients(model, training, 1000)]) {
      const expected = applyModel(model, table)
      const { names, label, scores } = await runOnnx(model, table)
      const isProbability = model.score === 'probability'
      expect(names).toEqual(['label', isProbability ? 'probability' : 'score'])
      const ours = expected.map((_, i) => (isProbability ? scores[2 * i + 1] : scores[i]))
      expect(Math.max(...expected.map((score, i) => Math.abs(score - ours[i])))).toBeLessThan(1e-6)
      const cut = model.kind === 'svm' && !isProbability ? 0 : 0.5
      // A score within what rounding to floats may shift has no side.
      expect(label.filter((side, i) => Math.abs(expected[i] - cut) > 1e-6 && side !== Number(expected[i] > cut))).toEqual([])
      if (isProbability) expect(Math.max(...expected.map((_, i) => Math.abs(scores[2 * i] + scores[2 * i + 1] - 1)))).toBeLessThan(1e-12) // prettier-ignore
    }
  })
})

test('the same model gives the same bytes; without a column there is nothing to write', () => {
  const training = trainingOf(readStudy('ispy1')).columns
  const table = trainingOf(readStudy('ispy1'), training.slice(0, 3))
  const model = fitLogistic(table)
  expect(write(model)).toEqual(write(model))
  const text = new TextDecoder().decode(write(model))
  for (const told of [JSON.stringify(table.columns), 'a'.repeat(64), 'HER2']) expect(text).toContain(told)
  expect(() => write(fitInterceptOnly(table))).toThrowSaying('M looks at no feature')
})
