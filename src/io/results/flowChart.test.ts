import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import { say } from '../../messages/say.ts'
import '../../messages/sayAll.ts'
import { flowChartSvg, layOutFlow } from './flowChart.ts'

const cohort = (name: string, positives: number, negatives: number, unlabelled: number) => ({ cohort: name, patients: positives + negatives + unlabelled, positives, negatives, unlabelled, batches: [] }) // prettier-ignore
const counts = {
  fileName: 'a & b.csv',
  rows: 100,
  withoutId: 1,
  excluded: [],
  cohorts: [cohort('I', 20, 30, 2), cohort('II', 10, 37, 0)],
  training: 'I',
  incomplete: new Map([['II', 3]]),
}

test('everybody is accounted for: rows, who is left out and why, and each cohort', () => {
  const { boxes } = layOutFlow(counts, say)
  expect(boxes.map(({ lines }) => lines.join(' | '))).toEqual([
    'a & b.csv | 100 rows',
    '1 row left out: | no ID',
    '99 patients measured',
    '2 patients | harmonised only: no outcome',
    '97 patients with an outcome',
    'I | 50 patients, 20 positive | learnt from',
    'II | 47 patients, 10 positive | 3 left out: a value is missing | judged',
  ])
})

test('who is left out by a reason stands there with it, in lines that fit their box', () => {
  const excluded = [
    { reason: 'MRI more than 30 days before surgery, or after it', patients: 7 },
    { reason: 'HER2 unknown', patients: 1 },
  ]
  const { boxes } = layOutFlow({ ...counts, rows: 108, excluded }, say)
  expect(boxes.slice(2, 5).map(({ lines }) => lines.join(' | '))).toEqual([
    '107 patients measured',
    '7 patients left out: | MRI more than 30 days before | surgery, or after it | 1 patient left out: | HER2 unknown',
    '99 patients included',
  ])
})

test('no box lies over another, and the file is well-formed', () => {
  const chart = layOutFlow(counts, say)
  for (const a of chart.boxes)
    for (const b of chart.boxes)
      if (a !== b)
        expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
  const svg = new new Window().DOMParser().parseFromString(flowChartSvg(chart), 'image/svg+xml')
  expect(svg.querySelectorAll('rect')).toHaveLength(7)
  expect(svg.documentElement.textContent).toContain('a & b.csv')
})
