import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { createRandom, deriveSeed, sampleWithoutReplacement, shuffle, stateFromSeed, type Random } from '../numeric/random.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import {
  defaultForestOptions,
  growForest,
  growTrees,
  judgeRows,
  predictForest,
  type ForestOptions,
  type GrowTreesJob,
} from './forest.ts'
import type { ForestData } from './forestInput.ts'
import { rankData } from './rankData.ts'
import { applyForest, defaultForestModelOptions, fitForest } from './forestModel.ts'

const kernels = await loadKernels({ build: 'debug' })
const release = await loadKernels()

const runWith = (used: Kernels) => async (jobs: readonly GrowTreesJob[]) => jobs.map((job) => growTrees(used, job))
const grow = (data: ForestData, options: Partial<ForestOptions> = {}, used = release) =>
  growForest(data, { ...defaultForestOptions, trees: 50, ...options }, runWith(used))

/** Class 1 where the sum of the first two columns is high; `levels` makes ties. */
function simulate(rows: number, columns: number, { levels = 0, seed = 1 } = {}): ForestData {
  const random = createRandom(seed)
  const draw = () => (levels > 0 ? random.integer(levels) / levels : random.uniform())
  const values = Float64Array.from({ length: rows * columns }, draw)
  const outcome = Uint8Array.from({ length: rows }, (_, i) =>
    values[i] + (values[rows + i] ?? 0) + 0.5 * random.uniform() > 1.25 ? 1 : 0,
  )
  return { rows, columns, values, outcome }
}

describe.each([
  ['debug', kernels],
  ['release', release],
] as const)('the random numbers of the %s build', (_, { scope, allocate, i32, exports }) => {
  test('are those of numeric/random.ts', () => {
    scope(() => {
      const state = allocate(16)
      const seed = deriveSeed(7, 'tree', 3)
      i32(state, 4).set(stateFromSeed(seed))
      const random = createRandom(seed)
      for (let i = 0; i < 1000; i++) expect(exports.nextBits(state) >>> 0).toBe(random.bits())
      for (const n of [1, 2, 3, 250, 2 ** 16, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1])
        for (let i = 0; i < 200; i++) expect(exports.nextInteger(state, n) >>> 0).toBe(random.integer(n))
      const many = allocate(4 * 200)
      for (const n of [1, 2, 3, 250, 65535, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1]) {
        exports.fillIntegers(state, n, 200, many)
        for (const one of i32(many, 200)) expect(one >>> 0).toBe(random.integer(n))
      }
    })
  })
})

/** Noise: patients of one to three rows each, which are alike but for a hair. */
function simulateLesions(seed: number): ForestData & { patients: readonly string[] } {
  const random = createRandom(seed)
  const patients = Array.from({ length: 40 }, (_, p) => Array.from({ length: 1 + random.integer(3) }, () => `p${p}`)).flat()
  const own = new Map(patients.map((patient) => [patient, { label: random.integer(2), values: Array.from({ length: 4 }, () => random.uniform()) }])) // prettier-ignore
  const values = Float64Array.from([0, 1, 2, 3].flatMap((j) => patients.map((patient) => own.get(patient)!.values[j] + 1e-3 * random.uniform()))) // prettier-ignore
  const outcome = Uint8Array.from(patients, (patient) => own.get(patient)!.label)
  return { rows: patients.length, columns: 4, values, outcome, patients }
}

const withoutPatients = ({ rows, columns, values, outcome }: ForestData): ForestData => ({ rows, columns, values, outcome })

test("a patient's rows are in or out of a bag together, and patients of one row each change no bit", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), fc.boolean(), fc.constantFrom(1, 0.6), async (seed, replace, fraction) => {
      const data = simulateLesions(seed)
      const options = { trees: 30, seed, sampling: { replace: replace || fraction === 1, fraction } }
      const together = await grow(data, options, kernels)
      expect(await grow(data, options)).toEqual(together)
      // The trees that judge a row are those that judge all rows of its patient.
      const judges = new Map<string, number>()
      data.patients.forEach((patient, row) => {
        const trees = together.outOfBag.trees[row]
        expect(trees).toBe(judges.get(patient) ?? trees)
        judges.set(patient, trees)
      })
      const alone = data.patients.map((_, row) => `row ${row}`)
      expect(await grow({ ...data, patients: alone }, options)).toEqual(await grow(withoutPatients(data), options))
    }),
    { numRuns: 15 },
  )
})

