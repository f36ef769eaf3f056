import { expect, test } from 'vitest'
import { maySee, renameReader } from './readers.ts'
import type { RoiProgress } from '../mask/progress.ts'
import { unnamedStudy } from './unnamedStudy.ts'

const progress = (first: RoiProgress, second: RoiProgress) => (reader: string) => (reader === '1' ? first : second)

test('a reader sees their own region at once, the other’s only when both are locked', () => {
  const may = (reader: string, drawnBy: string, first: RoiProgress, second: RoiProgress) =>
    maySee(unnamedStudy, reader, drawnBy, progress(first, second))
  expect(may('1', '1', 'inProgress', 'empty')).toBe(true)
  for (const [first, second] of [
    ['inProgress', 'locked'],
    ['locked', 'inProgress'],
    ['complete', 'complete'],
    ['empty', 'locked'],
  ] as const) {
    expect(may('1', '2', first, second)).toBe(false)
    expect(may('2', '1', first, second)).toBe(false)
  }
  expect(may('1', '2', 'locked', 'locked')).toBe(true)
})

test('a reader whom the study does not know sees nobody else’s region', () => {
  expect(maySee(unnamedStudy, '3', '1', () => 'inProgress')).toBe(false)
})

test('a reader whom nobody is hidden from sees all', () => {
  const readers = [...unnamedStudy.readers, { id: '3', name: 'Consensus', blindTo: [] }]
  expect(maySee({ ...unnamedStudy, readers }, '3', '1', () => 'inProgress')).toBe(true)
})

test('a reader has another name, an empty one puts the default back, and nobody else changes', () => {
  const named = renameReader(unnamedStudy, '2', '  Dr. Okafor ')
  expect(named.readers.map(({ name }) => name)).toEqual(['Reader 1', 'Dr. Okafor'])
  expect(renameReader(named, '2', ' ')).toEqual(unnamedStudy)
})
