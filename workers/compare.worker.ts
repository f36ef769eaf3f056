import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createCompareApi } = await import('./compareApi.ts')
  const { loadKernels } = await import('./loadKernels.ts')
  return createCompareApi(loadKernels)
})
