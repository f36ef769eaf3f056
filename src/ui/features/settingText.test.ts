import { expect, test } from 'vitest'
import { readSettingText, writeSettingText } from './settingText.ts'

test.each([
  ['binWidth', '5', 5],
  ['binWidth', '', undefined],
  ['binWidth', '5 mm', undefined],
  ['binCount', '', null],
  ['binCount', '32.5', undefined],
  ['resampledPixelSpacing', '1, 1, 0', [1, 1, 0]],
  ['resampledPixelSpacing', '1 1', undefined],
  ['removeOutliers', 'inf', Infinity],
  [
    'sigma',
    '1.0; 3',
    [
      { mm: 1, label: '1.0' },
      { mm: 3, label: '3' },
    ],
  ],
  ['sigma', '', []],
] as const)('%s reads "%s"', (name, text, value) => expect(readSettingText(name, text)).toEqual(value))

test('what is written is read back', () => {
  expect(readSettingText('resampledPixelSpacing', writeSettingText([1, 1.5, 0]))).toEqual([1, 1.5, 0])
  expect(readSettingText('binCount', writeSettingText(null))).toBeNull()
})
