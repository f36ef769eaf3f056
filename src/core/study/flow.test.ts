import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { publishedTable1 } from '../simulate/publishedTable1.ts'
import { exclusionReasons, proposeExclusions, reasonsThatHold, studyInclusion } from './exclusions.ts'
import { findWrongSums, studyTasks, traceFlow, type FlowPatient } from './flow.ts'

const person = (id: string, centre: string, cohort: string | null, reason?: string): FlowPatient => ({ id, centre, cohort, exclusion: reason === undefined ? null : { reason, by: '1', at: 0 } }) // prettier-ignore

/** The paper's patients, with the exclusions of the drawing. */
function publishedStudy() {
  const statuses = ['zero', 'low', 'positive'] as const
  const statusOf = new Map<string, string>()
  const cohort = (name: 'training' | 'validation', centre: string) =>
    publishedTable1[name].her2.flatMap((count, k) =>
      Array.from({ length: count }, (_, i) => {
        const id = `${name} ${k} ${i}`
        statusOf.set(id, statuses[k])
        return person(id, centre, name)
      }),
    )
  const gone = (centre: string, counts: readonly number[]) =>
    counts.flatMap((count, k) => Array.from({ length: count }, (_, i) => person(`${centre} gone ${k} ${i}`, centre, null, exclusionReasons[k + 1]))) // prettier-ignore
  const patients = [...cohort('training', 'I'), ...gone('I', [19, 12, 5, 7]), ...cohort('validation', 'II'), ...gone('II', [8, 9, 4, 5])] // prettier-ignore
  return { patients, valueOf: (id: string) => statusOf.get(id) ?? null }
}

test('the study of the paper: 471 found, 402 in, and the classes of both tasks', () => {
  const { patients, valueOf } = publishedStudy()
  const nodes = traceFlow(patients, studyTasks, valueOf)
  expect(nodes.map(({ id, patients: own, next }) => [id, own.length, next])).toEqual([
    ['found', 471, ['centre I', 'centre II']],
    ['centre I', 293, ['cohort training']],
    ['centre II', 178, ['cohort validation']],
    ['cohort training', 250, []],
    ['cohort validation', 152, []],
  ])
  expect(nodes[1].excluded.map(({ reason, patients: own }) => [reason, own.length])).toEqual([['treated', 19], ['her2-unknown', 12], ['poor-quality', 7], ['not-visible', 5]]) // prettier-ignore
  const counts = nodes[3].tasks.map(({ task, positive, negative, outside }) => [task, positive.length, negative.length, outside.length]) // prettier-ignore
  expect(counts).toEqual([['task1', 73, 177, 0], ['task2', 82, 95, 73]]) // prettier-ignore
  expect(findWrongSums(nodes)).toEqual([])
})

describe('sums', () => {
  const people = fc.array(
    fc.record({ centre: fc.constantFrom('I', 'II', 'III'), cohort: fc.constantFrom('training', 'validation', null), reason: fc.constantFrom(undefined, 'treated', 'other') }), // prettier-ignore
    { maxLength: 30 },
  )

  test('add up for whoever is found, and everybody stands at one end', () => {
    fc.assert(
      fc.property(people, (made) => {
        const patients = made.map(({ centre, cohort, reason }, i) => person(`p${i}`, centre, reason ? null : cohort, reason))
        const nodes = traceFlow(patients, studyTasks, () => 'low')
        expect(findWrongSums(nodes)).toEqual([])
        const ends = nodes.flatMap(({ next, excluded, patients: own, kind }) => [...excluded.flatMap((group) => group.patients), ...(next.length === 0 && kind !== 'centre' && kind !== 'found' ? own : [])]) // prettier-ignore
        expect(ends.sort()).toEqual(patients.map(({ id }) => id).sort())
      }),
    )
  })

  test('that do not are named by their box', () => {
    const { patients, valueOf } = publishedStudy()
    const nodes = traceFlow(patients, studyTasks, valueOf)
    const change = (id: string, made: (node: (typeof nodes)[number]) => object) => findWrongSums(nodes.map((node) => (node.id === id ? { ...node, ...made(node) } : node))) // prettier-ignore
    expect(change('centre I', ({ excluded }) => ({ excluded: excluded.slice(1) }))).toEqual(['centre I'])
    expect(change('cohort training', ({ patients: own }) => ({ patients: [...own, 'nobody'] }))).toEqual(['cohort training'])
    expect(change('cohort validation', ({ tasks }) => ({ tasks: [{ ...tasks[0], positive: tasks[0].positive.slice(1) }] }))).toEqual(['cohort validation']) // prettier-ignore
    expect(change('found', ({ patients: own }) => ({ patients: own.slice(1) }))).toEqual(['centre I'])
  })
})

test('of several reasons the first counts, and what is not known is none', () => {
  const facts = { id: 'a', daysToSurgery: null, treatedBefore: null, her2Known: null, phases: null }
  expect(reasonsThatHold(facts, studyInclusion)).toEqual([])
  expect(reasonsThatHold({ ...facts, daysToSurgery: 30, her2Known: true, phases: 6, treatedBefore: false }, studyInclusion)).toEqual([]) // prettier-ignore
  const many = { ...facts, daysToSurgery: 31, her2Known: false, phases: 5 }
  expect(reasonsThatHold(many, studyInclusion)).toEqual(['mri-late', 'her2-unknown', 'phases-missing'])
  const proposed = proposeExclusions([many, { ...facts, id: 'b', her2Known: false }, { ...facts, id: 'c', daysToSurgery: -1 }, { ...facts, id: 'd' }], studyInclusion) // prettier-ignore
  expect([...proposed]).toEqual([['mri-late', ['a', 'c']], ['her2-unknown', ['b']]]) // prettier-ignore
})
