import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { drawFrom, searchSubsets, type AnnealingDraws, type AnnealingSearchOptions } from './annealingSearch.ts'

interface Run {
  random: number[]
  subsets: number[][]
  changes: number[][]
  inside: number[]
  best: number[]
  note: string[]
  probability: number[]
}
interface Case {
  columns: number
  iterations: number
  improve: number
  runs: Run[]
  final: Run
}
const caret = JSON.parse(readFileSync('reference/r/annealing.json', 'utf8')) as { cases: Record<string, Case> }
const runs = Object.entries(caret.cases).flatMap(([name, { runs, final, ...settings }]) =>
  [...runs, final].map((run, i) => ({ name: `${name}, run ${i + 1}`, settings, run })),
)

describe('the walk is caret’s, given the same random choices', () => {
  test.each(runs)('$name', ({ settings, run }) => {
    // Caret drew the stand-in for an empty subset at the iteration that scored it.
    let scored = 0
    const draws: AnnealingDraws = {
      initial: () => run.subsets[0],
      flips: () => run.changes[scored - 1],
      single: () => run.subsets[scored][0],
      leave: () => expect.unreachable('no maximum was set'),
      acceptance: () => run.random[scored - 1],
    }
    const options = { iterations: settings.iterations, improve: settings.improve, flipShareOf: 'subset' } as const
    const steps = searchSubsets(settings.columns, options, draws, (subset) => {
      expect(subset).toEqual(run.subsets[scored])
      return { inside: run.inside[scored++] }
    })
    expect(steps.map((step) => step.best)).toEqual(run.best)
    steps.forEach((step, i) => expect(step.probability).toBeCloseTo(run.probability[i], 12))
    const notes = { improved: 'Improved', accepted: 'Accepted', discarded: 'Discarded' }
    expect(steps.map((step) => (step.restart ? 'Restart' : notes[step.outcome]))).toEqual(run.note)
  })

  test('the reference holds every kind of step', () => {
    const notes = new Set(runs.flatMap(({ run }) => run.note))
    expect([...notes].sort()).toEqual(['Accepted', 'Discarded', 'Improved', 'Restart'])
  })
})

const options: AnnealingSearchOptions = { iterations: 40, improve: 8, flipShareOf: 'columns' }
const sizes = (columns: number, changed: Partial<AnnealingSearchOptions> = {}) =>
  searchSubsets(columns, { ...options, ...changed }, drawFrom(createRandom(4)), (subset) => ({ inside: subset.length })).map(
    ({ subset }) => subset.length,
  )

test.each([1, 2, 3, 5, 100, 250])('of %i columns it starts with a fifth and one, and flips a hundredth and one', (columns) => {
  const subsets: (readonly number[])[] = []
  const flipped: number[] = []
  const draws = drawFrom(createRandom(1))
  const counted = { ...draws, flips: (p: number, count: number) => (flipped.push(count), draws.flips(p, count)) }
  searchSubsets(columns, options, counted, (subset) => (subsets.push(subset), { inside: 1 }))
  expect(subsets).toHaveLength(40)
  expect(subsets[0]).toHaveLength(Math.floor(0.2 * columns) + 1)
  expect(new Set(flipped)).toEqual(new Set([Math.floor(0.01 * columns) + 1]))
  for (const subset of subsets) {
    expect(subset.length).toBeGreaterThan(0)
    expect(subset).toEqual([...new Set(subset)].sort((a, b) => a - b))
    expect(subset.every((column) => column >= 0 && column < columns)).toBe(true)
  }
})

test('a maximum is never exceeded, and at the maximum a column still comes in for another', () => {
  expect(Math.max(...sizes(50, { maximumSize: 4 }))).toBe(4)
  expect(sizes(50, { maximumSize: 4 })[0]).toBe(4)
  expect(Math.max(...sizes(50))).toBeGreaterThan(11)
  expect(new Set(sizes(1, { maximumSize: 1 }))).toEqual(new Set([1]))
  const seen = new Set<number>()
  searchSubsets(6, { ...options, maximumSize: 1 }, drawFrom(createRandom(2)), (subset) => {
    seen.add(subset[0])
    return { inside: 0 }
  })
  expect(seen.size).toBe(6)
})

test('a best value of 0 accepts an equal subset and no worse one', () => {
  let first = true
  const steps = searchSubsets(9, { ...options, improve: Infinity }, drawFrom(createRandom(3)), (subset) => {
    const inside = first || subset.includes(0) ? 0 : -1
    first = false
    return { inside }
  })
  for (const step of steps.slice(1)) {
    expect(step.probability).toBe(step.inside === 0 ? 1 : 0)
    expect(step.outcome).toBe(step.inside === 0 ? 'accepted' : 'discarded')
  }
  expect(steps.some((step) => step.outcome === 'discarded')).toBe(true)
})

test('the best subset of a smooth score is found', () => {
  const wanted = [2, 3, 7]
  const score = (subset: readonly number[]) => {
    const hits = subset.filter((column) => wanted.includes(column)).length
    return { inside: 1 + hits - 0.5 * (subset.length - hits) }
  }
  const steps = searchSubsets(10, { ...options, iterations: 300, improve: 10 }, drawFrom(createRandom(5)), score)
  const best = steps.filter((step) => step.outcome === 'improved').at(-1)
  expect(best?.subset).toEqual(wanted)
})