test('bags draw patients: as many as there are, a third of them left out', async () => {
  const data = simulateLesions(7)
  const { outOfBag } = await grow(data, { trees: 4000, importance: 'gini' })
  const expected = (1 - 1 / 40) ** 40
  for (const trees of outOfBag.trees) expect(Math.abs(trees / 4000 - expected)).toBeLessThan(0.04)
})

test('rows of a patient that are alike do not tell each other: noise stays noise', async () => {
  const aucs = await Promise.all(Array.from({ length: 20 }, async (_, seed) => {
    const { patients, ...data } = simulateLesions(seed)
    const auc = async (used: ForestData) => rocAuc((await grow(used, { seed })).outOfBag.probability, data.outcome)
    return [await auc(data), await auc({ ...data, patients })]
  })) // prettier-ignore
  const mean = (which: number) => aucs.reduce((sum, pair) => sum + pair[which], 0) / aucs.length
  expect(mean(0)).toBeGreaterThan(0.75)
  expect(Math.abs(mean(1) - 0.5)).toBeLessThan(0.08)
})

test('bags that could outgrow the counters are refused', async () => {
  const rows = 1200
  const patients = Array.from({ length: rows }, (_, i) => `p${Math.max(0, i - 100)}`)
  const data = { rows, columns: 1, values: new Float64Array(rows), outcome: Uint8Array.from({ length: rows }, (_, i) => i % 2), patients } // prettier-ignore
  await expect(grow(data)).rejects.toThrowSaying('1100 patients of up to 101 rows could make more')
})

describe('a forest grown by the definition, slowly', () => {
  const cases: [string, ForestData, Partial<ForestOptions>][] = [
    ['plain', simulate(60, 7), {}],
    ['ties', simulate(80, 5, { levels: 4 }), {}],
    ['all columns, larger leaves', simulate(70, 3), { mtry: 3, minimumNodeSize: 10 }],
    ['a depth of 2', simulate(70, 9), { maximumDepth: 2 }],
    ['half of the rows, each once', simulate(65, 6), { sampling: { replace: false, fraction: 0.5 } }],
    ['class weights', simulate(60, 6, { levels: 6 }), { classWeights: [1, 4] }],
    ['more columns than rows', simulate(20, 90), {}],
    ['many rows a node', simulate(200, 4), {}],
    [
      'more cases than bytes count',
      simulate(1100, 2, { levels: 60 }),
      { maximumDepth: 4, sampling: { replace: false, fraction: 0.5 } },
    ],
    ['few draws of many rows', simulate(700, 4), { sampling: { replace: false, fraction: 0.06 } }],
  ]
  test.each(cases)('has the same trees and importances: %s', async (_, data, options) => {
    const all = { ...defaultForestOptions, ...options, trees: 20, seed: 11 }
    const forest = await grow(data, all)
    const slow = growByDefinition(data, all)
    expect([...(forest.trees.column as Int32Array)]).toEqual(slow.nodes.map((node) => node.column))
    expect([...(forest.trees.threshold as Float64Array)]).toEqual(slow.nodes.map((node) => node.threshold))
    forest.outOfBag.probability.forEach((p, i) => expect(p).toBeCloseTo(slow.probability[i], 12))
    forest.importance.permutation!.mean.forEach((loss, j) => expect(loss).toBeCloseTo(slow.loss[j], 12))
    forest.importance.gini.forEach((decrease, j) => expect(decrease).toBeCloseTo(slow.gini[j], 9))
    expect(slow.loss.some((loss) => loss !== 0)).toBe(true)
  })
})

