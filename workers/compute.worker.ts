import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createComputeApi } = await import('./computeApi.ts')
  const { loadKernels } = await import('./loadKernels.ts')
  return createComputeApi(loadKernels)
})
