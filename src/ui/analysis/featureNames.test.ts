import { expect, test } from 'vitest'
import { nameFeatures } from './featureNames.ts'

test('names are as short as tells them apart', () => {
  const names = ['log-sigma-5-mm-3D_firstorder_Mean', 'log-sigma-2-0-mm-3D_glcm_Idm', 'original_glszm_GrayLevelVariance', 'original_gldm_GrayLevelVariance', 'wavelet-HHL_glcm_Idm', 'exponential_firstorder_Median', 'Age'] // prettier-ignore
  expect(names.map(nameFeatures(names))).toEqual(['LoG 5 mm Mean', 'LoG 2 mm Idm', 'glszm GrayLevelVariance', 'gldm GrayLevelVariance', 'wavelet HHL Idm', 'exp Median', 'Age']) // prettier-ignore
})