test('both builds, any cut into workers and any order of jobs give the same bits', async () => {
  const data = simulate(120, 30)
  const options = { trees: 130, seed: 5 }
  const one = await grow(data, options)
  const debug = await grow(data, options, kernels)
  const workers = [await loadKernels(), await loadKernels()]
  const many = await growForest(data, { ...defaultForestOptions, ...options }, async (jobs) => {
    const results = jobs.map((job, i) => [i, structuredClone(job)] as const)
    return results
      .reverse()
      .map(([i, job]) => growTrees(workers[i % 2], job))
      .reverse()
  })
  expect(debug).toEqual(one)
  expect(many).toEqual(one)
  expect((await grow(data, { ...options, seed: 6 })).outOfBag).not.toEqual(one.outOfBag)
  const fewer = await grow(data, { ...options, trees: 60 })
  const nodes = fewer.trees.threshold.length
  expect((one.trees.threshold as Float64Array).subarray(0, nodes)).toEqual(fewer.trees.threshold)
})

test.each([
  ['distinct values', 0, false],
  ['ties', 6, false],
  ['patients of two rows', 0, true],
])('rows are judged with the bits of a whole forest, those held out too: %s', async (_, levels, inPairs) => {
  const all = simulate(130, 6, { levels })
  const learning = 90
  const part = (from: number, to: number): ForestData => ({
    rows: to - from,
    columns: 6,
    values: Float64Array.from([0, 1, 2, 3, 4, 5].flatMap((j) => [...all.values.subarray(j * 130 + from, j * 130 + to)])),
    outcome: all.outcome.subarray(from, to),
  })
  const patients = inPairs ? { patients: Array.from({ length: learning }, (_, row) => `p${row >> 1}`) } : {}
  // Larger leaves have shares that rounding shows in.
  const options = { ...defaultForestOptions, trees: 130, minimumNodeSize: 7, importance: 'gini', seed: 4 } as const
  const grown = await grow({ ...part(0, learning), ...patients }, options)
  const { probability, votes } = grown.outOfBag
  for (const used of [kernels, release]) {
    const { outOfBag, heldOut } = judgeRows(used, rankData({ ...all, ...patients, learning }), options)
    expect(outOfBag).toEqual({ probability, votes })
    expect(heldOut).toEqual(predictForest(grown.trees, part(learning, 130).values, 40))
  }
})

test('permutation changes no tree and no score', async () => {
  const data = simulate(60, 8)
  const plain = await grow(data, { importance: 'gini' })
  const permuted = await grow(data, { importance: 'permutation' })
  expect(permuted.trees).toEqual(plain.trees)
  expect(permuted.outOfBag).toEqual(plain.outOfBag)
  expect(plain.importance.permutation).toBeUndefined()
})

test('informative columns are found, noise has no permutation importance', async () => {
  const { importance, outOfBag } = await grow(simulate(200, 10), { trees: 300 })
  const { mean, standardError } = importance.permutation!
  for (let j = 0; j < 10; j++) {
    const z = mean[j] / standardError[j]
    if (j < 2) expect(z).toBeGreaterThan(15)
    else expect(Math.abs(z)).toBeLessThan(6)
  }
  expect(
    [...importance.gini]
      .sort((a, b) => b - a)
      .slice(0, 2)
      .sort(),
  ).toEqual([...importance.gini.subarray(0, 2)].sort())
  expect(importance.giniShare.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  expect(Math.min(...outOfBag.trees)).toBeGreaterThan(300 * 0.25)
  expect(Math.max(...outOfBag.trees)).toBeLessThan(300 * 0.5)
})

test('predictions on the training rows are those of all trees', async () => {
  const data = simulate(50, 5)
  const { trees } = await grow(data, { trees: 400 })
  const { probability, votes } = predictForest(trees, data.values, 50)
  // Every tree is grown until its leaves are pure, so that each tree that drew a row knows its outcome.
  expect(votes).toEqual(probability)
  probability.forEach((p, i) => expect(Math.round(p)).toBe(data.outcome[i]))
})

test('constant columns are never cut', async () => {
  const data = simulate(40, 4)
  data.values.fill(3, 80, 120)
  const { trees, importance } = await grow(data, { trees: 100 })
  expect([...(trees.column as Int32Array)]).not.toContain(2)
  expect(importance.gini[2]).toBe(0)
  const constant = { ...data, columns: 1, values: new Float64Array(40).fill(1) }
  const flat = await grow(constant)
  expect(flat.trees.threshold.length).toBe(50)
  expect(flat.importance.permutation!.mean[0]).toBe(0)
})

test('values at the ends of the range keep both sides of a cut', async () => {
  const tiny = Number.MIN_VALUE
  const values = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? -1 : 1) * Number.MAX_VALUE)
  values.set(Float64Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : tiny)))
  const outcome = Uint8Array.from({ length: 40 }, (_, i) => (i < 10 || i >= 20 ? 1 : 0))
  const { trees } = await grow({ rows: 40, columns: 1, values, outcome }, { trees: 30 })
  predictForest(trees, values, 40).probability.forEach((p, i) => expect(Math.round(p)).toBe(outcome[i]))
})

