import { expect, test } from 'vitest'
import type { Binormal } from '../../../../core/evaluate/binormal.ts'
import { drawStudy } from '../../../../core/simulate/drawStudies.ts'
import { createPlayStore, defaultPlay } from '../../../../state/learn/playground.ts'
import { studiesTable } from './studiesTable.ts'
import { tellStudies } from './tellStudies.ts'
import { benefitLine, calibrationLine, densityAt, precisionLine, rocLine, scoreRange, treatAllLine } from './truthLines.ts'

const truth: Binormal = { positive: { mean: 0.74, sd: 1 }, negative: { mean: 0, sd: 1 }, prevalence: 0.3 }
const asItIs = { intercept: 0, slope: 1 }

test('the true ROC curve has the true area and both corners', () => {
  const { x, y } = rocLine(truth)
  let area = 0
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2
  expect(area).toBeCloseTo(0.6996, 3)
  expect([x[0], y[0], x.at(-1), y.at(-1)].map((value) => Math.round(1000 * value!) / 1000)).toEqual([0, 0, 1, 1])
})

test('precision ends at the prevalence, where everybody is called', () => {
  expect(precisionLine(truth).y.at(-1)).toBeCloseTo(0.3, 3)
})

test('a model that means what it says lies on the diagonal; one that boasts is too low at its high risks', () => {
  const honest = calibrationLine(truth, asItIs)
  honest.x.forEach((told, i) => expect(honest.y[i]).toBeCloseTo(told, 9))
  const boasting = calibrationLine(truth, { intercept: 0, slope: 2 })
  expect(boasting.y.at(-1)!).toBeLessThan(boasting.x.at(-1)!)
})

test('the benefit begins at the prevalence and is never below all and nobody where the risks are true', () => {
  const { x, y } = benefitLine(truth, asItIs)
  expect(y[0]).toBeCloseTo(0.3, 2)
  x.forEach((threshold, i) => {
    expect(y[i]).toBeGreaterThanOrEqual(Math.max(0, 0.3 - (0.7 * threshold) / (1 - threshold)) - 1e-12)
  })
  expect(treatAllLine(0.3, -0.1).y.at(-1)).toBe(-0.1)
})

test('the axis holds both classes, and densities their area', () => {
  const [from, to] = scoreRange({ positive: { mean: 3, sd: 2 }, negative: { mean: 0, sd: 1 } })
  expect([from, to]).toEqual([-4, 10])
  const steps = 4000
  let area = 0
  for (let i = 0; i < steps; i++) area += (densityAt(truth.positive, -8 + (16 * i) / steps) * 16) / steps
  expect(area).toBeCloseTo(1, 6)
})

test('what the studies report is told by numbers, and the file says what it is of', () => {
  const draw = { truth, patients: 40, seed: 40 }
  const studies = Array.from({ length: 100 }, (_, sample) => drawStudy(draw, asItIs, sample))
  const below = studies.filter(({ auc }) => auc.auc < 0.6).length
  expect(tellStudies(studies, 0.6996)).toContain(`${below} of these 100 studies would report an AUC below 0.60`)
  expect(tellStudies(studies.slice(0, 1), 0.6996)).toContain(`${studies[0].auc.auc.toFixed(2)}, DeLong 95 % CI`)
  const store = createPlayStore(() => Promise.reject(new Error('not asked')))
  store.getState().open({})
  const { columns, rows } = studiesTable(store.getState())
  expect(rows).toHaveLength(101)
  expect(rows[1].slice(0, 2)).toEqual(['1', studies[0].auc.auc])
  expect(rows[0][columns.indexOf('patients')]).toBe(defaultPlay.patients)
})

test('perfect scores have Newcombe’s interval', () => {
  const apart: Binormal = { ...truth, positive: { mean: 9, sd: 0.3 } }
  expect(tellStudies([drawStudy({ truth: apart, patients: 20, seed: 1 }, asItIs, 0)], 1)).toMatch(
    /1\.00, Newcombe 95 % CI 0\.\d\d–1\.00/,
  )
})
