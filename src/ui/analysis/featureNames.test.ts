import { expect, test } from 'vitest'
import { nameFeatures, partsOfName } from './featureNames.ts'

test('names are as short as tells them apart', () => {
  const names = ['log-sigma-5-mm-3D_firstorder_Mean', 'log-sigma-2-0-mm-3D_glcm_Idm', 'original_glszm_GrayLevelVariance', 'original_gldm_GrayLevelVariance', 'wavelet-HHL_glcm_Idm', 'exponential_firstorder_Median', 'Age'] // prettier-ignore
  expect(names.map(nameFeatures(names))).toEqual(['LoG 5 mm Mean', 'LoG 2 mm Idm', 'glszm GrayLevelVariance', 'gldm GrayLevelVariance', 'wavelet HHL Idm', 'exponential Median', 'Age']) // prettier-ignore
})

test('class and image are read off a name; any other column has neither', () => {
  expect(
    ['original_shape_Sphericity', 'wavelet-LLH_glcm_Idm', 'lbp-3D-m1_firstorder_90Percentile', 'age_at_scan'].map(partsOfName),
  ).toEqual([
    { kind: 'shape', image: 'original' },
    { kind: 'glcm', image: 'wavelet LLH' },
    { kind: 'firstorder', image: 'lbp-3D-m1' },
    { kind: 'others', image: 'others' },
  ])
})