test('duplicated rows of both classes share a leaf', async () => {
  const values = Float64Array.from({ length: 40 }, (_, i) => (i < 30 ? 1 : 2))
  const outcome = Uint8Array.from({ length: 40 }, (_, i) => (i < 10 ? 1 : 0))
  const { trees } = await grow({ rows: 40, columns: 1, values, outcome }, { trees: 2000 })
  const { probability, votes } = predictForest(trees, values, 40)
  expect(probability[0]).toBeCloseTo(1 / 3, 1)
  expect(probability[35]).toBe(0)
  expect(votes[0]).toBeLessThan(0.05)
})

test('a heavier class gets more votes', async () => {
  const data = simulate(150, 6)
  const meanOf = async (classWeights: ForestOptions['classWeights']) => {
    const { outOfBag } = await grow(data, { classWeights, minimumNodeSize: 70, trees: 200 })
    return outOfBag.probability.reduce((sum, p) => sum + p, 0) / 150
  }
  const even = await meanOf([1, 1])
  expect(await meanOf([1, 5])).toBeGreaterThan(even + 0.05)
  expect(await meanOf([5, 1])).toBeLessThan(even - 0.05)
  expect(await meanOf([2, 2])).toBe(even)
  const positives = data.outcome.reduce((sum, label) => sum + label, 0)
  expect(await meanOf('balanced')).toBe(await meanOf([150 / (2 * (150 - positives)), 150 / (2 * positives)]))
})

test('options that cannot be are refused', async () => {
  const data = simulate(30, 4)
  await expect(grow(data, { mtry: 5 })).rejects.toThrowSaying(
    'mtry is a whole number from 1 to 4 (the number of columns); 5 was given',
  )
  await expect(grow(data, { mtry: 0 })).rejects.toThrowSaying('mtry')
  await expect(grow(data, { trees: 1.5 })).rejects.toThrowSaying('trees is a whole number')
  await expect(grow(data, { minimumNodeSize: 0 })).rejects.toThrowSaying('minimumNodeSize')
  await expect(grow(data, { sampling: { replace: true, fraction: 0 } })).rejects.toThrowSaying('sampling.fraction')
  await expect(grow(data, { classWeights: [1, 0] })).rejects.toThrowSaying('1 and 0 were given')
  await expect(grow({ ...data, outcome: new Uint8Array(30) })).rejects.toThrowSaying('0 of the 30 training rows have outcome 1')
  await expect(grow({ ...data, columns: 0, values: new Float64Array(0) })).rejects.toThrowSaying('at least one column')
  await expect(grow({ ...data, values: data.values.with(31, NaN) })).rejects.toThrowSaying('row 2 of column 2 is NaN')
  await expect(grow({ ...data, rows: 29 })).rejects.toThrowSaying('116 values and 29 outcomes; 120 and 30')
})

