import { expect, test } from 'vitest'
import { progressUntilDone } from './progress.ts'

test('progress that comes after the answer is told to nobody', () => {
  const told: number[] = []
  const { report, done } = progressUntilDone((percent: number) => told.push(percent))
  report(50)
  done()
  report(100)
  expect(told).toEqual([50])
})
