import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const [{ createMaskApi }, { createSliceInterpolator }, { loadKernels }] = await Promise.all([
    import('./maskApi.ts'),
    import('../src/io/pipelines/interpolateSlices.ts'),
    import('./loadKernels.ts'),
  ])
  return createMaskApi(loadKernels, createSliceInterpolator)
})