describe('the model of a training table', () => {
  const fit = (training: TrainingTable, options = {}) =>
    fitForest(training, { ...defaultForestModelOptions, trees: 60, ...options }, runWith(release))
  const data = simulate(80, 5)
  const names = ['a', 'b', 'c', 'd', 'e']
  const ids = Array.from({ length: 80 }, (_, i) => `p${i}`)
  const table = makeFeatureTable(ids, names, data.values)
  const cohorts = { training: ids.slice(0, 50), validation: ids.slice(50) }
  const training = takeTraining(table, data.outcome, cohorts)

  test('is JSON, keeps whom it learnt from, and keeps out-of-bag and apparent scores apart', async () => {
    const model = await fit(training)
    expect(JSON.parse(JSON.stringify(model))).toEqual(model)
    expect(model.learntFrom).toEqual(cohorts.training)
    expect(model.training.apparent).toEqual([...applyForest(model, training)])
    expect(model.training['out-of-bag']).not.toEqual(model.training.apparent)
    expect(model.score).toBe('probability')
    const scores = applyForest(model, table)
    expect(scores.length).toBe(80)
    expect([...scores.subarray(0, 50)]).toEqual(model.training.apparent)
  })

  test('takes columns by name, not by place', async () => {
    const model = await fit(training)
    const other = makeFeatureTable(ids, ['x', ...names], new Float64Array([...new Float64Array(80), ...data.values]))
    expect(applyForest(model, other)).toEqual(applyForest(model, table))
    expect(() => applyForest(model, makeFeatureTable(['q'], ['a'], Float64Array.of(1)))).toThrowSaying('no column b, c, d, e')
  })

  test('says when its scores are no probabilities', async () => {
    expect((await fit(training, { classWeights: 'balanced' })).score).toBe('decision')
    const majority = await fit(training, { voting: 'majority', minimumNodeSize: 20, trees: 25 })
    applyForest(majority, table).forEach((score) => expect(score * 50).toBeCloseTo(Math.round(score * 50), 9))
  })

  test('has null for a patient that every tree drew', async () => {
    const model = await fit(training, { trees: 1 })
    expect(model.training['out-of-bag'].filter((score) => score === null).length).toBeGreaterThan(10)
  })

  test('learns from training tables only, and from values that are there', async () => {
    await expect(fit({ ...training })).rejects.toThrowSaying('Only a training table')
    const broken = takeTraining(makeFeatureTable(ids, names, data.values.with(83, NaN)), data.outcome, cohorts)
    await expect(fit(broken)).rejects.toThrowSaying('b of p3 is missing')
    const infinite = takeTraining(makeFeatureTable(ids, names, data.values.with(83, Infinity)), data.outcome, cohorts)
    await expect(fit(infinite)).rejects.toThrowSaying('b of p3 is infinite')
    const model = await fit(training)
    expect(() => applyForest(model, makeFeatureTable(ids, names, data.values.with(79, NaN)))).toThrowSaying('a of p79 is missing')
  })

  test('validation values change nothing', async () => {
    const shifted = data.values.map((value, i) => (i % 80 < 50 ? value : value * 9 - 1))
    const other = takeTraining(makeFeatureTable(ids, names, shifted), data.outcome.map((label, i) => (i < 50 ? label : 1 - label)), cohorts) // prettier-ignore
    expect(await fit(other)).toEqual(await fit(training))
  })
})

interface SlowNode {
  readonly column: number
  readonly threshold: number
  left: SlowNode | null
  right: SlowNode | null
  readonly at: number
}

