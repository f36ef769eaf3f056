import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const [{ createComputeApi }, { loadKernels }] = await Promise.all([import('./computeApi.ts'), import('./loadKernels.ts')])
  return createComputeApi(loadKernels)
})
