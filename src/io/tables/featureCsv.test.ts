import { expect, test } from 'vitest'
import { parseFeatureLines } from '../../core/features/madeComparison.ts'
import { formatFeatureLines, formatFeatureTable, formatFeatureValue, mergeColumns } from './featureCsv.ts'
import { say } from '../../messages/say.ts'

const record = {
  diagnostics: [['diagnostics_Image-original_Size', '(25, 22, 13)'], ['diagnostics_Configuration_Settings', '{"a": 1}']], // prettier-ignore
  features: [['original_firstorder_Mean', 0.1 + 0.2], ['original_glcm_MCC', NaN]], // prettier-ignore
} as const

test('feature lines hold all digits, and commas and quotes of diagnostics', () => {
  expect(formatFeatureLines(record, say)).toBe(
    [
      'feature,value',
      'diagnostics_Image-original_Size,"(25, 22, 13)"',
      'diagnostics_Configuration_Settings,"{""a"": 1}"',
      'original_firstorder_Mean,0.30000000000000004',
      'original_glcm_MCC,nan',
      '',
    ].join('\n'),
  )
})

test('feature lines are read back with the same bits', () => {
  expect(parseFeatureLines(formatFeatureLines(record, say))).toEqual(record.features)
})

test.each([
  [-Infinity, '-inf'],
  [Infinity, 'inf'],
  [1e-300, '1e-300'],
  [-0, '0'],
])('%d is written %s', (value, text) => {
  expect(formatFeatureValue(value)).toBe(text) // prettier-ignore
})

test('a table has one row a case, and room for what only some have', () => {
  const row = (id: string, features: [string, number][]) => ({ identity: [['id', id]] as const, diagnostics: [], features })
  const text = formatFeatureTable([row('a', [['x', 1], ['z', 3]]), row('b,c', [['x', 1], ['y', 2], ['z', 3]])], say) // prettier-ignore
  expect(text).toBe('id,x,y,z\na,1,,3\n"b,c",1,2,3\n')
})

test('columns are merged in the order of both', () => {
  expect(mergeColumns(['a', 'c'], ['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd'])
  expect(mergeColumns(['b'], ['a', 'b'])).toEqual(['a', 'b'])
  expect(mergeColumns([], ['a', 'b'])).toEqual(['a', 'b'])
})
