import fc from 'fast-check'
import { expect, test } from 'vitest'
import { traceStudy } from '../../core/cohort/clinical/overview.ts'
import { exclusionReasons } from '../../core/study/exclusions.ts'
import { madePatient } from '../../core/study/madeStudy.ts'
import { unnamedStudy } from '../../core/study/unnamedStudy.ts'
import { nameExclusion } from '../../messages/en/clinical.ts'
import { study } from '../../messages/en/ui/study.ts'
import { flowChartSvg, layOutFlow } from './layOutFlow.ts'
import { listFlow, tellFlow } from './tellFlow.ts'

const excluded = (reason: string) => ({ exclusion: { reason, by: '1', at: 0 } })
const words = { flow: study.flow, nameExclusion }

/** Of a table that has no row of them. */
function tell(patients: ReturnType<typeof madePatient>[]) {
  return tellFlow({ traced: traceStudy(patients, { valuesOf: new Map() }, unnamedStudy), patients, study: unnamedStudy }, words)
}

/** Two centres, each a cohort, with one excluded. */
const two = [
  madePatient(1, { centre: 'A', cohort: 'training' }),
  madePatient(2, { centre: 'A', ...excluded('poor-quality') }),
  madePatient(3, { centre: 'B', cohort: 'validation' }),
]

test('two centres that are the cohorts stand over them', () => {
  const { boxes } = layOutFlow(tell(two))
  const at = (id: string) => boxes.find((box) => box.id === id)!
  expect(at('centre A').y).toBe(at('centre B').y)
  expect(at('centre A').x).toBe(at('cohort training').x)
  expect(at('centre B').x).toBe(at('cohort validation').x)
  expect(at('centre A excluded').lines.map(({ rows, patients }) => [rows.join(' '), patients?.length])).toEqual([['Excluded', 1], ['poor image quality', 1]]) // prettier-ignore
})

test('the chart in words has every number', () => {
  expect(listFlow(tell(two), words)).toEqual([
    'Patients found in the files: 3',
    'Centre A: 2 (one scanner protocol)',
    'Centre A, excluded: 1 (poor image quality: 1)',
    'Centre B: 1 (one scanner protocol)',
    'Training cohort: 1 (planned, not fixed yet)',
    'Training cohort, task 1: 0 (HER2 positive: 0; HER2 low, zero or negative: 0; not part of it: 1)',
    'Training cohort, task 2: 0 (HER2 low: 0; HER2 zero: 0; not part of it: 1)',
    'Validation cohort: 1 (planned, not fixed yet)',
    'Validation cohort, task 1: 0 (HER2 positive: 0; HER2 low, zero or negative: 0; not part of it: 1)',
    'Validation cohort, task 2: 0 (HER2 low: 0; HER2 zero: 0; not part of it: 1)',
  ])
})

test('whoever is found, no box lies on another one or outside, no row is longer than its box, and each number is drawn', () => {
  const people = fc.array(
    fc.record({ centre: fc.constantFrom('A', 'B', 'C', 'D', 'E'), cohort: fc.constantFrom('training', 'validation', null), reason: fc.constantFrom(undefined, ...exclusionReasons, 'moved to a hospital whose name is longer than any row of a box could ever be', 'x'.repeat(90)) }), // prettier-ignore
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(people, (made) => {
      const patients = made.map(({ centre, cohort, reason }, i) =>
        madePatient(i, { centre, ...(reason === undefined ? { cohort } : excluded(reason)) }),
      )
      const told = tell(patients)
      const { boxes, width, height } = layOutFlow(told)
      for (const [i, a] of boxes.entries()) {
        expect([a.x >= 0, a.x + a.width <= width, a.y + a.height <= height]).toEqual([true, true, true])
        for (const b of boxes.slice(i + 1))
          expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height < b.y || b.y + b.height < a.y).toBe(true)
      }
      expect(Math.max(...boxes.flatMap(({ lines }) => lines.flatMap(({ rows }) => rows.map((row) => row.length))))).toBeLessThanOrEqual(34) // prettier-ignore
      const svg = flowChartSvg(layOutFlow(told), listFlow(told, words))
      expect(svg.match(/text-anchor="end"/g)).toHaveLength(boxes.flatMap(({ lines }) => lines.filter((line) => line.patients)).length) // prettier-ignore
    }),
  )
})