/** The forest by its definition, with sorted rows, whole-number impurities and whole trees walked for every permutation. */
function growByDefinition(data: ForestData, options: ForestOptions) {
  const { rows, columns, values, outcome } = data
  const mtry = options.mtry ?? Math.floor(Math.sqrt(columns))
  const weights = options.classWeights === 'balanced' ? [1, 1] : options.classWeights
  const valueOf = (row: number, j: number) => values[j * rows + row]
  const nodes: SlowNode[] = []
  const shares = new Float64Array(rows)
  const judges = new Float64Array(rows)
  const loss = new Float64Array(columns)
  const gini = new Float64Array(columns)

  for (let t = 0; t < options.trees; t++) {
    const random = createRandom(deriveSeed(options.seed, 'tree', t))
    const drawn = options.sampling.replace
      ? Array.from({ length: rows }, () => random.integer(rows))
      : sampleWithoutReplacement(rows, Math.floor(rows * options.sampling.fraction), random)
    const order = Array.from({ length: columns }, (_, j) => j)
    const first = nodes.length
    const root = growNode(drawn, order, random, 0)
    const walk = (row: number, changed = -1, given = 0) => {
      let node = root
      while (node.left)
        node = (node.column === changed ? given : valueOf(row, node.column)) <= node.threshold ? node.left : node.right!
      return node
    }
    const outside = Array.from({ length: rows }, (_, row) => row).filter((row) => !drawn.includes(row))
    outside.sort((a, b) => walk(a).at - walk(b).at || a - b)
    for (const row of outside) {
      shares[row] += walk(row).threshold
      judges[row]++
    }
    const right = (leaf: SlowNode, row: number) =>
      leaf.threshold === 0.5 ? 0.5 : leaf.threshold > 0.5 === (outcome[row] === 1) ? 1 : 0
    const places = outside.map((_, i) => i)
    for (const column of new Set(nodes.slice(first).flatMap((node) => (node.left ? [node.column] : [])))) {
      shuffle(places, random)
      const lost = outside.map(
        (row, i) => right(walk(row), row) - right(walk(row, column, valueOf(outside[places[i]], column)), row),
      )
      loss[column] += lost.reduce((sum, one) => sum + one, 0) / outside.length / options.trees
    }
  }
  return { nodes, probability: shares.map((sum, i) => sum / judges[i]), loss, gini }

  function growNode(cases: number[], order: number[], random: Random, depth: number): SlowNode {
    const count = (of: number[], label: number) => of.filter((row) => outcome[row] === label).length * weights[label]
    const [zero, one] = [count(cases, 0), count(cases, 1)]
    const at = nodes.length
    let best: { impurity: [number, number]; column: number; threshold: number } | null = null
    const isLeaf = !zero || !one || cases.length <= options.minimumNodeSize || depth >= (options.maximumDepth ?? Infinity)
    for (let k = 0; k < mtry && !isLeaf; k++) {
      const swap = k + random.integer(columns - k)
      ;[order[k], order[swap]] = [order[swap], order[k]]
      const column = order[k]
      const present = [...new Set(cases.map((row) => valueOf(row, column)))].sort((a, b) => a - b)
      for (let i = 1; i < present.length; i++) {
        const threshold = (present[i - 1] + present[i]) / 2
        const [a, b] = [cases.filter((row) => valueOf(row, column) <= threshold), cases.filter((row) => valueOf(row, column) > threshold)] // prettier-ignore
        const [a0, a1, b0, b1] = [count(a, 0), count(a, 1), count(b, 0), count(b, 1)]
        // a0 a1 / a + b0 b1 / b, half of the impurity left, as an exact fraction.
        const impurity: [number, number] = [a0 * a1 * (b0 + b1) + b0 * b1 * (a0 + a1), (a0 + a1) * (b0 + b1)]
        if (!best || impurity[0] * best.impurity[1] < best.impurity[0] * impurity[1]) best = { impurity, column, threshold }
      }
    }
    const node: SlowNode = {
      column: best?.column ?? -1,
      threshold: best?.threshold ?? one / (zero + one),
      left: null,
      right: null,
      at,
    }
    nodes.push(node)
    if (!best) return node
    gini[best.column] += (2 * ((zero * one) / (zero + one) - best.impurity[0] / best.impurity[1])) / options.trees
    node.left = growNode(cases.filter((row) => valueOf(row, node.column) <= node.threshold), order, random, depth + 1) // prettier-ignore
    node.right = growNode(cases.filter((row) => valueOf(row, node.column) > node.threshold), order, random, depth + 1) // prettier-ignore
    return node
  }
}
