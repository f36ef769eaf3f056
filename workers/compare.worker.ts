import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const [{ createCompareApi }, { loadKernels }] = await Promise.all([import('./compareApi.ts'), import('./loadKernels.ts')])
  return createCompareApi(loadKernels)
})
