import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const [{ createStatisticsApi }, { loadKernels }] = await Promise.all([import('./statisticsApi.ts'), import('./loadKernels.ts')])
  return createStatisticsApi(loadKernels)
})
