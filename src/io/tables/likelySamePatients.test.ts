import { expect, test } from 'vitest'
import { likelySamePatients } from './likelySamePatients.ts'

test.each([
  [['P01_a', 'P01_b', 'P02_a'], [['P01_a', 'P01_b']]],
  [['A-0120', 'A-0120_L2', 'A-0121'], [['A-0120', 'A-0120_L2']]],
  [['7 left', '7 right', '8 left'], [['7 left', '7 right']]],
  [['P01a', 'P01b', 'P02'], [['P01a', 'P01b']]],
  [['12.lesion1', '12.lesion2'], [['12.lesion1', '12.lesion2']]],
  [['7-Finding-1', '7-Finding-2'], [['7-Finding-1', '7-Finding-2']]],
  [['7 (1)', '7 (2)'], [['7 (1)', '7 (2)']]],
  [['7_pre', '7_post'], [['7_pre', '7_post']]],
  [['7_lesionA', '7_lesionB'], [['7_lesionA', '7_lesionB']]],
  [['7/1', '7/2'], [['7/1', '7/2']]],
  // One patient with many lesions does not hide the others.
  [
    ['1_1', '1_2', '2_1', '2_2', '3_1', '3_2', '3_3', '3_4', '3_5', '3_6', '3_7'],
    [
      ['1_1', '1_2'],
      ['2_1', '2_2'],
      ['3_1', '3_2', '3_3', '3_4', '3_5', '3_6', '3_7'],
    ],
  ],
])('%j: rows of one patient', (ids, groups) => {
  expect(likelySamePatients(ids)).toEqual(groups)
})

test.each([
  [['A-0120', 'A-0121', 'B-0120']],
  [['p1', 'p2', 'p10', 'p11']],
  [Array.from({ length: 60 }, (_, i) => `I-${String(i + 1).padStart(2, '0')}`)],
  [['I', 'II'].flatMap((centre) => Array.from({ length: 40 }, (_, i) => `${centre}-${i + 10}`))],
  [['TCGA-AR-A1AX', 'TCGA-AR-A1AY']],
])('%j: patients', (ids) => {
  expect(likelySamePatients(ids)).toEqual([])
})
