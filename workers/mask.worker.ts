import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createMaskApi } = await import('./maskApi.ts')
  const { createSliceInterpolator } = await import('../src/io/pipelines/interpolateSlices.ts')
  const { loadKernels } = await import('./loadKernels.ts')
  return createMaskApi(loadKernels, createSliceInterpolator)
})
