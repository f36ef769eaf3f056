import { expect, test } from 'vitest'
import {
  formatBytes,
  formatAgo,
  formatCount,
  formatNumber,
  formatSeconds,
  formatTriple,
  formatVolume,
  formatVoxels,
} from './formatNumber.ts'

test.each([
  [0, '0'],
  [0.0001234567, '0.00012346'],
  [0.00001234567, '1.2346e\u22125'],
  [-12.5, '\u221212.5'],
  [16534.2, '16\u2009534'],
  [-1234567, '\u22121\u2009234\u2009567'],
  [123456789, '1.2346e8'],
  [NaN, 'not a number'],
  [-Infinity, '\u2212\u221e'],
])('%d reads %s', (value, text) => expect(formatNumber(value)).toBe(text))

test('in a column the zeros stay', () => {
  expect(formatNumber(65, 5, { zeros: true })).toBe('65.000')
})

test('counts, sizes, volumes and times', () => {
  expect(formatCount(1234)).toBe('1\u2009234')
  expect(formatTriple([0.78125, 0.78125, 6.5], 3)).toBe('0.781 \u00d7 0.781 \u00d7 6.5')
  expect(formatVolume(4.8249)).toBe('4.82 cm\u00b3')
  expect([0, 0.001, 0.0099, 0.01].map(formatVolume)).toEqual(['0.00 cm\u00b3', '1 mm\u00b3', '9.9 mm\u00b3', '0.01 cm\u00b3'])
  expect([0, 1, 1500].map(formatVoxels)).toEqual(['0 voxels', '1 voxel', '1\u2009500 voxels'])
  expect(formatSeconds(0.34)).toBe('0.3 s')
  expect(formatSeconds(125)).toBe('2 min 5 s')
  expect(formatAgo(61_000)).toBe('1 min ago')
})

test('bytes read as file managers write them', () => {
  expect([0, 12, 819_200, 1_234_567, 250_000_000, 3_210_000_000].map(formatBytes)).toEqual([
    '0 kB',
    '1 kB',
    '820 kB',
    '1.2 MB',
    '250 MB',
    '3.2 GB',
  ])
})
