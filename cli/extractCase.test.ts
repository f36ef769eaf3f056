import { expect, test } from 'vitest'
import { parseParameterFile } from '../src/io/records/parameterFile.ts'
import { openExtractor } from './extractCase.ts'
import { readCase } from './readCase.ts'
import { sampleFile } from './testProgram.ts'

const parameters = parseParameterFile('featureClass:\n  firstorder: [Mean]\n')
const request = { imagePath: sampleFile('brain1/image.nii.gz'), maskPath: sampleFile('brain1/mask.nii.gz'), label: 1 }
const signal = AbortSignal.abort(new Error('enough'))

test('a case whose turn comes after a cancel is not even read', async () => {
  await expect(readCase(request, parameters.settings, signal)).rejects.toThrow('enough')
  const steps: string[] = []
  const extractor = openExtractor(parameters, { workers: 1, signal, onProgress: (_, __, step) => steps.push(step) })
  expect(await extractor.extract(request)).toMatchObject({ features: [], partial: true })
  expect(steps).toEqual([])
  extractor.close()
})

test('a cancel while a case is read ends that, and is no failure of the case', async () => {
  const cancel = new AbortController()
  const onProgress = () => cancel.abort(new Error('enough'))
  const extractor = openExtractor(parameters, { workers: 1, signal: cancel.signal, onProgress })
  expect(await extractor.extract(request)).toMatchObject({ features: [], failures: [], partial: true })
  extractor.close()
})
