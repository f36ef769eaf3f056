import { expect, test } from 'vitest'
import { phaseFirst } from './phaseFirst.ts'

test('which phase it is stands first; other names stay', () => {
  expect(phaseFirst('t1_fl3d_tra_dynVIEWS, phase 2 of 6')).toBe('phase 2 of 6, t1_fl3d_tra_dynVIEWS')
  expect(['t2_tse, fat, 2', 'phase 2 of 6'].map(phaseFirst)).toEqual(['t2_tse, fat, 2', 'phase 2 of 6'])
})
