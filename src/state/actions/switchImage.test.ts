import { expect, test } from 'vitest'
import { madeFound, madeRegion } from './madeVolumes.ts'
import { createSwitchImage } from './switchImage.ts'

function switchFrom(openId: string, ids: readonly string[], step: 1 | -1): string[] {
  const opened: string[] = []
  createSwitchImage({
    roi: { getState: () => ({ open: madeRegion(madeFound(openId)) }) },
    listImages: () => ids.map((id) => ({ found: madeFound(id) })),
    openImage: async ({ id }) => void opened.push(id),
  })(step)
  return opened
}

test('the first image follows the last, and the last comes before the first', () => {
  expect(switchFrom('b', ['a', 'b', 'c'], 1)).toEqual(['c'])
  expect(switchFrom('c', ['a', 'b', 'c'], 1)).toEqual(['a'])
  expect(switchFrom('a', ['a', 'b', 'c'], -1)).toEqual(['c'])
})

test('where there is no other image, or the open one is nobody’s, nothing is opened', () => {
  expect(switchFrom('a', ['a'], 1)).toEqual([])
  expect(switchFrom('x', ['a', 'b'], 1)).toEqual([])
})
