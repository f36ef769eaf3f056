import { expect, test } from 'vitest'
import { say } from '../../messages/say.ts'
import { warnAboutConstant } from './warnAboutConstant.ts'

const warn = (values: readonly number[], phase?: string) =>
  warnAboutConstant({
    voxels: Float32Array.from(values),
    source: { path: 'a.nii', format: 'NIfTI', ...(phase !== undefined && { phase }) },
  }).map(say)

test.each([
  ['a constant image', [7, 7, 7], /^All voxels have the same value, 7: .* nothing in it to measure\.$/],
  ['an empty mask', [0, 0, 0], /^All voxels are 0: this is an empty mask/],
])('%s is told', (_, values, message) => expect(warn(values).join()).toMatch(message))

test('the volume of a 4D file is named', () => expect(warn([0, 0], 'phase 2 of 3').join()).toMatch(/^phase 2 of 3: All/))

test('other values, and those that are no numbers, are not constant', () => {
  expect(warn([7, 7, 8])).toEqual([])
  expect(warn([NaN, NaN])).toEqual([])
})
