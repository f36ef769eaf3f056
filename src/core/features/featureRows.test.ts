// @vitest-environment node
import { expect, test } from 'vitest'
import { filterFeatureRows, listFeatureRows } from './featureRows.ts'

const rows = listFeatureRows([
  ['original_shape_Sphericity', 0.5],
  ['wavelet-LLH_glcm_Imc1', -0.2],
  ['log-sigma-1-0-mm-3D_glcm_Imc1', -0.3],
])
const all = { search: '', imageType: '', featureClass: '' }

test('names are taken apart into image type, class and feature', () => {
  expect(rows[2]).toEqual({
    name: 'log-sigma-1-0-mm-3D_glcm_Imc1',
    imageType: 'log-sigma-1-0-mm-3D',
    featureClass: 'glcm',
    feature: 'Imc1',
    value: -0.3,
  })
})

test('every word of the search must occur, in any case and order', () => {
  const found = (search: string) => filterFeatureRows(rows, { ...all, search }).map(({ value }) => value)
  expect(found('IMC1 wavelet')).toEqual([-0.2])
  expect(found('wavelet-LLH_glcm_Imc1')).toEqual([-0.2])
  expect(found('')).toHaveLength(3)
  expect(found('sphericity glcm')).toEqual([])
})

test('image type and class narrow together', () => {
  expect(filterFeatureRows(rows, { ...all, featureClass: 'glcm', imageType: 'wavelet-LLH' })).toHaveLength(1)
  expect(filterFeatureRows(rows, { ...all, featureClass: 'glcm' })).toHaveLength(2)
})
