import { beforeEach, expect, test, vi } from 'vitest'
import { computeLater } from './computeLater.ts'

const made = vi.hoisted(() => ({ versions: [] as string[], failure: undefined as Error | undefined }))
vi.mock('./browserCompute.ts', () => ({
  createBrowserCompute(version: string) {
    if (made.failure) throw made.failure
    made.versions.push(version)
    return { extract: async () => 'features', countGreyLevels: async () => 'counts', workerCount: () => 3 }
  },
}))
beforeEach(() => {
  made.versions = []
  made.failure = undefined
})
const nothing = {} as never

test('what computes is made at the first question, once, for this version of the program', async () => {
  const compute = computeLater('7')
  expect([compute.workerCount(), made.versions]).toEqual([0, []])
  expect(
    await Promise.all([compute.extract(nothing, nothing, nothing), compute.countGreyLevels(nothing, nothing, nothing)]),
  ).toEqual(['features', 'counts'])
  expect([compute.workerCount(), made.versions]).toEqual([3, ['7']])
})

test('a failure is told, and the next question tries again', async () => {
  const compute = computeLater('7')
  made.failure = new Error('gone')
  await expect(compute.extract(nothing, nothing, nothing)).rejects.toThrow('gone')
  made.failure = undefined
  expect(await compute.extract(nothing, nothing, nothing)).toBe('features')
})
